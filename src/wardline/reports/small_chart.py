"""A control chart as small as a word: its figures, average, limits and signals, and nothing to read off; and the key to
its marks.

What it says is in its title and its description; the same chart in full is further on. Same chart, same bytes.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from wardline.measures.charts import ControlChart, Meaning
from wardline.reports.chart_marks import CENTRE, INK, area, hatched, line, mark, place, through
from wardline.reports.chart_scale import Unit, scale_of
from wardline.reports.periods_in_words import stretches_without_a_figure
from wardline.reports.wording import MADE_UP_SENTENCE

__all__ = ["badge", "key_of_charts", "small_chart"]

WIDTH, HEIGHT = 150, 40
EDGE = 4  # so that no mark is cut
MARK, LEAST_MARK = 2.6, 1.7
KEY_WIDTH, KEY_HEIGHT, KEY_MARK = 24, 14, 4.4


def small_chart(
    chart: ControlChart, unit: Unit, title: str, text: str, name: str, *, is_made_up: bool = False
) -> Markup:
    """The small picture of a chart. `name` is an id that is the only one of its kind on the page."""
    said = f"{MADE_UP_SENTENCE} {text}" if is_made_up else text
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="small-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-text" fill="{INK}"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(said)}</desc>{"".join(_drawn(chart, unit))}</svg>'
    )


def _drawn(chart: ControlChart, unit: Unit) -> list[str]:
    points = chart.series.points
    scale = scale_of(chart, unit)
    values = [one.point.value for one in chart.points if one.point.value is not None]
    for one in chart.points:
        if one.limits is not None:
            values += [one.limits.lower, one.limits.upper]
    low, high = (min(values), max(values)) if values and min(values) < max(values) else (scale.low, scale.high)
    step = (WIDTH - 2 * EDGE) / len(points)
    positions = {id(point): at for at, point in enumerate(points)}

    def x(at: float) -> float:
        return EDGE + (at + 0.5) * step

    def y(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / (high - low)

    grounds, lines, gaps, paths, marks = [], [], [], [], []
    for segment in chart.segments:
        places = [positions[id(one.point)] for one in segment.points]
        if segment.no_limits is None:
            edges: list[tuple[float, ...]] = []
            for at, one in zip(places, segment.points, strict=True):
                assert one.limits is not None
                of_point = (y(one.limits.upper), y(one.limits.centre), y(one.limits.lower))
                edges += [(x(at - 0.5), *of_point), (x(at + 0.5), *of_point)]
            grounds.append(area([(one[0], one[1]) for one in edges], [(one[0], one[3]) for one in edges]))
            lines.append(line(CENTRE, through([(edges[0][0], edges[0][2]), (edges[-1][0], edges[-1][2])])))
        before = None
        for at, one in zip(places, segment.points, strict=True):
            assert one.point.value is not None
            paths.append(f"{'L' if before == at - 1 else 'M'}{place(x(at))} {place(y(one.point.value))}")
            size = MARK if one.meaning is not None else LEAST_MARK
            marks.append(mark(one.meaning, x(at), y(one.point.value), size))
            before = at
    for _, absent in stretches_without_a_figure(chart):
        gaps.append(hatched(x(absent[0] - 0.5), 2, x(absent[-1] + 0.5), HEIGHT - 2))
    return [*grounds, *gaps, *lines, line("figures", "".join(paths)), *marks]


def badge(meaning: Meaning | None) -> Markup | None:
    """The mark of a meaning, to stand beside its word; None where there is none."""
    return None if meaning is None else _small(mark(meaning, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK))


def key_of_charts() -> tuple[tuple[Markup, str], ...]:
    """Each mark with its words, in the order in which they are met."""
    box = [(0.0, 2.0), (float(KEY_WIDTH), 2.0)], [(0.0, KEY_HEIGHT - 2.0), (float(KEY_WIDTH), KEY_HEIGHT - 2.0)]
    limits = area(*box) + line("limit", f"M0 2H{KEY_WIDTH}M0 {KEY_HEIGHT - 2}H{KEY_WIDTH}")
    return (
        (_small(mark(None, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "one month, within what chance does"),
        (_small(mark(Meaning.IMPROVEMENT, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "improvement"),
        (_small(mark(Meaning.CONCERN, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "concern"),
        (_small(mark(Meaning.CHANGE, KEY_WIDTH / 2, KEY_HEIGHT / 2, KEY_MARK)), "change, not better or worse"),
        (_small(line(CENTRE, f"M0 7H{KEY_WIDTH}")), "average"),
        (_small(limits), "limits: chance alone keeps nearly every month within"),
        (_small(hatched(0.5, 0.5, KEY_WIDTH - 0.5, KEY_HEIGHT - 0.5)), "no figure"),
    )


def _small(drawn: str) -> Markup:
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="key-mark" viewBox="0 0 {KEY_WIDTH} {KEY_HEIGHT}" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )
