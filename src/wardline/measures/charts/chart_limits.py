"""The limits of each kind of chart: between which lines chance alone would keep nearly every point.

XmR is drawn as NHS England's Making Data Count draws it: mean and 2.66 mean moving ranges to either side, never cut off
at what can be. P and U follow the binomial and the Poisson distribution; P′ and U′ widen (or narrow) these by how much
more the points really move (Laney 2002). T takes the 3.6th root of each wait, which makes exponential waits nearly
normal, and is an XmR chart of the roots (Nelson 1994). G has the mean of a geometric distribution and three of its
standard deviations; its centre is the median, because half of the points must lie on either side for a shift to mean
anything (Benneyan 2001; Provost and Murray 2011). All but XmR are cut off at what can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt
from statistics import fmean, median

from wardline.measures.charts.moving_ranges import MeanRange, mean_range
from wardline.measures.charts.series import Point, Shown

__all__ = [
    "FEWEST_FOR_LIMITS",
    "FEWEST_FOR_SETTLED_LIMITS",
    "ChartKind",
    "DrawnLimits",
    "Limits",
    "NoLimits",
    "limits_of",
]

FEWEST_FOR_LIMITS = 6  # figures in the baseline; with fewer, limits say next to nothing. Chosen by us.
# Below it, limits are trial limits; of NHSRplotthedots, which warns of baselines shorter than this.
FEWEST_FOR_SETTLED_LIMITS = 13
RANGES_TO_LIMIT = 2.66  # 3 / 1.128, as Making Data Count rounds it
TWO_THIRDS = 2 / 3  # of the way to a limit, where a point is close to it
DEVIATIONS = 3  # from the centre to a limit
NORMAL_ROOT = 3.6  # of an exponential wait is nearly normal


class ChartKind(Enum):
    """A kind of control chart; the value is its name."""

    XMR = "XmR"
    P = "P"
    P_PRIME = "P′"
    U = "U"
    U_PRIME = "U′"
    T = "T"
    G = "G"

    @property
    def of(self) -> tuple[Shown, ...]:
        """What it can be drawn of."""
        match self:
            case ChartKind.XMR:
                return Shown.VALUE, Shown.SHARE, Shown.RATE
            case ChartKind.P | ChartKind.P_PRIME:
                return (Shown.SHARE,)
            case ChartKind.U | ChartKind.U_PRIME:
                return (Shown.RATE,)
            case ChartKind.T:
                return (Shown.WAIT,)
            case ChartKind.G:
                return (Shown.OCCASIONS_BETWEEN,)

    @property
    def can_be_screened(self) -> bool:
        """Whether its limits come from moving ranges, so that screening can change them."""
        return self not in (ChartKind.P, ChartKind.U, ChartKind.G)


class NoLimits(Enum):
    """Why no limits can be drawn; the value is the sentence."""

    TOO_FEW = f"There are fewer than {FEWEST_FOR_LIMITS} figures to draw limits from, so no limits are drawn."
    ALL_NOUGHT = "Every figure to draw limits from is nought, so nothing says how far chance would move it."
    ALL_ALIKE = "All figures to draw limits from are the same, so nothing says how far chance would move them."
    ONLY_JUMPS = (
        "Apart from single jumps, which screening leaves out, the figures to draw limits from do not move at all. "
        "Chart something so rare event by event."
    )


@dataclass(frozen=True)
class Limits:
    """The lines at one point: the centre, both limits, and where a point is close to a limit."""

    centre: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


@dataclass(frozen=True)
class DrawnLimits:
    """The lines at each point, and how many moving ranges screening left out of them."""

    at_points: tuple[Limits, ...]
    left_out: int


def limits_of(
    kind: ChartKind, baseline: Sequence[Point], points: Sequence[Point], *, screened: bool
) -> DrawnLimits | NoLimits:
    """The lines at each of `points`, drawn from `baseline`. All of them have a figure, and are of the chart's kind."""
    values = [point.value for point in baseline if point.value is not None]
    assert len(values) == len(baseline)
    if len(values) < FEWEST_FOR_LIMITS:
        return NoLimits.TOO_FEW
    if not any(values):
        return NoLimits.ALL_NOUGHT
    if max(values) == min(values):
        return NoLimits.ALL_ALIKE
    drawn = _drawn(kind, values, baseline, points, screened=screened)
    first = drawn.at_points[0]
    return NoLimits.ONLY_JUMPS if drawn.left_out and first.lower == first.upper else drawn


