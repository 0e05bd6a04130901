"""Whether the later half of the period looks different from the earlier: two shares side by side, and no more.

It is no claim that things got better: that takes a measure declared beforehand, and the same recording throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from wardline.findings import Outcome
from wardline.measures.figures import FEWEST_TO_COMPARE, Count, Counted, Share
from wardline.measures.row_filters import Between, RowFilter

__all__ = ["Direction", "Halves", "halves"]


class Direction(Enum):
    """How the later share differs from the earlier one: only where their intervals do not touch."""

    LARGER = "larger"
    SMALLER = "smaller"
    NO_CLEAR_DIFFERENCE = "no clear difference"


@dataclass(frozen=True)
class Halves:
    """The first local day of the later half, and the share recorded in time in the earlier and in the later."""

    later_from: date
    earlier: Share
    later: Share

    @property
    def direction(self) -> Direction:
        """Where the intervals touch there is no clear difference."""
        if self.later.interval()[0] > self.earlier.interval()[1]:
            return Direction.LARGER
        if self.later.interval()[1] < self.earlier.interval()[0]:
            return Direction.SMALLER
        return Direction.NO_CLEAR_DIFFERENCE


def halves(rows: RowFilter, by_day: Sequence[tuple[date, int, int]], period: tuple[date, date] | None) -> Halves | None:
    """The halves of the period, else of the time from the first to the last judged occasion.

    `by_day` gives for each local day how many of the judged occasions of `rows` began on it and how many of these are
    met. None where there are too few in either half.
    """
    if not by_day:
        return None
    first, last = period or (min(day for day, _, _ in by_day), max(day for day, _, _ in by_day))
    middle = date.fromordinal((first.toordinal() + last.toordinal() + 1) // 2)
    of_judged = rows.with_value("is_in_share", True)
    earlier = _share(of_judged.where(Between("day", None, middle)), [one for one in by_day if one[0] < middle])
    later = _share(of_judged.where(Between("day", middle)), [one for one in by_day if one[0] >= middle])
    if min(earlier.whole.value, later.whole.value) < FEWEST_TO_COMPARE:
        return None
    return Halves(middle, earlier, later)


def _share(rows: RowFilter, half: Sequence[tuple[date, int, int]]) -> Share:
    met = rows.with_value("outcome", Outcome.MET.value)
    return Share(
        Count(Counted.OCCASION, sum(one[2] for one in half), met),
        Count(Counted.OCCASION, sum(one[1] for one in half), rows),
    )
