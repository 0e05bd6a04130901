from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from wardline.time_limits import Calendar, days_since_last_column, elapsed_column, local_hour_column, seconds_column

INSTANT = pl.Datetime("us", "UTC")
NOON = datetime(2025, 3, 29, 12, tzinfo=UTC)


def test_elapsed_time_is_exact_to_the_microsecond_and_never_below_zero():
    table = pl.DataFrame(
        {
            "start": [NOON, NOON, NOON, None, NOON],
            "end": [NOON + timedelta(microseconds=1), NOON - timedelta(hours=1), NOON, NOON, None],
        },
        schema={"start": INSTANT, "end": INSTANT},
    )
    assert table.select(elapsed_column(pl.col("start"), pl.col("end")).alias("wait"))["wait"].to_list() == [
        timedelta(microseconds=1),
        timedelta(0),
        timedelta(0),
        None,
        None,
    ]


def test_elapsed_time_runs_on_through_a_clock_change():
    table = pl.DataFrame({"start": [NOON], "end": [NOON + timedelta(days=1)]})
    assert table.select(elapsed_column(pl.col("start"), pl.col("end")).alias("wait")).item() == timedelta(days=1)


def test_the_hour_is_that_of_the_local_day():
    instants = [datetime(2025, 1, 1, 23, 30, tzinfo=UTC), datetime(2025, 7, 1, 23, 30, tzinfo=UTC), None]
    table = pl.DataFrame({"at": instants}, schema={"at": INSTANT})
    london = Calendar("Europe/London", "England")
    assert table.select(local_hour_column(pl.col("at"), london).alias("hour"))["hour"].to_list() == [23, 0, None]


def test_days_since_the_one_before_are_counted_of_days_and_of_instants():
    days = pl.Series([date(2024, 1, 1), date(2024, 1, 3), None, date(2024, 3, 1), date(2024, 2, 29)])
    instants = pl.Series([datetime(2024, 3, 31, 0, tzinfo=UTC), datetime(2024, 4, 1, 6, tzinfo=UTC)])
    assert days.to_frame("at").select(days_since_last_column(pl.col("at")))["at"].to_list() == [None, 2, None, None, -1]
    assert instants.to_frame("at").select(days_since_last_column(pl.col("at")))["at"].to_list() == [None, 1.25]


def test_a_length_of_time_is_so_many_seconds():
    lengths = pl.Series("length", [timedelta(minutes=1, microseconds=500), None, timedelta(0)])
    assert lengths.to_frame().select(seconds_column(pl.col("length")))["length"].to_list() == [
        pytest.approx(60.0005),
        None,
        0,
    ]
