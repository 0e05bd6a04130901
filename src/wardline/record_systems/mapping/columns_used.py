"""Which raw columns a table of a mapping reads, and what for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wardline.record_systems.mapping.mapping import (
    Attribute,
    CaseTable,
    EventOfRow,
    EventsTable,
    EventTable,
    NoteTable,
    PersonTable,
    RowPattern,
    Table,
    TimeCell,
)

__all__ = ["columns_kept", "columns_needed", "id_columns", "uses"]


def uses(table: Table) -> Iterator[tuple[str, str]]:
    """Each raw column and what it is used as, in the mapping's order; a column may have several uses."""
    yield from _of_pattern(table.only_where, "says which rows are kept")
    yield from _of_pattern(table.leave_out_where, "says which rows are left out")
    for column in id_columns(table):
        yield column, "person id" if isinstance(table, PersonTable) else "case id"
    yield from uses_of_values(table)


def uses_of_values(table: Table) -> Iterator[tuple[str, str]]:
    """The same without the columns that only choose rows or name the case or person."""
    match table:
        case CaseTable():
            yield from _of_time(table.opened_at, "opened at")
            yield from _of_time(table.closed_at, "closed at")
            yield from ((column, "person") for column in table.person)
            yield from _of_attributes(table.attributes, "attribute {} of the case")
            yield from _of_events(table.events)
        case EventTable():
            if table.event.column is not None:
                yield table.event.column, "names the event"
            yield from _of_time(table.at, "time of the event")
            yield from _of_time(table.recorded_at, "when the event was recorded")
            yield from _of_attributes(table.attributes, "attribute {} of the event")
        case EventsTable():
            yield from _of_events(table.events)
        case PersonTable():
            yield from _of_attributes(table.fields, "{}")
            yield from _of_time(table.date_of_birth, "date of birth")
            yield from _of_attributes(table.attributes, "attribute {} of the person record")
        case NoteTable():
            yield from _of_time(table.written_at, "written at")
            yield table.text, "text of the note"
            yield from _of_attributes(table.attributes, "attribute {} of the note")


def id_columns(table: Table) -> tuple[str, ...]:
    """The columns that name a row's case, or its person."""
    return table.person_id if isinstance(table, PersonTable) else table.case_id.columns


def columns_needed(table: Table) -> tuple[str, ...]:
    """Every raw column that the table reads, each once."""
    return tuple(dict.fromkeys(column for column, _ in uses(table)))


def columns_kept(table: Table) -> tuple[str, ...]:
    """The raw columns whose values are still needed once rows are chosen and their case or person is known."""
    return tuple(dict.fromkeys(column for column, _ in uses_of_values(table)))


def _of_pattern(pattern: RowPattern | None, use: str) -> Iterator[tuple[str, str]]:
    for column in pattern.columns() if pattern is not None else ():
        yield column, use


def _of_time(cell: TimeCell | None, use: str) -> Iterator[tuple[str, str]]:
    for column in cell.columns() if cell is not None else ():
        yield column, use


def _of_attributes(attributes: Iterable[Attribute], use: str) -> Iterator[tuple[str, str]]:
    for attribute in attributes:
        yield attribute.column, use.format(attribute.name)


def _of_events(events: Iterable[EventOfRow]) -> Iterator[tuple[str, str]]:
    for event in events:
        yield from _of_time(event.at, f"time of {event.name}")
        yield from _of_time(event.recorded_at, f"when {event.name} was recorded")
        yield from _of_pattern(event.happened_if, f"says whether {event.name} happened")
        yield from _of_attributes(event.attributes, f"attribute {{}} of {event.name}")
