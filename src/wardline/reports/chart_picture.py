"""The picture of a control chart, wide or for a narrow screen. Same chart, same bytes.

An SVG of our own that can be read alone, in grey and on paper: it carries its lines, shapes and words with it, since a
picture is soon copied out of its page. What it says is in its description, and a table with its figures is beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from wardline.measures.charts import ControlChart, DrawnSegment, Meaning
from wardline.reports.chart_plot import (
    BESIDE,
    NARROW,
    WIDE,
    Plot,
    figures_drawn,
    lines_of_limits,
    marks_below,
    marks_beside,
)
from wardline.reports.chart_scale import FigureUnit, scale_of, value_in_words
from wardline.reports.charts_in_words import rebases_in_words
from wardline.reports.drawing import FONT, text_width, wrapped
from wardline.reports.periods_in_words import in_short, noun_of_figures, stretches_without_a_figure
from wardline.reports.picture_marks import CENTRE, INK, area, hatched, line, mark, place, text, through
from wardline.reports.wording import MADE_UP, MADE_UP_SENTENCE

__all__ = ["Said", "chart_picture"]

ROW = 15  # from one line of words to the next
SPACE = 4  # above sentences
APART = 14  # between words beside each other
AXIS = 34  # room for the months and the years below the figures


@dataclass(frozen=True)
class Said:
    """What is said of a picture to whoever does not see it, and what is drawn on it beside the chart."""

    title: str
    text: str
    target: float | None = None
    claimed_from: date | None = None


def chart_picture(
    chart: ControlChart,
    unit: FigureUnit,
    said: Said,
    name: str,
    *,
    narrow: bool = False,
    is_made_up: bool = False,
    has_ground: bool = False,
) -> Markup:
    """The picture of a chart. `name` is an id that is the only one of its kind on the page; with `has_ground` it can be
    read on a dark page."""
    form = NARROW if narrow else WIDE
    scale = scale_of(chart, unit, said.target)
    labels = _labels(chart, unit, said)
    left = max(text_width(value_in_words(one, unit), form.size) for one in scale.marks) + BESIDE + 2
    right = form.width - max((text_width(words, form.size) for _, words, _ in labels), default=0.0) - BESIDE
    flags = _flags(chart, said)
    plot = Plot(chart, unit, scale, form, left, right, 10 + ROW * len(flags))
    parts = [*marks_beside(plot), *_limits(plot), *_absent(plot), *_upright(plot, flags), *_target(plot, said.target)]
    parts += [*figures_drawn(plot), *_beside(plot, labels), *marks_below(plot)]
    below, height = _words_below(plot, is_made_up=is_made_up)
    text_of_it = f"{MADE_UP_SENTENCE} {said.text}" if is_made_up else said.text
    ground = [f'<rect width="{form.width}" height="{place(height)}" fill="#ffffff"/>'] if has_ground else []
    body = "\n".join([*ground, *parts, *below])
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {form.width} {place(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-text" font-family="{FONT}" font-size="{place(form.size)}" fill="{INK}">'
        f'<title id="{name}-title">{escape(said.title)}</title>\n<desc id="{name}-text">{escape(text_of_it)}</desc>\n'
        f"{body}\n</svg>"
    )


def _labels(chart: ControlChart, unit: FigureUnit, said: Said) -> list[tuple[float, str, bool]]:
    """What is written to the right of the lines: the value at which, the words, and whether they are strong."""
    labels: list[tuple[float, str, bool]] = []
    segment = chart.last_segment
    if segment is not None and (lines := segment.points[-1].limits) is not None:
        name = "trial limit" if segment.is_trial else "limit"
        labels = [(lines.upper, name, False), (lines.centre, value_in_words(lines.centre, unit), True)]
        labels.append((lines.lower, name, False))
    if said.target is not None:
        labels.append((said.target, f"target {value_in_words(said.target, unit)}", False))
    return labels


def _flags(chart: ControlChart, said: Said) -> list[tuple[date, str]]:
    """The upright lines, each with its words, in the order of their days."""
    flags = [(one.segment.rebase.first, "new limits") for one in chart.segments if one.segment.rebase is not None]
    if said.claimed_from is not None:
        flags.append((said.claimed_from, "claimed from"))
    return sorted(flags)


def _limits(plot: Plot) -> Iterator[str]:
    for segment in plot.chart.segments:
        if segment.no_limits is not None:
            continue
        upper, centre, lower = lines_of_limits(plot, segment)
        yield area(upper, lower)
        yield line("limit", through(upper) + through(lower))
        yield line(CENTRE, through(centre))


def _absent(plot: Plot) -> Iterator[str]:
    for absent, places in stretches_without_a_figure(plot.chart):
        left, right = plot.left + places[0] * plot.step, plot.left + (places[-1] + 1) * plot.step
        yield hatched(left, plot.top, right, plot.bottom)
        middle, words = (plot.top + plot.bottom) / 2, in_short(absent)
        if text_width(words, plot.format.size) + 8 < right - left:
            yield text((left + right) / 2, middle + 4, words, anchor="middle", strong=True, edged=True)
        else:
            yield text((left + right) / 2 + 4, middle, words, anchor="middle", strong=True, turned=True, edged=True)


def _upright(plot: Plot, flags: Sequence[tuple[date, str]]) -> Iterator[str]:
    """Lines from a day on, their words above the figures, one below the other."""
    days = [point.day for point in plot.chart.series.points]
    for row, (day, words) in enumerate(flags):
        at = sum(one < day for one in days)
        x, y = plot.left + at * plot.step, 10.0 + ROW * row
        yield line("from here", f"M{place(x)} {place(y - 8)}V{place(plot.bottom)}")
        is_right = x + text_width(words, plot.format.size) + 6 > plot.format.width - 10
        yield text(x - 5 if is_right else x + 5, y + 2, words, anchor="end" if is_right else "start", edged=True)


def _target(plot: Plot, target: float | None) -> Iterator[str]:
    if target is not None:
        yield line("target", f"M{place(plot.left)} {place(plot.y(target))}H{place(plot.right)}")


def _beside(plot: Plot, labels: Sequence[tuple[float, str, bool]]) -> Iterator[str]:
    """The words to the right of the lines, each as near to its line as there is room beside the others."""
    gap = plot.format.size
    wanted = sorted((plot.y(value), words, strong) for value, words, strong in labels)
    places: list[float] = []
    for y, _, _ in wanted:
        places.append(max(y, places[-1] + gap) if places else y)
    for at in reversed(range(len(places))):
        most = places[at + 1] - gap if at + 1 < len(places) else plot.bottom + 4
        # As much above its line as below it, where labels crowd.
        crowded = at + 1 < len(places) and places[at + 1] - places[at] <= gap
        places[at] = min(places[at] - (gap / 2 if crowded else 0), most)
    for (_, words, strong), y in zip(wanted, places, strict=True):
        yield text(plot.right + BESIDE, y + 4, words, strong=strong)


def _words_below(plot: Plot, *, is_made_up: bool) -> tuple[list[str], float]:
    """The rows below the months, and how high the whole is then: from which figures the limits come, what the marks
    mean, that the data are made up; and why limits were drawn anew, or why there are none."""
    parts, y, x = [], plot.bottom + AXIS, plot.left
    for segment in plot.chart.segments:
        if (drawn := _baseline(plot, segment, y)) is not None:
            parts += drawn[0]
            y, x = y + ROW + 6, drawn[1] + APART
    size, width = plot.format.size, plot.format.width
    meanings = [one for one in Meaning if any(point.meaning is one for point in plot.chart.points)]
    pieces: list[tuple[Meaning | None, str]] = [(one, one.value) for one in meanings]
    pieces += [(None, MADE_UP)] if is_made_up else []
    for meaning, words in pieces:
        room = text_width(words, size) + (0 if meaning is None else 15)
        if x + room > width or y == plot.bottom + AXIS:
            y, x = y + ROW + 2, plot.left
        if meaning is None:
            parts.append(text(width - 1, y - 3, words, anchor="end", faint=True))
        else:
            parts.append(mark(meaning, x + 5, y - 7, plot.format.mark) + text(x + 15, y - 3, words))
        x += room + APART
    y += SPACE if parts else 0
    for words in (row for one in _sentences(plot) for row in wrapped(one, width - plot.left, size)):
        y += ROW
        parts.append(text(plot.left, y - 3, words))
    return parts, y + 4


def _baseline(plot: Plot, segment: DrawnSegment, y: float) -> tuple[list[str], float] | None:
    """A bracket below the figures from which the limits were drawn, and where its words end; None where these are all
    the figures that there are."""
    drawn_from = segment.segment.drawn_from
    if segment.no_limits is not None or len(drawn_from) == len(segment.points):
        return None
    places = plot.places(drawn_from)
    start, end = plot.left + places[0] * plot.step + 1, plot.left + (places[-1] + 1) * plot.step - 1
    many, of = len(drawn_from), noun_of_figures(plot.chart)
    words = f"{segment.name_of_limits} drawn from these {many} {of}s"
    width = text_width(words, plot.format.size)
    at = min(start, plot.format.width - width)
    bracket = line("baseline", f"M{place(start)} {place(y)}v5H{place(end)}v-5")
    return [bracket, text(at, y + 18, words)], at + width


def _sentences(plot: Plot) -> list[str]:
    last = plot.chart.last_segment
    bare = [last.no_limits.value] if last is not None and last.no_limits is not None else []
    return [*rebases_in_words(plot.chart), *bare]
