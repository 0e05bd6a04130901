"""The periods that a table of measures has rows for, and for which of them a measure has no figure.

They are the whole local weeks, months and quarters that touch the dive's period, and that period itself. Of one that
is not over as at, of one that lies only in part in the dive's period or in a standard's dates in force, and of one that
touches a time in which nothing was recorded there is no figure: a part of a month is not a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.measures_table import WHOLE_PERIOD, NoValue
from wardline.time_limits import PeriodLength, day_before, is_over, last_of_period, periods_from

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Days", "PeriodsCounted", "periods_counted"]

Days = tuple[date, date]
"""The first and the last local day of a stretch; both belong to it."""


@dataclass(frozen=True)
class PeriodsCounted:
    """The periods of one length (None: the dive's period as a whole), in order.

    `frame` has `first_day`, `last_day`, and `no_value`: the value of a NoValue where there is none whatever is counted.
    """

    by: PeriodLength | None
    frame: pl.DataFrame

    @property
    def name(self) -> str:
        """What `by` says in the table."""
        return WHOLE_PERIOD if self.by is None else self.by.value

    def place_column(self) -> pl.Expr:
        """Of rows with a local `day` that lies in one of them, the place of their period, from nought."""
        starts = self.frame["first_day"]
        return pl.col("day").map_batches(
            lambda days: starts.search_sorted(days, side="right").cast(pl.UInt32) - 1,
            return_dtype=pl.UInt32(),
            is_elementwise=True,
        )

    def places(self, first_day: int, many: int) -> NDArray[np.uint32]:
        """The places of the periods of so many days from one on, which is counted from 1970."""
        import numpy as np

        starts = self.frame["first_day"].to_physical().to_numpy()
        days = np.arange(first_day, first_day + many)
        return (np.searchsorted(starts, days, side="right") - 1).astype(np.uint32)

    def with_gaps(self, gaps: Sequence[Days], covered: Sequence[Days] | None) -> pl.DataFrame:
        """The frame for one measure: `gaps` are those in which nothing was recorded of what it counts, `covered` the
        stretches of days that it is about (None: all)."""
        reasons = [
            reason or self._reason(first, last, gaps, covered)
            for first, last, reason in self.frame.select("first_day", "last_day", "no_value").iter_rows()
        ]
        return self.frame.with_columns(no_value=pl.Series(reasons, dtype=pl.String))

    def _reason(self, first: date, last: date, gaps: Sequence[Days], covered: Sequence[Days] | None) -> str | None:
        if covered is not None and self.by is not None and not _is_covered(first, last, covered):
            return NoValue.IN_PART.value
        touches = any(gap_first <= last and first <= gap_last for gap_first, gap_last in gaps)
        return NoValue.GAP.value if touches else None


def periods_counted(days: Days, by: Iterable[PeriodLength], known_before: date) -> tuple[PeriodsCounted, ...]:
    """The periods that touch these days, for each length, and last the days as a whole.

    `known_before` is the first local day that is not known whole as at.
    """
    found = [PeriodsCounted(length, _frame_of(days, length, known_before)) for length in by]
    ends_later = NoValue.NOT_OVER.value if days[1] >= known_before else None
    whole = pl.DataFrame([(*days, ends_later)], schema=PERIODS, orient="row")
    return (*found, PeriodsCounted(None, whole))


PERIODS = pl.Schema({"first_day": pl.Date(), "last_day": pl.Date(), "no_value": pl.String()})


def _frame_of(days: Days, length: PeriodLength, known_before: date) -> pl.DataFrame:
    rows = []
    for first in periods_from(*days, length):
        last = last_of_period(first, length)
        reason = None
        if not is_over(first, length, known_before):
            reason = NoValue.NOT_OVER
        elif first < days[0] or last > days[1]:
            reason = NoValue.IN_PART
        rows.append((first, last, None if reason is None else reason.value))
    return pl.DataFrame(rows, schema=PERIODS, orient="row")


def _is_covered(first: date, last: date, covered: Sequence[Days]) -> bool:
    """Whether every day belongs to one of the stretches."""
    # From the last day back, so that no day after the last one that can be written is asked for.
    for start, end in sorted(covered, reverse=True):
        if start <= last <= end:
            if start <= first:
                return True
            last = day_before(start)
    return False
