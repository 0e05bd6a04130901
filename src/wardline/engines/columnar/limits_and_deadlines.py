"""Which limit holds for each occasion and the deadline it leads to (rule 4), as favourably and as unfavourably.

A limit is a number into `lengths`; null where none is set. Favourably a deadline is counted from the end of the
trigger's interval, unfavourably from its beginning; a limit in days or longer from the end of the trigger's last
local day in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.engines.columnar.batch import POSITION, Batch, at_or_after
from wardline.engines.columnar.patterns import attribute
from wardline.events import INSTANT
from wardline.obligations import LimitTable, TimeLimit
from wardline.time_limits import (
    Calendar,
    CountingTheFirst,
    Length,
    SameDay,
    SingleLimit,
    TimeIn,
    ToBeSet,
    deadline_column,
    end_of_local_day_column,
    is_in_days_or_longer,
    local_date_column,
)

__all__ = ["NO_LIMIT", "with_deadlines"]

NO_LIMIT = (pl.lit(None, dtype=pl.String).alias("limit"), pl.lit(False).alias("is_in_days"))


@dataclass(frozen=True)
class Lengths:
    """The lengths that a limit may come to, each once, and what each value of the attribute comes to."""

    lengths: tuple[SingleLimit, ...]
    by_value: dict[str, int]
    unknown: int | None
    calendar: Calendar

    def of(self, value: pl.Expr, otherwise: int | None) -> pl.Expr:
        """The number of the length that a value of the attribute sets; null for `to be set`."""
        listed = {name: number for name, number in self.by_value.items()}
        return value.cast(pl.String).replace_strict(
            {name: number if number >= 0 else None for name, number in listed.items()},
            default=otherwise,
            return_dtype=pl.Int16,
        )

    def lead(self, number: pl.Expr, start: pl.Expr, end_of_day: pl.Expr | None = None) -> pl.Expr:
        """The deadline of each length from an instant; those in days from `end_of_day`, where that is given."""
        found = []
        for position, length in enumerate(self.lengths):
            base = end_of_day if end_of_day is not None and is_in_days_or_longer(length) else start
            found.append(
                deadline_column(
                    length, pl.when(number == position).then(base), self.calendar, null_without_holidays=True
                )
            )
        return pl.coalesce(found) if found else pl.lit(None, dtype=INSTANT)

    def finish(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Put words in the place of numbers; without a deadline there is no limit."""
        words = pl.Series([str(length) for length in self.lengths], dtype=pl.String)
        days = pl.Series([is_in_days_or_longer(length) for length in self.lengths], dtype=pl.Boolean)
        number = pl.when(pl.col("deadline").is_not_null()).then(pl.col("number")).cast(pl.UInt32)
        if not self.lengths:
            return frame.drop("number").with_columns(*NO_LIMIT)
        return frame.with_columns(
            limit=pl.lit(words).gather(number), is_in_days=pl.lit(days).gather(number).fill_null(False)
        ).drop("number")


def with_deadlines(
    batch: Batch, occasions: pl.DataFrame, members: pl.DataFrame, limit: TimeLimit, calendar: Calendar
) -> pl.DataFrame:
    """The occasions with `limit`, `is_in_days`, `deadline` and `deadline_unfavourable`.

    `members` are the events that set the limit: their `pos`, and the `trigger` (a position) whose occasion they
    belong to; with `limit` in a table `of` an event, they are not looked at.
    """
    lengths = _lengths(limit, calendar)
    match limit:
        case ToBeSet():
            none = pl.lit(None, dtype=INSTANT)
            return occasions.with_columns(*NO_LIMIT, deadline=none, deadline_unfavourable=none)
        case Length() | SameDay() | CountingTheFirst():
            return lengths.finish(_led(lengths, occasions, number=pl.lit(0, dtype=pl.Int16)))
        case TimeIn(name):
            return _by_time_in(batch, occasions, members, name)
        case LimitTable(by=name, of=None):
            return lengths.finish(_by_attribute(batch, occasions, members, name, lengths))
        case LimitTable(by=name, of=str(event)):
            return lengths.finish(_by_grading(batch, occasions, event, name, lengths))
    assert False, f"no limit {limit}"


