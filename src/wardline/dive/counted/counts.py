"""What is counted beside the findings: what was left aside, and how many cases there are.

What an empty attribute leaves open is counted for the report, never guessed (docs/reference/standards-language.md).
Our counts of cases stand beside those that the force itself publishes, because records that lack cases prove little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import reduce

import polars as pl

from wardline.dive.counted.can_tell import is_known
from wardline.events import EventLog
from wardline.obligations import Condition, EventPattern, Never, Record, ResolvedObligation
from wardline.record_systems import Reading, Remark
from wardline.reports import NotJudged, ReadingCount, ReconcileRow
from wardline.reports.wording import number
from wardline.time_limits import Calendar, local_date_column

__all__ = ["not_judged", "reading_counts", "reconcile", "remarks_by_system"]


def not_judged(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    *,
    as_at: datetime,
    period: tuple[date, date] | None = None,
) -> tuple[NotJudged, ...]:
    """For each obligation that leaves anything aside: how many triggers and how many cases.

    A trigger counts that would match but for an empty attribute; a case whose `for` attribute is empty and that has
    an occasion's making (a trigger of its own, or, where none is needed, the case itself) within the dates.
    """
    counted = (_not_judged(obligation, event_log, as_at, period) for obligation in obligations)
    return tuple(found for found in counted if found.trigger_count or found.case_count)


def _not_judged(
    resolved: ResolvedObligation, event_log: EventLog, as_at: datetime, period: tuple[date, date] | None
) -> NotJudged:
    obligation = resolved.obligation
    if not obligation.only_for and not any(pattern.conditions for pattern in obligation.triggers()):
        return NotJudged(resolved.key, 0, 0)
    cases = event_log.cases.filter(
        pl.col("case_type") == resolved.case_type, pl.col("opened_at").is_null() | (pl.col("opened_at") <= as_at)
    )
    event_columns, case_columns = event_log.events.collect_schema().names(), cases.collect_schema().names()
    whole, partly = _fits(obligation.only_for, case_columns)
    triggers = (
        event_log.events.filter(is_known(as_at), pl.col("event").is_in([p.event for p in obligation.triggers()]))
        .with_columns(*_matches(obligation.triggers(), event_columns))
        .filter(pl.col("_whole") | pl.col("_partly"))
        .select("case_id", "happened_at", "_whole", "_partly")
        .join(
            cases.select("case_id", "opened_at", whole.alias("_fits"), (partly & ~whole).alias("_may_fit")),
            on="case_id",
            how="inner",
        )
        .filter(_within_dates(pl.coalesce("happened_at", "opened_at"), resolved, period))
    )
    of_triggers = triggers.select(
        (pl.col("_fits") & pl.col("_partly") & ~pl.col("_whole")).sum().alias("triggers"),
        pl.col("case_id").filter(pl.col("_may_fit")).n_unique().alias("cases"),
    ).collect()
    case_count = int(of_triggers["cases"][0])
    if obligation.only_for and isinstance(obligation, Never | Record):
        opened = cases.filter(partly & ~whole, _within_dates(pl.col("opened_at"), resolved, period))
        case_count = max(case_count, int(opened.select(pl.len()).collect().item()))
    return NotJudged(resolved.key, int(of_triggers["triggers"][0]), case_count)


def _matches(patterns: Sequence[EventPattern], columns: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    whole, partly = [], []
    for pattern in patterns:
        named = pl.col("event") == pattern.event
        all_hold, hold_or_empty = _fits(pattern.conditions, columns)
        whole.append(named & all_hold)
        partly.append(named & hold_or_empty)
    return pl.any_horizontal(whole).alias("_whole"), pl.any_horizontal(partly).alias("_partly")


def _fits(conditions: Sequence[Condition], columns: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    """Whether every condition holds; whether every condition holds or is on an empty attribute."""
    whole, partly = [pl.lit(True)], [pl.lit(True)]
    for condition in conditions:
        # An attribute that no mapping holds is empty everywhere.
        value = pl.col(condition.attribute) if condition.attribute in columns else pl.lit(None, dtype=pl.String)
        holds = value.cast(pl.String).is_in(list(condition.values)).fill_null(False)
        whole.append(holds)
        partly.append(holds | value.is_null())
    return reduce(pl.Expr.and_, whole), reduce(pl.Expr.and_, partly)


def _within_dates(instant: pl.Expr, resolved: ResolvedObligation, period: tuple[date, date] | None) -> pl.Expr:
    """Whether the local day lies in the standard's dates in force and in the period; what has no day does."""
    day = local_date_column(instant, Calendar(resolved.zone))
    starts = [resolved.in_force_from] + ([period[0]] if period else [])
    ends = [end for end in (resolved.in_force_to, period[1] if period else None) if end is not None]
    within = reduce(pl.Expr.and_, [day >= start for start in starts] + [day <= end for end in ends])
    return within.fill_null(True)


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


def reading_counts(reading: Reading) -> tuple[ReadingCount, ...]:
    """Rows of each file: in = kept + left out + rejected."""
    counts = tuple(
        ReadingCount(one.source, one.file, one.rows_in, one.kept, one.left_out, one.rejected) for one in reading.files
    )
    for one in counts:
        assert one.rows_in == one.kept + one.left_out + one.rejected, f"rows of {one.file} were lost on the way"
    return counts


def remarks_by_system(reading: Reading) -> tuple[str, ...]:
    """What else was noted, the files of a system together: `missing: Local times … : 12 (in 3 files).`"""
    together: dict[tuple[str, object, str | None], list[Remark]] = {}
    for one in reading.remarks:
        together.setdefault((one.source, one.kind, one.column), []).append(one)
    found = []
    for (source, _, _), mine in together.items():
        if len(mine) == 1:
            found.append(str(mine[0]))
            continue
        said = replace(mine[0], count=sum(one.count for one in mine)).text.rstrip(".")
        found.append(f"{source}: {said} (in {number(len(mine))} files).")
    return tuple(found)
