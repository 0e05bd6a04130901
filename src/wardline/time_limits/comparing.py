"""How one length of time compares with another: certainly, whatever day both begin on, and about."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from wardline.time_limits.lengths import CountingTheFirst, Length, SameDay, SingleLimit, Unit

__all__ = ["about_how_many_days", "is_certainly_longer"]

DAY = timedelta(days=1)
SHORTEST_MONTH, LONGEST_MONTH = 28, 31  # days
ABOUT = {  # days
    Unit.MINUTES: timedelta(minutes=1) / DAY,
    Unit.HOURS: timedelta(hours=1) / DAY,
    Unit.DAYS: 1,
    Unit.WORKING_DAYS: 7 / 5,
    Unit.WEEKS: 7,
    Unit.MONTHS: 365.25 / 12,
}


def is_certainly_longer(one: SingleLimit, other: SingleLimit) -> bool:
    """Whether `one` ends later than `other` from every start; days are taken to be of 24 hours.

    `72 hours` and `3 days` are alike; `1 month` is longer than `3 weeks`, but not certainly longer than `30 days`.
    """
    if isinstance(one, Length) and isinstance(other, Length) and one.unit is other.unit:
        return one.amount > other.amount
    if isinstance(one, CountingTheFirst) and isinstance(other, CountingTheFirst):
        return one.days > other.days
    shortest, longest = _bounds(one)[0], _bounds(other)[1]
    return shortest > longest


def about_how_many_days(limit: SingleLimit) -> float:
    """About how long a limit is, in days of 24 hours: by this several are put in order."""
    match limit:
        case SameDay():
            return 1
        case CountingTheFirst(days):
            return days
        case Length(amount, unit):
            return amount * ABOUT[unit]
    assert_never(limit)


def _bounds(limit: SingleLimit) -> tuple[timedelta, timedelta]:
    """The least and the most that a limit can give, by the time of day and the days on which it begins."""
    match limit:
        case SameDay():
            return timedelta(0), DAY
        case CountingTheFirst(days):
            return (days - 1) * DAY, days * DAY
        case Length(amount, unit):
            return _bounds_of_unit(amount, unit)
    assert_never(limit)


def _bounds_of_unit(amount: int, unit: Unit) -> tuple[timedelta, timedelta]:
    match unit:
        case Unit.MINUTES:
            return timedelta(minutes=amount), timedelta(minutes=amount)
        case Unit.HOURS:
            return timedelta(hours=amount), timedelta(hours=amount)
        case Unit.DAYS:
            return amount * DAY, amount * DAY
        case Unit.WEEKS:
            return 7 * amount * DAY, 7 * amount * DAY
        case Unit.MONTHS:
            return SHORTEST_MONTH * amount * DAY, LONGEST_MONTH * amount * DAY
        case Unit.WORKING_DAYS:
            # Two days of a weekend with every five, and no more than a fortnight of holidays in 200 working days.
            return amount * DAY, (amount + 1 + 2 * (amount // 5 + 1) + 14 * (amount // 200 + 1)) * DAY
    assert_never(unit)
