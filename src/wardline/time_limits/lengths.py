"""Lengths of time as people write them: `15 minutes`, `2 working days`, `same day`, `56 days counting the first`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

__all__ = [
    "CountingTheFirst",
    "Length",
    "NotALength",
    "SameDay",
    "SingleLimit",
    "TimeIn",
    "ToBeSet",
    "Unit",
    "is_a_day_or_longer",
    "is_in_days_or_longer",
    "read_length",
]


class Unit(Enum):
    """A unit of time; the value is how it is written in the plural."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True)
class Length:
    """So many of a unit. Minutes and hours are elapsed time; the others keep to the local calendar."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value[:-1] if self.amount == 1 else self.unit.value}"


@dataclass(frozen=True)
class SameDay:
    """By the end of the local day on which it began."""

    def __str__(self) -> str:
        return "same day"


@dataclass(frozen=True)
class CountingTheFirst:
    """By the end of the local day that is the Nth, the day on which it began being the first."""

    days: int

    def __str__(self) -> str:
        return f"{self.days} {'day' if self.days == 1 else 'days'} counting the first"


@dataclass(frozen=True)
class TimeIn:
    """The deadline itself stands in the records, in this attribute (of the trigger, else of the case)."""

    attribute: str

    def __str__(self) -> str:
        return f"the time in {self.attribute}"


@dataclass(frozen=True)
class ToBeSet:
    """No guidance gives a limit; unknown until a force sets its own."""

    def __str__(self) -> str:
        return "to be set"


SingleLimit: TypeAlias = Length | SameDay | CountingTheFirst


class NotALength(ValueError):
    """A text is no length of time; `remedy` says what to write."""

    def __init__(self, text: str) -> None:
        super().__init__(f'"{text}" is not a length of time.')
        unit_words = ", ".join(unit.value for unit in Unit)
        number = re.match(r"\s*(\d+)", text)
        example = f"{number[1] if number else '3'} hours"
        self.remedy = f"Write a whole number and a unit ({unit_words}), for example `{example}`."


_LENGTH = re.compile(r"(?P<amount>\d+) (?P<unit>minute|hour|day|working day|week|month)s?")
_COUNTING = re.compile(r"(?P<days>\d+) days? counting the first")


def read_length(text: str) -> SingleLimit:
    """Read `15 minutes`, `2 working days`, `same day`, `56 days counting the first`.

    Raises NotALength; zero is allowed (`0 minutes`: at the same instant), but not zero days counting the first.
    """
    plain = " ".join(text.split()).lower()
    if plain == "same day":
        return SameDay()
    if match := _COUNTING.fullmatch(plain):
        if int(match["days"]) == 0:
            raise NotALength(text)
        return CountingTheFirst(int(match["days"]))
    if match := _LENGTH.fullmatch(plain):
        return Length(int(match["amount"]), Unit(f"{match['unit']}s"))
    raise NotALength(text)


def is_in_days_or_longer(limit: SingleLimit) -> bool:
    """Whether the limit keeps to local days, so that a date without a time of day can be judged by it."""
    return not (isinstance(limit, Length) and limit.unit in (Unit.MINUTES, Unit.HOURS))


def is_a_day_or_longer(limit: SingleLimit) -> bool:
    """Whether the limit keeps to local days, or is of 24 hours or more: then a day alone says enough of a response."""
    if isinstance(limit, Length) and limit.unit in (Unit.MINUTES, Unit.HOURS):
        return limit.amount >= (24 if limit.unit is Unit.HOURS else 24 * 60)
    return True
