"""Single instants and columns, held against each other where a calendar skips a day, at the ends of time and empty."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from tests.generative.odd_clocks import ZONES
from wardline.events import INSTANT
from wardline.time_limits import (
    Calendar,
    deadline,
    deadline_column,
    end_of_local_day_column,
    read_length,
    read_local_column,
    start_of_local_day_column,
)


def test_a_day_that_the_calendar_skipped_starts_after_the_gap_and_ends_before_it():
    apia, skipped = Calendar("Pacific/Apia"), date(2011, 12, 30)
    assert apia.start_of(skipped) == apia.start_of(date(2011, 12, 31)) == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert apia.end_of(skipped) == apia.end_of(date(2011, 12, 29)) == apia.start_of(skipped) - timedelta(microseconds=1)
    table = pl.DataFrame({"day": [skipped]})
    assert table.select(start=start_of_local_day_column(pl.col("day"), apia)).item() == apia.start_of(skipped)
    assert table.select(end=end_of_local_day_column(pl.col("day"), apia)).item() == apia.end_of(skipped)


@pytest.mark.parametrize("zone", ZONES)
def test_the_ends_of_time_and_dates_long_ago_do_not_stop_a_column(zone):
    calendar = Calendar(zone)
    odd = [
        datetime(1, 1, 1),
        datetime(202, 6, 1),
        datetime(1066, 10, 14),
        datetime(1847, 12, 1),
        datetime(1900, 1, 1),
        datetime(1916, 5, 21, 2, 30),
        datetime(2087, 7, 1),
        datetime(2499, 12, 31, 23),
        datetime(2650, 7, 1, 5),
        datetime(9999, 12, 31),
        datetime(9999, 12, 31, 23, 59, 59, 999_999),
    ]
    starts = [moment.replace(tzinfo=UTC) for moment in odd]
    for limit in ("0 minutes", "1 day", "6 months", "same day", "2 days counting the first"):
        column = pl.DataFrame({"start": starts}).select(deadline_column(read_length(limit), pl.col("start"), calendar))
        assert column.to_series().to_list() == [deadline(read_length(limit), start, calendar) for start in starts]
    read = pl.DataFrame({"naive": odd}).select(read_local_column(pl.col("naive"), calendar)).unnest("naive")
    assert read["earliest"].to_list() == [calendar.read_local(moment).earliest for moment in odd]
    assert read["latest"].to_list() == [calendar.read_local(moment).latest for moment in odd]
    days = pl.DataFrame({"day": [moment.date() for moment in odd]}).select(
        start=start_of_local_day_column(pl.col("day"), calendar), end=end_of_local_day_column(pl.col("day"), calendar)
    )
    assert days["start"].to_list() == [calendar.start_of(moment.date()) for moment in odd]
    assert days["end"].to_list() == [calendar.end_of(moment.date()) for moment in odd]


@pytest.mark.parametrize("limit", ["15 minutes", "3 days", "6 months", "same day", "2 working days"])
def test_an_empty_column_and_one_of_nulls_stay_what_they_are(limit):
    column = deadline_column(read_length(limit), pl.col("start"), Calendar("Europe/London", "England"))
    for starts in ([], [None, None]):
        found = pl.DataFrame({"start": starts}, schema={"start": INSTANT}).select(column)
        assert found.schema == {"start": INSTANT}
        assert found.to_series().to_list() == starts


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_lazy_column_is_the_same_in_either_way_of_collecting(engine):
    calendar = Calendar("Europe/London", "England")
    starts = [datetime(2025, 3, 28, tzinfo=UTC) + timedelta(minutes=7 * count) for count in range(2000)]
    lazy = pl.LazyFrame({"start": starts}).select(deadline_column(read_length("1 day"), pl.col("start"), calendar))
    expected = [deadline(read_length("1 day"), start, calendar) for start in starts]
    assert lazy.collect(engine=engine).to_series().to_list() == expected
