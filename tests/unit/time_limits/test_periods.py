"""Weeks, months and quarters: where they begin, end and follow one another."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from wardline.time_limits import (
    PeriodLength,
    days_after,
    days_apart,
    days_in,
    days_of_months,
    first_day_after,
    is_over,
    last_of_period,
    period_after,
    period_start,
    period_start_column,
    periods_from,
    same_period_a_year_before,
    start_of_year_before,
)

DAYS = [date(2023, 12, 1) + timedelta(days=at) for at in range(500)]


@pytest.mark.parametrize("length", PeriodLength)
def test_a_column_of_days_gives_what_single_days_give(length):
    column = pl.DataFrame({"day": DAYS}).select(start=period_start_column(pl.col("day"), length))["start"].to_list()
    assert column == [period_start(day, length) for day in DAYS]


@pytest.mark.parametrize("length", PeriodLength)
def test_every_day_lies_in_one_period_and_the_next_begins_the_day_after(length):
    starts = list(periods_from(DAYS[0], DAYS[-1], length))
    assert starts[0] <= DAYS[0]
    assert last_of_period(starts[-1], length) >= DAYS[-1]
    for start, following in pairwise(starts):
        assert last_of_period(start, length) + timedelta(days=1) == following
    for day in DAYS:
        assert [start for start in starts if start <= day <= last_of_period(start, length)] == [
            period_start(day, length)
        ]


@pytest.mark.parametrize("length", PeriodLength)
def test_the_last_period_of_all_ends_with_the_last_day_that_can_be_written(length):
    (start,) = periods_from(date.max, date.max, length)
    assert last_of_period(start, length) == date.max
    assert days_in(start, length) == (date.max - start).days + 1
    assert first_day_after(date.max, length) == period_after(start, length, 3) == date.max


def test_weeks_begin_on_monday_and_quarters_in_april():
    assert period_start(date(2024, 3, 3), PeriodLength.WEEK) == date(2024, 2, 26)
    assert period_start(date(2024, 6, 30), PeriodLength.QUARTER) == date(2024, 4, 1)
    assert last_of_period(date(2023, 10, 1), PeriodLength.QUARTER) == date(2023, 12, 31)
    assert last_of_period(date(2024, 2, 1), PeriodLength.MONTH) == date(2024, 2, 29)


def test_a_month_is_over_once_its_last_day_is_known():
    assert is_over(date(2024, 2, 1), PeriodLength.MONTH, date(2024, 3, 1))
    assert not is_over(date(2024, 2, 1), PeriodLength.MONTH, date(2024, 2, 29))


def test_a_stretch_of_days_is_parts_of_months():
    found = list(days_of_months(date(2024, 1, 30), date(2024, 3, 2)))
    assert found == [(date(2024, 1, 1), 2), (date(2024, 2, 1), 29), (date(2024, 3, 1), 2)]
    assert list(days_of_months(date(2024, 2, 5), date(2024, 2, 5))) == [(date(2024, 2, 1), 1)]


@pytest.mark.parametrize("length", PeriodLength)
def test_a_period_has_the_days_from_its_first_to_its_last(length):
    first = period_start(date(2024, 2, 15), length)
    assert days_in(first, length) == days_apart(first, last_of_period(first, length)) + 1
    assert period_after(first, length, 1) == first + timedelta(days=days_in(first, length))
    assert period_after(first, length, 0) == first


def test_the_first_day_after_is_the_day_itself_where_a_period_begins_with_it():
    assert first_day_after(date(2025, 1, 1), PeriodLength.MONTH) == date(2025, 1, 1)
    assert first_day_after(date(2025, 1, 2), PeriodLength.MONTH) == date(2025, 2, 1)
    assert first_day_after(date(2025, 10, 5), PeriodLength.WEEK) == date(2025, 10, 6)


def test_a_year_before_are_the_same_month_and_the_week_52_weeks_earlier():
    assert same_period_a_year_before(date(2025, 3, 1), PeriodLength.MONTH) == date(2024, 3, 1)
    assert same_period_a_year_before(date(2025, 4, 1), PeriodLength.QUARTER) == date(2024, 4, 1)
    assert same_period_a_year_before(date(2025, 10, 6), PeriodLength.WEEK) == date(2024, 10, 7)
    assert days_apart(date(2025, 1, 1), date(2024, 12, 30)) == days_apart(date(2024, 12, 30), date(2025, 1, 1)) == 2


def test_years_before_begin_in_january_and_never_before_the_first_year():
    assert start_of_year_before(date(2025, 4, 1), 10) == date(2015, 1, 1)
    assert start_of_year_before(date(5, 4, 1), 10) == date(1, 1, 1)


def test_days_after_are_below_zero_where_the_other_comes_before():
    assert days_after(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert days_after(date(2024, 3, 1), date(2024, 2, 28)) == -2
