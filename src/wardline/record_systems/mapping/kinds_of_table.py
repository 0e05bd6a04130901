"""The five things that a row of an export can be: a case, an event, events of a case, a person, a note."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from wardline.documents import Path_
from wardline.record_systems.mapping.cells import (
    Attribute,
    CaseId,
    EventName,
    EventOfRow,
    Files,
    Query,
    Recordable,
    Restricted,
    RowPattern,
    TimeCell,
    Use,
    abilities_of,
    uses_of,
)

__all__ = ["CaseTable", "EventTable", "EventsTable", "MappedTable", "NoteTable", "PersonTable"]


@dataclass(frozen=True, kw_only=True)
class MappedTable(ABC):
    """What every kind of table has: where its rows come from, and which of them count."""

    each_row_is: ClassVar[str]  # as a mapping writes it
    ours: ClassVar[str]  # the table of the event log whose columns its attributes are
    # Whether rows of one id speak of one thing, so that of several the last one counts.
    is_one_thing_per_id: ClassVar[bool] = False

    position: int  # among the mapping's tables, from 0
    files: Files | Query
    only_where: RowPattern | None = None
    leave_out_where: RowPattern | None = None
    restricted: Restricted | None = None
    empty: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    @property
    def path(self) -> Path_:
        """Where it stands in the mapping's document."""
        return ("tables", self.position)

    @property
    def in_words(self) -> str:
        """What each row is, with the type of case where it says one."""
        return self.each_row_is

    @property
    @abstractmethod
    def names_its_case(self) -> CaseId | None:
        """How a row names the case that it is, or is about; None for a person."""

    @property
    def belongs_to(self) -> CaseId | None:
        """The case, opened by another row, that a row belongs to; None for a case and a person."""
        return self.names_its_case

    @property
    def id_columns(self) -> tuple[str, ...]:
        """The columns that name a row's case, or its person."""
        case_id = self.names_its_case
        return () if case_id is None else case_id.columns

    @property
    def opens(self) -> str | None:
        """The type of the cases that its rows open, if they open any."""
        return None

    @property
    def events_of_row(self) -> tuple[EventOfRow, ...]:
        """The events that a row holds beside what it is."""
        return ()

    @property
    def names_event_by(self) -> EventName | None:
        """How a row names the event that it is, where it is one."""
        return None

    @abstractmethod
    def uses_of_values(self) -> Iterator[Use]:
        """The columns that are more than a choice of rows or the id of a case or person, each with its use."""

    @abstractmethod
    def abilities(self, case_types: Iterable[str], names_found: Iterable[str]) -> Iterator[Recordable]:
        """What can be recorded in it of cases of these types; `names_found` are events that only the data name."""

    def uses(self) -> Iterator[Use]:
        """Each raw column and what it is used as, in the mapping's order; a column may have several uses."""
        yield from uses_of(self.only_where, "says which rows are kept")
        yield from uses_of(self.leave_out_where, "says which rows are left out")
        yield from uses_of(self.restricted, "says which rows are restricted")
        yield from ((column, f"{'person' if self.names_its_case is None else 'case'} id") for column in self.id_columns)
        yield from self.uses_of_values()

    def columns_needed(self) -> tuple[str, ...]:
        """Every raw column that it reads, each once."""
        return tuple(dict.fromkeys(column for column, _ in self.uses()))

    def columns_kept(self) -> tuple[str, ...]:
        """The raw columns whose values are still needed once rows are chosen and their case or person is known."""
        return tuple(dict.fromkeys(column for column, _ in self.uses_of_values()))

    def attributes_with_places(self) -> Iterator[tuple[str, Attribute, Path_]]:
        """Every attribute: of which of our tables it is a column, what it is, and where the document says so."""
        for event in self.events_of_row:
            for attribute in event.attributes:
                yield "events", attribute, (*self.path, "events", event.name, attribute.name)
        for attribute in self.attributes:
            yield self.ours, attribute, (*self.path, "attributes", attribute.name)

    def _uses_of_attributes(self, of_what: str) -> Iterator[Use]:
        for attribute in self.attributes:
            yield from attribute.uses(f"attribute {{}} of {of_what}")

    def _uses_of_events(self) -> Iterator[Use]:
        for event in self.events_of_row:
            yield from event.uses()


