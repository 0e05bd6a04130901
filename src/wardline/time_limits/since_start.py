"""Times told by how long after something they were, without saying when: whole minutes, or local days where only the
day is known.

A minute would tell the hour where the day has a known beginning or end: "835 minutes before the end of the day" is
10:05. So what is known only by its day, and what ends with a day, is told in days.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from wardline.time_limits.calendars import Calendar
from wardline.time_limits.columns import (
    MINUTE_LENGTH,
    end_of_local_day_column,
    is_local_midnight_column,
    local_date_column,
)

__all__ = [
    "MINUTES_IN_A_DAY",
    "days_since_column",
    "is_known_to_the_minute_column",
    "local_month_column",
    "minutes_long",
    "minutes_of_column",
    "minutes_since_column",
]

MINUTES_IN_A_DAY = 24 * 60


def is_known_to_the_minute_column(instants: pl.Expr, latest: pl.Expr, calendar: Calendar) -> pl.Expr:
    """Whether an instant is exact (its `latest` is empty or the same) and is neither end of a local day.

    A time that is written as midnight, or as the last moment of a day, is mostly a date that somebody had to write as
    a time. Null where the instant is.
    """
    is_exact = latest.is_null() | (latest == instants)
    last = end_of_local_day_column(local_date_column(instants, calendar), calendar) == instants
    return is_exact & ~is_local_midnight_column(instants, calendar) & ~last


def minutes_since_column(start: pl.Expr, instants: pl.Expr) -> pl.Expr:
    """Whole minutes from a start to each instant, rounded towards the past; below zero before the start."""
    return (instants.cast(pl.Int64) - start.cast(pl.Int64)).floordiv(MINUTE_LENGTH)


def minutes_of_column(lengths: pl.Expr) -> pl.Expr:
    """A length of time in whole minutes, rounded down."""
    return lengths.dt.total_microseconds().floordiv(MINUTE_LENGTH)


def days_since_column(first: pl.Expr, instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """How many local days the day of each instant comes after the day `first`; below zero where it comes before."""
    return (local_date_column(instants, calendar) - first).dt.total_days().cast(pl.Int32)


def local_month_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The local month at each instant, as `2025-03`."""
    return local_date_column(instants, calendar).dt.strftime("%Y-%m")


def minutes_long(minutes: int) -> timedelta:
    """A length of time of so many minutes."""
    return timedelta(minutes=minutes)
