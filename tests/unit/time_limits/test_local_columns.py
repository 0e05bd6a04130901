"""Local times of a column: put together from their parts, moved by a day, and told apart by day and minute."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl

from wardline.time_limits import (
    Calendar,
    instant_column,
    is_midnight_column,
    length_column,
    local_date_column,
    local_time_column,
    minute_numbers,
    next_day_if_earlier_column,
)


def local(*texts: str | None) -> pl.Series:
    return pl.Series(
        [None if text is None else datetime.fromisoformat(text) for text in texts], dtype=pl.Datetime("us")
    )


def test_a_local_time_is_made_from_its_parts_and_null_where_there_is_no_such_day() -> None:
    parts = pl.DataFrame({"month": [2, 2, 4, None], "day": [28, 29, 31, 1]})
    clock = length_column(hours=23, minutes=59, seconds=59, microseconds=999_999)
    found = parts.select(local_time_column(pl.lit(2025), pl.col("month"), pl.col("day"), clock)).to_series()
    assert found.to_list() == [datetime.fromisoformat("2025-02-28 23:59:59.999999"), None, None, None]


def test_the_instant_of_a_local_time_is_later_where_clocks_are_behind_utc() -> None:
    times = pl.DataFrame({"local": local("2025-03-01 10:00", "2025-03-01 10:00", None), "minutes": [60, -300, 0]})
    found = times.select(instant_column(pl.col("local"), length_column(minutes=pl.col("minutes")))).to_series()
    assert found.to_list() == [datetime(2025, 3, 1, 9, tzinfo=UTC), datetime(2025, 3, 1, 15, tzinfo=UTC), None]


def test_midnight_is_the_very_beginning_of_a_day_also_before_1970() -> None:
    times = local("2025-03-01", "2025-03-01 00:00:00.000001", "1950-03-01", "1950-03-01 23:59:59.999999", None)
    assert times.to_frame("at").select(is_midnight_column(pl.col("at"))).to_series().to_list() == [
        True,
        False,
        True,
        False,
        None,
    ]


def test_a_time_earlier_by_a_minute_is_of_the_next_day_and_one_of_the_same_minute_is_not() -> None:
    times = pl.DataFrame(
        {
            "at": local("2024-12-31 18:29:59", "2024-12-31 18:30:00", "2024-12-31 18:31:00", "2024-12-31 00:10:00"),
            "other": local(*["2024-12-31 18:30:20"] * 3, None),
        }
    )
    found = times.select(next_day_if_earlier_column(pl.col("at"), pl.col("other"))).to_series()
    assert found.to_list() == [datetime.fromisoformat("2025-01-01 18:29:59"), *times["at"].to_list()[1:]]


def test_two_times_have_one_number_where_they_lie_in_one_minute() -> None:
    first, same, other, none = minute_numbers(
        local("2025-03-01 10:00:00", "2025-03-01 10:00:59.999999", "2025-03-01 10:01:00", None)
    )
    assert first == same == other - 1
    assert none is None


def test_days_are_known_within_a_condition_on_a_column_that_is_in_order() -> None:
    # Polars empties the rows that the condition leaves out, and still calls what is left sorted.
    late = [datetime(2025, month, 3, 23, 30, tzinfo=UTC) for month in range(1, 7)]
    for wanted in ([False, True, True, False, True, False], [False, False, True, True, True, True]):
        table = pl.DataFrame({"at": late, "wanted": wanted}).sort("at")
        day = pl.when("wanted").then(local_date_column(pl.col("at"), Calendar("Europe/London")))
        days = [date(2025, month, 3 if month < 4 else 4) for month in range(1, 7)]
        found = table.select(day.alias("day"))["day"].to_list()
        assert found == [one if is_wanted else None for one, is_wanted in zip(days, wanted, strict=True)]