def _lengths(limit: TimeLimit, calendar: Calendar) -> Lengths:
    if not isinstance(limit, LimitTable):
        single = (limit,) if isinstance(limit, Length | SameDay | CountingTheFirst) else ()
        return Lengths(single, {}, None, calendar)
    said = [length for _, length in limit.limits] + ([] if limit.unknown is None else [limit.unknown])
    lengths = tuple(dict.fromkeys(one for one in said if not isinstance(one, ToBeSet)))
    number = {length: position for position, length in enumerate(lengths)}
    by_value = {value: -1 if isinstance(one, ToBeSet) else number[one] for value, one in limit.limits}
    unknown = None if limit.unknown is None or isinstance(limit.unknown, ToBeSet) else number[limit.unknown]
    return Lengths(lengths, by_value, unknown, calendar)


def _led(lengths: Lengths, frame: pl.DataFrame, number: pl.Expr) -> pl.DataFrame:
    """The frame with the `number` of a limit and the deadlines it leads to from the trigger."""
    frame = frame.with_columns(number=number)
    is_exact = not bool((frame.get_column("by") > frame.get_column("at")).any())
    if is_exact:
        frame = frame.with_columns(deadline=lengths.lead(pl.col("number"), pl.col("at")))
        return frame.with_columns(deadline_unfavourable="deadline")
    frame = frame.with_columns(
        end=pl.when(pl.col("by") > pl.col("at"))
        .then(end_of_local_day_column(local_date_column(pl.col("by"), lengths.calendar), lengths.calendar))
        .otherwise("by")
    )
    return frame.with_columns(
        deadline=lengths.lead(pl.col("number"), pl.col("by"), pl.col("end")),
        deadline_unfavourable=lengths.lead(pl.col("number"), pl.col("at"), pl.col("end")),
    ).drop("end")


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
    return _earliest(_led(lengths, frame, number), is_single=several is None)


def _by_time_in(batch: Batch, occasions: pl.DataFrame, members: pl.DataFrame, name: str) -> pl.DataFrame:
    several = _members(occasions, members)
    frame = occasions.with_columns(member="trigger") if several is None else several
    deadline = _attribute_of_trigger(batch, frame, name, INSTANT)
    frame = frame.with_columns(deadline=deadline, deadline_unfavourable=deadline, number=pl.lit(0, dtype=pl.Int16))
    found = _earliest(frame, is_single=several is None)
    words = pl.when(pl.col("deadline").is_not_null()).then(pl.lit(str(TimeIn(name))))
    return found.drop("number").with_columns(limit=words, is_in_days=pl.lit(False))


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


# GRADINGS
#
# Until an event `of` comes, `unknown` holds. The first instant that has one sets the limit, counted from the trigger;
# each later one can only bring the deadline forward, counted from itself.


def _by_grading(batch: Batch, occasions: pl.DataFrame, event: str, name: str, lengths: Lengths) -> pl.DataFrame:
    start = pl.lit(None, dtype=pl.Int16) if lengths.unknown is None else pl.lit(lengths.unknown, dtype=pl.Int16)
    occasions = _led(lengths, occasions, start).with_row_index("number_of_occasion")
    gradings = _gradings(batch, event, name, lengths)
    positions, closes = gradings.get_column("pos"), occasions.get_column("closes")
    first = at_or_after(positions, occasions.get_column("start"), closes)
    second = at_or_after(positions, first.fill_null(0) + 1, closes)
    is_alone = first.is_not_null() & second.is_null()
    occasions = _graded_once(lengths, occasions, gradings, first, is_alone)
    pairs = (
        occasions.lazy()
        .filter(first.is_not_null() & second.is_not_null())
        .select(
            "number_of_occasion",
            "group",
            "start",
            "at",
            "by",
            unknown="deadline",
            unknown_unfavourable="deadline_unfavourable",
        )
        .join(gradings.lazy(), on="group", maintain_order="left_right")
        .filter(pl.col("pos") >= pl.col("start"))
        .collect()
    )
    if not pairs.is_empty():
        graded = _brought_forward(pairs, lengths)
        occasions = occasions.update(graded, on="number_of_occasion", include_nulls=False)
    return occasions.drop("number_of_occasion")


