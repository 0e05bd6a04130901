"""The tables of a page section as an event log, filled with what goes without saying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from tests.specification.local_times import read_instant, read_interval
from wardline import events as tables
from wardline.events import EventLog, log_of_tables
from wardline.obligations import Record, ResolvedObligation
from wardline.time_limits import Calendar

Row = Mapping[str, str]

ONE_SYSTEM = "records"  # the record system that everything stands in, where a section names none
FIXED_HEADINGS = {
    "events": {"#", "case", "event", "happened at", "happened by", "recorded at"},
    "cases": {"case", "case type", "opened at", "closed at", "child"},
    "people": {"child"},
}


@dataclass
class Tables:
    """The input tables of a section, as rows of text."""

    events: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    abilities: list[Row] = field(default_factory=list)
    coverage: list[Row] = field(default_factory=list)
    case_sources: list[Row] = field(default_factory=list)

    def add(self, headings: Sequence[str], rows: list[Row]) -> None:
        """Keep a table; its headings say which it is."""
        match headings:
            case ["system", *others] if "case" in others:
                self.case_sources += rows
            case ["system", *others] if "event" in others or "field" in others:
                self.abilities += rows
            case ["system", *_]:
                self.coverage += rows
            case ["child", *_]:
                self.people += rows
            case _ if "event" in headings:
                self.events += rows
            case ["case", *_]:
                self.cases += rows
            case _:
                raise AssertionError(f"a table that begins with {headings[0]!r} is none of those a page may have")


def log_of(given: Tables, obligations: Sequence[ResolvedObligation], calendar: Calendar) -> EventLog:
    """The event log of a section."""
    case_type = obligations[0].case_type
    cases = {row["case"]: row for row in given.cases}
    for row in given.events:
        cases.setdefault(row.get("case", "A"), {})
    abilities = _abilities(given, obligations, case_type)
    systems = list(dict.fromkeys(row["source"] for row in abilities)) or [ONE_SYSTEM]
    held = [{"case_id": row["case"], "source": row["system"]} for row in given.case_sources] or [
        {"case_id": case_id, "source": system} for case_id in cases for system in systems
    ]
    return log_of_tables(
        {
            "cases": _frame(
                tables.CASES,
                [
                    {
                        "case_id": case_id,
                        "case_type": row.get("case type") or case_type,
                        "source": ONE_SYSTEM,
                        "opened_at": _instant(row, "opened at", calendar),
                        "closed_at": _instant(row, "closed at", calendar),
                        "person_id": row.get("child") or None,
                        **_attributes(row, "cases", given.cases, calendar),
                    }
                    for case_id, row in cases.items()
                ],
            ),
            "events": _frame(
                tables.EVENTS, [_event(number, row, given, calendar) for number, row in enumerate(given.events)]
            ),
            "people": _frame(
                tables.PEOPLE,
                [
                    {"person_id": row["child"], **_attributes(row, "people", given.people, calendar)}
                    for row in given.people
                ],
            ),
            "abilities": _frame(tables.ABILITIES, abilities),
            "coverage": _frame(
                tables.COVERAGE,
                [
                    {
                        "source": row["system"],
                        "kept_by": row.get("kept by") or None,
                        **{
                            name.replace(" ", "_"): _instant(row, name, calendar)
                            for name in ("taken at", "gap from", "gap to")
                        },
                    }
                    for row in given.coverage
                ],
            ),
            "case_sources": _frame(tables.CASE_SOURCES, held),
        }
    )


def _event(number: int, row: Row, given: Tables, calendar: Calendar) -> dict[str, Any]:
    assert row.get("#", str(number + 1)) == str(number + 1), "events are numbered from 1, in the order of the table"
    earliest, latest = None, None
    if row.get("happened at"):
        earliest, latest = read_interval(row["happened at"], calendar)
    return {
        "event_id": number,
        "case_id": row.get("case", "A"),
        "event": row["event"],
        "source": ONE_SYSTEM,
        "happened_at": earliest,
        "happened_by": _instant(row, "happened by", calendar) or latest,
        "recorded_at": _instant(row, "recorded at", calendar),
        **_attributes(row, "events", given.events, calendar),
    }


def _abilities(given: Tables, obligations: Sequence[ResolvedObligation], case_type: str) -> list[dict[str, str | None]]:
    """As the section says; else one system records every event and every field that the section names."""
    if given.abilities:
        return [
            {
                "source": row["system"],
                "event": row.get("event") or None,
                "field": row.get("field") or None,
                "case_type": None if row.get("case type") == "(person)" else row.get("case type") or case_type,
            }
            for row in given.abilities
        ]
    types = {case_type, *(row["case type"] for row in given.cases if row.get("case type"))}
    names = {pattern.event for one in obligations for pattern in one.obligation.patterns()}
    names |= {row["event"] for row in given.events}
    records = [one.obligation.record for one in obligations if isinstance(one.obligation, Record)]
    fields: set[tuple[str | None, str | None]] = {(name, None) for name in names}
    fields |= {(record.event, record.field) for record in records}
    of_cases = [
        {"source": ONE_SYSTEM, "case_type": kind, "event": event, "field": name}
        for kind in sorted(types)
        for event, name in sorted(fields, key=str)
    ]
    of_person = [{"source": ONE_SYSTEM, "case_type": None, "event": None, "field": record.field} for record in records]
    return of_cases + of_person


def _attributes(row: Row, table: str, rows: Sequence[Row], calendar: Calendar) -> dict[str, Any]:
    """The cells beside the fixed headings. A column that holds nothing but local times is a column of times."""
    found: dict[str, Any] = {}
    for name in dict.fromkeys(name for one in rows for name in one if name not in FIXED_HEADINGS[table]):
        cells = [one[name] for one in rows if one.get(name)]
        are_times = bool(cells) and all(_is_time(cell, calendar) for cell in cells)
        cell = row.get(name) or None
        found[name] = read_instant(cell, calendar) if cell and are_times else cell
    return found


def _is_time(cell: str, calendar: Calendar) -> bool:
    try:
        read_instant(cell, calendar)
    except (ValueError, AssertionError):
        return False
    return True


def _instant(row: Row, name: str, calendar: Calendar) -> Any:
    return read_instant(row[name], calendar) if row.get(name) else None


def _frame(schema: pl.Schema, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return (
        pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None) if rows else pl.DataFrame(schema=schema)
    )
