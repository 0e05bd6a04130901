"""What was owed outside the period of a dive, of the cases that a list for today could hold.

A period says which occasions the figures are of. A child who was reported missing the day after it, or before it and is
missing still, needs somebody today all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import polars as pl

from wardline.engines import check
from wardline.events import EventLog, existing_cases, is_known_closed, known_events
from wardline.findings import FINDINGS, OCCASION
from wardline.findings.dates import Period
from wardline.measures import has_begun_again, was_closed_lately
from wardline.obligations import ResolvedObligation
from wardline.time_limits import Calendar, local_date_column

__all__ = ["findings_outside_period"]

# A case that names no child stands for itself.
WHO = pl.coalesce("person_id", "case_id").alias("who")
OF_A_CASE = ("cases", "events", "notes", "case_sources")  # the tables of a log whose rows are each of one case


def findings_outside_period(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    within: pl.LazyFrame,
    *,
    as_at: datetime,
    period: Period | None,
    calendar: Calendar,
) -> pl.DataFrame:
    """The findings, with the columns and in the order of FINDINGS, that lie outside the period; none without one.

    Of the cases that are open as at, or were closed in the last seven days, where anything is recorded of a local day
    outside the period in a case of their child: what is owed by child may begin in one case and be about another.
    `obligations` are those of every version in force by then, `within` the findings of the period: of an occasion
    without a time both would hold one. Standards' dates in force hold here too.
    """
    if period is None:
        return FINDINGS.to_frame()
    asked = _with_anything_outside(_of_interest(obligations, event_log, as_at), event_log, as_at, period, calendar)
    if asked.is_empty():
        return FINDINGS.to_frame()
    found = check(obligations, _log_of(event_log, asked), as_at=as_at).join(
        asked, on="case_id", how="semi", maintain_order="left"
    )
    kinds = {name: FINDINGS[name] for name in OCCASION}
    known = within.select(pl.col(name).cast(kind) for name, kind in kinds.items())
    known = known.join(asked.lazy(), on="case_id", how="semi")
    return found.join(
        known.collect(engine="streaming"), on=OCCASION, how="anti", nulls_equal=True, maintain_order="left"
    )


def _of_interest(obligations: Sequence[ResolvedObligation], event_log: EventLog, as_at: datetime) -> pl.DataFrame:
    """`case_id` and `who` of the cases that are open as at, were closed lately, or have begun again since."""
    again = has_begun_again(obligations, event_log, as_at=as_at)
    return (
        existing_cases(event_log, as_at=as_at)
        .join(again, on="case_id", how="left")
        .filter(~is_known_closed(as_at) | was_closed_lately(as_at) | pl.col("begun_again").is_not_null())
        .select("case_id", WHO)
        .collect(engine="streaming")
    )


def _with_anything_outside(
    cases: pl.DataFrame, event_log: EventLog, as_at: datetime, period: Period, calendar: Calendar
) -> pl.DataFrame:
    """Those of which a case of the same child was opened outside the period, or an entry lies outside it."""
    first, last = period
    opened, happened = (local_date_column(pl.col(name), calendar) for name in ("opened_at", "happened_at"))
    of_children = _of_their_children(event_log.cases, cases).select("case_id", "opened_at", "who")
    entries = known_events(event_log, as_at=as_at).select("case_id", "happened_at")
    outside = (
        of_children.join(entries, on="case_id", how="left")
        .filter((opened < first) | (opened > last) | (happened < first) | (happened > last))
        .select("who")
        .unique()
        .collect(engine="streaming")
    )
    return cases.join(outside, on="who", how="semi").unique("case_id")


def _log_of(event_log: EventLog, cases: pl.DataFrame) -> EventLog:
    """The log of these cases and of every other case of their children, which decide what is owed by child."""
    ids = _of_their_children(event_log.cases, cases).select("case_id").unique()
    return replace(
        event_log, **{name: getattr(event_log, name).join(ids, on="case_id", how="semi") for name in OF_A_CASE}
    )


def _of_their_children(every: pl.LazyFrame, cases: pl.DataFrame) -> pl.LazyFrame:
    return every.with_columns(WHO).join(cases.lazy(), on="who", how="semi")
