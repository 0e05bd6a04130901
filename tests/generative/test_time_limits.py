"""Time limits near clock changes everywhere: single instants and columns, each held against a second implementation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.odd_clocks import ZONES
from tests.generative.second_implementation import naive_deadline, readings, shown
from wardline.events import INSTANT
from wardline.time_limits import (
    NATIONS,
    Calendar,
    deadline,
    deadline_column,
    end_of_local_day_column,
    in_words,
    local_date_column,
    read_elapsed,
    read_length,
    read_local_column,
    start_of_local_day_column,
)

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


@settings(max_examples=300)
@given(st.data())
def test_one_instant_and_a_column_lead_where_the_second_implementation_leads(data):
    zone, nation = data.draw(st.sampled_from(ZONES)), data.draw(st.sampled_from(NATIONS))
    limit, start = data.draw(limits), data.draw(instants(zone))
    calendar, expected = Calendar(zone, nation), naive_deadline(limit, start, zone, nation)
    assert deadline(read_length(limit), start, calendar) == expected
    table = pl.DataFrame({"start": [None, start]}, schema={"start": INSTANT})
    column = table.select(deadline_column(read_length(limit), pl.col("start"), calendar)).to_series()
    assert column.to_list() == [None, expected]


@settings(max_examples=200)
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


@settings(max_examples=200)
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


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_words_read_back_are_the_same_words_and_never_more_than_what_was_said(elapsed):
    words = in_words(elapsed)
    assert in_words(read_elapsed(words)) == words
    rounded_off = elapsed - read_elapsed(words)
    assert timedelta(0) <= rounded_off < (timedelta(hours=1) if elapsed.days else timedelta(minutes=1))
