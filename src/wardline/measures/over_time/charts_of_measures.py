"""The series and the control chart of a measure, from the rows of the table of measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any

import polars as pl

from wardline.measures.charts import (
    FEWEST_FOR_LIMITS,
    Absent,
    Baseline,
    ControlChart,
    Point,
    Rebase,
    Series,
    Shown,
    draw_chart,
)
from wardline.measures.declared.measure import Measure
from wardline.measures.over_time.measures_table import Entries, NoValue
from wardline.time_limits import PeriodLength, last_of_period, period_start, periods_from

__all__ = ["chart_of_measure", "series_of_measure", "unstated_baseline"]

MONTHS_OF_A_BASELINE = 12  # that nobody stated
FEWEST_MONTHS_AFTER_IT = 3  # with figures; with fewer there is next to nothing to set beside the baseline
SAID_OF = {
    NoValue.GAP: Absent.GAP,
    NoValue.NO_OCCASIONS: Absent.NO_OCCASIONS,
    NoValue.NOT_OVER: Absent.NOT_OVER,
    NoValue.IN_PART: Absent.IN_PART,
    NoValue.NOT_TOLD: Absent.NOT_TOLD,
    NoValue.NOT_GIVEN: Absent.NOT_GIVEN,
    NoValue.NOT_REACHED: Absent.NOT_REACHED,
}


def chart_of_measure(
    table: pl.DataFrame,
    measure: Measure,
    *,
    by: PeriodLength,
    split: str | None = None,
    group: str | None = None,
    entries: Entries = Entries.ALL,
    baseline: Baseline | None = None,
    rebases: Sequence[Rebase] = (),
    screened: bool = False,
) -> ControlChart:
    """The control chart of a measure, of all together or of one `group` of a `split`, from a table MEASURES.

    `rebases` are those of this measure. Where no `baseline` is stated there is `unstated_baseline`; which figures the
    limits were drawn from is in the chart's segments. Raises CannotChart, in words.
    """
    series = series_of_measure(table, measure, by=by, split=split, group=group, entries=entries)
    return draw_chart(
        series,
        measure.chart,
        wanted=measure.wanted,
        screened=screened,
        baseline=baseline or unstated_baseline(series, rebases),
        rebases=rebases,
    )


def series_of_measure(
    table: pl.DataFrame,
    measure: Measure,
    *,
    by: PeriodLength,
    split: str | None = None,
    group: str | None = None,
    entries: Entries = Entries.ALL,
) -> Series:
    """The figures of a measure, one for each period, in order. Raises CannotChart, in words, where there is none."""
    rows = table.filter(
        pl.col("measure") == measure.name,
        pl.col("by") == by.value,
        pl.col("split").eq_missing(pl.lit(split, pl.String)),
        pl.col("group").eq_missing(pl.lit(group, pl.String)),
        pl.col("entries") == entries.value,
    ).sort("first_day")
    columns = ("first_day", "value", "numerator", "denominator", "no_value")
    points = tuple(_point(row, measure.shown) for row in rows.select(columns).iter_rows(named=True))
    return Series(measure.shown, by, points, lowest=0.0)


def unstated_baseline(series: Series, rebases: Sequence[Rebase] = ()) -> Baseline | None:
    """Which figures limits are drawn from where nobody said it: the first twelve months, if these have enough figures
    for limits and at least three further months before any rebase have figures too; else all of them (None)."""
    whole = [point.day for point in series.points if point.absent is not Absent.IN_PART]
    end = min((rebase.first for rebase in rebases), default=date.max)
    days = [point.day for point in series.charted if point.day < end]
    if not days:
        return None
    first = min(whole)
    twelfth = next(islice(periods_from(first, date.max, PeriodLength.MONTH), MONTHS_OF_A_BASELINE - 1, None))
    stretch = Baseline(first, last_of_period(twelfth, PeriodLength.MONTH))
    later = {period_start(day, PeriodLength.MONTH) for day in days if day > stretch.last}
    is_enough = sum(day in stretch for day in days) >= FEWEST_FOR_LIMITS
    return stretch if is_enough and len(later) >= FEWEST_MONTHS_AFTER_IT else None


def _point(row: dict[str, Any], shown: Shown) -> Point:
    day, numerator, denominator = row["first_day"], row["numerator"], row["denominator"]
    if row["value"] is None:
        return Point(day, None, numerator, denominator, SAID_OF[NoValue(row["no_value"])])
    if shown in (Shown.SHARE, Shown.RATE):
        return Point.of(day, numerator, denominator)
    return Point(day, row["value"], numerator, denominator)
