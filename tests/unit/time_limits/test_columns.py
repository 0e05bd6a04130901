"""Single instants and columns, held against each other and against a second implementation."""

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
    local_date_column,
    local_hour_column,
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


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("year", [1941, 2049, 2499, 2500, 2650, 9998])
def test_clock_changes_of_any_year_are_found(zone, year):
    # From the year 2500 on, the table repeats what it found 400 years before.
    calendar = Calendar(zone)
    starts = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=count) for count in range(366 * 24)]
    column = pl.DataFrame({"start": starts}).select(deadline_column(read_length("0 days"), pl.col("start"), calendar))
    assert column.to_series().to_list() == [deadline(read_length("0 days"), start, calendar) for start in starts]


@pytest.mark.parametrize("zone", [*ZONES[:3], "America/Havana", "America/St_Johns", "America/Sao_Paulo", "Asia/Tokyo"])
def test_polars_own_time_zones_say_the_same_of_every_half_hour_from_1970_to_2037(zone):
    # A third witness, which shares no zone data and no code with the other two.
    first, last = datetime(1970, 1, 1), datetime(2037, 12, 31)
    half_hours = pl.DataFrame({"local": pl.datetime_range(first, last, "30m", time_unit="us", eager=True)})
    local = pl.col("local")
    witness = {
        reading: local.dt.replace_time_zone(zone, ambiguous=reading, non_existent="null").dt.convert_time_zone("UTC")
        for reading in ("earliest", "latest")
    }
    read = half_hours.select("local", read_local_column(local, Calendar(zone)).alias("read"), **witness).unnest(
        "read", separator=":"
    )
    assert read.select((pl.col("read:is_possible") == pl.col("earliest").is_not_null()).all()).item()
    possible = read.filter("read:is_possible")
    for reading in ("earliest", "latest"):
        assert possible[f"read:{reading}"].equals(possible[reading], check_names=False)
        back = possible.select(ours=local_date_column(pl.col(reading), Calendar(zone)), theirs=local.dt.date())
        assert back["ours"].equals(back["theirs"], check_names=False)


def test_polars_own_time_zones_know_no_clock_change_after_2099():
    # When they do, docs/decisions/0015 is to be thought about again.
    noon = pl.DataFrame({"at": [datetime(2100, 7, 1, 12, tzinfo=UTC)]})
    found = noon.select(
        ours=local_hour_column(pl.col("at"), Calendar("Europe/London")),
        theirs=pl.col("at").dt.convert_time_zone("Europe/London").dt.hour(),
    )
    assert found.row(0) == (13, 12)
