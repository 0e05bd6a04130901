"""The children whose cases somebody must look at today, found before anything else is counted.

They are the open cases past a deadline without a record of what was owed, and the closed ones where a step that
protects the child was owed and no record of it is found. The list is not held back by anything: not by a limit
that nobody has confirmed yet, nor by a gap in the records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from wardline.events import EventLog, is_known_closed
from wardline.findings import Outcome, Reason, full_name_column, key_column
from wardline.measures.figures import Count, Counted
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.obligations import Never, Repeat, ResolvedObligation, Respond

__all__ = ["ListCounts", "children_to_check", "count_children", "list_by_child", "with_to_check"]

# Why it cannot be told that nothing was done, where no time of it is recorded. An entry without a time is among them:
# "found: still missing" is one. With the other reasons the time for it is not known to be over, or no system could ever
# show it: then every open case would be listed, and those that matter drown.
MAY_HIDE_A_CHILD = (Reason.EVIDENCE_INCOMPLETE, Reason.RECORD_GAP, Reason.NOT_JOINED, Reason.TIME_NOT_EXACT)


def children_to_check(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> pl.DataFrame:
    """`case`, `child` (empty where no child is named), `obligation` in full and `deadline`. A child's rows stand
    together, the child with the earliest deadline first; within a child, the earliest first.

    Of an open case only a *respond* or a *repeat* is listed: a step that somebody can still take. A *never* asks for
    none, the time for a *precede* is over, and a *record* is about the entry and not about the child.
    """
    # Most findings are put aside before anything is joined to them.
    may_be_listed = findings.with_columns(_texts()).filter(_lacks_a_record(as_at))
    return (
        with_to_check(may_be_listed, obligations, event_log, as_at=as_at)
        .filter("is_to_check")
        .select(
            pl.col("case_id").alias("case"),
            pl.col("child_id").alias("child"),
            full_name_column().alias("obligation"),
            "deadline",
        )
        .unique()
        .with_columns(_who=pl.coalesce("child", "case"))
        .with_columns(_first=pl.col("deadline").min().over("_who"))
        .sort("_first", "_who", "deadline", "case", "obligation", nulls_last=True)
        .drop("_first", "_who")
        .collect()
    )


def with_to_check(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> pl.LazyFrame:
    """The findings, in their order, with `is_to_check`: whether they are on the list of children to check today."""
    kinds = pl.DataFrame(
        {
            "_key": [o.key for o in obligations],
            "_safeguarding": [o.obligation.safeguarding for o in obligations],
            "_step": [isinstance(o.obligation, Respond | Repeat) for o in obligations],
            "_never": [isinstance(o.obligation, Never) for o in obligations],
        },
        schema={"_key": pl.String, "_safeguarding": pl.Boolean, "_step": pl.Boolean, "_never": pl.Boolean},
    ).lazy()
    closed = event_log.cases.select("case_id", is_known_closed(as_at).alias("_closed"))
    is_missed_protection = pl.col("_safeguarding") & (pl.col("outcome") == Outcome.MISSED.value)
    is_of_interest = pl.when("_closed").then(is_missed_protection & ~pl.col("_never")).otherwise("_step")
    is_to_check = _lacks_a_record(as_at) & is_of_interest
    return (
        findings.with_columns(_texts())
        .with_columns(_key=key_column())
        .join(kinds, on="_key", how="left", maintain_order="left")
        .join(closed, on="case_id", how="left", maintain_order="left")
        .with_columns(is_to_check=is_to_check.fill_null(False))
        .drop("_key", "_safeguarding", "_step", "_never", "_closed")
    )


def _texts() -> pl.Expr:
    return pl.col("standard", "version", "obligation", "outcome", "reason").cast(pl.String)


def _lacks_a_record(as_at: datetime) -> pl.Expr:
    """Whether no record is found of what was owed, or none can be found and the time for it is over."""
    no_record = pl.col("outcome") == Outcome.MISSED.value
    not_told = (
        pl.col("reason").is_in([reason.value for reason in MAY_HIDE_A_CHILD])
        & pl.col("responded_at").is_null()
        & pl.col("exempted_at").is_null()
        & (pl.col("deadline") < as_at)
    )
    return no_record | not_told


@dataclass(frozen=True)
class ListCounts:
    """How many children are named on the list, how many cases there are, and how many of these name no child.

    How many children those are is not known.
    """

    children: Count
    cases: Count
    cases_without_child: Count


def count_children(listed: pl.DataFrame) -> ListCounts:
    """Count who is on a list that `children_to_check` made."""
    on_the_list = RowFilter(CountedTable.OCCASIONS).with_value("is_to_check", True)
    cases = on_the_list.counted_by("case_id")
    return ListCounts(
        children=Count(Counted.CHILD, listed["child"].drop_nulls().n_unique(), on_the_list.counted_by("child_id")),
        cases=Count(Counted.CASE, listed["case"].n_unique(), cases),
        cases_without_child=Count(
            Counted.CASE,
            listed.filter(pl.col("child").is_null())["case"].n_unique(),
            cases.with_value("child_id", None),
        ),
    )


def list_by_child(listed: pl.DataFrame) -> pl.DataFrame:
    """`child`, `cases` (a list), `obligations` (how many rows) and `earliest deadline` of a list that
    `children_to_check` made: each child once, in its order. A case that names no child has a row of its own.
    """
    unnamed = pl.when(pl.col("child").is_null()).then("case")
    return (
        listed.group_by("child", unnamed.alias("_unnamed"), maintain_order=True)
        .agg(
            pl.col("case").unique(maintain_order=True).alias("cases"),
            pl.len().alias("obligations"),
            pl.col("deadline").min().alias("earliest deadline"),
        )
        .drop("_unnamed")
    )
