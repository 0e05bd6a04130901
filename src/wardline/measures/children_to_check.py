"""Which occasions are on which list for today, found before anything else is counted.

To check today are the open cases past a deadline without a record of what was owed, and those closed in the last seven
days where a step that protects the child was owed and no record of it is found. The list is not held back by anything:
not by a limit that nobody has confirmed yet, nor by a gap in the records. Older closures are a list for audits, and
what falls due in the next 24 hours is a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import polars as pl

from wardline.events import EventLog, is_known_closed
from wardline.findings import Outcome, Reason, key_column
from wardline.measures.begun_again import has_begun_again
from wardline.measures.figures import Count, Counted
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.obligations import Never, Repeat, ResolvedObligation, Respond
from wardline.time_limits import elapsed_column, read_elapsed

__all__ = [
    "ChildListed",
    "ForToday",
    "ListCounts",
    "count_children",
    "list_by_child",
    "was_closed_lately",
    "with_lists",
]

CLOSED_LATELY = read_elapsed("7 days")  # elapsed, from the closing to as at
DUE_NEXT = read_elapsed("24 hours")  # elapsed, from as at to the deadline
MOST_SHOWN = 50  # children; chosen by us so that the page can be printed and read


class ForToday(Enum):
    """The lists; the value is what the column `for_today` holds."""

    TO_CHECK = "to check today"
    CLOSED_WITHOUT_A_RECORD = "closed without a record"
    DUE_NEXT = "due next"
    NOT_RECORDED_HERE = "nothing read could show it"  # no list: only counted


def with_lists(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> pl.LazyFrame:
    """The findings, in their order, with `for_today`: the list that each is on (a value of `ForToday`), else empty.

    Of an open case only a *respond* or a *repeat* is listed: a step that somebody can still take. A *never* asks for
    none, the time for a *precede* is over, and a *record* is about the entry and not about the child.
    """
    kinds = pl.DataFrame(
        {
            "_key": [o.key for o in obligations],
            "_safeguarding": [o.obligation.safeguarding for o in obligations],
            "_step": [isinstance(o.obligation, Respond | Repeat) for o in obligations],
            "_never": [isinstance(o.obligation, Never) for o in obligations],
        },
        schema={"_key": pl.String, "_safeguarding": pl.Boolean, "_step": pl.Boolean, "_never": pl.Boolean},
    ).lazy()
    again = has_begun_again(obligations, event_log, as_at=as_at)
    closed = event_log.cases.join(again, on="case_id", how="left").select(
        "case_id", _closed=is_known_closed(as_at) & pl.col("begun_again").is_null(), _lately=was_closed_lately(as_at)
    )
    return (
        findings.with_columns(pl.col("standard", "version", "obligation", "outcome", "reason").cast(pl.String))
        .with_columns(_key=key_column())
        .join(kinds, on="_key", how="left", maintain_order="left")
        .join(closed, on="case_id", how="left", maintain_order="left")
        .with_columns(for_today=_list_of(as_at))
        .drop("_key", "_safeguarding", "_step", "_never", "_closed", "_lately")
    )


def was_closed_lately(as_at: datetime) -> pl.Expr:
    """Of a closed case, whether it was closed in the seven days before as at."""
    return elapsed_column(pl.col("closed_at"), pl.lit(as_at)) <= CLOSED_LATELY


def is_of_interest() -> pl.Expr:
    """Whether a finding could be on a list at all: a filter that needs nothing beside it. Never null."""
    return pl.col("outcome").is_in([one.value for one in (Outcome.MISSED, Outcome.NOT_YET_DUE, Outcome.CANNOT_TELL)])


def _list_of(as_at: datetime) -> pl.Expr:
    missed = pl.col("outcome") == Outcome.MISSED.value
    # Where it cannot be told, whatever the reason, the deadline has passed or nobody can say when it is.
    untold = (
        (pl.col("outcome") == Outcome.CANNOT_TELL.value)
        & pl.col("responded_at").is_null()
        & pl.col("exempted_at").is_null()
    )
    never_shown = (pl.col("reason") == Reason.NOT_RECORDED_HERE.value).fill_null(False)
    is_over = (pl.col("deadline") < as_at).fill_null(True)
    is_waited_for = (pl.col("outcome") == Outcome.NOT_YET_DUE.value) | (untold & ~never_shown)
    until_due = elapsed_column(pl.lit(as_at), pl.col("deadline"))
    falls_due = (pl.col("deadline") >= as_at) & (until_due <= DUE_NEXT)
    open_step = ~pl.col("_closed").fill_null(False) & pl.col("_step").fill_null(False)
    unprotected = pl.col("_closed") & pl.col("_safeguarding") & ~pl.col("_never") & missed
    return (
        pl.when(open_step & (missed | (untold & ~never_shown & is_over)))
        .then(pl.lit(ForToday.TO_CHECK.value))
        .when(open_step & untold & never_shown & is_over)
        .then(pl.lit(ForToday.NOT_RECORDED_HERE.value))
        .when(open_step & is_waited_for & falls_due)
        .then(pl.lit(ForToday.DUE_NEXT.value))
        .when(unprotected & pl.col("_lately"))
        .then(pl.lit(ForToday.TO_CHECK.value))
        .when(unprotected)
        .then(pl.lit(ForToday.CLOSED_WITHOUT_A_RECORD.value))
    )


@dataclass(frozen=True)
class ChildListed:
    """A child (None: a case that names none) who is on the list, with what its first row says.

    `is_at_risk` as the standard says it; None where it does not. `overdue` None: the deadline cannot be computed.
    """

    child_id: str | None
    case_ids: tuple[str, ...]
    title: str  # of the obligation to look at first
    owed_by: str  # who owes it: the value of an Owner
    is_open: bool
    is_at_risk: bool | None
    grade: str | None
    overdue: timedelta | None
    occasions: Count


@dataclass(frozen=True)
class ListCounts:
    """How many children are named on the list, how many cases there are, and how many of these name no child.

    How many children those are is not known. `not_recorded_here` are the open cases, on the list or not, that are past
    a deadline for something that no record system at hand is able to record: nobody can tell of them from these.
    """

    children: Count
    cases: Count
    cases_without_child: Count
    of_both: Count  # children, and cases without one
    not_recorded_here: Count
    first: tuple[ChildListed, ...]  # in the order of the list, at most MOST_SHOWN


def count_children(listed: pl.DataFrame, not_recorded_here: int) -> ListCounts:
    """Count who is on the list to check today; `not_recorded_here` is how many cases are of that kind."""
    occasions = RowFilter(CountedTable.OCCASIONS)
    on_the_list = occasions.with_value("for_today", ForToday.TO_CHECK.value)
    cases = on_the_list.counted_by("case_id")
    never_shown = occasions.with_value("for_today", ForToday.NOT_RECORDED_HERE.value).counted_by("case_id")
    return ListCounts(
        children=Count(Counted.CHILD, listed["child"].drop_nulls().n_unique(), on_the_list.counted_by("child_id")),
        cases=Count(Counted.CASE, listed["case"].n_unique(), cases),
        cases_without_child=Count(
            Counted.CASE,
            listed.filter(pl.col("child").is_null())["case"].n_unique(),
            cases.with_value("child_id", None),
        ),
        of_both=Count(
            Counted.CHILD_OR_CASE, listed.select(pl.coalesce("child", "case")).n_unique(), on_the_list.counted_by("who")
        ),
        not_recorded_here=Count(Counted.CASE, not_recorded_here, never_shown),
        first=tuple(_child(row, on_the_list) for row in list_by_child(listed).head(MOST_SHOWN).iter_rows(named=True)),
    )


def _child(row: dict[str, Any], on_the_list: RowFilter) -> ChildListed:
    child_id, case_ids = row["child"], tuple(row["cases"])
    mine = on_the_list.with_value("child_id", child_id)
    return ChildListed(
        child_id=child_id,
        case_ids=case_ids,
        title=row["title"],
        owed_by=row["owed_by"],
        is_open=row["is_open"],
        is_at_risk=row["is_at_risk"],
        grade=row["grade"],
        overdue=row["overdue"],
        occasions=Count(
            Counted.OCCASION, row["obligations"], mine if child_id else mine.with_value("case_id", case_ids[0])
        ),
    )


def list_by_child(listed: pl.DataFrame) -> pl.DataFrame:
    """Each child once, in the order of the list; a case that names no child has a row of its own.

    `child`, `cases` (a list), `obligations` (how many rows), `earliest deadline`, and what the first row of the child
    says: `title`, `owed_by`, `is_open`, `is_at_risk`, `grade`, `overdue`.
    """
    unnamed = pl.when(pl.col("child").is_null()).then("case")
    return (
        listed.group_by("child", unnamed.alias("_unnamed"), maintain_order=True)
        .agg(
            pl.col("case").unique(maintain_order=True).alias("cases"),
            pl.len().alias("obligations"),
            pl.col("deadline").min().alias("earliest deadline"),
            pl.col("title", "owed_by", "is_open", "is_at_risk", "grade", "overdue").first(),
        )
        .drop("_unnamed")
    )
