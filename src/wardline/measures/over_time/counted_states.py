"""What each of the things that a measure counts came to: the state by which it is in a figure, or in none.

A table of such things has a row for each, with the local `day` by which it belongs to a period, `who` it is about (the
child, or a case that names none), and a state for each choice of entries. An empty state is in no figure: what was
not owed, or of which a failing would not have shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import polars as pl

from wardline.measures.over_time.measures_table import Entries
from wardline.time_limits import elapsed_column

__all__ = ["GROUP", "STATE_OF", "CountedState", "entry_is_late", "is_filled_in", "seen_at_the_time"]

GROUP = "group."  # before the name of a split, as a column: the group that each belongs to
NOT_FILLED_IN = ("", "unknown", "not stated")
STATE_OF = {Entries.ALL: "all", Entries.AT_THE_TIME: "at_the_time"}  # the columns of states


class CountedState(IntEnum):
    """The state of one of the things that a measure counts."""

    NOT_MET = 0
    MET = 1
    NOT_TOLD = 2
    NOT_OVER = 3  # the time that it still had is not over as at
    CUT_SHORT = 4  # of a wait: it was at least so long

    def lit(self) -> pl.Expr:
        """As a constant column."""
        return pl.lit(int(self), dtype=pl.UInt8)


def entry_is_late(happened: pl.Expr, recorded: pl.Expr, limit: pl.Expr) -> pl.Expr:
    """Whether an entry was written up later than `limit` after what it records; null where nobody can say."""
    return elapsed_column(happened, recorded) > limit


def seen_at_the_time(state: pl.Expr, is_late: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
    """The state among the entries written at the time of what rests on one entry: `otherwise` where that was written
    up later, not told where nobody can say when it was written."""
    return pl.when(is_late).then(otherwise).when(is_late.is_null()).then(CountedState.NOT_TOLD.lit()).otherwise(state)


def is_filled_in(column: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether the cell of a column says anything; never null. "Unknown" and "not stated" do not, "declined" does.

    It is a part of rule 11 of docs/reference/meaning.md; the engines, and findings with them, state it on their own.
    """
    if not isinstance(schema[column], pl.String | pl.Categorical | pl.Enum):
        return pl.col(column).is_not_null()
    text = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return (~text.is_in(NOT_FILLED_IN)).fill_null(False)
