"""Where things are in the picture of a chart: its size, its two scales, the lines of its limits, and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardline.measures.charts import ControlChart, DrawnSegment, Meaning, Point
from wardline.reports.chart_scale import AxisScale, FigureUnit, value_in_words
from wardline.reports.drawing import text_width
from wardline.reports.picture_marks import line, mark, place, text
from wardline.time_limits import PeriodLength

__all__ = [
    "BESIDE",
    "NARROW",
    "WIDE",
    "Format",
    "Plot",
    "figures_drawn",
    "lines_of_limits",
    "marks_below",
    "marks_beside",
]

LEAST_MARK, LEAST_SIGNAL = 2.2, 3.2  # of a figure, and of one with a signal
BESIDE = 6  # between the figures and the words at either side


@dataclass(frozen=True)
class Format:
    """How wide the drawing is, how high the part of the figures, and how large its letters and marks are."""

    width: int
    height: int
    size: float
    mark: float


WIDE = Format(460, 108, 12, 4.0)
NARROW = Format(320, 150, 13.5, 3.6)


@dataclass(frozen=True)
class Plot:
    """Where things are: the edges of the part of the figures, and what its scales are."""

    chart: ControlChart
    unit: FigureUnit
    scale: AxisScale
    format: Format
    left: float
    right: float
    top: float

    @property
    def bottom(self) -> float:
        return self.top + self.format.height

    @property
    def step(self) -> float:
        """The room of one period."""
        return (self.right - self.left) / len(self.chart.series.points)

    def x(self, at: int) -> float:
        """The middle of the room of a period."""
        return self.left + (at + 0.5) * self.step

    def y(self, value: float) -> float:
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return self.bottom - self.format.height * min(max(share, 0.0), 1.0)

    def places(self, points: Iterable[Point]) -> list[int]:
        """The positions of some points in the series."""
        positions = {id(point): at for at, point in enumerate(self.chart.series.points)}
        return [positions[id(point)] for point in points]


def marks_beside(plot: Plot) -> Iterator[str]:
    """The values to the left of the figures, each with a faint line through them."""
    yield line(
        "grid", "".join(f"M{place(plot.left)} {place(plot.y(one))}H{place(plot.right)}" for one in plot.scale.marks)
    )
    for one in plot.scale.marks:
        words = value_in_words(one, plot.unit)
        yield text(plot.left - BESIDE, plot.y(one) + 4, words, anchor="end", faint=True)


def marks_below(plot: Plot) -> Iterator[str]:
    """The months with their years, as many as have room; of events the days of some."""
    points = plot.chart.series.points
    named = [_named(point, plot.chart.series.by) for point in points]
    wide = max(text_width(words, plot.format.size) for words, _ in named) + 6
    every = _every(plot, wide)
    first, year = _first_named(points[0], plot.chart.series.by, every), ""
    for at, (words, of_year) in enumerate(named):
        if (at - first) % every or plot.x(at) + wide / 2 > plot.format.width:
            continue
        yield line("baseline", f"M{place(plot.x(at))} {place(plot.bottom)}V{place(plot.bottom + 4)}")
        yield text(plot.x(at), plot.bottom + 15, words, anchor="middle", faint=True)
        if of_year != year:
            yield text(plot.x(at), plot.bottom + 28, of_year, anchor="middle", strong=True, faint=True)
            year = of_year


def _every(plot: Plot, wide: float) -> int:
    """Of how many periods one is named."""
    by = plot.chart.series.by
    steps = {PeriodLength.MONTH: (1, 2, 3, 6, 12, 24, 36, 60, 120), PeriodLength.QUARTER: (1, 2, 4, 8, 16, 40)}
    fitting = steps.get(by, (1, 2, 4, 8, 13, 26, 52, 104, 208, 416)) if by else (1, 2, 5, 10, 20, 50, 100, 200, 500)
    return next((one for one in fitting if one * plot.step >= wide), fitting[-1])


def _first_named(point: Point, by: PeriodLength | None, every: int) -> int:
    """Where to begin naming, so that January is among the months that are named."""
    return (1 - point.day.month) % every if by is PeriodLength.MONTH else 0


def _named(point: Point, by: PeriodLength | None) -> tuple[str, str]:
    """What stands below a figure, and its year."""
    months = by in (PeriodLength.MONTH, PeriodLength.QUARTER)
    return f"{point.day:%b}" if months else f"{point.day.day} {point.day:%b}", str(point.day.year)


def lines_of_limits(plot: Plot, segment: DrawnSegment) -> tuple[list[tuple[float, float]], ...]:
    """The corners of the upper limit, the centre and the lower limit; across a gap each goes on as it was."""
    places = plot.places(one.point for one in segment.points)
    lines: tuple[list[tuple[float, float]], ...] = ([], [], [])
    for at, (where, one) in enumerate(zip(places, segment.points, strict=True)):
        assert one.limits is not None
        start = plot.left + where * plot.step
        end = plot.left + (places[at + 1] if at + 1 < len(places) else where + 1) * plot.step
        for corners, value in zip(lines, (one.limits.upper, one.limits.centre, one.limits.lower), strict=True):
            y = plot.y(value)
            if corners and corners[-1][1] == y:
                corners[-1] = (end, y)
            else:
                corners += [(start, y), (end, y)]
    return lines


def figures_drawn(plot: Plot) -> Iterator[str]:
    """The figures and the line through them, which ends where there is none, and where the limits are drawn anew."""
    marks, paths = [], []
    for segment in plot.chart.segments:
        before = None
        for at, one in zip(plot.places(one.point for one in segment.points), segment.points, strict=True):
            assert one.point.value is not None
            x, y = plot.x(at), plot.y(one.point.value)
            paths.append(f"{'L' if before == at - 1 else 'M'}{place(x)} {place(y)}")
            marks.append(mark(one.meaning, x, y, _size(plot, one.meaning)))
            before = at
    if paths:
        yield line("figures", "".join(paths))
    yield from marks


def _size(plot: Plot, meaning: Meaning | None) -> float:
    """Of a mark: smaller where periods crowd, but never so small that its form cannot be seen."""
    return min(plot.format.mark, max(plot.step * 0.42, LEAST_MARK if meaning is None else LEAST_SIGNAL))
