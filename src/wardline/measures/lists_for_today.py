"""The lists for today, each row with what whoever picks it up must know first; the most urgent child comes first.

A row is one thing owed to one child. It says nothing that the records do not: a grade, a district or an age that they
do not hold is empty, and so is `is_at_risk` where the standard does not say until when a child is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from wardline.events import EventLog
from wardline.findings import full_name_column, key_column
from wardline.measures.cases_at_a_glance import cases_at_a_glance
from wardline.measures.children_to_check import ForToday, is_of_interest, with_lists
from wardline.obligations import ResolvedObligation
from wardline.time_limits import elapsed_column

__all__ = ["LISTED", "ListsForToday", "lists_for_today"]

# The columns of a list, in their order.
LISTED = (
    "case",  # case_id
    "child",  # its pseudonym; empty where no child is named
    "obligation",  # in full
    "title",  # what is owed
    "owed_by",  # the value of an Owner
    "is_safeguarding",  # whether it protects the child
    "standing",
    "is_open",
    "is_at_risk",  # as the standard's `at risk until` says; empty where it gives none
    "grade",  # the last one that is known, as the standard's `most dangerous first` says
    "district",
    "age",  # in whole years, as at
    "since",  # when it began to be owed; where that is not known, when the case was opened
    "since_by",  # the latest instant that can have been; empty where `since` is exact
    "deadline",  # empty where it cannot be computed
    "overdue",  # elapsed from the deadline to as at; never below zero
    "last_event",  # the last thing recorded as having happened in the case, and when
    "last_at",
    "last_by",
    "outcome",
    "reason",
    "triggered_at",  # with case and obligation it is known by these two in a later dive too; empty where it has no time
    "ordinal",
)


@dataclass(frozen=True)
class ListsForToday:
    """The three lists, with the columns of LISTED; and of how many open cases nothing that was read could tell."""

    to_check: pl.DataFrame
    closed_without_a_record: pl.DataFrame
    due_next: pl.DataFrame
    not_recorded_here: int


def lists_for_today(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> ListsForToday:
    """Find who is on which list. Times are UTC; `as_at` is an aware instant."""
    # Most findings are put aside before anything is joined to them.
    outcome = pl.col("outcome").cast(pl.String)
    found = (
        with_lists(findings.with_columns(outcome).filter(is_of_interest()), obligations, event_log, as_at=as_at)
        .filter(pl.col("for_today").is_not_null())
        .with_columns(full_name_column(), key_column(), pl.col("standing").cast(pl.String))
        .collect()
    )
    never_shown = pl.col("for_today") == ForToday.NOT_RECORDED_HERE.value
    described = _described(found.filter(~never_shown), obligations, event_log, as_at)

    def of(one: ForToday) -> pl.DataFrame:
        return most_urgent_first(described.filter(pl.col("for_today") == one.value))

    return ListsForToday(
        to_check=of(ForToday.TO_CHECK),
        closed_without_a_record=of(ForToday.CLOSED_WITHOUT_A_RECORD),
        due_next=of(ForToday.DUE_NEXT),
        not_recorded_here=found.filter(never_shown)["case_id"].n_unique(),
    )


def most_urgent_first(listed: pl.DataFrame) -> pl.DataFrame:
    """A list in the order in which it is gone through, with the columns of LISTED; a child's rows stay together.

    Open cases of children who are recorded as still missing, or still at risk, come first, then other open cases, then
    closed ones. Among these a step that protects the child comes before another, then the more dangerous grade, then
    what is overdue longest. A grade that is not known comes after the most dangerous one: nobody has said that it is
    less.
    """
    by_row = (
        pl.when(~pl.col("is_open")).then(3).when("is_at_risk").then(0).when(pl.col("is_at_risk").is_null()).then(1)
        .otherwise(2)
    )  # fmt: skip
    rows = (
        listed.with_columns(_group=by_row)
        .sort(
            "_group", ~pl.col("is_safeguarding"), "danger", "deadline", "since", "case", "obligation", nulls_last=True
        )
        .with_row_index("_row")
    )
    who = pl.coalesce("child", "case")
    return rows.sort(pl.col("_row").min().over(who), "_row").select(LISTED)


def _described(
    found: pl.DataFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, as_at: datetime
) -> pl.DataFrame:
    """The findings with everything that a row of a list says, in columns named as there, and `danger`."""
    of_obligations = pl.DataFrame(
        {
            "key": [one.key for one in obligations],
            "title": [one.obligation.title for one in obligations],
            "owed_by": [one.obligation.owed_by.value for one in obligations],
            "is_safeguarding": [one.obligation.safeguarding for one in obligations],
        },
        schema={"key": pl.String, "title": pl.String, "owed_by": pl.String, "is_safeguarding": pl.Boolean},
    )
    glance = cases_at_a_glance(found.select("case_id").unique(), obligations, event_log, as_at=as_at)
    triggers = (
        event_log.events.select("event_id", since_by="happened_by")
        .join(
            found.select("trigger_event").drop_nulls().unique().lazy(),
            left_on="event_id",
            right_on="trigger_event",
            how="semi",
        )
        .collect()
    )
    return (
        found.join(of_obligations, on="key", how="left")
        .join(glance, on="case_id", how="left")
        .join(triggers, left_on="trigger_event", right_on="event_id", how="left")
        .drop("obligation")
        .rename({"case_id": "case", "child_id": "child", "full_name": "obligation"})
        .with_columns(
            since=pl.coalesce("triggered_at", "opened_at"), overdue=elapsed_column(pl.col("deadline"), pl.lit(as_at))
        )
    )
