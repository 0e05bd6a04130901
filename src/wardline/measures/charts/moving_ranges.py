"""How much a measure moves from one point to the next: what the limits of most charts are drawn from.

A moving range is the distance between one point and the next. Its mean says how far chance moves the measure, and says
it well even where the level changes once, because a single step is a single range.

Where periods have no figure, the last point before the gap and the first after it are neighbours: their distance is one
range like any other. So do the published tools, which never see the missing rows, and so are the reference figures of
the Cleveland series worked out (61 ranges of 62 months). Left out, as one could also argue, that series would have the
limits 198.4 to 410.0 instead of 198.0 to 410.4. A gap is never crossed by a figure of nought.

**Screening.** One odd month makes two large ranges, and these widen the limits behind which the month then hides. So
ranges above 3.267 times their mean may be left out, once (Nelson 1982; Provost and Murray 2011). The R packages of the
NHS community screen by default; NHS England's spreadsheets do not. A chart says which was done, and how many were left
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["RANGE_TO_DEVIATION", "MeanRange", "mean_range"]

RANGE_TO_DEVIATION = 1.128  # d2: the mean range of two points of a normal distribution, in standard deviations
MOST_OF_THE_MEAN = 3.267  # D4 for two points: where a range lies three standard deviations above the mean range


@dataclass(frozen=True)
class MeanRange:
    """The mean moving range, of so many ranges, and how many were left out by screening."""

    mean: float
    ranges: int
    left_out: int

    @property
    def deviation(self) -> float:
        """The standard deviation that would make such ranges by chance."""
        return self.mean / RANGE_TO_DEVIATION


def mean_range(values: Sequence[float], *, screened: bool) -> MeanRange:
    """The mean moving range of at least two values; with `screened`, of what is left after screening once."""
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    mean = sum(ranges) / len(ranges)
    if not screened:
        return MeanRange(mean, len(ranges), 0)
    most = MOST_OF_THE_MEAN * mean
    kept = [one for one in ranges if one <= most]
    return MeanRange(sum(kept) / len(kept), len(kept), len(ranges) - len(kept))
