"""Gradings that gave a longer limit shortly before the deadline, in the records of gradings beside the findings."""

from __future__ import annotations

import polars as pl

from wardline.obligations import LimitTable, ResolvedObligation
from wardline.reports.report import Report
from wardline.time_limits import Calendar, ToBeSet, deadline_column, elapsed_column

__all__ = ["relaxed_late"]

LAST_QUARTER = 0.75  # of the time from trigger to deadline has passed


def relaxed_late(report: Report, item: ResolvedObligation, time_limit: LimitTable, mine: pl.DataFrame) -> pl.DataFrame:
    """The occasions with a grading in the last quarter of the time allowed whose own limit, counted from the trigger,
    would have been longer. (Such a grading never lengthens the limit; see the specification.)"""
    assert report.gradings is not None
    calendar = Calendar(item.zone, item.nation)
    own = report.gradings.filter(pl.col("obligation") == item.full_name).select("case_id", "happened_at", "value")
    timed = mine.filter(pl.col("triggered_at").is_not_null() & pl.col("deadline").is_not_null()).with_row_index("row")
    pairs = timed.select("row", "case_id", "triggered_at", "deadline").join(own, on="case_id")
    passed = elapsed_column(pl.col("triggered_at"), pl.col("happened_at"))
    allowed = elapsed_column(pl.col("triggered_at"), pl.col("deadline"))
    near = pairs.filter((pl.col("happened_at") <= pl.col("deadline")) & (passed >= LAST_QUARTER * allowed)
                        & (pl.col("happened_at") > pl.col("triggered_at")))
    longer = [
        near.filter((pl.col("value") == value)
                    & (deadline_column(limit, pl.col("triggered_at"), calendar) > pl.col("deadline")))
        for value, limit in time_limit.limits if not isinstance(limit, ToBeSet)
    ]
    rows = pl.concat([near.clear(), *longer])["row"].unique()
    return timed.filter(pl.col("row").is_in(rows.implode())).drop("row")
