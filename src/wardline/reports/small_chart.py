"""A control chart as small as a word: its figures, average, limits and signals, and nothing to read off; and the key to
its marks.

What it says is in its title and its description; the same chart in full is further on. Same chart, same bytes.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from wardline.measures.charts import ControlChart, Meaning
from wardline.reports.chart_plot import Format, Plot, figures_drawn, lines_of_limits
from wardline.reports.chart_scale import FigureUnit, scale_of
from wardline.reports.periods_in_words import stretches_without_a_figure
from wardline.reports.picture_marks import CENTRE, INK, area, hatched, line, mark, place, through
from wardline.reports.wording import MADE_UP_SENTENCE

__all__ = ["KEY_IN_WORDS", "badge", "key_of_charts", "small_chart"]

EDGE = 4.0  # so that no mark is cut
SMALL = Format(150, 32, 0, 2.6)
KEY_IN_WORDS = (
    "Line: average. Band: where chance alone puts nearly every figure. Diamond: improvement. Square: concern. "
    "Hatched: no figure."
)
KEY_WIDTH, KEY_HEIGHT, KEY_MARK = 24, 14, 4.4


def small_chart(
    chart: ControlChart, unit: FigureUnit, title: str, text: str, name: str, *, is_made_up: bool = False
) -> Markup:
    """The small picture of a chart. `name` is an id that is the only one of its kind on the page."""
    said = f"{MADE_UP_SENTENCE} {text}" if is_made_up else text
    height = place(SMALL.height + 2 * EDGE)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="small-chart" viewBox="0 0 {SMALL.width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-text" fill="{INK}"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(said)}</desc>{"".join(_drawn(chart, unit))}</svg>'
    )


def _drawn(chart: ControlChart, unit: FigureUnit) -> list[str]:
    scale = scale_of(chart, unit, to_whole_marks=False)
    plot = Plot(chart, unit, scale, SMALL, EDGE, SMALL.width - EDGE, EDGE)
    grounds, centres = [], []
    for segment in chart.segments:
        if segment.no_limits is None:
            upper, centre, lower = lines_of_limits(plot, segment)
            grounds.append(area(upper, lower))
            centres.append(line(CENTRE, through(centre)))
    gaps = [
        hatched(plot.left + at[0] * plot.step, plot.top - 2, plot.left + (at[-1] + 1) * plot.step, plot.bottom + 2)
        for _, at in stretches_without_a_figure(chart)
    ]
    return [*grounds, *gaps, *centres, *figures_drawn(plot)]


def badge(meaning: Meaning | None) -> Markup | None:
    """The mark of a meaning, to stand beside its word; None where there is none."""
    return None if meaning is None else _small(mark(meaning, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK))


def key_of_charts() -> tuple[tuple[Markup, str], ...]:
    """Each mark with its words, in the order in which they are met."""
    box = [(0.0, 2.0), (float(KEY_WIDTH), 2.0)], [(0.0, KEY_HEIGHT - 2.0), (float(KEY_WIDTH), KEY_HEIGHT - 2.0)]
    limits = area(*box) + line("limit", f"M0 2H{KEY_WIDTH}M0 {KEY_HEIGHT - 2}H{KEY_WIDTH}")
    return (
        (_small(mark(None, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "one month or quarter"),
        (_small(mark(Meaning.IMPROVEMENT, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "improvement"),
        (_small(mark(Meaning.CONCERN, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "concern"),
        (_small(mark(Meaning.CHANGE, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "change, not better or worse"),
        (_small(line(CENTRE, f"M0 7H{KEY_WIDTH}")), "average"),
        (_small(limits), "between the limits: where chance alone puts nearly all"),
        (_small(line("from here", f"M{KEY_WIDTH / 2:g} 0V{KEY_HEIGHT}")), "claimed from this day"),
        (_small(hatched(0.5, 0.5, KEY_WIDTH - 0.5, KEY_HEIGHT - 0.5)), "no figure"),
    )


def _small(drawn: str) -> Markup:
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="key-mark" viewBox="0 0 {KEY_WIDTH} {KEY_HEIGHT}" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )
