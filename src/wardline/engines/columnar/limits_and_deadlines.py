"""Which limit holds for each occasion and the deadline it leads to (rule 4), as favourably and as unfavourably.

A limit is a number into `lengths`; null where none is set. Favourably a deadline is counted from the end of the
trigger's interval, unfavourably from its beginning; a limit in days or longer from the end of the trigger's last
local day in both.
"""

from __future__ import annotations

import polars as pl

from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.grading_held import by_grading_held
from wardline.engines.columnar.limits_by_grading import by_grading
from wardline.engines.columnar.occasion_columns import DUE, checked
from wardline.engines.columnar.patterns import attribute
from wardline.engines.columnar.possible_lengths import NO_LIMIT, Lengths, led, lengths_of
from wardline.events import INSTANT
from wardline.obligations import LimitTable, TimeLimit
from wardline.time_limits import Calendar, CountingTheFirst, Length, SameDay, TimeIn, ToBeSet

__all__ = ["with_deadlines"]


def with_deadlines(
    batch: Batch,
    occasions: pl.DataFrame,
    members: pl.DataFrame,
    limit: TimeLimit,
    calendar: Calendar,
    *,
    is_repeat: bool = False,
) -> pl.DataFrame:
    """The occasions with `limit`, `is_in_days`, `is_a_day`, `deadline` and `deadline_unfavourable`.

    `members` are the events that set the limit: their `pos`, and the `trigger` (a position) whose occasion they
    belong to; with `limit` in a table `of` an event, they are not looked at. In a repeat such an event holds from
    before the occasion.
    """
    return checked(_with_deadlines(batch, occasions, members, limit, calendar, is_repeat=is_repeat), DUE)


def _with_deadlines(
    batch: Batch,
    occasions: pl.DataFrame,
    members: pl.DataFrame,
    limit: TimeLimit,
    calendar: Calendar,
    *,
    is_repeat: bool,
) -> pl.DataFrame:
    lengths = lengths_of(limit, calendar)
    match limit:
        case ToBeSet():
            none = pl.lit(None, dtype=INSTANT)
            return occasions.with_columns(*NO_LIMIT, deadline=none, deadline_unfavourable=none)
        case Length() | SameDay() | CountingTheFirst():
            return lengths.finish(led(lengths, occasions, number=pl.lit(0, dtype=pl.Int16)))
        case TimeIn(name):
            return _by_time_in(batch, occasions, members, name)
        case LimitTable(by=name, of=None):
            return lengths.finish(_by_attribute(batch, occasions, members, name, lengths))
        case LimitTable(by=name, of=str(event)):
            find = by_grading_held if is_repeat else by_grading
            return lengths.finish(find(batch, occasions, event, name, lengths))
    assert False, f"no limit {limit}"


def _members(occasions: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame | None:
    """The occasions once for each of their members (position `member`); None where each has only itself."""
    if members.height == members.get_column("trigger").n_unique():
        return None
    return occasions.with_row_index("number_of_occasion").join(
        members.select("trigger", member="pos"), on="trigger", how="left", maintain_order="left_right"
    )


def _by_attribute(
    batch: Batch, occasions: pl.DataFrame, members: pl.DataFrame, name: str, lengths: Lengths
) -> pl.DataFrame:
    several = _members(occasions, members)
    frame = occasions.with_columns(member="trigger") if several is None else several
    number = lengths.of(_attribute_of_trigger(batch, frame, name, pl.String()), lengths.unknown)
    return _earliest(led(lengths, frame, number), is_single=several is None)


def _by_time_in(batch: Batch, occasions: pl.DataFrame, members: pl.DataFrame, name: str) -> pl.DataFrame:
    several = _members(occasions, members)
    frame = occasions.with_columns(member="trigger") if several is None else several
    deadline = _attribute_of_trigger(batch, frame, name, INSTANT)
    frame = frame.with_columns(deadline=deadline, deadline_unfavourable=deadline, number=pl.lit(0, dtype=pl.Int16))
    found = _earliest(frame, is_single=several is None)
    words = pl.when(pl.col("deadline").is_not_null()).then(pl.lit(str(TimeIn(name))))
    return found.drop("number").with_columns(limit=words, is_in_days=pl.lit(False), is_a_day=pl.lit(False))


def _attribute_of_trigger(batch: Batch, frame: pl.DataFrame, name: str, dtype: pl.DataType) -> pl.Expr:
    """The trigger's attribute, where that is empty the case's; an attribute that the log does not have is empty."""
    column = attribute(name)
    found = []
    for table, row in ((batch.timed, "member"), (batch.cases, "case")):
        if column in table.columns:
            values = table.get_column(column)
            if dtype == pl.String() or isinstance(values.dtype, pl.Datetime):
                found.append(pl.lit(values.gather(frame.get_column(row)).cast(dtype)))
    return pl.coalesce(found) if found else pl.lit(None, dtype=dtype)


def _earliest(frame: pl.DataFrame, *, is_single: bool) -> pl.DataFrame:
    """Of the deadlines that the members of one occasion set, the earliest, of equal ones the smaller `event_id`'s."""
    if is_single:
        return frame.drop("member")
    unfavourable = pl.col("deadline_unfavourable").min().over("number_of_occasion")
    return (
        frame.with_columns(deadline_unfavourable=unfavourable)
        .sort("number_of_occasion", "deadline", "member", nulls_last=True)
        .unique("number_of_occasion", keep="first", maintain_order=True)
        .drop("number_of_occasion", "member")
    )
