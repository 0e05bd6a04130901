"""Responses and exemptions in the window of each occasion, where every time is exact: searches among positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from wardline.engines.columnar.batch import Batch, at_or_after
from wardline.obligations import EventPattern

__all__ = ["EvidencePositions", "earlier", "find_evidence", "first_in_window", "with_event"]


@dataclass(frozen=True)
class EvidencePositions:
    """The positions of events that match patterns: in full and in part, those that match the trigger too apart."""

    others: pl.Series
    also_triggers: pl.Series
    partial_others: pl.Series
    partial_also_triggers: pl.Series
    groups_with_untimed: pl.Series

    def timed(self) -> pl.Series:
        """All that match in full, not in order."""
        return pl.concat([self.others, self.also_triggers])

    def partial(self) -> pl.Series:
        """All that match in part, not in order."""
        return pl.concat([self.partial_others, self.partial_also_triggers])


def find_evidence(
    batch: Batch, patterns: Sequence[EventPattern], triggers: Sequence[EventPattern]
) -> EvidencePositions:
    """The events of a batch that match the patterns."""
    full, partial = batch.matching(patterns), batch.partly_matching(patterns)
    own = batch.matching(triggers) if {one.event for one in patterns} & {one.event for one in triggers} else None
    untimed = pl.concat(
        [
            frame.get_column("group")
            for frame in (batch.untimed_matching(patterns), batch.untimed_partly_matching(patterns))
        ]
    )
    if own is None:
        nothing = full.clear()
        return EvidencePositions(full, nothing, partial, nothing, untimed)
    return EvidencePositions(*_split(full, own), *_split(partial, own), untimed)


def _split(positions: pl.Series, own: pl.Series) -> tuple[pl.Series, pl.Series]:
    is_own = positions.is_in(own.implode())
    return positions.filter(~is_own), positions.filter(is_own)


def first_in_window(
    occasions: pl.DataFrame, others: pl.Series, also_triggers: pl.Series, *, since_opening: bool = False
) -> pl.Series:
    """The position of the first event in the window: from the trigger's instant on, triggers strictly later."""
    opens, closes = occasions.get_column("opens"), occasions.get_column("closes")
    after = occasions.get_column("after")
    found = at_or_after(others, opens if since_opening else occasions.get_column("start"), closes)
    if not len(also_triggers):
        return found
    if not since_opening:
        return earlier(found, at_or_after(also_triggers, after, closes))
    # Any instant but the trigger's own.
    first = at_or_after(also_triggers, opens, closes)
    is_before = first < occasions.get_column("start")
    first = pl.select(pl.when(is_before).then(first)).to_series()
    return earlier(found, earlier(first, at_or_after(also_triggers, after, closes)))


def earlier(one: pl.Series, other: pl.Series) -> pl.Series:
    """The smaller of two positions; the one there is where the other is null."""
    return pl.select(pl.min_horizontal(pl.lit(one), pl.lit(other))).to_series()


def with_event(batch: Batch, occasions: pl.DataFrame, positions: pl.Series, names: Sequence[str]) -> pl.DataFrame:
    """The occasions with the `event_id`, `at` and `recorded_at` of the events at these positions, under these names."""
    events = [
        batch.timed.get_column(column).gather(positions).alias(name)
        for column, name in zip(("event_id", "at", "recorded_at"), names, strict=True)
    ]
    return occasions.with_columns(*events)
