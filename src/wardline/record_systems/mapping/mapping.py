"""What a mapping says, as frozen values: how exports become the event log (docs/reference/mappings.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from wardline.documents import Document, Path_
from wardline.obligations import Owner
from wardline.record_systems.mapping.time_formats import TimeFormat
from wardline.time_limits import Calendar

__all__ = [
    "Attribute",
    "AttributeType",
    "CaseId",
    "CaseTable",
    "EventName",
    "EventOfRow",
    "EventTable",
    "EventsTable",
    "Files",
    "Gap",
    "Mapping",
    "NoteTable",
    "PersonTable",
    "Query",
    "RowPattern",
    "Table",
    "TimeCell",
]


class AttributeType(Enum):
    """What an attribute holds; text unless the mapping says otherwise."""

    TEXT = "text"
    TIME = "time"
    NUMBER = "number"


@dataclass(frozen=True)
class Files:
    """Which files of the folder hold a table, and how they are written where that is not found by looking."""

    pattern: str
    sheet: str | None = None
    header_row: int | None = None  # from 1
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True)
class Query:
    """A query whose result is read like a file. In the address of its database `${NAME}` is an environment variable."""

    text: str
    database: str


@dataclass(frozen=True)
class RowPattern:
    """Rows in which every one of these columns holds one of its values; None among them is an empty cell."""

    conditions: tuple[tuple[str, tuple[str | None, ...]], ...]

    def columns(self) -> tuple[str, ...]:
        """The columns it looks at."""
        return tuple(column for column, _ in self.conditions)


@dataclass(frozen=True)
class TimeCell:
    """Where a time stands: in one column, or its date in one and its time of day in another.

    Without `formats` it is read as exported (2025-04-01 02:00 and the like).
    """

    column: str
    clock_column: str | None = None
    formats: tuple[TimeFormat, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """The columns it is read from."""
        return (self.column,) if self.clock_column is None else (self.column, self.clock_column)


@dataclass(frozen=True)
class Attribute:
    """A column of ours and the raw column it comes from.

    Where `values` are given, a value that is not among them is emptied. `keeps_history` is false where the system
    overwrites the column, so that it holds the last value only.
    """

    name: str
    column: str
    values: tuple[tuple[str, str | None], ...] | None = None
    type: AttributeType = AttributeType.TEXT
    formats: tuple[TimeFormat, ...] = ()
    keeps_history: bool = True


@dataclass(frozen=True)
class EventOfRow:
    """An event that a row may hold: where its time cell is not empty, or where `happened_if` fits."""

    name: str
    at: TimeCell | None
    recorded_at: TimeCell | None = None
    happened_if: RowPattern | None = None
    attributes: tuple[Attribute, ...] = ()
    keeps_history: bool = True


@dataclass(frozen=True)
class EventName:
    """How a row names its event: always the same, or by a column, whose values may be given our names."""

    constant: str | None = None
    column: str | None = None
    values: tuple[tuple[str, str | None], ...] | None = None

    def names(self) -> tuple[str, ...]:
        """Our names that it can give, in the mapping's order; none where the column's own values are the names."""
        if self.constant is not None:
            return (self.constant,)
        return tuple(dict.fromkeys(ours for _, ours in self.values or () if ours is not None))


@dataclass(frozen=True)
class CaseId:
    """The columns that name a row's case; with `of`, the case is another system's.

    `matching` is an attribute of that system's cases which holds the same text; None is that system's own number.
    """

    columns: tuple[str, ...]
    of: str | None = None
    matching: str | None = None


@dataclass(frozen=True, kw_only=True)
class _OfEveryTable:
    position: int  # among the mapping's tables, from 0
    files: Files | Query
    only_where: RowPattern | None = None
    leave_out_where: RowPattern | None = None
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseTable(_OfEveryTable):
    """Each row is a case."""

    case_type: str
    case_id: CaseId
    opened_at: TimeCell | None = None
    closed_at: TimeCell | None = None
    person: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    events: tuple[EventOfRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EventTable(_OfEveryTable):
    """Each row is an event; with `makes_cases`, one of a case of that type, opened here if no other row opens it."""

    case_id: CaseId
    event: EventName
    at: TimeCell
    recorded_at: TimeCell | None = None
    attributes: tuple[Attribute, ...] = ()
    makes_cases: str | None = None


@dataclass(frozen=True, kw_only=True)
class EventsTable(_OfEveryTable):
    """Each row is some events of a case that another row opens."""

    case_id: CaseId
    events: tuple[EventOfRow, ...]


@dataclass(frozen=True, kw_only=True)
class PersonTable(_OfEveryTable):
    """Each row is a person record."""

    person_id: tuple[str, ...]
    fields: tuple[Attribute, ...] = ()  # given_name, family_name, sex, … as text
    date_of_birth: TimeCell | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoteTable(_OfEveryTable):
    """Each row is a note on a case."""

    case_id: CaseId
    text: str
    written_at: TimeCell | None = None
    attributes: tuple[Attribute, ...] = ()


Table: TypeAlias = CaseTable | EventTable | EventsTable | PersonTable | NoteTable


@dataclass(frozen=True)
class Gap:
    """Local days, both included, in which the system recorded nothing or not all."""

    first_day: date
    last_day: date
    note: str | None = None


@dataclass(frozen=True)
class Mapping:
    """How the exports of one record system are read."""

    system: str
    title: str
    calendar: Calendar
    kept_by: Owner
    tables: tuple[Table, ...]
    taken_at: datetime | None = None  # None: as at
    gaps: tuple[Gap, ...] = ()
    document: Document = field(repr=False, compare=False, kw_only=True)

    def case_tables(self) -> tuple[CaseTable, ...]:
        """The tables whose rows are cases."""
        return tuple(table for table in self.tables if isinstance(table, CaseTable))

    def case_types(self) -> tuple[str, ...]:
        """Every type of case that this system opens, in the mapping's order."""
        types: dict[str, None] = {}
        for table in self.tables:
            if isinstance(table, CaseTable):
                types.setdefault(table.case_type)
            elif isinstance(table, EventTable) and table.makes_cases is not None:
                types.setdefault(table.makes_cases)
        return tuple(types)

    def reads_files(self) -> bool:
        """Whether any table is read from files; queries need no folder."""
        return any(isinstance(table.files, Files) for table in self.tables)

    def case_ids(self) -> tuple[CaseId, ...]:
        """How each table that speaks of cases names them."""
        return tuple(table.case_id for table in self.tables if not isinstance(table, PersonTable))

    def attributes_with_places(self) -> Iterator[tuple[str, Attribute, Path_]]:
        """Every attribute: of which of our tables it is a column, what it is, and where the document says so."""
        for table in self.tables:
            path: Path_ = ("tables", table.position)
            if isinstance(table, CaseTable | EventsTable):
                for event in table.events:
                    for attribute in event.attributes:
                        yield "events", attribute, (*path, "events", event.name, attribute.name)
            match table:
                case CaseTable():
                    ours, attributes = "cases", table.attributes
                case EventTable():
                    ours, attributes = "events", table.attributes
                case PersonTable():
                    ours, attributes = "people", table.attributes
                case NoteTable():
                    ours, attributes = "notes", table.attributes
                case _:
                    continue
            for attribute in attributes:
                yield ours, attribute, (*path, "attributes", attribute.name)
