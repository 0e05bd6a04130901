"""Local times of a column, without a zone, as cells write them: put together from their parts, and held against others.

Local times are `Datetime("us")` without a zone, instants `Datetime("us", "UTC")`, lengths whole microseconds. A null
gives a null.
"""

from __future__ import annotations

import polars as pl

from wardline.time_limits.columns import DAY_LENGTH, HOUR_LENGTH, INSTANT, LOCAL, MINUTE_LENGTH, SECOND_LENGTH

__all__ = [
    "instant_column",
    "is_midnight_column",
    "length_column",
    "local_time_column",
    "minute_numbers",
    "next_day_if_earlier_column",
]

Number = pl.Expr | int


def length_column(*, hours: Number = 0, minutes: Number = 0, seconds: Number = 0, microseconds: Number = 0) -> pl.Expr:
    """The length of time that these whole numbers make together, in microseconds."""
    length = pl.lit(0, dtype=pl.Int64) + hours * HOUR_LENGTH + minutes * MINUTE_LENGTH
    return length + seconds * SECOND_LENGTH + microseconds


def local_time_column(year: pl.Expr, month: pl.Expr, day: pl.Expr, since_midnight: pl.Expr) -> pl.Expr:
    """The local time so many microseconds after the midnight of a day; null where the month has no such day."""
    # Days are added to the first of the month, because Polars refuses a whole column for one 31 February.
    first = pl.datetime(year, month, 1, time_unit="us")
    midnight = (first.cast(pl.Int64) + (day - 1) * DAY_LENGTH).cast(LOCAL)
    return pl.when(midnight.dt.month() == month).then((midnight.cast(pl.Int64) + since_midnight).cast(LOCAL))


def instant_column(local: pl.Expr, offset: pl.Expr) -> pl.Expr:
    """The instant at which clocks that are so many microseconds before UTC showed a local time."""
    return (local.cast(pl.Int64) - offset).cast(INSTANT)


def is_midnight_column(local: pl.Expr) -> pl.Expr:
    """Whether a local time is the very beginning of a day."""
    return local.cast(pl.Int64) % DAY_LENGTH == 0


def next_day_if_earlier_column(local: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The local time; the same of the next day where it is earlier than another, to the minute."""
    at, before = local.cast(pl.Int64), other.cast(pl.Int64)
    is_earlier = at // MINUTE_LENGTH < before // MINUTE_LENGTH
    return pl.when(is_earlier).then((at + DAY_LENGTH).cast(LOCAL)).otherwise(local)


def minute_numbers(times: pl.Series) -> pl.Series:
    """The number of the minute in which each time lies: two times of one minute have one number."""
    return times.cast(pl.Int64) // MINUTE_LENGTH
