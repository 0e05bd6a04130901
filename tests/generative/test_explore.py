"""Exploring tested: a difference is traced to its log, made small, and printed as a section that can be pasted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.generative.comparing import check_world, report_of_differences
from tests.generative.many_worlds import ALL_KINDS, kinds_of, many_worlds_of
from tests.specification.pages import read_page, rows_found
from wardline.engines import check_by_reference

ROOT = Path(__file__).parents[2]


def check_with_a_fault(*arguments, **named) -> pl.DataFrame:
    """The reference engine, if it took what is exempt for missed."""
    return check_by_reference(*arguments, **named).with_columns(pl.col("outcome").replace({"exempt": "missed"}))


def test_a_difference_becomes_a_section_that_one_engine_passes_and_the_other_does_not() -> None:
    report = report_of_differences(many_worlds_of(9, ("respond",), logs=8), check_by_reference, check_with_a_fault)
    assert report is not None
    pages = [read_page("new.md", "## " + part) for part in report.split("## ")[1:]]
    assert pages
    for section in [section for page in pages for section in page]:
        [expected] = section.expectations[:1]
        found = {
            check: check(section.obligations, section.log, as_at=expected.as_at, period=expected.period)
            for check in (check_by_reference, check_with_a_fault)
        }
        rows = {check: rows_found(table, expected.headings, section.calendar) for check, table in found.items()}
        assert rows[check_by_reference] == expected.rows
        assert rows[check_with_a_fault] != expected.rows
        assert section.log.events.collect().height <= 3, "it is made small"


def test_engines_that_agree_have_nothing_to_report() -> None:
    assert (
        report_of_differences(many_worlds_of(1, ("respond",), logs=2), check_by_reference, check_by_reference) is None
    )


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_log_alone_finds_what_it_finds_among_others(kind: str) -> None:
    many = many_worlds_of(7, kinds_of(kind), logs=6)
    whole = check_world(check_by_reference, many.as_one)
    for name in many.names:
        alone = check_world(check_by_reference, many.world(name))
        assert alone.equals(whole.filter(pl.col("case_id").str.starts_with(f"{name}/")))


def test_a_seed_draws_the_same_again_and_is_said() -> None:
    once, again = (many_worlds_of(3, ("never",), logs=2).as_one for _ in range(2))
    assert once.obligations == again.obligations
    assert all(table.equals(again.tables[name]) for name, table in once.tables.items())
    told = ["--kind", "never", "--seed", "3", "--steps", "1", "--workers", "1"]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.generative.explore", *told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "from the 1 seeds 3 to 3" in ran.stdout
    assert "steps with a difference: 0" in ran.stdout
