"""The instant to which a time limit leads, from one starting instant."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import assert_never

from wardline.time_limits.calendars import DAY, Calendar
from wardline.time_limits.lengths import CountingTheFirst, Length, SameDay, SingleLimit, Unit

__all__ = ["deadline"]


def deadline(limit: SingleLimit, start: datetime, calendar: Calendar) -> datetime:
    """The last instant at which something owed within `limit` of `start` is still in time.

    Minutes and hours are elapsed time. Days, weeks and months keep the local clock time; months clamp to the last
    day of a shorter month; an impossible local time becomes the first instant after the gap, an ambiguous one the
    second. `same day`, `N days counting the first` and working days end with the last microsecond of a local day.

    Raises NoHolidays where working days reach a year whose bank holidays are not known.
    """
    match limit:
        case SameDay():
            return calendar.end_of(calendar.local_date(start))
        case CountingTheFirst(days):
            return calendar.end_of(calendar.local_date(start) + (days - 1) * DAY)
        case Length(amount, Unit.MINUTES):
            return start + timedelta(minutes=amount)
        case Length(amount, Unit.HOURS):
            return start + timedelta(hours=amount)
        case Length(amount, Unit.WORKING_DAYS):
            return calendar.end_of(_nth_working_day_after(calendar.local_date(start), amount, calendar))
        case Length(amount, unit):
            naive = calendar.local(start).replace(tzinfo=None, fold=0)
            moved = datetime.combine(_later_date(naive.date(), amount, unit), naive.time())
            return calendar.read_local(moved).latest
    assert_never(limit)


def _later_date(day: date, amount: int, unit: Unit) -> date:
    match unit:
        case Unit.DAYS:
            return day + amount * DAY
        case Unit.WEEKS:
            return day + 7 * amount * DAY
        case Unit.MONTHS:
            year, month_index = divmod(day.year * 12 + day.month - 1 + amount, 12)
            last_day = monthrange(year, month_index + 1)[1]
            return date(year, month_index + 1, min(day.day, last_day))
        case _:
            assert False, f"{unit} is not a unit of the calendar"


def _nth_working_day_after(day: date, count: int, calendar: Calendar) -> date:
    """The `count`th working day after `day`; `day` itself where the count is 0."""
    while count > 0:
        day += DAY
        count -= calendar.is_working_day(day)
    return day
