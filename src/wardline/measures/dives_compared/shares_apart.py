"""How far two shares are apart, with its interval, and how likely chance alone would put them so far apart.

The interval is Newcombe's (1998, method 10), from the Wilson intervals of the two; the chance is that of the pooled
normal test. Both take as many occasions as tell as much, where one child is there more than once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

from wardline.measures.figures import Share

__all__ = ["SharesApart", "shares_apart"]


@dataclass(frozen=True)
class SharesApart:
    """The second share less the first, as a fraction; its 95 % interval; and the chance, by itself."""

    difference: float
    low: float
    high: float
    chance: float


def shares_apart(first: Share, second: Share) -> SharesApart:
    """Of two shares that nothing is counted in twice; each must be of some."""
    difference = second.fraction - first.fraction
    (low_of_first, high_of_first), (low_of_second, high_of_second) = first.interval(), second.interval()
    down = sqrt((second.fraction - low_of_second) ** 2 + (high_of_first - first.fraction) ** 2)
    up = sqrt((high_of_second - second.fraction) ** 2 + (first.fraction - low_of_first) ** 2)
    return SharesApart(difference, difference - down, difference + up, _chance(first, second))


def _chance(first: Share, second: Share) -> float:
    sizes = [one.effective or one.whole.value for one in (first, second)]
    pooled = (first.fraction * sizes[0] + second.fraction * sizes[1]) / sum(sizes)
    error = sqrt(pooled * (1 - pooled) * sum(1 / size for size in sizes))
    return erfc(abs(second.fraction - first.fraction) / error / sqrt(2)) if error else 1.0
