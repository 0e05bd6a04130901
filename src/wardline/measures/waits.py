"""How long was waited; those without a response count as still waiting (docs/reference/meaning.md, rule 13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from wardline.findings import Reason
from wardline.measures.figures import FEWEST_FOR_A_PERCENTAGE, Count, Counted, Percentile
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import Cell, CountedFindings, OutcomeCounts
from wardline.measures.row_filters import Outside, RowFilter
from wardline.measures.wait_curves import LimitMark, WaitCurve, wait_curve
from wardline.obligations import ResolvedObligation
from wardline.time_limits import Length, NotALength, Unit, elapsed_column, read_elapsed, read_length

__all__ = ["LimitWaits", "Waits", "waits_by_limit", "waits_of"]

HALF, NINE_IN_TEN = 50, 90  # per cent
MOST_CURVES = 4  # of one obligation, those of the limits with most occasions; chosen by us
IN_MICROSECONDS = "wait_in_microseconds"


@dataclass(frozen=True)
class Waits:
    """The waits of some occasions that began at a known time: `whole` of them, of which some have a response."""

    whole: Count
    responded: Count
    still_waiting: Count
    half: Percentile  # half waited at most this long
    nine_in_ten: Percentile  # nine in ten waited at most this long

    @property
    def is_few(self) -> bool:
        """Whether nine in ten of them are all of them."""
        return self.whole.value < FEWEST_FOR_A_PERCENTAGE


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
    """The waits of these occasions (those whose trigger has a time); `occasions` (with `wait`) are those of `rows`."""
    lengths = _lengths(occasions)
    return _waits(rows, _timed(occasions).height, lengths)


def waits_by_limit(item: ResolvedObligation, occasions: pl.DataFrame, counted: CountedFindings) -> list[LimitWaits]:
    """The waits of one obligation's occasions, judged ones by their limit, shortest limit first.

    Last, where there are such: those whose limit is not known and that were not called off first. `occasions` have
    `wait` and `counts_as_wait`.
    """
    if item.obligation.time_limit is None:
        return []
    of_all = occasions_of(item)
    found: list[tuple[LimitWaits, pl.Series]] = []
    for limit in sorted(counted.limits(item), key=_by_length):
        rows = of_all.with_value("limit", limit)
        judged = occasions.filter((pl.col("limit") == limit) & pl.col("counts_as_wait"))
        lengths = _lengths(judged)
        found.append(
            (
                LimitWaits(
                    limit,
                    _waits(rows.with_value("counts_as_wait", True), _timed(judged).height, lengths),
                    counted.outcomes(rows, [item], _has_limit(limit)),
                    _mark(limit, judged),
                ),
                lengths,
            )
        )
    without = of_all.with_value("limit", None)
    outcomes = counted.outcomes(without, [item], _has_limit(None))
    if outcomes.occasions:
        is_unlimited = (pl.col("reason") == Reason.LIMIT_UNKNOWN.value).fill_null(False)
        waiting = occasions.filter(is_unlimited & pl.col("counts_as_wait"))
        rows = of_all.with_value("reason", Reason.LIMIT_UNKNOWN.value).with_value("counts_as_wait", True)
        lengths = _lengths(waiting)
        found.append((LimitWaits(None, _waits(rows, _timed(waiting).height, lengths), outcomes, None), lengths))
    return _with_curves(found)


def _has_limit(limit: str | None) -> Callable[[Cell], bool]:
    return lambda cell: cell.limit == limit


def _with_curves(found: Sequence[tuple[LimitWaits, pl.Series]]) -> list[LimitWaits]:
    by_size = sorted((one for one, _ in found if one.waits.whole), key=lambda one: -one.waits.whole.value)
    drawn = by_size[:MOST_CURVES]
    return [
        LimitWaits(one.limit, one.waits, one.outcomes, one.mark, wait_curve(one.waits.whole, lengths, one.mark), True)
        if any(one is other for other in drawn)
        else one
        for one, lengths in found
    ]


def _waits(rows: RowFilter, whole: int, lengths: pl.Series) -> Waits:
    timed = rows.with_value("is_timed", True)
    all_of_them = Count(Counted.OCCASION, whole, timed)

    def within(percent: int) -> Percentile:
        """The shortest length within which so many per cent had a response."""
        needed = max(1, -(-percent * whole // 100))
        length = lengths[needed - 1] if whole and needed <= len(lengths) else None
        return Percentile(percent, length, all_of_them)

    return Waits(
        whole=all_of_them,
        responded=Count(Counted.OCCASION, len(lengths), timed.where(Outside(IN_MICROSECONDS, (None,)))),
        still_waiting=Count(Counted.OCCASION, whole - len(lengths), timed.with_value(IN_MICROSECONDS, None)),
        half=within(HALF),
        nine_in_ten=within(NINE_IN_TEN),
    )


def _timed(occasions: pl.DataFrame) -> pl.DataFrame:
    return occasions.filter(pl.col("triggered_at").is_not_null())


def _lengths(occasions: pl.DataFrame) -> pl.Series:
    """How long it took until a response, shortest first, without those that have none."""
    return _timed(occasions)["wait"].drop_nulls().sort()


def _by_length(limit: str) -> tuple[float, str]:
    """Order limits by about how long they are; those that are no plain length come last."""
    about = {
        Unit.MINUTES: 1,
        Unit.HOURS: 60,
        Unit.DAYS: 1_440,
        Unit.WORKING_DAYS: 2_000,
        Unit.WEEKS: 10_080,
        Unit.MONTHS: 43_800,
    }
    try:
        length = read_length(limit)
    except NotALength:
        return float("inf"), limit
    if isinstance(length, Length):
        return length.amount * about[length.unit], limit
    return getattr(length, "days", 1) * about[Unit.DAYS], limit


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
