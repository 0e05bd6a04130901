"""Our counts of cases beside those that the force itself publishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import polars as pl

from wardline.events import EventLog
from wardline.reports import ReconcileRow
from wardline.time_limits import Calendar, local_date_column

__all__ = ["reconcile"]


def reconcile(
    published: Mapping[str, Mapping[str, int]], event_log: EventLog, *, as_at: datetime, calendar: Calendar
) -> tuple[ReconcileRow, ...]:
    """For each case type and month (`2024-04`) that the force publishes: its count and ours, in that order.

    A case counts in the local month in which it was opened; one that no row opens, in that of its first event.
    """
    if not published:
        return ()
    firsts = event_log.events.group_by("case_id").agg(pl.col("happened_at").min().alias("first"))
    opened = (
        event_log.cases.select("case_id", "case_type", "opened_at")
        .filter(pl.col("case_type").is_in(sorted(published)))
        .join(firsts, on="case_id", how="left")
        .with_columns(pl.coalesce("opened_at", "first").alias("opened"))
        .filter(pl.col("opened") <= as_at)
        .with_columns(local_date_column(pl.col("opened"), calendar).dt.strftime("%Y-%m").alias("month"))
        .group_by("case_type", "month")
        .agg(pl.len().alias("count"))
        .collect()
    )
    ours = {
        (case_type, month): count
        for case_type, month, count in opened.select("case_type", "month", "count").iter_rows()
    }
    return tuple(
        ReconcileRow(case_type, date.fromisoformat(f"{month}-01"), ours.get((case_type, month), 0), counts[month])
        for case_type, counts in published.items()
        for month in sorted(counts)
    )
