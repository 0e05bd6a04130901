"""How long between two columns of instants, and what o'clock it was."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from wardline.time_limits.calendars import Calendar

__all__ = ["elapsed_column", "local_hour_column"]


def elapsed_column(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Elapsed time from `start` to `end` (microseconds), never below zero; null where either is."""
    passed = end - start
    return pl.when(passed < timedelta(0)).then(timedelta(0)).otherwise(passed)


def local_hour_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The hour of the local day, 0 to 23; a null gives a null."""
    return instants.dt.convert_time_zone(calendar.zone).dt.hour()
