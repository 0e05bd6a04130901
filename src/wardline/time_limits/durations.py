"""Elapsed time in plain words, `2 hours 35 minutes`, and back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

__all__ = [
    "NotAnElapsedTime",
    "in_words",
    "microseconds_long",
    "read_elapsed",
    "read_seconds",
    "seconds_in_words",
    "seconds_long",
    "time_apart",
]

UNDER_A_MINUTE = "under a minute"
UNITS = {
    "week": timedelta(weeks=1),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
    "microsecond": timedelta(microseconds=1),
}
_PIECE = re.compile(rf"(?P<amount>\d{{1,9}}) (?P<unit>{'|'.join(UNITS)})s?")


class NotAnElapsedTime(ValueError):
    """A text is no elapsed time; `remedy` says what to write."""

    def __init__(self, text: str) -> None:
        super().__init__(f'"{text}" is not an elapsed time.')
        self.remedy = "Write whole numbers with units, the longest first, for example `2 hours 35 minutes`."


def in_words(elapsed: timedelta) -> str:
    """Elapsed time, rounded down to two units at most: `1 day 3 hours`, `2 hours 35 minutes`, `under a minute`.

    Days are of 24 hours. Time below zero has no words: a caller says "before" and turns it round.
    """
    assert elapsed >= timedelta(0), "elapsed time is not below zero"
    minutes = elapsed // UNITS["minute"]
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    pieces = [(days, "day"), (hours, "hour")] if days else [(hours, "hour"), (minutes, "minute")]
    return " ".join(_piece(amount, unit) for amount, unit in pieces if amount) or UNDER_A_MINUTE


def read_elapsed(text: str) -> timedelta:
    """The elapsed time that a text says; also of weeks, seconds and microseconds, and of more than two units.

    `under a minute` is read as none, as the words of any time say the least that it can be. Raises NotAnElapsedTime.
    """
    plain = " ".join(text.split()).lower()
    if plain == UNDER_A_MINUTE:
        return timedelta(0)
    pieces = list(_PIECE.finditer(plain))
    units = [piece["unit"] for piece in pieces]
    is_whole = " ".join(piece[0] for piece in pieces) == plain
    if not pieces or not is_whole or units != sorted(set(units), key=list(UNITS).index):
        raise NotAnElapsedTime(text)
    try:
        return sum((int(piece["amount"]) * UNITS[piece["unit"]] for piece in pieces), timedelta(0))
    except OverflowError:
        raise NotAnElapsedTime(text) from None


def read_seconds(text: str) -> float:
    """The same as a number of seconds. Raises NotAnElapsedTime."""
    return read_elapsed(text) / UNITS["second"]


def seconds_in_words(seconds: float) -> str:
    """A number of seconds in all the units that it has, so that `read_seconds` gives it again, to the microsecond.

    >>> seconds_in_words(5430)
    '1 hour 30 minutes 30 seconds'
    """
    rest, pieces = timedelta(seconds=seconds), []
    for unit, length in UNITS.items():
        if unit != "week":
            amount, rest = divmod(rest, length)
            pieces += [_piece(amount, unit)] if amount else []
    return " ".join(pieces) or _piece(0, "second")


def _piece(amount: int, unit: str) -> str:
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def seconds_long(seconds: float) -> timedelta:
    """Elapsed time of so many seconds, to the whole one."""
    return timedelta(seconds=round(seconds))


def microseconds_long(seconds: float) -> int:
    """How many microseconds so many seconds are, to the whole one."""
    return timedelta(seconds=seconds) // UNITS["microsecond"]


def time_apart(one: datetime, other: datetime) -> timedelta:
    """How much time lies from one instant to another, whichever comes first."""
    return abs(one - other)
