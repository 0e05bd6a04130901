"""Findings of coded cases: what each rests on by the new event ids, and its times told from the start of its case.

A deadline is told in minutes where nothing but minutes was counted to it. One that ends with a day, or was counted from
a time of which only the day is known, is told in days: with minutes it would give the hour away.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.releasing.coded_cases import CasesToCode, since_start
from wardline.findings import FINDINGS
from wardline.obligations import Respond
from wardline.time_limits import (
    NotALength,
    NotAnElapsedTime,
    days_since_column,
    is_in_days_or_longer,
    local_date_column,
    minutes_of_column,
    read_elapsed,
    read_length,
)

__all__ = ["CODED_FINDING", "coded_findings"]

TOLD = ("triggered", "deadline", "responded", "response_recorded", "exempted", "exemption_recorded")
CODED_FINDING = pl.Schema(
    {
        **{
            name: FINDINGS[name]
            for name in ("standard", "version", "obligation", "case_id", "trigger_event", "ordinal")
        },
        "limit": pl.String(),
        "shipped_limit": pl.String(),
        "outcome": pl.String(),
        "reason": pl.String(),
        "response_event": pl.Int64(),
        "exemption_event": pl.Int64(),
        **{f"{stem}_{how}": kind for stem in TOLD for how, kind in (("after", pl.Int64()), ("day", pl.Int32()))},
        "late_by": pl.Int64(),  # minutes, at least
        "late_by_days": pl.Int32(),  # or local days
        "counted": pl.Boolean(),
        "standing": pl.String(),
    }
)
EVIDENCE = {"triggered_at": "trigger_event", "responded_at": "response_event", "exempted_at": "exemption_event"}


def coded_findings(dive: KeptDive, coding: CasesToCode) -> pl.DataFrame:
    """The findings of these cases, in the order of the obligations, then by code and in the order of their start."""
    texts = [name for name, kind in FINDINGS.items() if kind == pl.String()]
    found = (
        dive.findings.with_columns(pl.col(texts).cast(pl.String))
        .join(coding.code_of.lazy(), on="case_id", how="inner", maintain_order="left")
        .join(coding.clock.lazy(), on="case_id", how="left", maintain_order="left")
        .collect()
    )
    found = _with_exactness(_in_order(found, dive), dive, coding)
    coded = found.with_columns(
        *since_start("triggered_at", pl.col("triggered_at_exact"), dive, "triggered"),
        *since_start("deadline", pl.col("deadline_exact"), dive, "deadline"),
        *since_start("responded_at", pl.col("responded_at_exact"), dive, "responded"),
        *since_start("response_recorded_at", coding.exact("response_recorded_at"), dive, "response_recorded"),
        *since_start("exempted_at", pl.col("exempted_at_exact"), dive, "exempted"),
        *since_start("exemption_recorded_at", coding.exact("exemption_recorded_at"), dive, "exemption_recorded"),
        *_late_by(dive),
    ).drop("case_id")
    coded = coded.rename({"code": "case_id"})
    for column in EVIDENCE.values():
        coded = _with_new_id(coded, column, coding.event_ids)
    return coded.select(pl.col(name).cast(kind) for name, kind in CODED_FINDING.items())


def _in_order(found: pl.DataFrame, dive: KeptDive) -> pl.DataFrame:
    """By obligation as they are listed, and then by code: the order of the case numbers would be a way back."""
    place = {item.key: position for position, item in enumerate(dive.obligations)}
    key = pl.format("{}/{} {}", "standard", "obligation", "version")
    return (
        found.with_columns(_place=key.replace_strict(place, default=len(place), return_dtype=pl.Int32))
        .sort("_place", "code", "triggered_at", "ordinal", nulls_last=True)
        .drop("_place")
    )


def _with_exactness(found: pl.DataFrame, dive: KeptDive, coding: CasesToCode) -> pl.DataFrame:
    """`triggered_at_exact`, `responded_at_exact`, `exempted_at_exact` and `deadline_exact`."""
    ids = pl.concat([found[column] for column in EVIDENCE.values()]).drop_nulls().unique()
    # Of what is owed by child the evidence may lie in another case, so all events are looked at.
    of_events = (
        dive.events.filter(pl.col("event_id").is_in(ids.implode()))
        .select("event_id", is_exact=coding.exact("happened_at", pl.col("happened_by")))
        .collect()
    )
    for column, event in EVIDENCE.items():
        named = of_events.rename({"event_id": event, "is_exact": "_of_event"})
        found = found.join(named, on=event, how="left", maintain_order="left")
        found = found.with_columns(
            (coding.exact(column) & pl.col("_of_event").fill_null(True)).alias(f"{column}_exact")
        ).drop("_of_event")
    lengths = {limit: _elapsed_of(limit) for limit in found["limit"].drop_nulls().unique().sort()}
    table = pl.DataFrame(
        {"limit": list(lengths), "length": list(lengths.values())},
        schema={"limit": pl.String(), "length": pl.Duration("us")},
    )
    later = [
        item.obligation.id
        for item in dive.obligations
        if isinstance(item.obligation, Respond) and item.obligation.owed_after is not None
    ]
    found = found.join(table, on="limit", how="left", maintain_order="left")
    counted = pl.col("deadline") - pl.col("triggered_at")
    by_minutes = pl.col("length").is_not_null() & ((counted == pl.col("length")) | pl.col("is_all_exact"))
    is_of_trigger = pl.col("limit").is_null() & (pl.col("deadline") == pl.col("triggered_at"))
    return found.with_columns(
        deadline_exact=pl.col("triggered_at_exact")
        & (by_minutes | is_of_trigger)
        & ~pl.col("obligation").is_in(later)
        & coding.exact("deadline")
    ).drop("length")


def _elapsed_of(limit: str) -> timedelta | None:
    """How long a limit in minutes or hours is; None of every other, which keeps to local days."""
    try:
        return None if is_in_days_or_longer(read_length(limit)) else read_elapsed(limit)
    except (NotALength, NotAnElapsedTime):
        return None


def _late_by(dive: KeptDive) -> tuple[pl.Expr, pl.Expr]:
    is_exact = (pl.col("deadline_exact") & pl.col("responded_at_exact")).fill_null(False)
    is_late = pl.col("late_by").is_not_null()
    days = days_since_column(
        local_date_column(pl.col("deadline"), dive.calendar), pl.col("responded_at"), dive.calendar
    )
    return (
        pl.when(is_late & is_exact).then(minutes_of_column(pl.col("late_by"))).alias("late_by"),
        pl.when(is_late & ~is_exact).then(days).alias("late_by_days"),
    )


def _with_new_id(coded: pl.DataFrame, column: str, event_ids: pl.DataFrame) -> pl.DataFrame:
    """The event by its id in the release; empty where it is of another case, which would link the two."""
    named = event_ids.rename({"event_id": "_new", "old_id": column})
    joined = coded.join(named, on=[column, "case_id"], how="left", maintain_order="left")
    return joined.drop(column).rename({"_new": column})
