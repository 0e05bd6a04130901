"""In what the figures of a chart are said, and the marks beside it: per cent, numbers, rates or lengths of time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import ceil, floor, log10

from wardline.measures.charts import ControlChart, Shown
from wardline.measures.declared.measure import Measure, Wait
from wardline.reports.wording import duration_short, percent
from wardline.time_limits import seconds_long

__all__ = ["AxisScale", "FigureUnit", "scale_of", "unit_of", "value_in_words"]

FEWEST_MARKS, MOST_MARKS = 3, 6
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
STEPS_OF_TIME = tuple(
    float(step)
    for step in (
        *(many * MINUTE for many in (1, 2, 5, 10, 15, 30)),
        *(many * HOUR for many in (1, 2, 3, 6, 12)),
        *(many * DAY for many in (1, 2, 5, 7, 14, 28, 56, 91, 182, 365)),
    )
)
BARE = 100  # from here on a rate is said without a fraction


class FigureUnit(Enum):
    """What the figures of a chart are."""

    SHARE = "share"
    RATE = "rate"
    NUMBER = "number"
    WAIT = "wait"  # in seconds
    DAYS = "days from one to the next"
    BETWEEN = "occasions from one to the next"


@dataclass(frozen=True)
class AxisScale:
    """The lowest and the highest value that a chart has room for, and the marks at its side."""

    low: float
    high: float
    marks: tuple[float, ...]


def unit_of(measure: Measure) -> FigureUnit:
    """The unit of a measure's figures."""
    if isinstance(measure.counting, Wait):
        return FigureUnit.WAIT
    return {
        Shown.SHARE: FigureUnit.SHARE,
        Shown.RATE: FigureUnit.RATE,
        Shown.VALUE: FigureUnit.NUMBER,
        Shown.WAIT: FigureUnit.DAYS,
        Shown.OCCASIONS_BETWEEN: FigureUnit.BETWEEN,
    }[measure.shown]


def value_in_words(value: float, unit: FigureUnit) -> str:
    """A figure as short as can be: `51%`, `304`, `294.7`, `1 h 12`, `12 days`; never 0% or 100% for neither."""
    match unit:
        case FigureUnit.SHARE:
            return percent(value, part_is_none=value <= 0, part_is_all=value >= 1)
        case FigureUnit.WAIT:
            return "0" if value == 0 else duration_short(seconds_long(value))
        case FigureUnit.DAYS:
            return f"{_plain(value)} {'day' if value == 1 else 'days'}"
        case FigureUnit.RATE:
            return f"{value:,.0f}" if value >= BARE else f"{value:.1f}" if value >= 1 else f"{value:.2g}"
        case FigureUnit.NUMBER | FigureUnit.BETWEEN:
            return _plain(value)


def scale_of(
    chart: ControlChart, unit: FigureUnit, target: float | None = None, *, to_whole_marks: bool = True
) -> AxisScale:
    """Room for every figure, limit and target, to whole marks or without any; below nought only where a figure is."""
    values = [one.point.value for one in chart.points if one.point.value is not None]
    for one in chart.points:
        if one.limits is not None:
            values += [one.limits.lower, one.limits.upper]
    if target is not None:
        values.append(target)
    if not values:
        return AxisScale(0.0, 1.0, (0.0, 1.0))
    lowest, highest = min(values), max(values)
    if lowest < 0 <= min(one.point.value or 0.0 for one in chart.points):
        lowest = 0.0  # a limit below nought of what cannot be below it
    if highest == lowest:
        lowest, highest = min(0.0, lowest), max(highest, lowest + 1.0)
    return _scale(lowest, highest, unit) if to_whole_marks else AxisScale(lowest, highest, ())


def _scale(lowest: float, highest: float, unit: FigureUnit) -> AxisScale:
    step = _step(highest - lowest, unit)
    first, last = floor(lowest / step + 1e-9), ceil(highest / step - 1e-9)
    if unit is FigureUnit.SHARE:
        last = min(last, round(1 / step))
    marks = tuple(round(at * step, 10) for at in range(first, last + 1))
    return AxisScale(marks[0], marks[-1], marks)


def _step(room: float, unit: FigureUnit) -> float:
    """The smallest step with which there are no more marks than have room."""
    if unit is FigureUnit.WAIT:
        return next((step for step in STEPS_OF_TIME if room / step <= MOST_MARKS - 1), room / FEWEST_MARKS)
    power = 10.0 ** floor(log10(room / MOST_MARKS))
    least = 0.01 if unit is FigureUnit.SHARE else 0.0 if unit is FigureUnit.RATE else 1.0
    steps = [part * power * ten for ten in (1.0, 10.0) for part in (1.0, 2.0, 5.0)] + [least]
    return next(step for step in steps if step >= least and room / step <= MOST_MARKS - 1)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
