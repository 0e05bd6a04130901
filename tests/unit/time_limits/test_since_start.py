"""Times told by how long after a start they were: minutes where they are exact, local days where only the day is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from wardline.time_limits import (
    Calendar,
    age_column,
    days_since_column,
    is_known_to_the_minute_column,
    local_month_column,
    minutes_since_column,
)

LONDON = Calendar("Europe/London")
INSTANT = pl.Datetime("us", "UTC")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def one(expression: pl.Expr, **columns: object) -> object:
    kinds = {name: INSTANT if isinstance(value, datetime) or value is None else None for name, value in columns.items()}
    frame = pl.DataFrame([pl.Series(name, [value], dtype=kinds[name]) for name, value in columns.items()])
    return frame.select(told=expression)["told"].item()


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at(2025, 6, 2, 17), at(2025, 6, 2, 19, 50, 59), 170),
        (at(2025, 6, 2, 17), at(2025, 6, 2, 16, 59, 59), -1),
        (at(2025, 3, 30, 0, 30), at(2025, 3, 30, 1, 30), 60),  # the clocks go forward between them
    ],
)
def test_minutes_are_elapsed_ones_rounded_towards_the_past(start, end, minutes):
    assert one(minutes_since_column(pl.col("start"), pl.col("end")), start=start, end=end) == minutes


@pytest.mark.parametrize(
    ("instant", "latest", "is_exact"),
    [
        (at(2025, 6, 2, 17, 3), None, True),
        (at(2025, 6, 2, 17, 3), at(2025, 6, 2, 17, 3), True),
        (at(2025, 6, 2, 17, 3), at(2025, 6, 2, 18, 3), False),
        (at(2025, 6, 1, 23), None, False),  # midnight in London
        (at(2025, 1, 2), None, False),
        (at(2025, 6, 2, 22, 59, 59, 999999), None, False),  # the last moment of the day
        (None, None, None),
    ],
)
def test_neither_end_of_a_day_nor_an_interval_is_known_to_the_minute(instant, latest, is_exact):
    expression = is_known_to_the_minute_column(pl.col("instant"), pl.col("latest"), LONDON)
    assert one(expression, instant=instant, latest=latest) is is_exact


def test_days_and_months_are_local_ones():
    days = days_since_column(pl.lit(date(2025, 6, 1)), pl.col("instant"), LONDON)
    assert one(days, instant=at(2025, 6, 1, 22, 30)) == 0
    assert one(days, instant=at(2025, 6, 1, 23, 30)) == 1
    assert one(days, instant=at(2025, 5, 31, 12)) == -1
    assert one(local_month_column(pl.col("instant"), LONDON), instant=at(2025, 5, 31, 23, 30)) == "2025-06"


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 6, 2), date(2025, 6, 1), 14),
        (date(2010, 6, 2), date(2025, 6, 2), 15),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2025, 6, 2), date(2025, 6, 1), None),
    ],
)
def test_an_age_is_of_whole_years(born, day, age):
    frame = pl.DataFrame({"born": [born], "day": [day]})
    assert frame.select(age=age_column(pl.col("born"), pl.col("day")))["age"].item() == age
