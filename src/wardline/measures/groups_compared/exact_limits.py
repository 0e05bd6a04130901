"""The limits of a funnel plot: between which shares, or rates, chance alone would keep a group of a given size.

They follow the binomial distribution for shares and the Poisson distribution for rates, interpolated between whole
numbers so that the lines run smoothly (Spiegelhalter 2005, appendix A.1.1). Where the groups differ by more than
chance would have it, or children are counted more than once, a group tells as much as a smaller one would; its size is
then no whole number, and the distributions are taken at it by the incomplete beta function, which knows no whole
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import ceil, isfinite

__all__ = ["INNER", "OUTER", "FunnelLimits", "Of", "chance_of", "limits_at"]

INNER, OUTER = 0.95, 0.998  # so much chance alone keeps between the inner, and the outer, lines


class Of(Enum):
    """What the figures of the groups are."""

    SHARE = "share"  # so many of so many
    RATE = "rate"  # so many in so much, which may be more than one


@dataclass(frozen=True)
class FunnelLimits:
    """The four lines at one size: inner ones that chance alone crosses in one group of twenty, and outer ones."""

    lower: float
    upper: float
    outer_lower: float
    outer_upper: float


@lru_cache(maxsize=4096)  # a picture is drawn twice, wide and narrow, with the same lines
def limits_at(size: float, level: float, of: Of) -> FunnelLimits:
    """The limits at a size, about the level that all groups share; where nothing can vary, the level itself.

    `size`: occasions for a share, what the rate is per for a rate; that of a group that tells less is a smaller one.
    """
    inner, outer = (1 - INNER) / 2, (1 - OUTER) / 2
    lower, upper = (_limit(size, level, p, of) for p in (inner, 1 - inner))
    outer_lower, outer_upper = (_limit(size, level, p, of) for p in (outer, 1 - outer))
    return FunnelLimits(lower, upper, outer_lower, outer_upper)


def chance_of(part: float, size: float, level: float, of: Of) -> float:
    """How likely chance alone would put a group as far from the level as this, or further: twice the smaller tail."""
    if not _can_vary(size, level, of):
        return 1.0 if part == size * level else 0.0
    fewer, more = _at_most(part, size, level, of), 1 - _at_most(part - 1, size, level, of)
    return min(1.0, 2 * min(fewer, more))


def _limit(size: float, level: float, p: float, of: Of) -> float:
    """Spiegelhalter's interpolated limit: (r − α) / n, where r is the smallest number that chance exceeds with less
    than 1 − p, and α is how far into its step p lies."""
    if not _can_vary(size, level, of):
        return level
    low, high = -1, max(1, ceil(size) if of is Of.SHARE else ceil(2 * size * level) + 1)
    while of is Of.RATE and _at_most(high, size, level, of) <= p:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _at_most(middle, size, level, of) > p else (middle, high)
    reached, before = _at_most(high, size, level, of), _at_most(high - 1, size, level, of)
    limit = (high - (reached - p) / (reached - before)) / size
    return max(0.0, min(1.0, limit) if of is Of.SHARE else limit)


def _can_vary(size: float, level: float, of: Of) -> bool:
    return size > 0 and level > 0 and isfinite(level) and (of is Of.RATE or level < 1)


def _at_most(part: float, size: float, level: float, of: Of) -> float:
    """The chance of so many or fewer."""
    from scipy import special  # takes a third of a second to load

    if part < 0:
        return 0.0
    if of is Of.RATE:
        return float(special.gammaincc(part + 1, size * level))
    return 1.0 if part >= size else float(special.betaincc(part + 1, size - part, level))