@dataclass(frozen=True, kw_only=True)
class CaseTable(MappedTable):
    """Each row is a case."""

    each_row_is: ClassVar[str] = "a case"
    ours: ClassVar[str] = "cases"
    is_one_thing_per_id: ClassVar[bool] = True

    case_type: str
    case_id: CaseId
    opened_at: TimeCell | None = None
    closed_at: TimeCell | None = None
    person: tuple[str, ...] = ()
    events: tuple[EventOfRow, ...] = ()

    @property
    def in_words(self) -> str:
        return f"a case ({self.case_type})"

    @property
    def names_its_case(self) -> CaseId:
        return self.case_id

    @property
    def belongs_to(self) -> None:
        return None

    @property
    def opens(self) -> str:
        return self.case_type

    @property
    def events_of_row(self) -> tuple[EventOfRow, ...]:
        return self.events

    def uses_of_values(self) -> Iterator[Use]:
        yield from uses_of(self.opened_at, "opened at")
        yield from uses_of(self.closed_at, "closed at")
        yield from ((column, "person") for column in self.person)
        yield from self._uses_of_attributes("the case")
        yield from self._uses_of_events()

    def abilities(self, case_types: Iterable[str], names_found: Iterable[str]) -> Iterator[Recordable]:
        mine = [self.case_type]
        fixed = {"opened_at": self.opened_at, "closed_at": self.closed_at, "person_id": self.person or None}
        yield from ((self.case_type, None, name, True) for name, given in fixed.items() if given is not None)
        yield from abilities_of(self.attributes, mine, None)
        for event in self.events:
            yield from event.abilities(mine)


@dataclass(frozen=True, kw_only=True)
class EventTable(MappedTable):
    """Each row is an event; with `makes_cases`, one of a case of that type, opened here if no other row opens it."""

    each_row_is: ClassVar[str] = "an event"
    ours: ClassVar[str] = "events"

    case_id: CaseId
    event: EventName
    at: TimeCell
    recorded_at: TimeCell | None = None
    makes_cases: str | None = None

    @property
    def names_its_case(self) -> CaseId:
        return self.case_id

    @property
    def opens(self) -> str | None:
        return self.makes_cases

    @property
    def names_event_by(self) -> EventName:
        return self.event

    def uses_of_values(self) -> Iterator[Use]:
        if self.event.column is not None:
            yield self.event.column, "names the event"
        yield from uses_of(self.at, "time of the event")
        yield from uses_of(self.recorded_at, "when the event was recorded")
        yield from self._uses_of_attributes("the event")

    def abilities(self, case_types: Iterable[str], names_found: Iterable[str]) -> Iterator[Recordable]:
        names = tuple(sorted(names_found)) if self.event.is_named_by_data else self.event.names()
        for case_type in case_types:
            for name in names:
                yield case_type, name, None, True
                yield from abilities_of(self.attributes, [case_type], name)


@dataclass(frozen=True, kw_only=True)
class EventsTable(MappedTable):
    """Each row is some events of a case that another row opens."""

    each_row_is: ClassVar[str] = "events of a case"
    ours: ClassVar[str] = "events"

    case_id: CaseId
    events: tuple[EventOfRow, ...]

    @property
    def names_its_case(self) -> CaseId:
        return self.case_id

    @property
    def events_of_row(self) -> tuple[EventOfRow, ...]:
        return self.events

    def uses_of_values(self) -> Iterator[Use]:
        yield from self._uses_of_events()

    def abilities(self, case_types: Iterable[str], names_found: Iterable[str]) -> Iterator[Recordable]:
        case_types = list(case_types)
        for event in self.events:
            yield from event.abilities(case_types)


@dataclass(frozen=True, kw_only=True)
class PersonTable(MappedTable):
    """Each row is a person record."""

    each_row_is: ClassVar[str] = "a person"
    ours: ClassVar[str] = "people"
    is_one_thing_per_id: ClassVar[bool] = True

    person_id: tuple[str, ...]
    fields: tuple[Attribute, ...] = ()  # given_name, family_name, sex, … as text
    date_of_birth: TimeCell | None = None

    @property
    def names_its_case(self) -> None:
        return None

    @property
    def id_columns(self) -> tuple[str, ...]:
        return self.person_id

    def uses_of_values(self) -> Iterator[Use]:
        for field in self.fields:
            yield from field.uses("{}")
        yield from uses_of(self.date_of_birth, "date of birth")
        yield from self._uses_of_attributes("the person record")

    def abilities(self, case_types: Iterable[str], names_found: Iterable[str]) -> Iterator[Recordable]:
        yield from abilities_of((*self.fields, *self.attributes), [None], None)
        if self.date_of_birth is not None:
            yield None, None, "date_of_birth", True


@dataclass(frozen=True, kw_only=True)
class NoteTable(MappedTable):
    """Each row is a note on a case. What notes can say is not listed among the abilities."""

    each_row_is: ClassVar[str] = "a note"
    ours: ClassVar[str] = "notes"

    case_id: CaseId
    text: str
    written_at: TimeCell | None = None

    @property
    def names_its_case(self) -> CaseId:
        return self.case_id

    def uses_of_values(self) -> Iterator[Use]:
        yield from uses_of(self.written_at, "written at")
        yield self.text, "text of the note"
        yield from self._uses_of_attributes("the note")

    def abilities(self, case_types: Iterable[str], names_found: Iterable[str]) -> Iterator[Recordable]:
        return iter(())
