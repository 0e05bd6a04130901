"""Single instants and columns, held against each other and against a second implementation."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.time_limits.second_implementation import naive_deadline, readings, shown
from wardline.time_limits import (
    NATIONS,
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

ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Havana",
    "Africa/Cairo",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "UTC",
]
INSTANT = pl.Datetime("us", "UTC")
LOCAL = pl.Datetime("us")


@cache
def clock_changes_seen(zone: str) -> list[datetime]:
    """Whole hours (half hours) at which the clock jumps, found by watching it from March 2010 to 2029."""
    step = timedelta(minutes=30)
    days = [datetime(2010, 3, 1, tzinfo=UTC) + timedelta(days=count) for count in range(19 * 365)]
    changing = [day for day in days if shown(day + timedelta(days=1), zone) - shown(day, zone) != timedelta(days=1)]
    found = [
        day + count * step
        for day in changing
        for count in range(1, 49)
        if shown(day + count * step, zone) - shown(day + (count - 1) * step, zone) != step
    ]
    return found or [datetime(2024, 2, 29, tzinfo=UTC)]


@st.composite
def instants(draw, zone: str) -> datetime:
    """Instants at, just before, and whole minutes, hours or days from a clock change; or from a year's end."""
    near = draw(
        st.sampled_from(
            [
                *clock_changes_seen(zone),
                datetime(2024, 12, 31, tzinfo=UTC),
                datetime(2024, 2, 29, tzinfo=UTC),
                datetime(2025, 4, 17, tzinfo=UTC),
            ]
        )
    )
    days = draw(st.sampled_from([0, -1, 1, -2, -3, -7, -28, -30, -31, -55]))
    minutes = draw(st.one_of(st.sampled_from([0, 30, -30, 60, -60, -90, -24 * 60]), st.integers(-3000, 3000)))
    return near + timedelta(days=days, minutes=minutes, microseconds=draw(st.sampled_from([0, -1, 1])))


limits = st.one_of(
    st.just("same day"),
    st.builds("{} {}".format, st.integers(0, 100), st.sampled_from(["minutes", "hours"])),
    st.builds("{} {}".format, st.integers(0, 32), st.sampled_from(["days", "months"])),
    st.builds("{} {}".format, st.integers(0, 12), st.sampled_from(["weeks", "working days"])),
    st.builds("{} days counting the first".format, st.integers(1, 57)),
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.data())
def test_one_instant_and_a_column_lead_where_the_second_implementation_leads(data):
    zone, nation = data.draw(st.sampled_from(ZONES)), data.draw(st.sampled_from(NATIONS))
    limit, start = data.draw(limits), data.draw(instants(zone))
    calendar, expected = Calendar(zone, nation), naive_deadline(limit, start, zone, nation)
    assert deadline(read_length(limit), start, calendar) == expected
    table = pl.DataFrame({"start": [None, start]}, schema={"start": INSTANT})
    column = table.select(deadline_column(read_length(limit), pl.col("start"), calendar)).to_series()
    assert column.to_list() == [None, expected]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "limit",
    [
        "15 minutes",
        "0 days",
        "1 day",
        "3 weeks",
        "1 month",
        "6 months",
        "same day",
        "28 days counting the first",
        "1 working day",
        "10 working days",
    ],
)
def test_a_column_around_every_clock_change_equals_its_instants_one_by_one(zone, limit):
    calendar, length = Calendar(zone, "Scotland"), read_length(limit)
    starts = [
        change + sign * apart + edge
        for change in clock_changes_seen(zone)
        for apart in map(timedelta, (0, 0, 0, 1, 28), (0, 1800, 3600, 0, 900))
        for sign in (-1, 1)
        for edge in (timedelta(0), timedelta(microseconds=-1))
    ]
    column = pl.DataFrame({"start": starts}).select(deadline_column(length, pl.col("start"), calendar)).to_series()
    assert column.to_list() == [deadline(length, start, calendar) for start in starts]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.data())
def test_a_local_time_means_what_the_second_implementation_reads(data):
    zone = data.draw(st.sampled_from(ZONES))
    naive = shown(data.draw(instants(zone)), zone) + timedelta(minutes=data.draw(st.integers(-90, 90)))
    found = readings(naive, zone)
    expected = {"earliest": min(found), "latest": max(found), "is_possible": shown(found[0], zone) == naive}
    alone = Calendar(zone).read_local(naive)
    assert {"earliest": alone.earliest, "latest": alone.latest, "is_possible": alone.is_possible} == expected
    table = pl.DataFrame({"naive": [naive, None]}, schema={"naive": LOCAL})
    column = table.select(read_local_column(pl.col("naive"), Calendar(zone))).unnest("naive")
    assert column.rows(named=True) == [expected, dict.fromkeys(expected)]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.data())
def test_a_local_day_runs_from_its_first_to_its_last_microsecond(data):
    zone = data.draw(st.sampled_from(ZONES))
    instant = data.draw(instants(zone))
    calendar, day = Calendar(zone), shown(instant, zone).date()
    start, end = calendar.start_of(day), calendar.end_of(day)
    assert start <= instant <= end
    assert shown(start, zone).date() == day == shown(end, zone).date()
    for outside in (start - timedelta(microseconds=1), end + timedelta(microseconds=1)):
        assert shown(outside, zone).date() != day
    table = pl.DataFrame({"at": [None, instant]}, schema={"at": INSTANT})
    dates = table.with_columns(day=local_date_column(pl.col("at"), calendar))
    bounds = dates.select(
        "day",
        start=start_of_local_day_column(pl.col("day"), calendar),
        end=end_of_local_day_column(pl.col("day"), calendar),
    )
    assert bounds.rows() == [(None, None, None), (day, start, end)]


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
