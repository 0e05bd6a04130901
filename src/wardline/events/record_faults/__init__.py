"""Faults in how things were recorded: what cannot have been so, or is hardly ever so, whoever owed what.

They are not findings: they say that a record is to be looked at before anything is concluded from it. A fault is
listed only where it is one however the records' inexact times are read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import polars as pl

from wardline.events.known_as_at import existing_cases, is_not_after, known_events
from wardline.events.log import EventLog
from wardline.events.record_faults.bursts import typed_in_one_burst
from wardline.events.record_faults.cases import (
    before_birth,
    end_before_start,
    end_without_start,
    opened_twice,
    overlapping,
    side_by_side,
)
from wardline.events.record_faults.copied_text import copied_text
from wardline.events.record_faults.table import RECORD_FAULTS, RecordFault
from wardline.events.record_faults.times import before_the_call, heaped_on_the_hour
from wardline.time_limits import Calendar

__all__ = ["RECORD_FAULTS", "RecordFault", "record_faults"]


def record_faults(
    event_log: EventLog,
    *,
    as_at: datetime,
    calendar: Calendar | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> pl.DataFrame:
    """The faults of an event log, as the table RECORD_FAULTS, by system, fault, case, event and time.

    Only what is known as at is looked at. `calendar` tells which times are whole local days, that is dates without
    a time of day, and may mean any time on them; without it, days are those of UTC. Nothing larger is
    joined than events to their cases, so that a log of any size will do. `progress` is told how many kinds of fault
    were looked for.
    """
    tell = progress or (lambda what, done, total: None)
    days = calendar or Calendar("UTC")
    existing = existing_cases(event_log, as_at=as_at, with_ends_as_written=True).select(
        "case_id", "case_type", "person_id", "source", "opened_at", "closed_at"
    )
    # Most faults are about when a case opened, so that those that do not say so are left out.
    cases = existing.filter(pl.col("opened_at").is_not_null())
    events = _events_known(event_log, as_at)
    # Two faults are read off it, and it is small.
    beside = side_by_side(cases, days).collect(engine="streaming").lazy()
    found = [
        overlapping(beside),
        end_before_start(event_log, as_at),
        end_without_start(event_log, as_at),
        opened_twice(beside),
        before_birth(cases, event_log.people, days),
        before_the_call(events, cases),
        heaped_on_the_hour(events, days),
        copied_text(event_log, existing, known=is_not_after("written_at", as_at)),
    ]
    order = pl.Enum([fault.value for fault in RecordFault])
    # One after the other: together they would keep the events that they share in memory.
    tables = []
    for number, one in enumerate(found):
        tell("looking for faults in the records", number, len(found) + 1)
        tables.append(one.collect(engine="streaming"))
    tell("looking for faults in the records", len(found), len(found) + 1)
    return pl.concat([*tables, typed_in_one_burst(events)]).sort(
        "source", pl.col("fault").cast(order), "case_id", "event_id", "happened_at", "what_it_says", nulls_last=True
    )


def _events_known(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    return known_events(event_log, as_at=as_at).select(
        "event_id", "case_id", "event", "source", "happened_at", "happened_by", "recorded_at"
    )
