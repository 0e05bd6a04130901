"""What the chart of an obligation's measure says, in the words of the first page: for whoever reads no further."""

from __future__ import annotations

from wardline.measures import MeasureOverTime
from wardline.measures.charts import Meaning
from wardline.obligations import ResolvedObligation
from wardline.reports.chart_scale import unit_of
from wardline.reports.charts_in_words import finding_in_short, finding_title, story
from wardline.reports.figures_in_words import as_figure
from wardline.reports.report import Report
from wardline.reports.small_chart import small_chart

__all__ = ["can_show", "change_in_sentence", "finding_of_obligation", "measure_of", "small_chart_of_obligation"]

WHAT_IT_IS = {
    Meaning.IMPROVEMENT: "Chance alone would seldom make that improvement; why it came, the records do not show.",
    Meaning.CONCERN: "That is a concern that chance alone would seldom make; the records do not show why.",
    Meaning.CHANGE: "Chance alone would seldom make that; the records do not show why.",
}


def measure_of(report: Report, item: ResolvedObligation) -> MeasureOverTime | None:
    """The measure that is the share of an obligation recorded in time; None where the dive has none."""
    over_time = report.figures.over_time
    return None if over_time is None else over_time.of_obligation(item.full_name)


def can_show(one: MeasureOverTime) -> bool:
    """Whether its chart has limits, so that it could show a signal."""
    segment = one.chart.last_segment if one.chart is not None else None
    return segment is not None and segment.no_limits is None


def change_in_sentence(found: MeasureOverTime | None) -> str:
    """What the chart of a headline's measure says, in a sentence; nothing where there is none."""
    if found is None or found.chart is None or not can_show(found):
        return ""
    said = finding_in_short(found.chart, unit_of(found.measure))
    if found.signal is None or not found.signal.lasts:
        return f"Over time: {said}."
    return f"Over time: {said}{_before_and_since(found)}. {WHAT_IT_IS[found.signal.meaning]}"


def finding_of_obligation(report: Report, item: ResolvedObligation) -> str:
    """`More often since September 2024 (improvement).`; nothing without a chart."""
    found = measure_of(report, item)
    if found is None or found.chart is None:
        return ""
    said = finding_in_short(found.chart, unit_of(found.measure))
    meaning = found.signal.meaning.value if found.signal is not None and found.signal.lasts else ""
    figures = _before_and_since(found) if meaning else ""
    return f"{said[0].upper()}{said[1:]}{f' ({meaning})' if meaning else ''}{figures}."


def _before_and_since(found: MeasureOverTime) -> str:
    """`, from 33% to 49%`: before the latest signal, and from its beginning on; nothing where neither is given."""
    if found.before is None or found.since is None:
        return ""
    return f", from {as_figure(found.before)} to {as_figure(found.since)}"


def small_chart_of_obligation(report: Report, item: ResolvedObligation, name: str) -> str | None:
    """The chart of an obligation's measure as small as a word; None where the dive has none."""
    found = measure_of(report, item)
    if found is None or found.chart is None:
        return None
    chart, unit = found.chart, unit_of(found.measure)
    title = finding_title(found.measure.title, chart, unit)
    return small_chart(chart, unit, title, story(chart, unit), name, is_made_up=report.is_made_up_data)
