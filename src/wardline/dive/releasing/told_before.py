"""What was told in earlier releases, and whether somebody who has both could take one from the other.

Two dives of neighbouring dates count nearly the same. Where a group has one occasion more than it had, that one is told
with its group and its outcome, though each table alone tells of ten children or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from wardline.dive.releasing.small_groups import FEWEST

__all__ = ["ToldBefore", "changed_by_few", "tells_few"]

COUNTED = ("occasions", "judged", "met", "not_met")
OF_THE_FORCE = (*COUNTED, "late", "missed", "not_counted", "not_yet_due", "exempt", "cannot_tell")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ToldBefore:
    """The table of figures of an earlier release of the same force, and the days that its dive was about, if said."""

    figures: pl.DataFrame
    period: tuple[date, date] | None = None

    def is_about(self, period: tuple[date, date] | None) -> bool:
        """Whether it counts some of the same days."""
        if self.period is None or period is None:
            return True
        return self.period[0] <= period[1] and period[0] <= self.period[1]

    def rows(self, standard: str, obligation: str, split: str | None) -> list[dict[str, Any]]:
        """What it told of an obligation, by one split or of the whole force."""
        is_split = pl.col("split").eq_missing(pl.lit(split, pl.String))
        found = self.figures.filter(pl.col("standard") == standard, pl.col("obligation") == obligation, is_split)
        return found.to_dicts()


def tells_few(now: Sequence[Row], before: Sequence[Row]) -> bool:
    """Whether the groups of one split, told now and before, differ by few: by one to nine in any count.

    So do they where there are other groups than before, as their counts could be put together; and where a count is
    told of a group that has hardly changed and was withheld before, or the other way round.
    """
    if not now or not before:
        return False
    earlier = {row["group"]: row for row in before}
    if {row["group"] for row in now} != set(earlier):
        return True
    return any(_differs_by_few(row, earlier[row["group"]]) for row in now)


def _differs_by_few(now: Row, before: Row) -> bool:
    by = abs(now["occasions"] - before["occasions"])
    for name in COUNTED:
        if (now[name] is None) != (before[name] is None):
            if by < FEWEST:
                return True
        elif now[name] is not None and 0 < abs(now[name] - before[name]) < FEWEST:
            return True
    return False


def changed_by_few(now: Row, before: Row) -> bool:
    """Whether a figure of the whole force differs by one to nine from what was told before."""
    return any(0 < abs((now[name] or 0) - (before[name] or 0)) < FEWEST for name in OF_THE_FORCE)
