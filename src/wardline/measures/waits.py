"""How long was waited, by those who had a response and by those who have none (docs/reference/meaning.md, rule 13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

import polars as pl

from wardline.findings import Reason
from wardline.measures.figures import FEWEST_FOR_A_PERCENTAGE, Count, Counted, Percentile
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import Cell, CountedFindings, OutcomeCounts
from wardline.measures.row_filters import RowFilter
from wardline.measures.wait_curves import LimitMark, WaitCurve, wait_curve
from wardline.measures.waits_cut_short import WaitEnd, share_with_a_response
from wardline.obligations import ResolvedObligation
from wardline.time_limits import (
    Length,
    NotALength,
    Unit,
    about_how_many_days,
    elapsed_column,
    read_elapsed,
    read_length,
)

__all__ = ["OF_WAITS", "LimitWaits", "Waits", "waits_by_limit", "waits_of"]

HALF, NINE_IN_TEN = 50, 90  # per cent
MOST_CURVES = 4  # of one obligation, those of the limits with most occasions; chosen by us
ROUNDING = 1e-9  # of a share that is worked out step by step
OF_WAITS = ("triggered_at", "waited", "wait_end")  # the columns of occasions from which waits are counted


@dataclass(frozen=True)
class Waits:
    """The waits of some occasions that began at a known time: `whole` of them, by how they ended."""

    whole: Count
    responded: Count
    still_waiting: Count  # in a case that is open as at
    no_response: Count  # in a case that is closed
    called_off: Count  # an exemption came first
    half: Percentile  # half waited at most this long
    nine_in_ten: Percentile  # nine in ten waited at most this long

    @property
    def unanswered(self) -> Count:
        """Those that are owed and have no response, whether the case is open or closed."""
        rows = self.whole.rows
        ends = (WaitEnd.STILL_WAITING.value, WaitEnd.NO_RESPONSE.value)
        many = self.still_waiting.value + self.no_response.value
        return Count(Counted.OCCASION, many, rows and rows.with_value("wait_end", *ends))

    @property
    def is_few(self) -> bool:
        """Whether nine in ten of them are all of them."""
        return self.whole.value - self.called_off.value < FEWEST_FOR_A_PERCENTAGE


@dataclass(frozen=True)
class LimitWaits:
    """The waits of an obligation under one limit, in the words of the findings (None: it, or the start, is not known).

    `outcomes` counts beside them what could not be judged or was not owed under the same limit. `curve` is there for
    the limits with most occasions, if they are enough.
    """

    limit: str | None
    waits: Waits
    outcomes: OutcomeCounts
    mark: LimitMark | None
    curve: WaitCurve | None = None
    is_drawn: bool = False  # whether it is one of those


def waits_of(rows: RowFilter, occasions: pl.DataFrame) -> Waits:
    """The waits of these occasions (those whose trigger has a time); `occasions` are those of `rows`, with the columns
    OF_WAITS."""
    return _waits(rows, _timed(occasions))


def waits_by_limit(item: ResolvedObligation, occasions: pl.DataFrame, counted: CountedFindings) -> list[LimitWaits]:
    """The waits of one obligation's occasions, judged ones by their limit, shortest limit first.

    Last, where there are such: those whose limit is not known. `occasions` have the columns OF_WAITS and
    `counts_as_wait`.
    """
    if item.obligation.time_limit is None:
        return []
    of_all = occasions_of(item)
    found: list[tuple[LimitWaits, pl.DataFrame]] = []
    for limit in sorted(counted.limits(item), key=_by_length):
        rows = of_all.with_value("limit", limit)
        judged = occasions.filter((pl.col("limit") == limit) & pl.col("counts_as_wait"))
        timed = _timed(judged)
        found.append(
            (
                LimitWaits(
                    limit,
                    _waits(rows.with_value("counts_as_wait", True), timed),
                    counted.outcomes(rows, [item], _has_limit(limit)),
                    _mark(limit, judged),
                ),
                timed,
            )
        )
    without = of_all.with_value("limit", None)
    outcomes = counted.outcomes(without, [item], _has_limit(None))
    if outcomes.occasions:
        is_unlimited = (pl.col("reason") == Reason.LIMIT_UNKNOWN.value).fill_null(False)
        waiting = occasions.filter(is_unlimited & pl.col("counts_as_wait"))
        rows = of_all.with_value("reason", Reason.LIMIT_UNKNOWN.value).with_value("counts_as_wait", True)
        timed = _timed(waiting)
        found.append((LimitWaits(None, _waits(rows, timed), outcomes, None), timed))
    return _with_curves(found)


def _has_limit(limit: str | None) -> Callable[[Cell], bool]:
    return lambda cell: cell.limit == limit


def _with_curves(found: Sequence[tuple[LimitWaits, pl.DataFrame]]) -> list[LimitWaits]:
    by_size = sorted((one for one, _ in found if one.waits.whole), key=lambda one: -one.waits.whole.value)
    drawn = by_size[:MOST_CURVES]
    return [
        LimitWaits(one.limit, one.waits, one.outcomes, one.mark, wait_curve(one.waits.whole, waits, one.mark), True)
        if any(one is other for other in drawn)
        else one
        for one, waits in found
    ]


def _waits(rows: RowFilter, waits: pl.DataFrame) -> Waits:
    timed = rows.with_value("is_timed", True)
    all_of_them = Count(Counted.OCCASION, waits.height, timed)
    by_length = share_with_a_response(waits)

    def ended(end: WaitEnd) -> Count:
        return Count(
            Counted.OCCASION, int((waits["wait_end"] == end.value).sum()), timed.with_value("wait_end", end.value)
        )

    def within(percent: int) -> Percentile:
        """The shortest length within which so many per cent had a response."""
        reached: list[timedelta] = by_length.filter(pl.col("share") > percent / 100 - ROUNDING)["waited"].to_list()
        return Percentile(percent, reached[0] if reached else None, all_of_them)

    return Waits(
        whole=all_of_them,
        responded=ended(WaitEnd.RESPONSE),
        still_waiting=ended(WaitEnd.STILL_WAITING),
        no_response=ended(WaitEnd.NO_RESPONSE),
        called_off=ended(WaitEnd.CALLED_OFF),
        half=within(HALF),
        nine_in_ten=within(NINE_IN_TEN),
    )


def _timed(occasions: pl.DataFrame) -> pl.DataFrame:
    return occasions.filter(pl.col("triggered_at").is_not_null())


def _by_length(limit: str) -> tuple[float, str]:
    """Order limits by about how long they are; those that are no plain length come last."""
    try:
        return about_how_many_days(read_length(limit)), limit
    except NotALength:
        return inf, limit


def _mark(limit: str, judged: pl.DataFrame) -> LimitMark | None:
    try:
        length = read_length(limit)
    except NotALength:
        return None
    if isinstance(length, Length) and length.unit in (Unit.MINUTES, Unit.HOURS):
        exact = read_elapsed(limit)
        return LimitMark(limit, exact, exact)
    allowed: Sequence[timedelta] = (
        judged.select(elapsed_column(pl.col("triggered_at"), pl.col("deadline")).alias("allowed"))["allowed"]
        .drop_nulls()
        .to_list()
    )
    return LimitMark(limit, min(allowed), max(allowed)) if allowed else None
