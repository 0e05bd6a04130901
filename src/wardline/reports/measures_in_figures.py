"""The measures beside each other in figures: over the whole period, what cannot be told, and what was written when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wardline.measures import MeasureOverTime, WholePeriod
from wardline.measures.claims import ClaimAnswer
from wardline.measures.over_time.measures_table import NoValue
from wardline.reports.changes_in_words import figure_of_side
from wardline.reports.chart_scale import FigureUnit, unit_of, value_in_words
from wardline.reports.claims_in_words import measure_claimed
from wardline.reports.figures_in_words import NOTHING, as_figure, as_number, in_words
from wardline.reports.page_tables import Column, Table

__all__ = ["NO_FIGURE", "before_and_since_table", "measures_in_figures", "whole_in_words"]

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


def before_and_since_table(
    claims: Sequence[ClaimAnswer], charted: Sequence[MeasureOverTime], by_name: Mapping[str, MeasureOverTime]
) -> Table | None:
    """The figures before and since of each claim, and of each further chart that has a signal; None without either."""
    rows = [_row_of_claim(one, by_name.get(one.claim.measure)) for one in claims]
    rows += [_row_of_signal(one) for one in charted]
    if not rows:
        return None
    return Table(
        caption="The same in figures",
        columns=(
            Column("Measure"),
            Column("From", is_short=True),
            Column("Before", is_number=True, is_short=True),
            Column("Since", is_number=True, is_short=True),
            Column("Whole period", is_number=True, is_short=True),
            Column("Written at the time", is_number=True, is_short=True),
            Column("Cannot tell", is_number=True, is_short=True),
        ),
        rows=tuple(rows),
    )


def _row_of_claim(claim: ClaimAnswer, found: MeasureOverTime | None) -> tuple[str, ...]:
    change, measure, compared = claim.change, claim.measure, claim.compared
    before, since = NOTHING, NOTHING
    if change is not None and measure is not None and compared is not None:
        before, since = (
            figure_of_side(one, change.scale, measure, compared.by) for one in (change.before, change.after)
        )
    whole = _of_whole(found) if found is not None and claim.claim.group is None else (NOTHING, NOTHING, NOTHING)
    return (measure_claimed(claim), _day(claim.claim.first_day), before, since, *whole)


def _row_of_signal(found: MeasureOverTime) -> tuple[str, ...]:
    signal, chart = found.signal, found.chart
    if signal is None or chart is None or found.before is None or found.since is None:
        return (found.measure.title, NOTHING, NOTHING, NOTHING, *_of_whole(found))
    sides = (as_figure(one) for one in (found.before, found.since))
    return (found.measure.title, _day(signal.first), *sides, *_of_whole(found))


def _day(day: date) -> str:
    """`1 Sep 2024`."""
    return f"{day.day} {day:%b %Y}"


def _of_whole(found: MeasureOverTime) -> tuple[str, str, str]:
    """Over the whole period: of all entries, of those written at the time, and of how many we cannot tell."""
    unit, whole = unit_of(found.measure), found.whole
    return (
        whole_in_words(whole, unit),
        whole_in_words(found.whole_at_the_time, unit),
        NOTHING if whole is None else as_number(whole.not_told) if whole.not_told else "none",
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
