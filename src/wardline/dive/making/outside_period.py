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
from wardline.measures import CLOSED_LATELY
from wardline.obligations import ResolvedObligation
from wardline.time_limits import Calendar, elapsed_column, local_date_column

__all__ = ["findings_outside_period"]

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

    Of the cases that are open as at, or were closed in the last seven days, in which anything is recorded of a local
    day outside the period. `within` are the findings of the period: of an occasion without a time both would hold one.
    The standards' dates in force hold here too.
    """
    if period is None:
        return FINDINGS.to_frame()
    asked = _with_anything_outside(_of_interest(event_log, as_at), event_log, as_at, period, calendar)
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


def _of_interest(event_log: EventLog, as_at: datetime) -> pl.DataFrame:
    """`case_id`, `person_id` and `opened_at` of the cases that are open as at, or were closed lately."""
    lately = elapsed_column(pl.col("closed_at"), pl.lit(as_at)) <= CLOSED_LATELY
    return (
        existing_cases(event_log, as_at=as_at)
        .filter(~is_known_closed(as_at) | lately)
        .select("case_id", "person_id", "opened_at")
        .collect(engine="streaming")
    )


def _with_anything_outside(
    cases: pl.DataFrame, event_log: EventLog, as_at: datetime, period: Period, calendar: Calendar
) -> pl.DataFrame:
    """`case_id` and `person_id` of those that were opened outside the period, or of which an entry lies outside it."""
    first, last = period
    opened, happened = (local_date_column(pl.col(name), calendar) for name in ("opened_at", "happened_at"))
    events = known_events(event_log, as_at=as_at).select("case_id", "happened_at")
    entries = (
        events.join(cases.lazy(), on="case_id", how="semi")
        .filter((happened < first) | (happened > last))
        .select("case_id", _outside=pl.lit(True))
        .unique()
        .collect(engine="streaming")
    )
    return (
        cases.join(entries, on="case_id", how="left")
        .filter((opened < first) | (opened > last) | pl.col("_outside"))
        .select("case_id", "person_id")
        .unique("case_id")
    )


def _log_of(event_log: EventLog, cases: pl.DataFrame) -> EventLog:
    """The log of these cases and of every other case of their children, which decide what is owed by child."""
    asked = cases.lazy()
    of_children = asked.select("person_id").drop_nulls().unique()
    ids = pl.concat(
        [asked.select("case_id"), event_log.cases.join(of_children, on="person_id", how="semi").select("case_id")]
    ).unique()
    return replace(
        event_log, **{name: getattr(event_log, name).join(ids, on="case_id", how="semi") for name in OF_A_CASE}
    )
