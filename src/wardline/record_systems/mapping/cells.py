"""What a mapping says of the cells of a row: the times, attributes, events and ids that it reads from raw columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from wardline.record_systems.mapping.time_formats import TimeFormat

__all__ = [
    "Attribute",
    "AttributeType",
    "CaseId",
    "EventName",
    "EventOfRow",
    "Files",
    "Query",
    "Recordable",
    "Restricted",
    "RowPattern",
    "TimeCell",
    "Use",
    "abilities_of",
    "uses_of",
]

Use: TypeAlias = tuple[str, str]
"""A raw column and what it is used as, in words."""

Recordable: TypeAlias = tuple[str | None, str | None, str | None, bool]
"""Something that a record system is able to record: case type, event, field, and whether every value is kept."""


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

    def uses(self, what_for: str) -> Iterator[Use]:
        """The columns it looks at."""
        yield from ((column, what_for) for column, _ in self.conditions)


@dataclass(frozen=True)
class Restricted:
    """Rows that are restricted, and why, in the words of the mapping."""

    where: RowPattern
    because: str

    def uses(self, what_for: str) -> Iterator[Use]:
        """The columns it looks at."""
        yield from self.where.uses(what_for)


@dataclass(frozen=True)
class TimeCell:
    """Where a time stands: in one column, or its date in one and its time of day in another.

    Without `formats` it is read as exported (2025-04-01 02:00 and the like). A cell that holds one of `no_event`, which
    are here in small letters, says that nothing happened. Midnights are `whole_days` or not; None: where the column
    has no other time of day.

    With `is_day_of_another` the column holds the time of something else, of which only the day is meant;
    `next_day_if_earlier` than that something, it is the day after.
    """

    column: str
    clock_column: str | None = None
    formats: tuple[TimeFormat, ...] = ()
    no_event: tuple[str, ...] = ()
    whole_days: bool | None = None
    is_day_of_another: bool = False
    next_day_if_earlier: bool = False

    def columns(self) -> tuple[str, ...]:
        """The columns it is read from."""
        return (self.column,) if self.clock_column is None else (self.column, self.clock_column)

    def uses(self, what_for: str) -> Iterator[Use]:
        """The same with what they are used as."""
        yield from ((column, what_for) for column in self.columns())


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

    def uses(self, what_for: str) -> Iterator[Use]:
        """Its column; `{}` in what it is used as is its name."""
        yield self.column, what_for.format(self.name)


@dataclass(frozen=True)
class EventOfRow:
    """An event that a row may hold: where its time cell is not empty, or where `happened_if` fits."""

    name: str
    at: TimeCell | None
    recorded_at: TimeCell | None = None
    happened_if: RowPattern | None = None
    attributes: tuple[Attribute, ...] = ()
    keeps_history: bool = True

    def uses(self) -> Iterator[Use]:
        """The columns that say whether and when it happened, and those of its attributes."""
        yield from uses_of(self.at, f"time of {self.name}")
        yield from uses_of(self.recorded_at, f"when {self.name} was recorded")
        yield from uses_of(self.happened_if, f"says whether {self.name} happened")
        for attribute in self.attributes:
            yield from attribute.uses(f"attribute {{}} of {self.name}")

    def abilities(self, case_types: Iterable[str]) -> Iterator[Recordable]:
        """That it can be recorded of cases of these types, and its attributes with it."""
        case_types = list(case_types)
        yield from ((case_type, self.name, None, self.keeps_history) for case_type in case_types)
        yield from abilities_of(self.attributes, case_types, self.name)


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

    @property
    def is_named_by_data(self) -> bool:
        """Whether the column's own values are the names, so that only the data tell them."""
        return self.column is not None and self.values is None


@dataclass(frozen=True)
class CaseId:
    """The columns that name a row's case; with `of`, the case is another system's.

    `matching` is an attribute of that system's cases which holds the same text; None is that system's own number.
    `hide` says of each column what makes a pseudonym of its text where that names a person; empty: of none.
    """

    columns: tuple[str, ...]
    of: str | None = None
    matching: str | None = None
    hide: tuple[Callable[[str], str] | None, ...] = field(default=(), repr=False, compare=False)


def uses_of(given: TimeCell | RowPattern | Restricted | None, what_for: str) -> Iterator[Use]:
    """The columns of what the mapping may leave out."""
    return iter(()) if given is None else given.uses(what_for)


def abilities_of(
    attributes: Iterable[Attribute], case_types: Iterable[str | None], event: str | None
) -> Iterator[Recordable]:
    """That these attributes of an event, or of the case itself, can be recorded."""
    case_types = list(case_types)
    for attribute in attributes:
        yield from ((case_type, event, attribute.name, attribute.keeps_history) for case_type in case_types)
