"""Events that always fall on the very minute of another of their row, or case: seldom two things done together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from wardline.record_systems.mapping.cells import EventOfRow
from wardline.record_systems.rows.rejects import RemarkKind, Tally
from wardline.time_limits import minute_numbers

__all__ = ["SameMinutes"]

FEWEST = 3
MOST_NAMES = 60  # of events in one log, each of which is held beside each other

Pair = tuple[str, str]


@dataclass
class SameMinutes:
    """What is known of one file so far: how often the first event of a pair has a time, and which pairs came apart.

    Of a log, how often each event has a time, and how often in the same minute as another of its case.
    """

    counts: Counter[Pair] = field(default_factory=Counter)
    apart: set[Pair] = field(default_factory=set)
    timed: Counter[str] = field(default_factory=Counter)
    together: Counter[Pair] = field(default_factory=Counter)

    def look(self, events: Sequence[EventOfRow], instants: Sequence[pl.Series]) -> None:
        """Look at the times of the events of some more rows; null where an event has no exact one."""
        minutes = [(event, minute_numbers(times)) for event, times in zip(events, instants, strict=True)]
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

    def look_at_log(self, ids: pl.Series, names: pl.Series, instants: pl.Series) -> None:
        """Look at some more rows of which each is an event; null where it has no exact time."""
        minutes = minute_numbers(instants).alias("minute")
        log = pl.DataFrame([ids.alias("id"), names.alias("name"), minutes]).drop_nulls().unique()
        self.timed.update(dict(log.group_by("name").len().rows()))
        if len(self.timed) > MOST_NAMES:
            return
        pairs = log.join(log, on=["id", "minute"], suffix="_other").filter(pl.col("name") != pl.col("name_other"))
        self.together.update(
            {(one, other): count for one, other, count in pairs.group_by("name", "name_other").len().rows()}
        )

    def tally(self) -> Tally:
        """The events that never fall on another minute than another, each pair once."""
        found: Tally = Counter()
        told: set[Pair] = set()
        never_apart = {pair: count for pair, count in reversed(self.counts.items()) if pair not in self.apart}
        if len(self.timed) <= MOST_NAMES:
            # Only all rows together say whether an event ever came without the other.
            pairs = sorted(self.together.items(), reverse=True)
            never_apart |= {pair: count for pair, count in pairs if count == self.timed[pair[0]]}
        for (later, earlier), count in never_apart.items():
            if count >= FEWEST and (earlier, later) not in told:
                told.add((later, earlier))
                found[RemarkKind.SAME_MINUTE, f"{later} on that of {earlier}"] += count
        return found


def _is_one_cell(one: EventOfRow, other: EventOfRow) -> bool:
    if one.at is None or other.at is None:
        return True
    return one.at == other.at
