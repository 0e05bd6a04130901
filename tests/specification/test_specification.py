"""Every section of every page under `specification/`, on every engine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.specification.pages import Section, read_page, read_pages, rows_found, write_section
from tests.specification.writing import write_table
from wardline import engines

PAGES = Path(__file__).parents[2] / "specification"
SECTIONS = read_pages(PAGES)

ALL_ENGINES = {
    name: getattr(engines, function)
    for name, function in {"reference": "check_by_reference", "columnar": "check"}.items()
    if hasattr(engines, function)
}
ENGINES: dict[str, Callable[..., pl.DataFrame]] = {
    name: ALL_ENGINES[name] for name in os.environ.get("WARDLINE_ENGINES", " ".join(ALL_ENGINES)).split()
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("section", SECTIONS, ids=str)
def test_what_the_page_says_is_what_is_found(section: Section, engine: str):
    for expected in section.expectations:
        findings = ENGINES[engine](section.obligations, section.log, as_at=expected.as_at, period=expected.period)
        if not expected.headings:
            assert findings.is_empty(), f"{section} ({engine}) expects no findings, but there are {findings.height}"
            continue
        found = rows_found(findings, expected.headings, section.calendar)
        assert found == expected.rows, (
            f"{section} ({engine}), as at {expected.as_at}\n\nThe page says:\n\n{_shown(expected.rows)}"
            f"\n\n{engine} finds:\n\n{_shown(found)}\n"
        )


@pytest.mark.parametrize("section", SECTIONS, ids=str)
def test_a_section_that_is_written_out_reads_back_as_the_same_findings(section: Section):
    check = next(iter(ENGINES.values()))
    for expected in section.expectations:
        findings = check(section.obligations, section.log, as_at=expected.as_at, period=expected.period)
        written = write_section(
            section.title,
            section.obligations,
            section.log,
            as_at=expected.as_at,
            findings=findings,
            period=expected.period,
        )
        [again] = read_page("written.md", written)
        again_found = check(again.obligations, again.log, as_at=expected.as_at, period=expected.period)
        assert again_found.drop("shipped_limit").equals(findings.drop("shipped_limit")), written
        [read] = again.expectations
        assert rows_found(findings, read.headings, again.calendar) == read.rows


def test_every_page_is_read():
    with_sections = {section.page for section in SECTIONS}
    assert {path.name for path in PAGES.glob("*.md")} - with_sections <= {"README.md"}


def _shown(rows: list) -> str:
    return write_table(rows) if rows else "nothing"
