"""One measure over time as the page shows it: its finding, its picture in two widths, its words and its figures."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.measures import MeasureOverTime
from wardline.measures.charts import ControlChart
from wardline.measures.declared.measure import PartOfPage
from wardline.reports.chart_picture import Said, chart_picture
from wardline.reports.chart_scale import FigureUnit, scale_of, unit_of, value_in_words
from wardline.reports.chart_tables_in_words import chart_csv_link, figures_table
from wardline.reports.charts_in_words import (
    absent_in_words,
    assurance_in_words,
    finding_in_short,
    finding_title,
    kind_in_words,
    limits_in_words,
    signal_in_words,
    signals_in_words,
    story,
)
from wardline.reports.figures_in_words import as_number, in_words
from wardline.reports.measures_in_figures import ends_in_words, whole_in_words
from wardline.reports.page_tables import Table
from wardline.reports.periods_in_words import since_name, span_in_words
from wardline.reports.small_chart import badge, small_chart

__all__ = ["ChartShown", "MeasureOnPage", "measure_on_page", "what_it_shows"]

UNIT_WORDS = {
    FigureUnit.SHARE: "Share of those that we can judge",
    FigureUnit.RATE: "Rate",
    FigureUnit.NUMBER: "Number",
    FigureUnit.WAIT: "Length of time",
    FigureUnit.DAYS: "Days from one to the next",
    FigureUnit.BETWEEN: "Occasions from one to the next",
}
NO_SIGN = (
    "Every figure lies where chance alone would put it. That does not prove that nothing changed: if anything did, it "
    "was too little to tell from chance."
)


@dataclass(frozen=True)
class ChartShown:
    """The pictures of a chart in two widths, with its figures as a table and as a file."""

    wide: str
    narrow: str
    table: Table
    csv: str


@dataclass(frozen=True)
class MeasureOnPage:
    """One measure. `meaning` is the word of a signal that lasts, with its `badge`; `small` is its smallest chart."""

    id: str
    part: PartOfPage
    title: str
    heading: str
    in_short: str
    subtitle: str
    meaning: str
    badge: str | None
    chart: ChartShown | None
    small: str | None
    words: tuple[str, ...]  # beside the picture
    further: tuple[str, ...]  # below it, where it is shown in full
    all_signals: str  # not on paper: there may be very many
    at_the_time: ChartShown | None


def measure_on_page(found: MeasureOverTime, name: str, *, is_made_up: bool) -> MeasureOnPage:
    """A measure with its pictures. `name` is an id that is the only one of its kind on the page."""
    measure, chart, unit = found.measure, found.chart, unit_of(found.measure)
    if chart is None:
        return MeasureOnPage(
            name,
            measure.part,
            measure.title,
            f"{measure.title}: no chart",
            "no chart",
            "",
            "",
            None,
            None,
            None,
            beside_words(found),
            further_words(found),
            "",
            None,
        )
    heading = finding_title(measure.title, chart, unit)
    meaning = found.signal.meaning if found.signal is not None and found.signal.lasts else None
    at_the_time = found.written_at_the_time
    return MeasureOnPage(
        name,
        measure.part,
        measure.title,
        heading,
        finding_in_short(chart, unit),
        f"{what_it_shows(chart, unit, measure.target)}, {span_in_words(chart)} ({kind_in_words(chart)})",
        "" if meaning is None else meaning.value,
        badge(meaning),
        _shown(found, chart, unit, heading, name, is_made_up=is_made_up),
        small_chart(chart, unit, heading, story(chart, unit), f"{name}-small", is_made_up=is_made_up),
        beside_words(found),
        further_words(found),
        _all_signals(chart),
        None
        if at_the_time is None
        else _shown(
            found,
            at_the_time,
            unit,
            f"{finding_title(measure.title, at_the_time, unit)}, counting only what was written at the time",
            f"{name}-at-the-time",
            is_made_up=is_made_up,
        ),
    )


def what_it_shows(chart: ControlChart, unit: FigureUnit, target: float | None = None) -> str:
    """What the figures of a chart are, and whether its scale begins above nought, where a change looks larger."""
    begins_above = scale_of(chart, unit, target).low > 0
    return f"{UNIT_WORDS[unit]}{' (scale not from 0)' if begins_above else ''}"


def _shown(
    found: MeasureOverTime, chart: ControlChart, unit: FigureUnit, title: str, name: str, *, is_made_up: bool
) -> ChartShown:
    target = found.measure.target
    said = Said(title, story(chart, unit, target), target)
    return ChartShown(
        chart_picture(chart, unit, said, f"{name}-wide", is_made_up=is_made_up),
        chart_picture(chart, unit, said, f"{name}-narrow", narrow=True, is_made_up=is_made_up),
        figures_table(chart, unit, found.measure.title),
        chart_csv_link(chart, is_made_up=is_made_up),
    )


def beside_words(found: MeasureOverTime) -> tuple[str, ...]:
    """What stands beside the picture: its signal, the figures before and since, its target, and what cannot be told."""
    chart, unit = found.chart, unit_of(found.measure)
    if chart is None:
        return (found.no_chart, *_cannot_tell(found, unit))
    said = [signal_in_words(chart, found.signal.pattern)] if found.signal is not None else _without_signal(chart)
    return (*said, *_before_and_since(found), *_of_target(found, chart, unit), *_cannot_tell(found, unit))


def further_words(found: MeasureOverTime) -> tuple[str, ...]:
    """What is said below the picture where every measure is shown in full, and not beside it."""
    chart, unit = found.chart, unit_of(found.measure)
    gaming = found.measure.gaming
    return (
        f"Over the whole period: {whole_in_words(found.whole, unit)}{_interval(found, unit)}.",
        f"Counting only what was written at the time: {whole_in_words(found.whole_at_the_time, unit)}.",
        *([limits_in_words(chart)] if chart is not None else []),
        *(absent_in_words(chart) if chart is not None else ()),
        *([f"Why it matters: {found.measure.why}"] if found.measure.why else []),
        *([f"What it says nothing about: {found.measure.cannot_tell}"] if found.measure.cannot_tell else []),
        *([f"How it could look better without being better: {gaming}"] if gaming else []),
    )


def _all_signals(chart: ControlChart) -> str:
    """Every signal in a sentence; nothing where there is one only, which stands beside the picture."""
    signals = signals_in_words(chart)
    return f"All signals: {' '.join(signals)}" if len(signals) > 1 else ""


def _without_signal(chart: ControlChart) -> list[str]:
    segment = chart.last_segment
    return [NO_SIGN] if segment is not None and segment.no_limits is None else [limits_in_words(chart)]


def _before_and_since(found: MeasureOverTime) -> list[str]:
    """`Before September 2024 it was 51% (1,105 of 2,168), from then on 63% (562 of 891).`"""
    if found.signal is None or found.before is None or found.since is None or found.chart is None:
        return []
    start = since_name(found.signal.first, found.chart.series.by)
    return [f"Before {start} it was {in_words(found.before)}, from then on {in_words(found.since)}."]


def _of_target(found: MeasureOverTime, chart: ControlChart, unit: FigureUnit) -> list[str]:
    return [] if found.measure.target is None else [assurance_in_words(chart, found.measure.target, unit)]


def _interval(found: MeasureOverTime, unit: FigureUnit) -> str:
    whole = found.whole
    if whole is None or whole.low is None or whole.high is None or whole.value is None:
        return ""
    return f" (95% interval {value_in_words(whole.low, unit)} to {value_in_words(whole.high, unit)})"


def _cannot_tell(found: MeasureOverTime, unit: FigureUnit) -> list[str]:
    whole = found.whole
    if whole is None or not whole.not_told:
        return []
    ends = ends_in_words(whole, unit)
    many = as_number(whole.not_told)
    of_them = f" If none of these had been met, or all, it would be {ends}." if whole.if_none_met is not None else ""
    single = " That is more than a fifth, so there is no single figure." if whole.no_value is not None else ""
    return [f"We cannot tell for {many} more.{single}{of_them}"]
