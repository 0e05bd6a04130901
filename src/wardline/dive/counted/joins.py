"""What of each record system could be put to the cases of another, and what could not.

A system whose rows belong to cases that another opens (a control room's log, to a missing episode) can say nothing of a
case with which no row of it matches. How many there are is counted here, before anything is concluded.
"""

from __future__ import annotations

from datetime import datetime

import polars as pl

from wardline.dive.counted.can_tell import is_known
from wardline.events import EventLog
from wardline.record_systems import Reason
from wardline.reports import Join, SystemSpan

__all__ = ["joins", "system_spans"]

BELONGS_TO_NO_CASE = (Reason.NOT_MATCHED.value, Reason.NO_CASE.value)


def joins(event_log: EventLog, cases: pl.LazyFrame) -> tuple[Join, ...]:
    """For each system, and each case type that another system opens: how many of those cases it holds a row of.

    `cases` are those that exist as at. A system that opens cases of a type itself is mapped to another's only if a row
    of it matches one. `rows_of_no_case` counts the system's rows that match no case at all.
    """
    opened = cases.select("case_id", "case_type", opener="source").collect()
    totals = {(opener, kind): rows for opener, kind, rows in opened.group_by("opener", "case_type").len().iter_rows()}
    held = (
        event_log.case_sources.unique()
        .join(opened.lazy(), on="case_id", how="inner")
        .group_by("source", "opener", "case_type")
        .len()
        .collect()
    )
    matched = {(source, opener, kind): rows for source, opener, kind, rows in held.iter_rows()}
    able = event_log.abilities.select("source", "case_type").drop_nulls().unique().collect().sort("source", "case_type")
    lost = {
        source: rows
        for source, rows in event_log.rejects.filter(pl.col("reason").is_in(BELONGS_TO_NO_CASE))
        .group_by("source")
        .len()
        .collect()
        .iter_rows()
    }
    found = []
    for source, kind in able.iter_rows():
        for (opener, opened_kind), there_are in sorted(totals.items()):
            if opener == source or opened_kind != kind:
                continue
            with_row = matched.get((source, opener, kind), 0)
            if with_row or (source, kind) not in totals:
                found.append(Join(source, opener, kind, there_are, with_row, lost.get(source, 0)))
    return tuple(found)


def system_spans(event_log: EventLog, *, as_at: datetime) -> tuple[SystemSpan, ...]:
    """For each system: how many events of it are known as at, and when the first and the last of them happened."""
    counted = (
        event_log.events.filter(is_known(as_at))
        .group_by("source")
        .agg(events=pl.len(), first_at=pl.col("happened_at").min(), last_at=pl.col("happened_at").max())
        .sort("source")
        .collect()
    )
    return tuple(SystemSpan(*row) for row in counted.select("source", "events", "first_at", "last_at").iter_rows())
