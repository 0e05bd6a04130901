"""How long was waited; those without a response count as still waiting (docs/reference/meaning.md, rule 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property

import polars as pl

from wardline.findings import Reason
from wardline.obligations import LimitTable, ResolvedObligation, name_in_words
from wardline.reports.occasions import JUDGED, Counts, counts_of
from wardline.reports.shares import FEWEST_FOR_A_PERCENTAGE
from wardline.reports.wording import and_list, duration, duration_short
from wardline.time_limits import Length, NotALength, Unit, elapsed_column, read_elapsed, read_length

__all__ = ["LIMIT_NOT_KNOWN", "LimitMark", "Waits", "called_off", "waits_by_limit", "waits_in_sentence", "waits_of"]

HALF, NINE_IN_TEN = 50, 90  # per cent
LIMIT_NOT_KNOWN = "Time limit, or start, not known"


@dataclass(frozen=True)
class LimitMark:
    """Where the limit stands on the axis of waits: one length, or from the shortest to the longest it came to.

    Working days and ends of days come to another length of time for each occasion.
    """

    words: str
    shortest: timedelta
    longest: timedelta


@dataclass(frozen=True, eq=False)  # a column has no single answer to "equal"
class Waits:
    """The waits of some occasions: `whole` of them, of which `responded` (sorted lengths, no nulls) have a response."""

    whole: int
    responded: pl.Series
    label: str = ""
    mark: LimitMark | None = None
    counts: Counts = field(default_factory=Counts)

    @property
    def still_waiting(self) -> int:
        """How many have no response."""
        return self.whole - len(self.responded)

    def within(self, percent: int) -> timedelta | None:
        """The shortest length within which so many per cent had a response; None where fewer had one at all."""
        needed = max(1, -(-percent * self.whole // 100))
        if not self.whole or needed > len(self.responded):
            return None
        length: timedelta = self.responded[needed - 1]
        return length

    @property
    def is_few(self) -> bool:
        """Whether nine in ten of them are all of them."""
        return self.whole < FEWEST_FOR_A_PERCENTAGE

    @cached_property
    def half(self) -> timedelta | None:
        """Half waited at most this long."""
        return self.within(HALF)

    @cached_property
    def nine_in_ten(self) -> timedelta | None:
        """Nine in ten waited at most this long."""
        return self.within(NINE_IN_TEN)

    def count_within(self, seconds: float) -> int:
        """How many had a response within so many seconds of the trigger, those at it included."""
        return int((self.responded.dt.total_microseconds() <= round(seconds * 1_000_000)).sum())

    def half_in_table(self) -> str:
        """The median for a table."""
        return self._in_table(self.half, "over half waiting", round_up=True)

    def nine_in_ten_in_table(self) -> str:
        """The 90th percentile for a table; of a few, the longest."""
        length = self._in_table(self.nine_in_ten, "over 1 in 10 waiting", round_up=False)
        return f"longest {length}" if self.is_few and self.nine_in_ten is not None else length

    def _in_table(self, length: timedelta | None, otherwise: str, *, round_up: bool) -> str:
        if not self.whole:
            return "–"
        return otherwise if length is None else duration_short(length, round_up=round_up)


def waits_of(findings: pl.DataFrame, label: str = "", mark: LimitMark | None = None) -> Waits:
    """The waits of these occasions (those whose trigger has a time)."""
    timed = findings.filter(pl.col("triggered_at").is_not_null())
    responded = timed["wait"].drop_nulls().sort()
    return Waits(timed.height, responded, label, mark, counts_of(findings))


def waits_by_limit(item: ResolvedObligation, findings: pl.DataFrame) -> list[Waits]:
    """The waits of one obligation's occasions, judged ones by their limit, shortest limit first.

    Last, where there are such: those whose limit is not known and that were not called off first.
    """
    judged = findings.filter(pl.col("outcome").is_in(JUDGED))
    words = sorted(findings["limit"].drop_nulls().unique().to_list(), key=_by_length)
    groups = []
    for limit in words:
        mine = judged.filter(pl.col("limit") == limit)
        # What could not be judged, or was not owed, stands beside the waits of the same limit.
        beside = findings.filter((pl.col("limit") == limit) & ~pl.col("outcome").is_in(JUDGED))
        mark = _mark(limit, mine)
        waits = waits_of(mine, _label(item, limit), mark)
        groups.append(replace(waits, counts=counts_of(pl.concat([mine, beside]))))
    unknown = findings.filter(pl.col("reason") == Reason.LIMIT_UNKNOWN.value)
    waiting = unknown.filter(~called_off())
    without = findings.filter(pl.col("limit").is_null())
    if item.obligation.time_limit is not None and without.height:
        groups.append(replace(waits_of(waiting, LIMIT_NOT_KNOWN), counts=counts_of(without)))
    return groups


def called_off() -> pl.Expr:
    """Whether an exemption came before any response."""
    return pl.col("exempted_at").is_not_null() & (
        pl.col("responded_at").is_null() | (pl.col("exempted_at") <= pl.col("responded_at"))
    )


def waits_in_sentence(waits: Waits) -> str:
    """`Half waited under 1 hour 12 minutes, one in ten over 4 hours 50 minutes.`"""
    if not waits.whole:
        return ""
    if waits.whole == 1:
        return (
            f"The wait was {duration(waits.half)}."
            if waits.half is not None
            else "The wait was not over when the records end."
        )
    if waits.half is None:
        return "More than half were still waiting when the records end."
    half = f"Half waited under {duration(waits.half, round_up=True)}"
    if waits.nine_in_ten is None:
        return f"{half}; more than one in ten were still waiting when the records end."
    if waits.is_few:
        return f"{half}; the longest wait was {duration(waits.nine_in_ten)}."
    over = duration(waits.nine_in_ten)
    return f"{half}, {'nine in ten under a minute' if over == 'under a minute' else f'one in ten over {over}'}."


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


def _label(item: ResolvedObligation, limit: str) -> str:
    """`Grade high: within 15 minutes`, or `Within 15 minutes` where the limit is the same for all."""
    plain = limit.replace("_", " ")
    within = plain if plain.startswith("same") else f"by {plain}" if plain.startswith("the time") else f"within {plain}"
    time_limit = item.obligation.time_limit
    if not isinstance(time_limit, LimitTable):
        return within[0].upper() + within[1:]
    values = [value for value, length in time_limit.limits if str(length) == limit]
    if time_limit.unknown is not None and str(time_limit.unknown) == limit:
        values.append("not recorded")
    name = name_in_words(time_limit.by)
    return f"{name[0].upper()}{name[1:]} {and_list(values, 'or')}: {within}" if values else within


def _mark(limit: str, findings: pl.DataFrame) -> LimitMark | None:
    try:
        length = read_length(limit)
    except NotALength:
        return None
    if isinstance(length, Length) and length.unit in (Unit.MINUTES, Unit.HOURS):
        exact = read_elapsed(limit)
        return LimitMark(limit, exact, exact)
    allowed: Sequence[timedelta] = (
        findings.select(elapsed_column(pl.col("triggered_at"), pl.col("deadline")).alias("allowed"))["allowed"]
        .drop_nulls()
        .to_list()
    )
    return LimitMark(limit, min(allowed), max(allowed)) if allowed else None
