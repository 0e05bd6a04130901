"""How large the change between two stretches of periods is, and how exactly that is known.

The figures of each side make one mean, weighted by how much each period tells: a share by its occasions (by how many
different children they are of, where that is less), a wait by how many waits it comes from, a count by its days.

How far chance moves the mean is taken from the periods themselves. A share of so many occasions has the spread of the
binomial distribution, a count that of the Poisson distribution; periods differ by more than that (sometimes by less),
and `spread` says by how much: the mean square of the standardised distances of all figures from the mean of their side.
It is what the limits of a P′ or U′ chart are widened by, squared, but estimated from squares and not from moving
ranges, because then the distance of two means over its standard error has Student's t distribution, with as many
degrees of freedom as there are periods, less two. Of a wait it is known only that long waits differ more than short
ones: its spread is in proportion to it. Where the same children come again in other periods, these tell less together
than one by one, and the spread is widened by as much (`repeats`).

Shares are compared by their difference, waits too; counts and rates by their ratio, through its logarithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import exp, log, sqrt

from wardline.measures.claims.before_and_after import FEWEST_BEFORE, BeforeAndAfter, PeriodFigure
from wardline.measures.claims.claim import Scale

__all__ = [
    "CONFIDENCE",
    "FEWEST_BEFORE",
    "ChangeFound",
    "ChangedSide",
    "NoChange",
    "change_between",
    "distance",
    "error_of_distance",
    "side_of",
    "spread_of",
    "standard_unit",
    "student_quantile",
]

CONFIDENCE = 0.95
LEAST_SPREAD = 0.25  # of a share or a count: figures that lie closer than this would not have come about by chance
HALF = 0.5


class NoChange(Enum):
    """Why no change can be given."""

    TOO_FEW_BEFORE = "too few figures before"
    NONE_AFTER = "no figure after"
    ALL_NOUGHT = "every figure is nought"
    ALL_ALIKE = "all figures are the same"


@dataclass(frozen=True)
class ChangedSide:
    """One side: its mean, and so many occasions, waits or days that tell as much as all of its periods together."""

    mean: float
    weight: float
    periods: int
    occasions: float


@dataclass(frozen=True)
class ChangeFound:
    """The change from before to after, and its 95 % interval: of shares and waits the difference, of counts the ratio.

    `distance` and `error` are on the scale on which it was compared (of counts, the logarithm of the ratio).
    """

    scale: Scale
    before: ChangedSide
    after: ChangedSide
    size: float
    low: float
    high: float
    distance: float
    error: float
    freedom: int
    spread: float

    def is_told(self, *, is_up: bool) -> bool:
        """Whether the interval leaves out no change, on this side of it."""
        reach = student_quantile(self.freedom) * self.error
        return self.distance - reach > 0 if is_up else self.distance + reach < 0

    def chance(self) -> float:
        """How likely chance alone would make as large a distance, either way."""
        from scipy.special import stdtr

        return float(2 * stdtr(self.freedom, -abs(self.distance) / self.error))


def change_between(
    compared: BeforeAndAfter, scale: Scale, *, fewest_before: int = FEWEST_BEFORE
) -> ChangeFound | NoChange:
    """The change between the two sides, or why there is none to give."""
    if len(compared.before) < fewest_before:
        return NoChange.TOO_FEW_BEFORE
    if not compared.after:
        return NoChange.NONE_AFTER
    before, after = side_of(compared.before), side_of(compared.after)
    if not before.mean and not after.mean:
        return NoChange.ALL_NOUGHT
    spread = spread_of([compared.before, compared.after], scale)
    if _all_alike(compared) or (scale is Scale.TIME and not spread):
        return NoChange.ALL_ALIKE
    if scale is not Scale.TIME:
        spread = max(spread, LEAST_SPREAD)
    spread *= compared.repeats
    freedom = before.periods + after.periods - 2
    apart = distance(before, after, scale)
    error = error_of_distance(before, after, scale, spread)
    reach = student_quantile(freedom) * error
    ends = (apart, apart - reach, apart + reach)
    size, low, high = (exp(end) if scale is Scale.PERCENT else end for end in ends)
    return ChangeFound(scale, before, after, size, low, high, apart, error, freedom, spread)


def side_of(figures: Sequence[PeriodFigure]) -> ChangedSide:
    """The figures of a side as one."""
    occasions = sum(one.occasions for one in figures)
    mean = sum(one.value * one.occasions for one in figures) / occasions
    weight = occasions**2 / sum(one.occasions**2 / one.weight for one in figures)
    return ChangedSide(mean, weight, len(figures), occasions)


def spread_of(sides: Sequence[Sequence[PeriodFigure]], scale: Scale) -> float:
    """By how much more the figures differ from the mean of their side than the distribution says (of a wait: by how
    much of itself, for one wait), as a ratio of variances."""
    squares, freedom = 0.0, 0
    for figures in sides:
        mean = side_of(figures).mean
        unit = _unit(mean, scale)
        freedom += len(figures) - 1
        if unit:
            squares += sum(one.weight * (one.value - mean) ** 2 for one in figures) / unit
    return squares / freedom if freedom else 0.0


def distance(before: ChangedSide, after: ChangedSide, scale: Scale) -> float:
    """How far apart two sides are, on the scale on which they are compared."""
    if scale is Scale.PERCENT:
        # Half an event more on each side, so that a side without any has a logarithm; nothing where there are many.
        return log(_rate_of(after)) - log(_rate_of(before))
    return after.mean - before.mean


def error_of_distance(before: ChangedSide, after: ChangedSide, scale: Scale, spread: float) -> float:
    """The standard error of that distance."""
    return sqrt(spread * (standard_unit(before, scale) + standard_unit(after, scale)))


def standard_unit(side: ChangedSide, scale: Scale) -> float:
    """The variance of one side's mean, as the distribution alone says."""
    match scale:
        case Scale.POINTS:
            # One met and one missed more (Agresti and Caffo 2000): else a share of nought or one would be certain.
            share = (side.mean * side.weight + 1) / (side.weight + 2)
            return share * (1 - share) / side.weight
        case Scale.PERCENT:
            return 1 / (side.mean * side.weight + HALF)
        case Scale.TIME:
            return side.mean**2 / side.weight


def student_quantile(freedom: int, level: float = CONFIDENCE) -> float:
    """So many standard errors to either side make an interval of this level."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))


def _rate_of(side: ChangedSide) -> float:
    return (side.mean * side.weight + HALF) / side.weight


def _unit(mean: float, scale: Scale) -> float:
    match scale:
        case Scale.POINTS:
            return mean * (1 - mean)
        case Scale.PERCENT:
            return mean
        case Scale.TIME:
            return mean**2


def _all_alike(compared: BeforeAndAfter) -> bool:
    return len({one.value for one in (*compared.before, *compared.after)}) == 1
