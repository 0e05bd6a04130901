"""What is asked of the engine, and how what it concludes becomes rows of the findings table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from wardline.engines.columnar.abilities import AbilityByHolding, Systems, able_to_record_events
from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.judging import OUTCOMES, REASONS, Verdict
from wardline.engines.columnar.occasion_columns import with_all_columns
from wardline.engines.columnar.patterns import names_in
from wardline.engines.columnar.triggers import Judged
from wardline.findings import FINDINGS
from wardline.obligations import EventPattern, Obligation, ResolvedObligation, limit_in_words
from wardline.time_limits import Calendar

__all__ = ["Asked", "shape", "untimed_triggers"]


@dataclass(frozen=True)
class Asked:
    """One obligation, and from when and over what it is looked at."""

    resolved: ResolvedObligation
    as_at: datetime
    period: tuple[date, date] | None
    systems: Systems

    @property
    def obligation(self) -> Obligation:
        return self.resolved.obligation

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.resolved.zone, self.resolved.nation)

    @property
    def judged(self) -> Judged:
        return Judged(self.resolved, self.calendar, self.period)

    def able_to_record(self, batch: Batch, patterns: Sequence[EventPattern]) -> AbilityByHolding:
        """The ability of each system to record an event of these patterns, for whoever owes it."""
        return able_to_record_events(batch, self.systems, names_in(patterns), self.obligation.owed_by)


def untimed_triggers(asked: Asked, batch: Batch, untimed: pl.DataFrame) -> pl.DataFrame:
    """The occasions whose trigger has no time, which cannot be told."""
    kept = asked.judged.untimed(batch, untimed.select("case", "event_id").sort("case", "event_id"))
    return kept.with_columns(
        verdict=pl.when("no_child").then(Verdict.NO_CHILD.lit()).otherwise(Verdict.TRIGGER_WITHOUT_TIME.lit())
    )


def shape(asked: Asked, batch: Batch, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The findings in order, from frames of occasions with `case`, `verdict` and what else is known of them."""
    kept = [with_all_columns(frame) for frame in frames if frame.height]
    if not kept:
        return FINDINGS.to_frame()
    found = pl.concat(kept) if len(kept) > 1 else kept[0]
    is_untimed = found.get_column("at").null_count() > 0
    if not (batch.is_exact and batch.is_by_case):
        found = found.sort("case", "at", "event_id", nulls_last=True, maintain_order=True)
    elif len(kept) > 1:
        # Each frame is in order, and those without a time come last.
        found = found.sort("case", maintain_order=True)
    # With exact times, the occasions of one case at one instant are one; so only others need to be counted.
    is_further = (pl.col("case") == pl.col("case").shift()) & pl.col("at").eq_missing(pl.col("at").shift())
    ordinal = pl.lit(1, pl.Int64)
    if (is_untimed or not batch.is_exact) and found.select(is_further.any()).item():
        ordinal = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("case", "at")
    case = found.get_column("case")
    obligation, shipped = asked.obligation, asked.resolved.shipped_limit
    verdict = pl.col("verdict")
    columns: dict[str, pl.Expr | pl.Series] = {
        "standard": pl.lit(asked.resolved.standard),
        "version": pl.lit(asked.resolved.version),
        "obligation": pl.lit(obligation.id),
        "case_id": batch.of_case("case_id", case),
        "child_id": batch.of_case("child_id", case),
        "trigger_event": pl.col("event_id"),
        "ordinal": ordinal,
        "triggered_at": pl.col("at"),
        "shipped_limit": pl.lit(None if shipped is None else limit_in_words(shipped), dtype=pl.String),
        "outcome": pl.lit(OUTCOMES).gather(verdict),
        "reason": pl.lit(REASONS).gather(verdict),
        "late_by": pl.when(verdict == Verdict.LATE).then("late_by"),
        "counted": pl.col("counted").fill_null(False),
        "standing": pl.lit(asked.resolved.standing.value),
    }
    return found.select(**{name: columns.get(name, pl.col(name)) for name in FINDINGS})