def _graded_once(
    lengths: Lengths, occasions: pl.DataFrame, gradings: pl.DataFrame, first: pl.Series, is_alone: pl.Series
) -> pl.DataFrame:
    """The occasions, those with one grading at or after them by it: in place of `unknown`, or only if earlier."""
    if gradings.is_empty():
        return occasions
    row = gradings.get_column("pos").search_sorted(first.fill_null(0)).clip(upper_bound=gradings.height - 1)
    graded = _led(lengths, occasions.select("at", "by"), pl.lit(gradings.get_column("graded").gather(row)))
    graded_at = pl.lit(gradings.get_column("graded_at").gather(row))
    columns = {}
    for name in ("deadline", "deadline_unfavourable"):
        led = pl.lit(graded.get_column(name))
        is_set = (
            pl.lit(is_alone)
            & led.is_not_null()
            & ~((graded_at > pl.col(name)) & (pl.col(name) <= led)).fill_null(False)
        )
        columns[name] = pl.when(is_set).then(led).otherwise(name)
        if name == "deadline":
            columns["number"] = pl.when(is_set).then(pl.lit(graded.get_column("number"))).otherwise("number")
    return occasions.with_columns(**columns)


def _gradings(batch: Batch, event: str, name: str, lengths: Lengths) -> pl.DataFrame:
    """The timed events `of` whose attribute's value is listed with a limit."""
    if attribute(name) not in batch.timed.columns:
        return pl.Schema({"group": POSITION, "graded_at": INSTANT, "pos": POSITION, "graded": pl.Int16()}).to_frame()
    found = batch.at(batch.named([event]), ["group", "at", attribute(name)])
    graded = lengths.of(pl.col(attribute(name)), None)
    return found.select("group", pl.col("at").alias("graded_at"), "pos", graded=graded).filter(
        pl.col("graded").is_not_null()
    )


def _brought_forward(pairs: pl.DataFrame, lengths: Lengths) -> pl.DataFrame:
    """For each occasion the number of its limit and its deadlines, from all gradings at or after it."""
    is_first = pl.col("graded_at") == pl.col("graded_at").min().over("number_of_occasion")
    pairs = _led(lengths, pairs, pl.col("graded")).with_columns(is_first=is_first)
    own = lengths.lead(pl.col("graded"), pl.col("graded_at"))
    pairs = pairs.with_columns(
        deadline=pl.when("is_first").then("deadline").otherwise(own),
        deadline_unfavourable=pl.when("is_first").then("deadline_unfavourable").otherwise(own),
    )
    found = None
    for column, unknown in (("deadline", "unknown"), ("deadline_unfavourable", "unknown_unfavourable")):
        # `unknown` stays a candidate only where the first grading came strictly after its deadline.
        still = pairs.filter("is_first", pl.col("graded_at") > pl.col(unknown)).unique(
            "number_of_occasion", keep="first", maintain_order=True
        )
        candidates = pl.concat(
            [
                still.select(
                    "number_of_occasion",
                    pl.lit(lengths.unknown, dtype=pl.Int16).alias("number"),
                    pl.col(unknown).alias(column),
                    pl.lit(None, dtype=pl.UInt32).alias("pos"),
                    set_at="at",
                ),
                pairs.select("number_of_occasion", "number", column, "pos", set_at="graded_at"),
            ]
        ).drop_nulls(column)
        best = (
            candidates.sort("number_of_occasion", column, "pos", nulls_last=False)
            .unique("number_of_occasion", keep="first", maintain_order=True)
            .drop("pos", "set_at")
        )
        found = (
            best
            if found is None
            else found.join(best.drop("number"), on="number_of_occasion", how="full", coalesce=True)
        )
    assert found is not None
    return found
