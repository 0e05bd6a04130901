"""The cases that exist as at, the gradings by which limits go that are known then, and those that lowered a limit late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import polars as pl

from wardline.dive.counted.can_tell import is_known
from wardline.events import EventLog
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.reports import late_downgrades

__all__ = ["downgrades_of", "existing_cases", "gradings"]

COLUMNS = ("case_id", "child_id", "triggered_at", "deadline", "graded_at", "grade", "graded_when", "was_answered")


def existing_cases(event_log: EventLog, case_types: Iterable[str], *, as_at: datetime) -> pl.LazyFrame:
    """The cases of these types that exist as at; what was closed only later is open."""
    begun = (
        event_log.events.filter(is_known(as_at)).select("case_id").unique().with_columns(pl.lit(True).alias("_begun"))
    )
    return (
        event_log.cases.filter(pl.col("case_type").is_in(sorted(case_types)))
        .join(begun, on="case_id", how="left", maintain_order="left")
        .filter((pl.col("opened_at") <= as_at) | (pl.col("opened_at").is_null() & pl.col("_begun").fill_null(False)))
        .drop("_begun")
        .with_columns(pl.when(pl.col("closed_at") <= as_at).then(pl.col("closed_at")))
    )


def gradings(obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime) -> pl.DataFrame | None:
    """`obligation`, `case_id`, `happened_at`, `value`: the known, timed events by which a limit goes; None without."""
    columns = event_log.events.collect_schema().names()
    found = []
    for obligation in obligations:
        limit = obligation.obligation.time_limit
        if isinstance(limit, LimitTable) and limit.of is not None and limit.by in columns:
            found.append(
                event_log.events.filter(
                    is_known(as_at), pl.col("event") == limit.of, pl.col("happened_at").is_not_null()
                )
                .sort("event_id")
                .select(
                    pl.lit(obligation.key).alias("obligation"),
                    "case_id",
                    "happened_at",
                    pl.col(limit.by).cast(pl.String).alias("value"),
                )
            )
    return pl.concat(found).collect() if found else None


def downgrades_of(
    obligations: Sequence[ResolvedObligation], findings: pl.LazyFrame, event_log: EventLog, *, as_at: datetime
) -> pl.DataFrame:
    """Of each obligation whose limit goes by an event: the gradings that lowered it late, one row for each.

    `obligation` in full, the occasion, when it was graded, the lower grade, `graded_when` (*in the last quarter* of
    the time allowed, or *after the limit*), and `was_answered`: whether there was a response by then.
    """
    graded = gradings(obligations, event_log, as_at=as_at)
    going_by_an_event = [one for one in obligations if isinstance(one.obligation.time_limit, LimitTable)]
    theirs = findings.filter(pl.any_horizontal(pl.lit(False), *map(_is_of, going_by_an_event))).collect()
    found = []
    for item in obligations:
        mine = theirs.filter(_is_of(item)) if item in going_by_an_event else theirs.clear()
        rows = late_downgrades(graded, item, mine)
        found.append(rows.select(pl.lit(item.full_name).alias("obligation"), *COLUMNS))
    return pl.concat(found) if found else pl.DataFrame(schema=["obligation", *COLUMNS])


def _is_of(item: ResolvedObligation) -> pl.Expr:
    return (
        (pl.col("standard") == item.standard)
        & (pl.col("version") == item.version)
        & (pl.col("obligation") == item.obligation.id)
    )
