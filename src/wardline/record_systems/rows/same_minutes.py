"""Events that always fall on the very minute of another of their row, or case: seldom two things done together.

And ends that fall on the minute of the opening in some rows only, as where a system fills them in while a case is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from wardline.record_systems.mapping.cells import EventOfRow, TimeCell
from wardline.record_systems.rows.rejects import RemarkKind, Tally
from wardline.time_limits import minute_numbers

__all__ = ["FilledEnds", "SameMinutes"]

FEWEST = 3
MOST_NAMES = 60  # of events in one log, each of which is held beside each other

# A duplicate is seen and closed in its own time, so of those that are closed at once more are in the ten minutes that
# follow than in the very minute; one alone in that minute is chance, unless its row tells of something later.
SOON, FEWEST_FILLED = 10, 2
# An event that does not close a case may well come with the report, as a grade does, unless most come hours later.
HOUR, OFTEN_LATER = 60, 2

Pair = tuple[str, str]
Moment = tuple[TimeCell, pl.Series]
"""A time of some rows: the cell that has it, and the instants, null where there is no exact one."""


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


@dataclass
class FilledEnds:
    """How often the times of one file's cases are how long after their opening, by column.

    `filled` are in its very minute, `contradicted` those of them whose row has something later; `soon` are in the ten
    minutes that follow, `within_hour` in the hour, and `later` after it. `ends` are the columns that close a case.
    """

    ends: set[str] = field(default_factory=set)
    filled: Counter[str] = field(default_factory=Counter)
    contradicted: Counter[str] = field(default_factory=Counter)
    soon: Counter[str] = field(default_factory=Counter)
    within_hour: Counter[str] = field(default_factory=Counter)
    later: Counter[str] = field(default_factory=Counter)

    def look(self, opening: Moment, closing: Moment | None, events: Iterable[Moment]) -> None:
        """Look at some more rows of cases: when they open, when they close, and the times of their events."""
        opened = minute_numbers(opening[1])
        waits = {
            _named(cell): minute_numbers(at) - opened
            for cell, at in (*events, *([] if closing is None else [closing]))
            if cell.columns() != opening[0].columns()
        }
        if closing is not None:
            self.ends.add(_named(closing[0]))
        longest = pl.DataFrame([wait.alias(column) for column, wait in waits.items()]).max_horizontal() if waits else 0
        for column, wait in waits.items():
            self.filled[column] += int((wait == 0).sum())
            self.contradicted[column] += int(((wait == 0) & (longest > 0)).sum())
            self.soon[column] += int(wait.is_between(1, SOON).sum())
            self.within_hour[column] += int(wait.is_between(1, HOUR).sum())
            self.later[column] += int((wait > HOUR).sum())

    def tally(self, of_table: Sequence[FilledEnds]) -> Tally:
        """The columns that a system seems to fill in with the opening, as all files of the table say together."""
        found: Tally = Counter()
        for column, count in self.filled.items():
            filled = sum(each.filled[column] for each in of_table)
            if not count or filled <= sum(each.soon[column] for each in of_table):
                continue
            later = sum(each.later[column] for each in of_table)
            if column in self.ends:
                is_told = filled >= FEWEST_FILLED or any(each.contradicted[column] for each in of_table)
            else:
                is_usually_later = later > OFTEN_LATER * sum(each.within_hour[column] for each in of_table)
                is_told = FEWEST_FILLED <= filled < later and is_usually_later
            if is_told:
                found[RemarkKind.FILLED_ENDS, column] = count
        return found


def _named(cell: TimeCell) -> str:
    """The column of a time's own; of two, that of the time of day."""
    return cell.clock_column or cell.column


def _is_one_cell(one: EventOfRow, other: EventOfRow) -> bool:
    if one.at is None or other.at is None:
        return True
    return one.at == other.at