def _drawn(
    kind: ChartKind, values: Sequence[float], baseline: Sequence[Point], points: Sequence[Point], *, screened: bool
) -> DrawnLimits:
    match kind:
        case ChartKind.XMR:
            return _of_values(values, len(points), screened=screened)
        case ChartKind.P:
            return _of_counts(baseline, points, _binomial, None)
        case ChartKind.P_PRIME:
            return _of_counts(baseline, points, _binomial, screened)
        case ChartKind.U:
            return _of_counts(baseline, points, _poisson, None)
        case ChartKind.U_PRIME:
            return _of_counts(baseline, points, _poisson, screened)
        case ChartKind.T:
            return _of_waits(values, len(points), screened=screened)
        case ChartKind.G:
            return _of_occasions_between(values, len(points))


def _of_values(values: Sequence[float], many: int, *, screened: bool) -> DrawnLimits:
    moved = mean_range(values, screened=screened)
    return DrawnLimits((_lines(fmean(values), RANGES_TO_LIMIT * moved.mean),) * many, moved.left_out)


def _of_waits(waits: Sequence[float], many: int, *, screened: bool) -> DrawnLimits:
    roots = [wait ** (1 / NORMAL_ROOT) for wait in waits]
    moved = mean_range(roots, screened=screened)
    of_roots = _lines(fmean(roots), DEVIATIONS * moved.deviation)

    def wait(root: float) -> float:
        return max(0.0, root) ** NORMAL_ROOT

    lines = Limits(
        wait(of_roots.centre),
        wait(of_roots.lower),
        wait(of_roots.upper),
        wait(of_roots.near_lower),
        wait(of_roots.near_upper),
    )
    return DrawnLimits((lines,) * many, moved.left_out)


def _of_occasions_between(values: Sequence[float], many: int) -> DrawnLimits:
    mean = fmean(values)
    about_mean = _lines(mean, DEVIATIONS * sqrt(mean * (mean + 1)), lowest=0.0)
    lines = Limits(median(values), about_mean.lower, about_mean.upper, about_mean.near_lower, about_mean.near_upper)
    return DrawnLimits((lines,) * many, 0)


def _binomial(centre: float, denominator: float) -> float:
    return sqrt(centre * (1 - centre) / denominator)


def _poisson(centre: float, denominator: float) -> float:
    return sqrt(centre / denominator)


def _of_counts(
    baseline: Sequence[Point],
    points: Sequence[Point],
    deviation: Callable[[float, float], float],
    screened: bool | None,
) -> DrawnLimits:
    """Limits about the share or rate of the whole baseline; `screened` None: as wide as the distribution says, and not
    as far as the points move."""
    whole = sum(_counts(point)[1] for point in baseline)
    centre = sum(_counts(point)[0] for point in baseline) / whole
    moved = MeanRange(0.0, 0, 0)
    wider = 1.0
    if screened is not None:
        in_deviations = [(n / of - centre) / deviation(centre, of) for n, of in map(_counts, baseline)]
        moved = mean_range(in_deviations, screened=screened)
        wider = moved.deviation
    highest = 1.0 if deviation is _binomial else None
    of_denominators = {
        of: _lines(centre, DEVIATIONS * wider * deviation(centre, of), lowest=0.0, highest=highest)
        for of in {_counts(point)[1] for point in points}
    }
    return DrawnLimits(tuple(of_denominators[_counts(point)[1]] for point in points), moved.left_out)


def _counts(point: Point) -> tuple[float, float]:
    assert point.numerator is not None and point.denominator is not None, "a share or a rate has both"
    return point.numerator, point.denominator


def _lines(centre: float, reach: float, *, lowest: float | None = None, highest: float | None = None) -> Limits:
    def cut(value: float) -> float:
        if lowest is not None and value < lowest:
            return lowest
        return highest if highest is not None and value > highest else value

    near = reach * TWO_THIRDS
    return Limits(centre, cut(centre - reach), cut(centre + reach), cut(centre - near), cut(centre + near))
