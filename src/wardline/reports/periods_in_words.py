"""The periods of a chart in words: one of them, a stretch from one to another, and what a figure is of."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from wardline.measures.charts import Absent, ControlChart
from wardline.reports.wording import date_in_words
from wardline.time_limits import PeriodLength, last_of_period

__all__ = [
    "from_to",
    "in_short",
    "noun_of_figures",
    "period_name",
    "since_name",
    "span_in_words",
    "stretches_without_a_figure",
]

ABSENT_IN_SHORT = {
    Absent.GAP: "no records",
    Absent.NO_OCCASIONS: "none",
    Absent.NOT_OVER: "not over",
    Absent.IN_PART: "in part",
    Absent.NOT_TOLD: "cannot tell",
}
CANNOT_TELL = "no figure"


def period_name(day: date, by: PeriodLength | None) -> str:
    """`September 2024`, `July to September 2024`, `the week of 2 September 2024`; of an event its day."""
    match by:
        case PeriodLength.MONTH:
            return f"{day:%B %Y}"
        case PeriodLength.QUARTER:
            return f"{day:%B} to {last_of_period(day, by):%B %Y}"
        case PeriodLength.WEEK:
            return f"the week of {date_in_words(day)}"
        case None:
            return date_in_words(day)


def since_name(day: date, by: PeriodLength | None) -> str:
    """The beginning of a period, as it follows `since` or `from`: `July 2024`, `2 September 2024`."""
    return f"{day:%B %Y}" if by in (PeriodLength.MONTH, PeriodLength.QUARTER) else date_in_words(day)


def from_to(first: date, last: date, by: PeriodLength | None) -> str:
    """`April 2023 to March 2025`: from the beginning of one period to the end of another."""
    return f"{since_name(first, by)} to {since_name(last if by is None else last_of_period(last, by), by)}"


def span_in_words(chart: ControlChart) -> str:
    """`by month, April 2023 to March 2025`."""
    days, by = [point.day for point in chart.series.points], chart.series.by
    only = period_name(days[0], by)
    how = f"by {noun_of_figures(chart)}" if by else "one by one"
    return f"{how}, {only if len(days) == 1 else from_to(days[0], days[-1], by)}"


def noun_of_figures(chart: ControlChart) -> str:
    """What one point is: `month`, or `event`."""
    return chart.series.by.value if chart.series.by else "event"


def stretches_without_a_figure(chart: ControlChart) -> list[tuple[Absent, list[int]]]:
    """Neighbouring periods without a figure for the same reason, with their positions in the series."""
    found = []
    numbered = list(enumerate(chart.series.points))
    for absent, stretch in groupby(numbered, key=lambda one: one[1].absent):
        if absent is not None:
            found.append((absent, [at for at, _ in stretch]))
    return found


def in_short(absent: Absent) -> str:
    """Why there is no figure, in as few words as have room in a picture."""
    return ABSENT_IN_SHORT.get(absent, CANNOT_TELL)
