"""Deadlines and local days for a whole column of instants."""

from __future__ import annotations

import polars as pl

from wardline.time_limits.calendars import Calendar
from wardline.time_limits.deadlines import deadline
from wardline.time_limits.lengths import SingleLimit

__all__ = ["deadline_column", "local_date_column"]


def deadline_column(limit: SingleLimit, start: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The deadline of `limit` for a column of instants; a null gives a null."""
    return start.map_elements(lambda t: deadline(limit, t, calendar), return_dtype=pl.Datetime("us", "UTC"))


def local_date_column(instants: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The local dates of a column of instants; a null gives a null."""
    return instants.map_elements(calendar.local_date, return_dtype=pl.Date())
