"""The instant to which a time limit leads, from one starting instant."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import assert_never

from wardline.time_limits.calendars import DAY, LAST_INSTANT, LAST_LOCAL, Calendar, NoHolidays
from wardline.time_limits.lengths import CountingTheFirst, Length, SameDay, SingleLimit, Unit

__all__ = ["deadline"]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def deadline(limit: SingleLimit, start: datetime, calendar: Calendar) -> datetime:
    """The last instant at which something owed within `limit` of `start` is still in time.

    Minutes and hours are elapsed time. Days, weeks and months keep the local clock time; months clamp to the last
    day of a shorter month; an impossible local time becomes the first instant after the gap, an ambiguous one the
    second. `same day`, `N days counting the first` and working days end with the last microsecond of a local day.

    A limit that leads past the year 9999 leads to its last microsecond. Raises NoHolidays where working days reach
    a year whose bank holidays are not known.
    """
    match limit:
        case SameDay():
            return calendar.end_of(calendar.local_date(start))
        case CountingTheFirst(days):
            return calendar.end_of(_later_day(calendar.local_date(start), days - 1))
        case Length(amount, Unit.MINUTES):
            return _later(start, amount, MINUTE)
        case Length(amount, Unit.HOURS):
            return _later(start, amount, HOUR)
        case Length(amount, Unit.WORKING_DAYS):
            return calendar.end_of(_nth_working_day_after(calendar.local_date(start), amount, calendar))
        case Length(amount, unit):
            naive = calendar.local(start).replace(tzinfo=None, fold=0)
            return calendar.read_local(_same_clock_time(naive, amount, unit)).latest
    assert_never(limit)


def _later(start: datetime, amount: int, unit: timedelta) -> datetime:
    try:
        return start + amount * unit
    except OverflowError:
        return LAST_INSTANT


def _later_day(day: date, count: int) -> date:
    try:
        return day + count * DAY
    except OverflowError:
        return date.max


def _same_clock_time(naive: datetime, amount: int, unit: Unit) -> datetime:
    try:
        match unit:
            case Unit.DAYS:
                return naive + amount * DAY
            case Unit.WEEKS:
                return naive + 7 * amount * DAY
            case Unit.MONTHS:
                year, month_index = divmod(naive.year * 12 + naive.month - 1 + amount, 12)
                last_day = monthrange(year, month_index + 1)[1]
                return naive.replace(year=year, month=month_index + 1, day=min(naive.day, last_day))
    except (OverflowError, ValueError):  # past the year 9999
        return LAST_LOCAL
    assert False, f"{unit} is not a unit that keeps the clock time"


def _nth_working_day_after(day: date, count: int, calendar: Calendar) -> date:
    """The `count`th working day after `day`; `day` itself where the count is 0."""
    while count > 0:
        if day == date.max:
            raise NoHolidays.of(calendar.nation, day.year)
        day += DAY
        count -= calendar.is_working_day(day)
    return day
