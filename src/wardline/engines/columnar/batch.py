"""The known events of whole groups of cases, sorted once; everything else looks up positions in that order.

A *position* is the number of a timed event in the order (group, `happened_at`, `event_id`). Events of one group at
one instant stand side by side: `start` is the position of the first of them, `after` that behind the last. So "the
first response at or after the trigger" is one search for the trigger's `start` among the responses' positions, and
whether it belongs to the same group is one comparison with the group's own bounds (`opens`, `closes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from wardline.engines.columnar.patterns import matches, matches_but_for_empty, names_in, names_with_conditions
from wardline.obligations import EventPattern

__all__ = ["POSITION", "Batch", "Holding", "at_or_after", "before", "joined", "marked"]

POSITION = pl.UInt32()

Holding: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The case types of a group, and the record systems that hold one of its cases."""


@dataclass(frozen=True)
class Batch:
    """Whole groups of cases (a group is a case, or all cases of one child) and their known events.

    - `cases`: in order of `case_id`, so that a row's number is its `case`; with `group`, `child_id`, `case_type`,
      `opened_at`, `closed_at`, `holding` (which systems hold the group, a number), attributes.
    - `timed`: by position; with `group`, `case`, `event_id`, `at`, `by` (the end of the interval), `recorded_at`,
      `start`, `after`, attributes.
    - `untimed`: events without a time, with `event`.
    - `bounds`: `opens` and `closes` of each group.
    """

    cases: pl.DataFrame
    timed: pl.DataFrame
    untimed: pl.DataFrame
    bounds: pl.DataFrame
    people: pl.DataFrame
    holdings: tuple[Holding, ...]  # by `holding`
    positions_of: dict[str, pl.Series] = field(default_factory=dict)  # of an event name
    is_exact: bool = True
    is_by_case: bool = True

    def named(self, names: Sequence[str]) -> pl.Series:
        """The positions of the events of these names."""
        return joined([self.positions_of[name] for name in names if name in self.positions_of])

    def matching(self, patterns: Sequence[EventPattern]) -> pl.Series:
        """The positions of the timed events that match any of the patterns."""
        conditional = names_with_conditions(patterns)
        plain = [
            self.positions_of[name]
            for name in names_in(patterns)
            if name not in conditional and name in self.positions_of
        ]
        return joined([*plain, *self._filtered(patterns, conditional, matches(patterns, self.timed.columns))])

    def partly_matching(self, patterns: Sequence[EventPattern]) -> pl.Series:
        """The positions of the timed events that match but for an empty attribute."""
        conditional = names_with_conditions(patterns)
        return joined(self._filtered(patterns, conditional, matches_but_for_empty(patterns, self.timed.columns)))

    def _filtered(self, patterns: Sequence[EventPattern], names: Sequence[str], condition: pl.Expr) -> list[pl.Series]:
        wanted = sorted({f"attribute:{one.attribute}" for pattern in patterns for one in pattern.conditions})
        present = [name for name in wanted if name in self.timed.columns]
        found = []
        for name in names:
            if name in self.positions_of:
                positions = self.positions_of[name]
                rows = pl.DataFrame(
                    [positions.alias("pos"), *(self.timed.get_column(column).gather(positions) for column in present)]
                )
                rows = rows.with_columns(event=pl.lit(name))
                found.append(rows.filter(condition).get_column("pos"))
        return found

    def untimed_matching(self, patterns: Sequence[EventPattern]) -> pl.DataFrame:
        """The untimed events that match any of the patterns."""
        return self.untimed.filter(matches(patterns, self.untimed.columns))

    def untimed_partly_matching(self, patterns: Sequence[EventPattern]) -> pl.DataFrame:
        """The untimed events that match but for an empty attribute."""
        return self.untimed.filter(matches_but_for_empty(patterns, self.untimed.columns))

    def at(self, positions: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
        """The events at these positions, with their position as `pos`."""
        return self.timed.select(pl.col(columns).gather(positions)).with_columns(positions.alias("pos"))

    def of_case(self, column: str, cases: pl.Series) -> pl.Series:
        """What stands in a column of the cases."""
        return self.cases.get_column(column).gather(cases)


def joined(parts: Sequence[pl.Series]) -> pl.Series:
    """Positions of several kinds as one sorted column."""
    kept = [part for part in parts if len(part)]
    if not kept:
        return pl.Series(dtype=POSITION)
    return kept[0] if len(kept) == 1 else pl.concat(kept, rechunk=True).sort()


def marked(numbers: pl.Series, count: int) -> pl.Series:
    """For each of `count` rows whether its number is among these: looked up faster than in a set."""
    return (
        pl.Series([False]).new_from_index(0, count).scatter(numbers, True)
        if len(numbers)
        else (pl.Series([False]).new_from_index(0, count))
    )


def at_or_after(positions: pl.Series, starts: pl.Series, closes: pl.Series) -> pl.Series:
    """For each start the first of the positions that is not before it, null where that is not before `closes`."""
    if not len(positions):
        return pl.Series([None], dtype=POSITION).new_from_index(0, len(starts))
    places = positions.search_sorted(starts, side="left")
    found = positions.gather(places.clip(upper_bound=len(positions) - 1))
    return _kept(found, (found >= starts) & (found < closes))


def before(positions: pl.Series, ends: pl.Series, opens: pl.Series) -> pl.Series:
    """For each end the last of the positions that is before it, null where that is before `opens`."""
    if not len(positions):
        return pl.Series([None], dtype=POSITION).new_from_index(0, len(ends))
    places = positions.search_sorted(ends, side="left").cast(pl.Int64) - 1
    found = positions.gather(places.clip(lower_bound=0))
    return _kept(found, (found < ends) & (found >= opens))


def _kept(found: pl.Series, condition: pl.Series) -> pl.Series:
    return pl.select(pl.when(condition).then(found)).to_series()
