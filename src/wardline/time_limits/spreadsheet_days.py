"""Times as spreadsheet programs keep them: as a number of days, each of 24 hours, from a first day that a workbook has.

A part of a day is seldom a time of day to its last digit, so a time is rounded to whole milliseconds.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from wardline.time_limits.calendars import LAST_LOCAL

__all__ = ["days_and_rest", "first_day_counted", "in_days", "in_milliseconds", "moment_in_days"]

FIRST_OF_1900, FIRST_OF_1904 = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")
# The programs that count from 1900 take that year for a leap year, so the days before its 29 February are one later.
LAST_OF_FEBRUARY_1900 = 60
MILLISECONDS_IN_A_DAY = 86_400_000


def first_day_counted(*, from_1904: bool) -> datetime:
    """The day from which a workbook counts its dates."""
    return FIRST_OF_1904 if from_1904 else FIRST_OF_1900


def in_milliseconds(
    *, days: float = 0, hours: int = 0, minutes: int = 0, seconds: int = 0, nanoseconds: int = 0
) -> int:
    """The length of time that these make together, in whole milliseconds; days may have a fraction.

    Raises ValueError or OverflowError where the number of days is none.
    """
    clock = (hours * 60 + minutes) * 60_000 + seconds * 1000 + round(nanoseconds / 1_000_000)
    return round(days * MILLISECONDS_IN_A_DAY) + clock


def in_days(milliseconds: int) -> float:
    """The number of days that a program keeps for a time."""
    return milliseconds / MILLISECONDS_IN_A_DAY


def days_and_rest(milliseconds: int) -> tuple[int, int]:
    """The whole days of a time, and the milliseconds of the day after them, which are never below zero."""
    return divmod(milliseconds, MILLISECONDS_IN_A_DAY)


def moment_in_days(first_day: datetime, milliseconds: int) -> datetime | None:
    """The local time so long after the first day of a workbook; None where it is before that or after year 9999."""
    days, _ = days_and_rest(milliseconds)
    if not 0 <= days <= (LAST_LOCAL - first_day).days:
        return None
    if first_day == FIRST_OF_1900 and days < LAST_OF_FEBRUARY_1900:
        milliseconds += MILLISECONDS_IN_A_DAY
    return first_day + timedelta(milliseconds=milliseconds)
