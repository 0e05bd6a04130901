"""The measures beside each other in figures: over the whole period, what cannot be told, and what was written when."""

from __future__ import annotations

from collections.abc import Sequence

from wardline.measures import MeasureOverTime, WholePeriod
from wardline.measures.over_time.measures_table import NoValue
from wardline.reports.chart_scale import FigureUnit, unit_of, value_in_words
from wardline.reports.figures_in_words import NOTHING, as_number, in_words
from wardline.reports.page_tables import Column, Table

__all__ = ["NO_FIGURE", "measures_in_figures", "whole_in_words"]

NO_FIGURE = {
    NoValue.GAP: "no records",
    NoValue.NO_OCCASIONS: "no occasion",
    NoValue.NOT_OVER: "not over",
    NoValue.IN_PART: "in part only",
    NoValue.NOT_TOLD: "no single figure",
    NoValue.NOT_GIVEN: "number of them not given",
    NoValue.NOT_REACHED: "not reached",
}


def measures_in_figures(measures: Sequence[MeasureOverTime], caption: str) -> Table | None:
    """A row for each measure; None where there is none."""
    if not measures:
        return None
    return Table(
        caption=caption,
        columns=(
            Column("Measure"),
            Column("Average of the chart", is_number=True, is_short=True),
            Column("Whole period", is_number=True, is_short=True),
            Column("Written at the time", is_number=True, is_short=True),
            Column("Cannot tell", is_number=True, is_short=True),
            Column("If none or all were met", is_number=True, is_short=True),
        ),
        rows=tuple(_row(one) for one in measures),
    )


def _row(one: MeasureOverTime) -> tuple[str, ...]:
    unit, whole = unit_of(one.measure), one.whole
    segment = one.chart.last_segment if one.chart is not None else None
    lines = segment.points[-1].limits if segment is not None else None
    return (
        one.measure.title,
        NOTHING if lines is None else value_in_words(lines.centre, unit),
        whole_in_words(whole, unit),
        whole_in_words(one.whole_at_the_time, unit),
        NOTHING if whole is None else as_number(whole.not_told) if whole.not_told else "none",
        ends_in_words(whole, unit),
    )


def whole_in_words(whole: WholePeriod | None, unit: FigureUnit) -> str:
    """`54% (1,667 of 3,059)`, `2 h 35`, or why there is no figure."""
    if whole is None:
        return NOTHING
    if whole.value is None:
        return NO_FIGURE[whole.no_value] if whole.no_value is not None else NOTHING
    if whole.share is not None:
        return in_words(whole.share)
    if whole.many is not None:
        return as_number(whole.many)
    return value_in_words(whole.value, unit)


def ends_in_words(whole: WholePeriod | None, unit: FigureUnit) -> str:
    """`51% to 56%`: the figure if none of what cannot be told had been met, and if all of it had."""
    if whole is None or not whole.not_told or whole.if_none_met is None or whole.if_all_met is None:
        return NOTHING
    return f"{value_in_words(whole.if_none_met, unit)} to {value_in_words(whole.if_all_met, unit)}"
