"""Deadlines and local days for a whole column: what `deadline` and `Calendar` say of one instant, at each of them.

Instants are `Datetime("us", "UTC")`, local times `Datetime("us")` without a zone, local days `Date`. A null gives
a null. Where a single instant would raise NoHolidays, collecting the column does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import assert_never

import polars as pl

from wardline.time_limits.bank_holidays import bank_holidays, first_and_last_year
from wardline.time_limits.calendars import DAY, MICROSECOND, SATURDAY, Calendar, NoHolidays
from wardline.time_limits.clock_changes import FIRST_MICROSECOND, LAST_MICROSECOND, clock_changes
from wardline.time_limits.lengths import CountingTheFirst, Length, SameDay, SingleLimit, Unit

__all__ = [
    "age_column",
    "days_since_last_column",
    "deadline_column",
    "elapsed_column",
    "end_of_local_day_column",
    "is_local_midnight_column",
    "local_date_column",
    "local_hour_column",
    "read_local_column",
    "seconds_column",
    "start_of_local_day_column",
    "whole_minute_column",
]

INSTANT = pl.Datetime("us", "UTC")
LOCAL = pl.Datetime("us")
LOCAL_TIME = pl.Struct({"earliest": INSTANT, "latest": INSTANT, "is_possible": pl.Boolean()})
EPOCH_DAY = date(1970, 1, 1)
LAST_DAY = (date.max - EPOCH_DAY).days
DAY_LENGTH = 86_400_000_000
HOUR_LENGTH = 3_600_000_000
MINUTE_LENGTH = 60_000_000
SECOND_LENGTH = 1_000_000
# More than there are between the first and the last date: a longer limit leads to the last instant all the same.
MOST = {
    Unit.MINUTES: 10**10,
    Unit.HOURS: 10**8,
    Unit.DAYS: 10**7,
    Unit.WORKING_DAYS: 10**7,
    Unit.WEEKS: 10**6,
    Unit.MONTHS: 10**6,
}


def deadline_column(
    limit: SingleLimit, start: pl.Expr, calendar: Calendar, *, null_without_holidays: bool = False
) -> pl.Expr:
    """The deadline of `limit` from each instant, as `deadline` gives it.

    Raises NoHolidays when collected, where working days reach a year whose bank holidays are not known; with
    `null_without_holidays` those deadlines are null instead.
    """
    match limit:
        case Length(amount, Unit.MINUTES):
            return _later(start, timedelta(minutes=min(amount, MOST[Unit.MINUTES])))
        case Length(amount, Unit.HOURS):
            return _later(start, timedelta(hours=min(amount, MOST[Unit.HOURS])))
        case SameDay():
            return _at_each(start, lambda instants: _end_of_day(_local_day(instants, calendar), calendar))
        case CountingTheFirst(days):
            further = min(days, MOST[Unit.DAYS]) - 1
            return _at_each(start, lambda instants: _end_of_day(_local_day(instants, calendar) + further, calendar))
        case Length(amount, Unit.WORKING_DAYS):

            def working_days(instants: pl.Series) -> pl.Series:
                day = _nth_working_day_after(_local_day(instants, calendar), amount, calendar, null_without_holidays)
                return _end_of_day(day, calendar)

            return _at_each(start, working_days)
        case Length(amount, unit):
            return _at_each(start, lambda instants: _same_clock_time(instants, min(amount, MOST[unit]), unit, calendar))
    assert_never(limit)


def local_date_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The local date at each instant."""
    return instants.map_batches(
        lambda column: _local_day(_integers(column, INSTANT), calendar).cast(pl.Int32).cast(pl.Date),
        return_dtype=pl.Date(),
        is_elementwise=True,
    )


