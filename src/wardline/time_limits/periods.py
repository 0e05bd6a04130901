"""Weeks, months and quarters of the local calendar, by which a series is cut.

A period is known by its length and its first local day. Weeks begin on Monday; quarters begin in January, April, July
and October, so that a financial year from April has four whole ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

import polars as pl

__all__ = [
    "PeriodLength",
    "days_after",
    "days_apart",
    "days_in",
    "days_of_months",
    "first_day_after",
    "is_over",
    "last_of_period",
    "period_after",
    "period_start",
    "period_start_column",
    "periods_from",
    "same_period_a_year_before",
    "start_of_year_before",
]

MONTHS_IN_A_YEAR = 12
WEEKS_IN_A_YEAR = 52


class PeriodLength(Enum):
    """How long the periods of a series are; the value is its noun."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


MONTHS = {PeriodLength.MONTH: 1, PeriodLength.QUARTER: 3}
TRUNCATED_TO = {PeriodLength.WEEK: "1w", PeriodLength.MONTH: "1mo", PeriodLength.QUARTER: "1q"}


def period_start(day: date, length: PeriodLength) -> date:
    """The first day of the period that contains a day."""
    if length is PeriodLength.WEEK:
        return day - timedelta(days=day.weekday())
    months = MONTHS[length]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def period_start_column(days: pl.Expr, length: PeriodLength) -> pl.Expr:
    """The first day of the period that contains each local day, as `period_start` gives it; null where the day is."""
    return days.dt.truncate(TRUNCATED_TO[length])


def last_of_period(first: date, length: PeriodLength) -> date:
    """The last day of the period that begins on `first`."""
    next_start = _next_start(first, length)
    return next_start if next_start == date.max else next_start - timedelta(days=1)


def periods_from(first: date, last: date, length: PeriodLength) -> Iterator[date]:
    """The first day of every period from the one that contains `first` to the one that contains `last`."""
    start, end = period_start(first, length), period_start(last, length)
    while start <= end:
        yield start
        start = _next_start(start, length)


def is_over(first: date, length: PeriodLength, known_before: date) -> bool:
    """Whether the period that begins on `first` had ended when day `known_before`, the first not known whole, began."""
    return last_of_period(first, length) < known_before


def days_apart(one: date, other: date) -> int:
    """How many days lie from one day to another, whichever comes first."""
    return abs((one - other).days)


def days_after(day: date, later: date) -> int:
    """How many days after the first the other comes; below zero where it comes before."""
    return (later - day).days


def days_in(first: date, length: PeriodLength) -> int:
    """How many days the period that begins on `first` has."""
    return days_apart(first, last_of_period(first, length)) + 1


def period_after(first: date, length: PeriodLength, many: int) -> date:
    """The first day of the period that comes so many after the one that begins on `first`."""
    for _ in range(many):
        first = _next_start(first, length)
    return first


def first_day_after(day: date, length: PeriodLength) -> date:
    """The first day, from `day` on, with which a period begins."""
    start = period_start(day, length)
    return start if start == day else _next_start(start, length)


def same_period_a_year_before(first: date, length: PeriodLength) -> date:
    """The first day of the period that lies a year before: the same month or quarter, or the week 52 weeks earlier."""
    if length is PeriodLength.WEEK:
        return first - timedelta(weeks=WEEKS_IN_A_YEAR)
    return date(first.year - 1, first.month, 1)


def start_of_year_before(day: date, years: int) -> date:
    """The first of January of so many years before that of a day; of the earliest year that can be written, at most."""
    return date(max(day.year - years, date.min.year), 1, 1)


def _next_start(first: date, length: PeriodLength) -> date:
    """Where it would lie after the year 9999, the last day that can be written."""
    if length is PeriodLength.WEEK:
        return first + min(timedelta(weeks=1), date.max - first)
    month = first.month - 1 + MONTHS[length]
    if first.year + month // MONTHS_IN_A_YEAR > date.max.year:
        return date.max
    return date(first.year + month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1, 1)


def days_of_months(first: date, last: date) -> Iterator[tuple[date, int]]:
    """Each month that has a day from `first` to `last`, both included, by its first day, with how many it has."""
    for month in periods_from(first, last, PeriodLength.MONTH):
        begin, end = max(first, month), min(last, last_of_period(month, PeriodLength.MONTH))
        yield month, (end - begin).days + 1
