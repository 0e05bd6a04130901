"""Series from tables: gaps stay gaps, and whatever cannot stand on one chart is said in words."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.unit.measures.charts.charted import of_counts, of_events, of_values
from wardline.measures.charts import (
    Absent,
    CannotChart,
    Point,
    Series,
    Shown,
    occasions_between_events,
    series_of_periods,
    waits_between_events,
)
from wardline.time_limits import PeriodLength

MONTH = PeriodLength.MONTH


def by_month(rows, **told):
    table = pl.DataFrame({"first_day": [date(2024, month, 1) for month in rows], "value": list(rows.values())})
    return series_of_periods(table, shown=Shown.VALUE, by=MONTH, **told)


def figures(series):
    return {point.day.month: point.value if point.absent is None else point.absent for point in series.points}


def test_a_month_without_a_row_is_a_gap_and_never_nought():
    assert figures(by_month({3: 7, 1: 5, 4: None})) == {1: 5, 2: Absent.GAP, 3: 7, 4: Absent.GAP}


def test_a_month_without_a_row_is_nought_where_it_is_known_that_nothing_was_to_be_counted():
    assert figures(by_month({1: 5, 3: 7}, nought_where_missing=True)) == {1: 5, 2: 0, 3: 7}


def test_a_series_covers_months_before_its_first_row_and_after_its_last():
    covers = (date(2024, 1, 15), date(2024, 4, 2))
    assert figures(by_month({2: 5}, covers=covers)) == {1: Absent.GAP, 2: 5, 3: Absent.GAP, 4: Absent.GAP}
    assert figures(by_month({}, covers=covers, nought_where_missing=True)) == {1: 0, 2: 0, 3: 0, 4: 0}


@pytest.mark.parametrize("gap", [(date(2024, 2, 29), date(2024, 2, 29)), (date(2024, 1, 31), date(2024, 2, 1))])
def test_a_month_of_which_one_day_was_not_recorded_has_no_figure(gap):
    found = figures(by_month({1: 5, 2: 0, 3: 7}, gaps=[gap], nought_where_missing=True))
    assert found[2] is Absent.GAP
    assert found[3] == 7


def test_a_last_month_that_is_not_over_has_no_figure():
    assert figures(by_month({1: 5, 2: 1}, known_before=date(2024, 2, 29))) == {1: 5, 2: Absent.NOT_OVER}
    assert figures(by_month({1: 5, 2: 1}, known_before=date(2024, 3, 1))) == {1: 5, 2: 1}
    assert Absent.NOT_OVER.value == "It is not over, so its figure is not known yet."


def test_a_share_of_no_occasions_is_no_figure():
    table = pl.DataFrame(
        {"first_day": [date(2024, 1, 1), date(2024, 2, 1)], "numerator": [0, 3], "denominator": [0, 4]}
    )
    series = series_of_periods(table, shown=Shown.SHARE, by=MONTH)
    assert figures(series) == {1: Absent.NO_OCCASIONS, 2: 0.75}
    assert [point.day.month for point in series.charted] == [2]
    assert [point.day.month for point in series.absent] == [1]


def test_a_share_whose_counts_are_not_known_is_a_gap():
    table = pl.DataFrame({"first_day": [date(2024, 1, 1)], "numerator": [None], "denominator": [4]})
    assert figures(series_of_periods(table, shown=Shown.SHARE, by=MONTH)) == {1: Absent.GAP}


@pytest.mark.parametrize(("met", "whole"), [(5, 4), (3, 0), (3, -1)])
def test_more_met_than_there_are_is_said(met, whole):
    with pytest.raises(CannotChart, match="On 1 April 2021 more are counted than there are in all"):
        of_counts(Shown.SHARE, [met], [whole])


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (lambda: of_values([float("nan")]), "is nan, which cannot be: it is a number"),
        (lambda: of_counts(Shown.RATE, [-1], [4]), "is -0.25, which cannot be: it is at least 0"),
        (lambda: of_events(Shown.WAIT, [-2]), "is -2, which cannot be"),
        (lambda: of_values([]), "There is not one period to chart"),
        (lambda: Series(Shown.VALUE, MONTH, (Point(date(2024, 1, 1), 101.0),), 0, 100), "at least 0 and at most 100"),
    ],
)
def test_a_figure_that_cannot_be_is_said(series, said):
    with pytest.raises(CannotChart, match=said):
        series()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2024, 1, 1), date(2024, 1, 15)], "Not every period is a month: see the one that begins on 15 January"),
        ([date(2024, 1, 1), date(2024, 4, 1)], "Not every period is a month: see the one that begins on 1 April 2024"),
        ([date(2024, 1, 1), date(2024, 1, 1)], "Two figures begin on 1 January 2024. Give each period once"),
    ],
)
def test_periods_of_different_lengths_are_said(days, said):
    with pytest.raises(CannotChart, match=said):
        Series(Shown.VALUE, MONTH, tuple(Point(day, 1.0) for day in days))


def test_a_table_in_which_a_month_stands_for_a_quarter_is_said():
    table = pl.DataFrame(
        {
            "first_day": [date(2024, 1, 1), date(2024, 4, 1)],
            "last_day": [date(2024, 3, 31), date(2024, 4, 30)],
            "value": [1, 2],
        }
    )
    with pytest.raises(CannotChart, match="Not every period is a quarter: see the one that begins on 1 April 2024"):
        series_of_periods(table, shown=Shown.VALUE, by=PeriodLength.QUARTER)


@pytest.mark.parametrize("days", [[date(2024, 1, 1), date(2024, 2, 2)], [date(2024, 1, 1), date(2024, 1, 1)]])
def test_a_table_with_a_stray_or_a_doubled_period_is_said(days):
    table = pl.DataFrame({"first_day": days, "value": [1, 2]})
    with pytest.raises(CannotChart):
        series_of_periods(table, shown=Shown.VALUE, by=MONTH)


def test_a_table_without_rows_is_said():
    with pytest.raises(CannotChart, match="There is not one period to chart. Choose a period in which"):
        series_of_periods(pl.DataFrame({"first_day": [], "value": []}), shown=Shown.VALUE, by=MONTH)


def test_waits_are_counted_in_whole_days_or_to_the_moment():
    days = [date(2024, 1, 1), date(2024, 1, 3), date(2024, 3, 1)]
    instants = [
        datetime(2024, 1, 1, 12, tzinfo=UTC),
        datetime(2024, 1, 3, 6, tzinfo=UTC),
        datetime(2024, 3, 1, tzinfo=UTC),
    ]
    assert [point.value for point in waits_between_events(pl.DataFrame({"day": days})).points] == [2, 58]
    series = waits_between_events(pl.DataFrame({"day": days, "at": instants}))
    assert [(point.day, point.value) for point in series.points] == [(days[1], 1.75), (days[2], 57.75)]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([1, 1], "Two events happened at the same time, on 1 January 2024"),
        ([2, 1], "The event on 1 January 2024 comes after a later one"),
        ([1], "There is not one period to chart"),
    ],
)
def test_events_at_one_time_or_out_of_order_are_said(days, said):
    with pytest.raises(CannotChart, match=said):
        waits_between_events(pl.DataFrame({"day": [date(2024, 1, day) for day in days]}))


def test_occasions_between_events_leave_out_both_ends():
    happened = [False, True, False, False, True, True, False]
    table = pl.DataFrame({"day": [date(2024, 1, day) for day in range(1, 8)], "is_event": happened})
    series = occasions_between_events(table)
    assert [(point.day.day, point.value) for point in series.points] == [(5, 2), (6, 0)]


def test_events_out_of_order_are_said_by_the_series_too():
    points = (Point(date(2024, 2, 1), 1.0), Point(date(2024, 1, 1), 1.0))
    with pytest.raises(CannotChart, match="comes after a later one"):
        Series(Shown.WAIT, None, points)
