"""What each record system is able to record, and from when to when it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from datetime import datetime

import polars as pl

from wardline.events import ABILITIES, COVERAGE
from wardline.record_systems.mapping.mapping import (
    Attribute,
    CaseId,
    CaseTable,
    EventOfRow,
    EventsTable,
    EventTable,
    Mapping,
    NoteTable,
    PersonTable,
)

__all__ = ["abilities", "coverage"]

Ability = tuple[str | None, str | None, str | None, bool]  # case type, event, field, keeps history


def abilities(mappings: Sequence[Mapping], names_found: Dictionary[str, Iterable[str]]) -> pl.DataFrame:
    """The table `abilities`. `names_found` are, by system, events that only the data name."""
    by_name = {mapping.system: mapping for mapping in mappings}
    rows: dict[tuple[str, str | None, str | None, str | None], bool] = {}
    for mapping in mappings:
        for case_type, event, field, keeps_history in _of_mapping(mapping, by_name, names_found):
            key = (mapping.system, case_type, event, field)
            # Where two tables record it, the one that keeps history counts.
            rows[key] = rows.get(key, False) or keeps_history
    return pl.DataFrame([(*key, keeps_history) for key, keeps_history in rows.items()], schema=ABILITIES, orient="row")


def _of_mapping(
    mapping: Mapping, by_name: Dictionary[str, Mapping], names_found: Dictionary[str, Iterable[str]]
) -> Iterator[Ability]:
    for table in mapping.tables:
        match table:
            case CaseTable():
                yield from _of_case(table)
                yield from _of_events(table.events, [table.case_type])
            case EventsTable():
                yield from _of_events(table.events, _case_types(table.case_id, mapping, by_name))
            case EventTable():
                names = table.event.names()
                if table.event.column is not None and table.event.values is None:
                    names = tuple(sorted(names_found.get(mapping.system, ())))
                for case_type in _case_types(table.case_id, mapping, by_name):
                    for name in names:
                        yield case_type, name, None, True
                        yield from ((case_type, name, each.name, each.keeps_history) for each in table.attributes)
            case PersonTable():
                yield from ((None, None, each.name, each.keeps_history) for each in (*table.fields, *table.attributes))
                if table.date_of_birth is not None:
                    yield None, None, "date_of_birth", True
            case NoteTable():
                pass


def _of_case(table: CaseTable) -> Iterator[Ability]:
    fixed = {"opened_at": table.opened_at, "closed_at": table.closed_at, "person_id": table.person or None}
    yield from ((table.case_type, None, name, True) for name, given in fixed.items() if given is not None)
    yield from _of_fields(table.attributes, [table.case_type], None)


def _of_events(events: Iterable[EventOfRow], case_types: Iterable[str]) -> Iterator[Ability]:
    case_types = list(case_types)
    for event in events:
        yield from ((case_type, event.name, None, event.keeps_history) for case_type in case_types)
        yield from _of_fields(event.attributes, case_types, event.name)


def _of_fields(attributes: Iterable[Attribute], case_types: Iterable[str], event: str | None) -> Iterator[Ability]:
    case_types = list(case_types)
    for attribute in attributes:
        yield from ((case_type, event, attribute.name, attribute.keeps_history) for case_type in case_types)


def _case_types(case_id: CaseId, mapping: Mapping, by_name: Dictionary[str, Mapping]) -> tuple[str, ...]:
    """The types of the cases that a table's rows can belong to."""
    other = mapping if case_id.of is None else by_name.get(case_id.of)
    if other is None:
        return ()
    if case_id.matching is None:
        return other.case_types()
    return tuple(
        dict.fromkeys(
            table.case_type
            for table in other.case_tables()
            if case_id.matching in {attribute.name for attribute in table.attributes}
        )
    )


def coverage(mappings: Sequence[Mapping], as_at: datetime | None) -> pl.DataFrame:
    """The table `coverage`: a row for each gap of a system, or one without a gap; taken at as at where not said."""
    rows = []
    for mapping in mappings:
        start = (mapping.system, mapping.title, mapping.kept_by.value, mapping.taken_at or as_at)
        gaps: list[tuple[datetime | None, datetime | None, str | None]] = [
            (mapping.calendar.start_of(gap.first_day), mapping.calendar.end_of(gap.last_day), gap.note)
            for gap in mapping.gaps
        ]
        rows += [(*start, *gap) for gap in gaps or [(None, None, None)]]
    return pl.DataFrame(rows, schema=COVERAGE, orient="row")
