"""The findings of a dive as they are listed: one narrow table, each column as an address and a filter name it.

It is read from the dive's own Parquet, only the columns that a list goes by, and kept in a file beside the dives, so
that each process of the workspace opens it at once. The file is named by the dive's manifest: a dive never changes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from wardline.dive import KeptDive
from wardline.events import is_restricted
from wardline.measures import CountedTable, RowFilter
from wardline.time_limits import days_since_column, elapsed_column, local_date_column

__all__ = ["LISTED", "NIGHT", "NOT_RECORDED", "keep_listed", "listed_findings"]

NOT_RECORDED = "not-recorded"
NIGHT = (22, 23, 0, 1, 2, 3)  # local hours
MINUTE = 60_000_000  # in microseconds
FORM = 1  # of the kept file; another number where its columns change

FILTERED = ("obligation", "outcome", "reason", "grade", "district", "care", "month", "time", "standing", "judged")
LISTED = pl.Schema(
    {
        "case_id": pl.String(),
        **dict.fromkeys(FILTERED, pl.String()),
        "began": pl.Datetime("us", "UTC"),  # empty in a release, which has no clock times
        "age": pl.String(),
        "wait": pl.Int32(),  # minutes from the start to the response
        "late_by": pl.Int32(),  # minutes, at least
        "late_days": pl.Int32(),  # instead, where only the day of the response is known
        "written_after": pl.Int32(),  # minutes from the response to its entry
    }
)
"""The newest first. `judged` is `yes` where the finding is in a share; `month` is the local one in which it began."""


def listed_findings(dive: KeptDive) -> pl.DataFrame:
    """The findings of a force's own dive: `LISTED`. Restricted cases are counted in its figures, and never listed."""
    tables, calendar = dive.tables, dive.calendar
    found = tables.occasions(RowFilter(CountedTable.OCCASIONS), "is_in_share", "hour", "day").filter(~is_restricted())
    by_day = _known_by_day(dive)
    responded = pl.col("responded_at")
    late = pl.col("late_by").is_not_null()
    only_day = pl.col("response_event").is_in(by_day.implode()).fill_null(False)
    days = days_since_column(local_date_column(pl.col("deadline"), calendar), responded, calendar)
    hour = pl.col("hour")
    return (
        found.join(_of_cases(dive), on="case_id", how="left", maintain_order="left")
        .select(
            "case_id",
            pl.format("{}/{}", "standard", "obligation").alias("obligation"),
            "outcome",
            pl.col("reason").fill_null(""),
            *(pl.col(name).fill_null(NOT_RECORDED) for name in ("grade", "district", "care")),
            pl.col("day").dt.strftime("%Y-%m").fill_null(NOT_RECORDED).alias("month"),
            pl.when(hour.is_null())
            .then(pl.lit(NOT_RECORDED))
            .when(hour.is_in(NIGHT))
            .then(pl.lit("night"))
            .otherwise(pl.lit("rest"))
            .alias("time"),
            "standing",
            pl.when("is_in_share").then(pl.lit("yes")).otherwise(pl.lit("no")).alias("judged"),
            pl.col("triggered_at").alias("began"),
            pl.lit(None, pl.String()).alias("age"),
            _minutes(elapsed_column(pl.col("triggered_at"), responded)).alias("wait"),
            pl.when(late & ~only_day).then(_minutes(pl.col("late_by"))).alias("late_by"),
            pl.when(late & only_day).then(days).alias("late_days"),
            _minutes(elapsed_column(responded, pl.col("response_recorded_at"))).alias("written_after"),
        )
        .sort("began", descending=True, nulls_last=True, maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in LISTED.items())
        .collect()
    )


def _minutes(length: pl.Expr) -> pl.Expr:
    return (length.dt.total_microseconds() // MINUTE).cast(pl.Int32(), strict=False)


def _of_cases(dive: KeptDive) -> pl.LazyFrame:
    """`case_id` with `district`, `care` and the `grade` that was given first; empty where there is none."""
    has = dive.cases.collect_schema().names()
    cases = dive.cases.select(
        "case_id",
        *(
            (pl.col(column).cast(pl.String()) if column in has else pl.lit(None, pl.String())).alias(name)
            for name, column in (("district", "district"), ("care", "from_care"))
        ),
    ).unique("case_id", keep="first", maintain_order=True)
    if "grade" not in dive.events.collect_schema():
        return cases.with_columns(grade=pl.lit(None, pl.String()))
    graded = dive.tables.known_events.select("case_id", "happened_at", "event_id", pl.col("grade").cast(pl.String()))
    first = (
        graded.filter(pl.col("grade").is_not_null())
        .sort("happened_at", "event_id", nulls_last=True)
        .unique("case_id", keep="first", maintain_order=True)
        .select("case_id", "grade")
    )
    return cases.join(first, on="case_id", how="left", maintain_order="left")


def _known_by_day(dive: KeptDive) -> pl.Series:
    """The events of which only the local day is known, or the time roughly."""
    inexact = dive.events.filter(pl.col("happened_by") > pl.col("happened_at"))
    return inexact.select("event_id").collect()["event_id"]


def keep_listed(folder: Path, manifest_sha256: str, made: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """What `made()` gives, from the kept file where there is one; else made, and kept for the next process.

    Whole or not at all: it is written beside and renamed. Only its owner may read it.
    """
    path = folder / f"{manifest_sha256}-{FORM}.parquet"
    if path.exists():
        try:
            return pl.read_parquet(path, glob=False)
        except (pl.exceptions.PolarsError, OSError):
            pass  # cut off by a full disk: it is made again
    frame = made()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, writing = tempfile.mkstemp(prefix=".writing-", dir=folder)
        os.close(number)
        frame.write_parquet(writing)
        os.replace(writing, path)
    except OSError:
        pass  # it is only quicker with the file
    return frame
