"""Tables to series: periods that are missing, overlap a gap or are not over keep their place without a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from wardline.measures.charts.refusals import event_out_of_order, nothing_to_chart, other_length, wait_of_nothing
from wardline.measures.charts.series import Absent, Point, Series, Shown
from wardline.time_limits import PeriodLength, days_since_last_column, is_over, last_of_period, periods_from

__all__ = ["occasions_between_events", "series_of_periods", "waits_between_events"]


def series_of_periods(
    table: pl.DataFrame,
    *,
    shown: Shown,
    by: PeriodLength,
    gaps: Sequence[tuple[date, date]] = (),
    known_before: date | None = None,
    covers: tuple[date, date] | None = None,
    nought_where_missing: bool = False,
) -> Series:
    """The series of a table with `first_day` and either `value`, or `numerator` and `denominator`; also, where it is at
    hand, `last_day`, by which periods of another length are noticed.

    `gaps` are the stretches of local days, both ends included, in which nothing was recorded: a period that overlaps
    one has no figure, whatever the table says of it, because the figure of half a month is not that of a month.
    `known_before` is the first local day that is not known whole: a period that contains it is not over.
    `covers` are the first and the last day that the series is about, where there may be no row for these.
    A period without a row, or without a figure in it, is a gap; with `nought_where_missing` a number (`Shown.VALUE`)
    without a row is nought, which is right only for what is counted and was recorded throughout.
    Raises CannotChart, in words.
    """
    days: list[date] = table["first_day"].to_list()
    if not days and covers is None:
        raise nothing_to_chart()
    _check_last_days(table, by)
    given = {day: row for day, row in zip(days, table.iter_rows(named=True), strict=True)}
    every = list(periods_from(min((*days, *(covers or ()))), max((*days, *(covers or ()))), by))
    if not set(given) <= set(every) or len(given) != len(days):
        # The series itself says which days these are.
        return Series(shown, by, tuple(_point(row["first_day"], row, shown) for row in table.iter_rows(named=True)))
    points = []
    for day in every:
        if known_before is not None and not is_over(day, by, known_before):
            points.append(Point.without(day, Absent.NOT_OVER))
        elif _overlaps(day, by, gaps):
            points.append(Point.without(day, Absent.GAP))
        elif day in given:
            points.append(_point(day, given[day], shown))
        elif nought_where_missing and shown is Shown.VALUE:
            points.append(Point(day, 0.0))
        else:
            points.append(Point.without(day, Absent.GAP))
    return Series(shown, by, tuple(points))


def waits_between_events(table: pl.DataFrame) -> Series:
    """The days from each event to the next, for a T chart: of a table with the event's local `day`, and `at`, its
    instant, where the time of day is known; without it whole days are counted.

    A point stands on the day of the event that ended the wait. What has passed since the last event is no point: that
    wait is not over. Raises CannotChart, in words.
    """
    days: list[date] = table["day"].to_list()
    times = "at" if "at" in table.columns else "day"
    waits: list[float | None] = table.select(days_since_last_column(pl.col(times)))[times].to_list()
    points = []
    for day, wait in list(zip(days, waits, strict=True))[1:]:
        assert wait is not None, "every event has its time"
        if wait < 0:
            raise event_out_of_order(day)
        if wait == 0:
            raise wait_of_nothing(day)
        points.append(Point(day, wait))
    return Series(Shown.WAIT, None, tuple(points))


def occasions_between_events(table: pl.DataFrame) -> Series:
    """How many occasions without the event lay between each event and the next, for a G chart: of a table with one row
    for each occasion in the order of time, its local `day`, and `is_event`, whether the event happened on it.

    Occasions before the first event and after the last are no point: nobody knows how long those stretches are.
    """
    of_events = table.with_row_index("position").filter(pl.col("is_event")).select("day", "position")
    between = of_events.with_columns(between=pl.col("position").cast(pl.Int64).diff() - 1)[1:]
    points = (Point(day, float(many)) for day, many in between.select("day", "between").iter_rows())
    return Series(Shown.OCCASIONS_BETWEEN, None, tuple(points))


def _check_last_days(table: pl.DataFrame, by: PeriodLength) -> None:
    if "last_day" not in table.columns:
        return
    ends = table.select("first_day", "last_day").iter_rows()
    if others := [first for first, last in ends if last_of_period(first, by) != last]:
        raise other_length(others, by.value)


def _overlaps(first: date, by: PeriodLength, gaps: Sequence[tuple[date, date]]) -> bool:
    last = last_of_period(first, by)
    return any(gap_from <= last and first <= gap_to for gap_from, gap_to in gaps)


def _point(day: date, row: dict[str, float | None], shown: Shown) -> Point:
    if "value" in row:
        return Point.without(day, Absent.GAP) if row["value"] is None else Point(day, float(row["value"]))
    numerator, denominator = row["numerator"], row["denominator"]
    if numerator is None or denominator is None:
        return Point.without(day, Absent.GAP)
    return Point.of(day, numerator, denominator)
