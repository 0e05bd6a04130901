"""The tables of an event log, read into case files and record systems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wardline.engines.reference.case_files import Ability, CaseFile, Event, RecordingTimes, RecordSystems
from wardline.events import FIXED_COLUMNS, EventLog
from wardline.obligations import Owner

__all__ = ["case_files_of", "record_systems_of"]

Row = Mapping[str, Any]


def case_files_of(event_log: EventLog) -> list[CaseFile]:
    """The case files of an event log, in order of `case_id`."""
    events: dict[str, list[Event]] = {}
    for row in _rows(event_log.events):
        events.setdefault(row["case_id"], []).append(_event(row))
    sources: dict[str, set[str]] = {}
    for row in _rows(event_log.case_sources):
        sources.setdefault(row["case_id"], set()).add(row["source"])
    persons: dict[str, list[Row]] = {}
    for row in _rows(event_log.people):
        persons.setdefault(row["person_id"], []).append(row)
    return [
        CaseFile(
            case_id=row["case_id"],
            case_type=row["case_type"],
            opened_at=row["opened_at"],
            closed_at=row["closed_at"],
            person_id=row["person_id"],
            attributes=_attributes(row, "cases"),
            events=events.get(row["case_id"], ()),
            sources=frozenset(sources.get(row["case_id"], ())),
            persons=() if row["person_id"] is None else persons.get(row["person_id"], ()),
        )
        for row in sorted(_rows(event_log.cases), key=lambda row: str(row["case_id"]))
    ]


def record_systems_of(event_log: EventLog) -> RecordSystems:
    """What the record systems of an event log are able to record, and when they did."""
    abilities = tuple(
        Ability(row["source"], row["case_type"], row["event"], row["field"]) for row in _rows(event_log.abilities)
    )
    coverage: dict[str, RecordingTimes] = {}
    for row in _rows(event_log.coverage):
        before = coverage.get(row["source"], RecordingTimes())
        has_gap = row["gap_from"] is not None and row["gap_to"] is not None
        coverage[row["source"]] = RecordingTimes(
            kept_by=row["kept_by"] or Owner.FORCE.value,
            taken_at=row["taken_at"],
            gaps=(*before.gaps, (row["gap_from"], row["gap_to"])) if has_gap else before.gaps,
        )
    return RecordSystems(abilities, coverage)


def _event(row: Row) -> Event:
    return Event(
        event_id=row["event_id"],
        case_id=row["case_id"],
        event=row["event"],
        happened_at=row["happened_at"],
        happened_by=row["happened_by"],
        recorded_at=row["recorded_at"],
        attributes=_attributes(row, "events"),
    )


def _attributes(row: Row, table: str) -> dict[str, object]:
    fixed = FIXED_COLUMNS[table]
    return {name: _as_written(value) for name, value in row.items() if value is not None and name not in fixed}


def _as_written(value: object) -> object:
    """A number as a standard writes it, without a fraction where it has none (`3`, `2.5`); anything else as it is."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _rows(table: pl.LazyFrame) -> list[dict[str, Any]]:
    return table.collect().to_dicts()
