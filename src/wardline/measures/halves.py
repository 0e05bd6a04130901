"""Whether the later part of the period looks different from the earlier: two shares side by side, and no more.

The period is cut where a month begins, so that no month is in both.

It is no claim that things got better: that takes a measure declared beforehand, and the same recording throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import polars as pl

from wardline.findings import Outcome
from wardline.measures.chance import effective_size
from wardline.measures.figures import FEWEST_TO_COMPARE, Count, Counted, Share
from wardline.measures.measured_tables import MeasuredTables, occasions_of
from wardline.measures.row_filters import Between, RowFilter
from wardline.obligations import ResolvedObligation
from wardline.time_limits import month_start_nearest_to_the_middle

__all__ = ["Direction", "Halves", "halves", "judged_occasions"]


class Direction(Enum):
    """How the later share differs from the earlier one: only where their intervals do not touch."""

    LARGER = "larger"
    SMALLER = "smaller"
    NO_CLEAR_DIFFERENCE = "no clear difference"


@dataclass(frozen=True)
class Halves:
    """The first local day of the later part, and the share recorded in time in the earlier and in the later."""

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


def judged_occasions(tables: MeasuredTables, item: ResolvedObligation) -> pl.DataFrame:
    """The judged occasions of an obligation: the local `day` on which each began, `who` it is about, and `is_met`."""
    rows = occasions_of(item).with_value("is_in_share", True)
    is_met = (pl.col("outcome") == Outcome.MET.value).alias("is_met")
    return tables.occasions(rows, "day", "who").select("day", "who", is_met).collect()


def halves(rows: RowFilter, judged: pl.DataFrame, period: tuple[date, date] | None) -> Halves | None:
    """The parts of the period, else of the time from the first to the last judged occasion, cut at the start of the
    month nearest to its middle.

    `judged` are the judged occasions of `rows`, with their local `day`, `is_met` and `who`. None where no month starts
    within that time, or where there are too few in either part.
    """
    judged = judged.drop_nulls("day")
    if judged.is_empty():
        return None
    first, last = period or (min(judged["day"]), max(judged["day"]))
    cut = month_start_nearest_to_the_middle(first, last)
    if cut is None:
        return None
    of_judged = rows.with_value("is_in_share", True)
    earlier = _share(of_judged.where(Between("day", None, cut)), judged.filter(pl.col("day") < cut))
    later = _share(of_judged.where(Between("day", cut)), judged.filter(pl.col("day") >= cut))
    if min(earlier.whole.value, later.whole.value) < FEWEST_TO_COMPARE:
        return None
    return Halves(cut, earlier, later)


def _share(rows: RowFilter, judged: pl.DataFrame) -> Share:
    met = rows.with_value("outcome", Outcome.MET.value)
    return Share(
        Count(Counted.OCCASION, int(judged["is_met"].sum()), met),
        Count(Counted.OCCASION, judged.height, rows),
        effective_size(judged),
    )
