"""A chart as a table: one row for each period or event of its series, with whatever is drawn there."""

from __future__ import annotations

from typing import Any

import polars as pl

from wardline.measures.charts.control_charts import ControlChart, DrawnSegment, MarkedPoint
from wardline.measures.charts.series import Point

__all__ = ["CHART_COLUMNS", "chart_table"]

CHART_COLUMNS = pl.Schema(
    {
        "first_day": pl.Date(),  # of the period, or the day of the event
        "value": pl.Float64(),
        "numerator": pl.Float64(),
        "denominator": pl.Float64(),
        "absent": pl.String(),  # why there is no value
        "segment": pl.Int64(),  # from 1, counted up at each rebase; empty without a value
        "is_in_baseline": pl.Boolean(),  # whether the limits are drawn from it
        "centre": pl.Float64(),
        "lower_limit": pl.Float64(),
        "upper_limit": pl.Float64(),
        "limits": pl.String(),  # `limits` or `trial limits`
        "no_limits": pl.String(),  # why there are none
        "signal": pl.String(),  # the rule by which the point is shown
        "meaning": pl.String(),  # improvement, concern or change
    }
)


def chart_table(chart: ControlChart) -> pl.DataFrame:
    """The table of a chart, in the order of its series. What is empty in a row says nothing there."""
    drawn = {
        id(marked.point): _row(number, segment, marked)
        for number, segment in enumerate(chart.segments, start=1)
        for marked in segment.points
    }
    rows = [drawn[id(point)] if id(point) in drawn else _figures(point) for point in chart.series.points]
    return pl.DataFrame(rows, schema=CHART_COLUMNS)


def _figures(point: Point) -> dict[str, Any]:
    return {
        "first_day": point.day,
        "value": point.value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "absent": None if point.absent is None else point.absent.value,
    }


def _row(number: int, segment: DrawnSegment, marked: MarkedPoint) -> dict[str, Any]:
    lines = marked.limits
    return {
        **_figures(marked.point),
        "segment": number,
        "is_in_baseline": any(point is marked.point for point in segment.segment.drawn_from),
        "centre": None if lines is None else lines.centre,
        "lower_limit": None if lines is None else lines.lower,
        "upper_limit": None if lines is None else lines.upper,
        "limits": segment.name_of_limits,
        "no_limits": None if segment.no_limits is None else segment.no_limits.value,
        "signal": marked.rules[0].value if marked.rules else None,
        "meaning": None if marked.meaning is None else marked.meaning.value,
    }
