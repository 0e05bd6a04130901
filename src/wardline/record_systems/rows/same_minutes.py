"""Events of one row that always fall on the very minute of another: seldom two things that were done together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from wardline.record_systems.mapping.cells import EventOfRow
from wardline.record_systems.rows.rejects import RemarkKind, Tally

__all__ = ["SameMinutes"]

FEWEST = 3
MINUTE = 60_000_000

Pair = tuple[str, str]


@dataclass
class SameMinutes:
    """What is known of one file so far: how often the first event of a pair has a time, and which pairs came apart."""

    counts: Counter[Pair] = field(default_factory=Counter)
    apart: set[Pair] = field(default_factory=set)

    def look(self, events: Sequence[EventOfRow], instants: Sequence[pl.Series]) -> None:
        """Look at the times of the events of some more rows; null where an event has no exact one."""
        minutes = [(event, times.cast(pl.Int64) // MINUTE) for event, times in zip(events, instants, strict=True)]
        for later, mine in minutes:
            for earlier, theirs in minutes:
                pair = (later.name, earlier.name)
                # One cell that a mapping gives to both says the same of both, and that is meant.
                if later.name == earlier.name or pair in self.apart or _is_one_cell(later, earlier):
                    continue
                timed = len(mine) - mine.null_count()
                if int((mine == theirs).sum()) < timed:
                    self.apart.add(pair)
                else:
                    self.counts[pair] += timed

    def tally(self) -> Tally:
        """The events that never fall on another minute than another, each pair once."""
        found: Tally = Counter()
        told: set[Pair] = set()
        for (later, earlier), count in reversed(self.counts.items()):
            if count >= FEWEST and (later, earlier) not in self.apart and (earlier, later) not in told:
                told.add((later, earlier))
                found[RemarkKind.SAME_MINUTE, f"{later} on that of {earlier}"] += count
        return found


def _is_one_cell(one: EventOfRow, other: EventOfRow) -> bool:
    if one.at is None or other.at is None:
        return True
    return one.at == other.at
