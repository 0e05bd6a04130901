"""By what groups are made: attributes of cases, the grade by which a limit went, and the shift in which it began."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wardline.events import attribute_columns
from wardline.measures.over_time.counted_states import GROUP
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.time_limits import local_hour_column

__all__ = ["GRADE", "SHIFT", "SHIFTS", "splits_at_hand", "with_groups"]

GRADE, SHIFT = "grade", "shift"
# Each shift with the local hour in which it begins and the one before which it ends. Chosen by us: forces' own differ
# by an hour or so.
SHIFTS = (("early", 7, 15), ("late", 15, 23), ("night", 23, 7))


def splits_at_hand(splits: Sequence[str], records: RecordsCounted) -> tuple[str, ...]:
    """Those of the splits by which the records can be split, in order."""
    attributes = attribute_columns(records.tables.event_log.cases.collect_schema(), "cases")
    return tuple(one for one in splits if one == SHIFT or one in attributes or (one == GRADE and _has_grades(records)))


def with_groups(
    counted: pl.DataFrame, splits: Sequence[str], records: RecordsCounted, items: Sequence[ResolvedObligation] = ()
) -> pl.DataFrame:
    """Rows with `case_id` and `at`, the instant at which each began, and a column `group.NAME` for each split; one
    whose group is not known has none. Of findings (of `items`) they have `key` and `limit` too."""
    by_event = {SHIFT, GRADE} if _has_grades(records) else {SHIFT}
    attributes = [one for one in splits if one not in by_event]
    if attributes:
        of_cases = records.cases.select(
            "case_id", *(pl.col(one).cast(pl.String).cast(pl.Categorical).alias(f"{GROUP}{one}") for one in attributes)
        ).unique("case_id", keep="first", maintain_order=True)
        counted = counted.join(of_cases, on="case_id", how="left", maintain_order="left")
    if SHIFT in splits:
        counted = counted.with_columns(_shift(records).cast(pl.Categorical).alias(f"{GROUP}{SHIFT}"))
    if GRADE in splits and GRADE in by_event:
        counted = _with_grades(counted, records, items)
    return counted


def _has_grades(records: RecordsCounted) -> bool:
    """Whether events have grades; else `grade` is an attribute of the case, like any other."""
    return GRADE in records.tables.event_log.events.collect_schema().names()


def _shift(records: RecordsCounted) -> pl.Expr:
    hour = local_hour_column(pl.col("at"), records.tables.calendar)
    found = []
    for name, first, end in SHIFTS:
        within = (hour >= first) & (hour < end) if first < end else (hour >= first) | (hour < end)
        found.append(pl.when(within).then(pl.lit(name)))
    return pl.coalesce(found)


def _with_grades(counted: pl.DataFrame, records: RecordsCounted, items: Sequence[ResolvedObligation]) -> pl.DataFrame:
    """With the grade by which the limit went, where the length that was applied says which; else the last known one.

    Where a limit is that for an unknown grade, there is none."""
    graded = (
        records.tables.known_events.filter(pl.col(GRADE).is_not_null(), pl.col("happened_at").is_not_null())
        .select("case_id", "event", "happened_at", "event_id", _grade=pl.col(GRADE).cast(pl.String))
        .collect()
        .sort("happened_at", "event_id")
    )
    last = graded.group_by("case_id", maintain_order=True).agg(_last=pl.col("_grade").last())
    counted = counted.join(last, on="case_id", how="left", maintain_order="left")
    grade = pl.col("_last")
    tables = {item.key: item.obligation.time_limit for item in items}
    by_limit = [
        graded.filter(pl.col("event") == limit.of).with_columns(
            key=pl.lit(key),
            limit=pl.col("_grade").replace_strict(
                {value: str(length) for value, length in limit.limits}, default=None, return_dtype=pl.String
            ),
        )
        for key, limit in tables.items()
        if isinstance(limit, LimitTable) and limit.by == GRADE and limit.of is not None
    ]
    if by_limit:
        went_by = (
            pl.concat(by_limit)
            .drop_nulls("limit")
            .group_by("key", "case_id", "limit", maintain_order=True)
            .agg(_went_by=pl.col("_grade").last())
        )
        counted = counted.join(went_by, on=["key", "case_id", "limit"], how="left", maintain_order="left")
        unknown = {
            key: str(limit.unknown)
            for key, limit in tables.items()
            if isinstance(limit, LimitTable) and limit.by == GRADE and limit.unknown is not None
        }
        is_unknown = (
            pl.col("limit") == pl.col("key").replace_strict(unknown, default=None, return_dtype=pl.String)
        ).fill_null(False)
        grade = pl.coalesce("_went_by", pl.when(~is_unknown).then("_last"))
        counted = counted.with_columns(_grade=grade).drop("_went_by")
    else:
        counted = counted.with_columns(_grade=grade)
    return counted.with_columns(pl.col("_grade").cast(pl.Categorical).alias(f"{GROUP}{GRADE}")).drop("_grade", "_last")
