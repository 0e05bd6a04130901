"""Reads the pages of `specification/`. What a page may hold is said in `specification/README.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import polars as pl

from tests.specification.local_times import read_instant, write_instant, write_length
from tests.specification.logs import Row, Tables, log_of
from tests.specification.writing import write_section
from wardline.documents import Document, parse_document
from wardline.events import EventLog
from wardline.obligations import ResolvedObligation, Standing
from wardline.standards import read_obligations
from wardline.time_limits import Calendar, read_length

__all__ = ["Expectation", "Section", "read_pages", "rows_found", "write_section"]

DEFAULTS = {
    "id": "duty",
    "title": "A duty",
    "topic": "initial response",
    "owed by": "force",
    "basis": {"kind": "assumed", "title": "made up for this page"},
}
AS_AT = re.compile(r"As at (?P<as_at>.+?)(?:, for (?P<first>\S+) to (?P<last>\S+))?:(?: no findings\.)?")


@dataclass
class Expectation:
    """From when a section looks, and the findings it expects, as rows of text."""

    as_at: datetime
    period: tuple[date, date] | None
    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass
class Section:
    """One example of a page: obligations, a log, and what is found in it."""

    page: str
    title: str
    obligations: tuple[ResolvedObligation, ...]
    log: EventLog
    expectations: list[Expectation]
    calendar: Calendar

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"


def read_pages(folder: Path) -> list[Section]:
    """Every section of every page that has findings to expect."""
    pages = [path for path in sorted(folder.glob("*.md")) if path.name != "README.md"]
    return [section for path in pages for section in read_page(path.name, path.read_text(encoding="utf-8"))]


def read_page(page: str, text: str) -> list[Section]:
    """The sections of one page; one without a standard of its own uses those above it."""
    sections, standards = list[Section](), list[list[str]]()
    for title, lines in _parts(text):
        blocks = list(_blocks(lines))
        standards = [body for kind, body in blocks if kind == "standard"] or standards
        if any(kind == "as at" for kind, _ in blocks):
            assert standards, f"{page}, {title}: there is no standard to judge by"
            sections.append(_section(page, title, standards, blocks))
    return sections


def rows_found(findings: pl.DataFrame, headings: list[str], calendar: Calendar) -> list[Row]:
    """Findings as a page writes them, in the columns asked for."""
    return [{heading: _cell(heading, finding, calendar) for heading in headings} for finding in findings.to_dicts()]


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """The page cut at its headings; inside a fenced block a `#` begins none."""
    title, lines, is_fenced = "", list[str](), False
    for line in text.splitlines():
        is_fenced ^= line.startswith("```")
        if re.match(r"#{1,3} ", line) and not is_fenced:
            yield title, lines
            title, lines = line.lstrip("# "), []
        else:
            lines.append(line)
    yield title, lines


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The standard, the tables and the `As at` lines of a part, in order; prose is passed over."""
    waiting = list(lines)
    while waiting:
        line = waiting.pop(0)
        body = [line]
        if line.startswith("```"):
            while not waiting[0].startswith("```"):
                body.append(waiting.pop(0))
            waiting.pop(0)
            if line == "```standard":
                yield "standard", body[1:]
        elif line.startswith("|"):
            while waiting and waiting[0].startswith("|"):
                body.append(waiting.pop(0))
            yield "table", body
        elif line.startswith("As at "):
            yield "as at", body


def _section(page: str, title: str, standards: list[list[str]], blocks: list[tuple[str, list[str]]]) -> Section:
    obligations = tuple(
        one for standard in standards for one in _resolve(parse_document("\n".join(standard), f"{page}, {title}"))
    )
    calendar = Calendar(obligations[0].zone, obligations[0].nation)
    given, expectations = Tables(), list[Expectation]()
    for kind, body in blocks:
        if kind == "as at":
            expectations.append(_expectation(body[0], calendar))
        elif kind == "table" and expectations:
            expectations[-1].headings, rows = _table(body)
            expectations[-1].rows = [_normal(row, calendar) for row in rows]
        elif kind == "table":
            given.add(*_table(body))
    return Section(page, title, obligations, log_of(given, obligations, calendar), expectations, calendar)


def _expectation(line: str, calendar: Calendar) -> Expectation:
    match = AS_AT.fullmatch(line)
    assert match is not None, (
        f"{line!r} is neither `As at 2025-06-02 18:00:` nor `As at 2025-06-02 18:00: no findings.`"
    )
    period = (date.fromisoformat(match["first"]), date.fromisoformat(match["last"])) if match["first"] else None
    return Expectation(read_instant(match["as_at"], calendar), period)


def _resolve(document: Document) -> tuple[ResolvedObligation, ...]:
    """The obligations of a block, with what it says of their standard."""
    obligations = read_obligations(document, defaults=DEFAULTS)
    said = document.data if isinstance(document.data, dict) and "obligations" in document.data else {}
    in_force = said.get("in force", {"from": "2000-01-01"})
    return tuple(
        ResolvedObligation(
            obligation=obligation,
            standard="specification",
            version=said.get("version", "1"),
            case_type=said.get("case type", "missing episode"),
            in_force_from=date.fromisoformat(in_force["from"]),
            in_force_to=date.fromisoformat(in_force["to"]) if "to" in in_force else None,
            standing=Standing(said.get("standing", "binding")),
            shipped_limit=read_length(said["shipped limit"]) if "shipped limit" in said else None,
            zone=said.get("time zone", "Europe/London"),
            nation=said.get("nation", "England"),
        )
        for obligation in obligations
    )


def _table(lines: list[str]) -> tuple[list[str], list[Row]]:
    headings, _, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    for row in rows:
        assert len(row) == len(headings), f"{' | '.join(row)} has not {len(headings)} cells"
    return headings, [dict(zip(headings, row, strict=True)) for row in rows]


TIMES = {
    "triggered at": "triggered_at",
    "deadline": "deadline",
    "responded at": "responded_at",
    "exempted at": "exempted_at",
    "response recorded at": "response_recorded_at",
    "exemption recorded at": "exemption_recorded_at",
}
EVENTS = {"trigger": "trigger_event", "response": "response_event", "exemption": "exemption_event"}
TEXTS = {
    "case": "case_id",
    "child": "child_id",
    "obligation": "obligation",
    "limit": "limit",
    "ordinal": "ordinal",
    "shipped limit": "shipped_limit",
    "standing": "standing",
    "standard": "standard",
    "version": "version",
}


def _normal(row: Row, calendar: Calendar) -> Row:
    """A row as the page has it, its times as the findings are written."""
    return {
        heading: write_instant(read_instant(cell, calendar), calendar) if cell and heading in TIMES else cell
        for heading, cell in row.items()
    }


def _cell(heading: str, finding: dict[str, object], calendar: Calendar) -> str:
    if heading == "outcome":
        reason = finding["reason"]
        return f"{finding['outcome']} ({reason})" if reason else str(finding["outcome"])
    if heading == "late by":
        return write_length(finding["late_by"])  # type: ignore[arg-type]  # the column's type is a length
    if heading == "counted":
        return "yes" if finding["counted"] else "no"
    if heading in TIMES:
        return write_instant(finding[TIMES[heading]], calendar)  # type: ignore[arg-type]  # the column's type is a time
    assert heading in EVENTS or heading in TEXTS, f"findings have no column {heading!r}"
    value = finding[EVENTS.get(heading) or TEXTS[heading]]
    if value is None:
        return ""
    return str(value + 1) if heading in EVENTS and isinstance(value, int) else str(value)  # events count from 1