def start_of_local_day_column(days: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The first instant of each local day, as `Calendar.start_of` gives it."""
    return _at_each(days, lambda numbers: _start_of_day(numbers, calendar), given=pl.Date())


def end_of_local_day_column(days: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The last microsecond of each local day, as `Calendar.end_of` gives it."""
    return _at_each(days, lambda numbers: _end_of_day(numbers, calendar), given=pl.Date())


def is_local_midnight_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """Whether each instant is the first of a local day."""
    return start_of_local_day_column(local_date_column(instants, calendar), calendar) == instants


def whole_minute_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The minute, 0 to 59, that the local clock showed at each instant; null between two minutes."""

    def judge(column: pl.Series) -> pl.Series:
        given = _integers(column, INSTANT)
        past_the_hour = clock_changes(calendar.zone, given).to_local(given) % HOUR_LENGTH
        return (past_the_hour // MINUTE_LENGTH).set(past_the_hour % MINUTE_LENGTH != 0, None)

    return instants.map_batches(judge, return_dtype=pl.Int64(), is_elementwise=True)


def elapsed_column(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Elapsed time from `start` to `end`, never below zero; null where either is."""
    passed = end - start
    return pl.when(passed < timedelta(0)).then(timedelta(0)).otherwise(passed)


def seconds_column(length: pl.Expr) -> pl.Expr:
    """A length of time as a number of seconds, with their fraction; null where it is."""
    return length.dt.total_microseconds() / SECOND_LENGTH


def days_since_last_column(times: pl.Expr) -> pl.Expr:
    """How many days, each of 24 hours, lie between each instant or local day and the one before it in the column; below
    zero where that one is later, null of the first."""
    return times.diff().dt.total_microseconds() / DAY_LENGTH


def age_column(born: pl.Expr, day: date | pl.Expr) -> pl.Expr:
    """Whole years from a date of birth to a local day, one for all or that of each row; null where that lies before it.

    Somebody born on 29 February is a year older from 1 March on where there is no such day.
    """
    days = pl.lit(day) if isinstance(day, date) else day
    born_month, month = born.dt.month(), days.dt.month()
    had_birthday = (born_month < month) | ((born_month == month) & (born.dt.day() <= days.dt.day()))
    years = days.dt.year() - born.dt.year() - pl.when(had_birthday).then(0).otherwise(1)
    return pl.when(born <= days).then(years.cast(pl.Int64))


def local_hour_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The hour that the local clock showed at each instant, 0 to 23."""

    def judge(column: pl.Series) -> pl.Series:
        given = _integers(column, INSTANT)
        return clock_changes(calendar.zone, given).to_local(given) % DAY_LENGTH // HOUR_LENGTH

    return instants.map_batches(judge, return_dtype=pl.Int64(), is_elementwise=True)


def read_local_column(naive: pl.Expr, calendar: Calendar) -> pl.Expr:
    """What each local time means, as `Calendar.read_local` says: a struct of `earliest`, `latest`, `is_possible`.

    They differ where the clocks went back. Where the clocks went forward over a time, both are the first instant
    after the gap and `is_possible` is false. A null gives a struct of nulls.
    """

    def read(column: pl.Series) -> pl.Series:
        local = _integers(column, LOCAL)
        found = clock_changes(calendar.zone, local).readings(local)
        return found.with_columns(_as_instants("earliest", "latest")).to_struct(column.name)

    return naive.map_batches(read, return_dtype=LOCAL_TIME, is_elementwise=True)


# Below, instants and local times are whole microseconds and days whole days from 1970-01-01, so that nothing is
# rounded and nothing depends on how Polars reads clock changes.


def _at_each(given_column: pl.Expr, judge: Callable[[pl.Series], pl.Series], given: pl.DataType = INSTANT) -> pl.Expr:
    return given_column.map_batches(
        lambda column: _instants(judge(_integers(column, given))), return_dtype=INSTANT, is_elementwise=True
    )


def _integers(column: pl.Series, given: pl.DataType) -> pl.Series:
    return column.cast(given).cast(pl.Int64)


def _instants(microseconds: pl.Series) -> pl.Series:
    return microseconds.to_frame("at").select(_as_instants("at")).to_series()


def _as_instants(*names: str) -> pl.Expr:
    return pl.col(names).clip(FIRST_MICROSECOND, LAST_MICROSECOND).cast(INSTANT)


def _later(start: pl.Expr, length: timedelta) -> pl.Expr:
    later = start.cast(INSTANT).cast(pl.Int64) + length // MICROSECOND
    return later.clip(FIRST_MICROSECOND, LAST_MICROSECOND).cast(INSTANT)


def _local_day(instants: pl.Series, calendar: Calendar) -> pl.Series:
    return clock_changes(calendar.zone, instants).to_local(instants) // DAY_LENGTH


def _start_of_day(days: pl.Series, calendar: Calendar) -> pl.Series:
    midnight = days * DAY_LENGTH
    return clock_changes(calendar.zone, midnight).earliest(midnight)


def _end_of_day(days: pl.Series, calendar: Calendar) -> pl.Series:
    midnight = (days.clip(upper_bound=LAST_DAY) + 1) * DAY_LENGTH
    return clock_changes(calendar.zone, midnight).end_of_day_before(midnight)


def _same_clock_time(instants: pl.Series, amount: int, unit: Unit, calendar: Calendar) -> pl.Series:
    local = clock_changes(calendar.zone, instants).to_local(instants)
    match unit:
        case Unit.DAYS:
            moved = local + amount * DAY_LENGTH
        case Unit.WEEKS:
            moved = local + 7 * amount * DAY_LENGTH
        case Unit.MONTHS:
            moved = local.cast(LOCAL).dt.offset_by(f"{amount}mo").cast(pl.Int64)
        case _:
            assert False, f"{unit} is not a unit of the calendar"
    moved = moved.clip(FIRST_MICROSECOND, LAST_MICROSECOND)
    return clock_changes(calendar.zone, moved).latest(moved)


def _nth_working_day_after(days: pl.Series, count: int, calendar: Calendar, null_without_holidays: bool) -> pl.Series:
    if count == 0:
        return days
    if calendar.nation is None:
        raise NoHolidays.of(None)
    working_days, first_start = _working_days(calendar.nation)
    position = working_days.search_sorted(days, side="right").cast(pl.Int64) + (count - 1)
    is_known = ((position < len(working_days)) & (days >= first_start)).fill_null(False)
    if not null_without_holidays and is_known.sum() < len(days) - days.null_count():
        unknown = days.filter(~is_known & days.is_not_null())
        raise NoHolidays.of(calendar.nation, _year_not_known(int(unknown[0]), calendar.nation))
    return working_days.gather(position.set(~is_known, None))


@cache
def _working_days(nation: str) -> tuple[pl.Series, int]:
    """The working days of every year that is known, and the earliest day from which they can be counted."""
    first, last = first_and_last_year(nation)
    holidays = bank_holidays(nation)
    day, known = date(first, 1, 1), []
    while day.year <= last:
        if day.weekday() < SATURDAY and day not in holidays:
            known.append((day - EPOCH_DAY).days)
        day += DAY
    # The days after it must be known; a weekend is known to be one in any year.
    start = date(first, 1, 1) - DAY
    while start.weekday() >= SATURDAY:
        start -= DAY
    return pl.Series(known, dtype=pl.Int64), (start - EPOCH_DAY).days


def _year_not_known(day: int, nation: str) -> int:
    """The first year not known that is met in counting from a day whose working days cannot be counted."""
    start = EPOCH_DAY + day * DAY
    first, last = first_and_last_year(nation)
    if start.year < first:
        return start.year
    return max(start.year, last + 1)
