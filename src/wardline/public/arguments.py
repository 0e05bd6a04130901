"""What a call was given, looked at argument by argument, so that all that is wrong with it is told at once."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import polars as pl

from wardline.english import and_list
from wardline.errors import ArgumentError, Place, Problem, ProblemKind, WardlineError, did_you_mean
from wardline.time_limits import Calendar, NotATime, UnknownZone, read_as_at

__all__ = ["Arguments", "kind_of", "rows_in_words"]

ROWS_SHOWN = 5

Found = TypeVar("Found")

AS_AT_REMEDY = (
    "Give a date (`date(2025, 4, 1)`: the start of that day), a local time (`datetime(2025, 4, 1, 2, 0)`), a time with "
    'a zone, or text such as "2025-04-01 02:00".'
)
PERIOD_REMEDY = "Give the first and the last day, both included: `(date(2024, 4, 1), date(2025, 3, 31))`."


class Arguments:
    """The arguments of one call of a public function. Each method gives what it found, or None and notes a problem."""

    def __init__(self, function: str) -> None:
        self.function = function
        self._errors: list[WardlineError] = []
        self._unread: set[tuple[str, str]] = set()

    def place(self, argument: str) -> Place:
        """Where a problem with an argument is: ``check(…): `as_at` ``."""
        return Place(f"{self.function}(…): `{argument}`")

    def wrong(self, argument: str, what: str, remedy: str) -> None:
        """Note what is wrong with an argument and what to do."""
        self._errors.append(ArgumentError(Problem(ProblemKind.WRONG_ARGUMENT, what, remedy, self.place(argument))))

    def wrong_table(self, table: str, column: str, what: str, remedy: str, *, is_unread: bool = False) -> None:
        """Note what is wrong with a column of a table; `is_unread` where none of it could be read."""
        place = self.place(f"{table}.{column}")
        if is_unread:
            self._unread.add((table, column))
        self._errors.append(ArgumentError(Problem(ProblemKind.WRONG_TABLE, what, remedy, place)))

    def is_unread(self, table: str, column: str) -> bool:
        """Whether a column could not be read, so that what follows from that is not told as well."""
        return (table, column) in self._unread

    def collect(self, read: Callable[[], Found]) -> Found | None:
        """What `read` gives, or None with its problems noted."""
        try:
            return read()
        except WardlineError as error:
            self._errors.append(error)
            return None

    def check(self) -> None:
        """Raise one error with everything that was noted, if anything was.

        What is wrong inside a file is told as usual (`DocumentError`, `ExportError`); all else is an `ArgumentError`.
        """
        if not self._errors:
            return
        kinds = {type(error) for error in self._errors}
        raised = kinds.pop() if len(kinds) == 1 else ArgumentError
        raise raised(dict.fromkeys(problem for error in self._errors for problem in error.problems)) from None

    def warn(self, what: str) -> None:
        """Say what may be a slip and stops nothing: a `UserWarning` at the line that calls the public function."""
        warnings.warn(f"{self.function}(…): {what}", UserWarning, stacklevel=3)

    # ONE KIND OF ARGUMENT EACH

    def instant(self, argument: str, value: Any, calendar: Calendar | None) -> datetime | None:
        """The instant that a date, a time or a text means; what is local is read in the calendar's zone."""
        if isinstance(value, datetime):
            return self._time(argument, value, calendar)
        if not isinstance(value, date | str):
            self.wrong(argument, f"This is {kind_of(value)}, not a date or a time.", AS_AT_REMEDY)
            return None
        try:
            # Where there is no calendar, something else was wrong with the zone, and that is told.
            read_as_at(str(value), calendar or Calendar("UTC"))
            return None if calendar is None else read_as_at(str(value), calendar)
        except NotATime as error:
            self.wrong(argument, str(error), AS_AT_REMEDY)
            return None

    def _time(self, argument: str, value: datetime, calendar: Calendar | None) -> datetime | None:
        try:
            # A time of pandas may be "no time", and may be finer than ours.
            if str(value) == "NaT" or getattr(value, "nanosecond", False):
                raise ValueError
            plain = datetime.combine(value.date(), value.time(), value.tzinfo).replace(fold=value.fold)
            if plain.tzinfo is not None and plain.utcoffset() is not None:
                return plain.astimezone(UTC)
            return None if calendar is None else calendar.read_local(plain.replace(tzinfo=None)).earliest
        except (ValueError, TypeError, OverflowError):
            self.wrong(argument, "This time cannot be read to the microsecond.", AS_AT_REMEDY)
            return None

    def period(self, argument: str, value: Any) -> tuple[date, date] | None:
        """Two local days, both included, from a pair or from a mapping with `from` and `to`; None stays None."""
        if value is None:
            return None
        if isinstance(value, dict) and set(value) == {"from", "to"}:
            value = (value["from"], value["to"])
        if not isinstance(value, tuple | list) or len(value) != 2:
            self.wrong(argument, f"This is {kind_of(value)}, not two days.", PERIOD_REMEDY)
            return None
        days = [self._day(argument, one) for one in value]
        if days[0] is None or days[1] is None:
            return None
        if days[1] < days[0]:
            self.wrong(argument, "This period ends before it begins.", PERIOD_REMEDY)
            return None
        return days[0], days[1]

    def _day(self, argument: str, value: Any) -> date | None:
        found = value if isinstance(value, date) and not isinstance(value, datetime) else None
        if isinstance(value, str) and len(value) == len("2025-04-01"):
            try:
                found = date.fromisoformat(value)
            except ValueError:
                found = None
        if found is None:
            self.wrong(argument, f"This has {kind_of(value)} where a day should be.", PERIOD_REMEDY)
        return found

    def zone(self, argument: str, value: Any) -> Calendar | None:
        """The calendar of a time zone's name; None stays None."""
        if value is None:
            return None
        try:
            if isinstance(value, str):
                return Calendar(value)
        except UnknownZone:
            known = did_you_mean(value, available_timezones())
            self.wrong(argument, f"No time zone is called `{value}`.{known}", 'Write it as "Europe/London".')
            return None
        self.wrong(argument, f"This is {kind_of(value)}, not the name of a zone.", 'Write it as "Europe/London".')
        return None

    def text(self, argument: str, value: Any) -> str | None:
        """A text that says something."""
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(argument, f"This is {kind_of(value)}, not a name.", "Give text.")
        return None

    def path(self, argument: str, value: Any, what: str) -> Path | None:
        """A path from a text or a path; `what` is what should be there: `a folder of exports`."""
        text = os.fspath(value) if isinstance(value, str | os.PathLike) else None
        if isinstance(text, str) and text and not {"\0", "\n"} & set(text):
            return Path(text)
        self.wrong(argument, f"This is {kind_of(value)}, not the path of {what}.", f"Give the path of {what}.")
        return None

    def whole_number(self, argument: str, value: Any, fewest: int, most: int) -> int | None:
        """A whole number between two others, both included."""
        if isinstance(value, int) and not isinstance(value, bool) and fewest <= value <= most:
            return value
        self.wrong(
            argument,
            "This number is out of range." if type(value) is int else f"This is {kind_of(value)}, not a whole number.",
            f"Give a whole number from {fewest:,} to {most:,}.",
        )
        return None


def rows_in_words(rows: pl.Series | None) -> str:
    """The end of a sentence that names the rows for which a column is true: `: rows 3 and 7 (counted from 0).`"""
    if rows is None:
        return "."
    numbers = [f"{number:,}" for number in rows.fill_null(False).arg_true().head(ROWS_SHOWN)]
    more = int(rows.sum() or 0) - len(numbers)
    numbers += [f"{more:,} more"] if more else []
    return f": row{'s' if len(numbers) > 1 else ''} {and_list(numbers)} (counted from 0)."


def kind_of(value: Any) -> str:
    """What sort of thing a value is, in a reader's words, and never the value itself."""
    match value:
        case None:
            return "`None`"
        case bool():
            return "`True` or `False`"
        case int() | float() | complex():
            return "a number"
        case str():
            return "a text" if value.strip() else "an empty text"
        case bytes() | bytearray():
            return "bytes"
        case datetime():
            return "a time"
        case date():
            return "a date"
        case dict():
            return "a dict" if value else "an empty dict"
        case list() | tuple() | set() | frozenset():
            return f"a {type(value).__name__}" if value else f"an empty {type(value).__name__}"
        case type():
            return f"the class `{value.__name__}`"
    name = type(value).__name__
    if name == "function":
        return "a function"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} `{name}`"
