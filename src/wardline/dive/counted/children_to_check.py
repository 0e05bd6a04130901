"""The children whose cases somebody must look at today, found before anything else is written.

They are the open cases past a deadline without a record of what was owed, and the closed ones where a step that
protects the child was owed and no record of it is found. The list is not held back by anything: not by a limit
that nobody has confirmed yet, nor by a gap in the records.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from wardline.events import EventLog
from wardline.findings import Outcome, Reason
from wardline.obligations import Never, ResolvedObligation
from wardline.reports.wording import MADE_UP
from wardline.time_limits import Calendar

__all__ = ["children_to_check", "count_children", "write_children_to_check"]

# Why it cannot be told that nothing was done, where nothing is recorded. The other reasons rest on a record of some
# kind, or on a system that could never show it: then every open case would be listed, and those that matter drown.
MAY_HIDE_A_CHILD = (Reason.RECORD_GAP, Reason.NOT_JOINED, Reason.TIME_NOT_EXACT)
COLUMNS = ("case", "child", "obligation", "deadline")
MADE_UP_CELL = "yes"  # under a last column that is there only where the records are of nobody


def children_to_check(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> pl.DataFrame:
    """`case`, `child` (empty where no child is named), `obligation` in full and `deadline`. A child's rows stand
    together, the child with the earliest deadline first; within a child, the earliest first.

    A *never* is left out: it asks for no step that somebody could still take.
    """
    kinds = pl.DataFrame(
        {
            "_key": [o.key for o in obligations],
            "_safeguarding": [o.obligation.safeguarding for o in obligations],
            "_never": [isinstance(o.obligation, Never) for o in obligations],
        },
        schema={"_key": pl.String, "_safeguarding": pl.Boolean, "_never": pl.Boolean},
    ).lazy()
    closed = event_log.cases.select("case_id", (pl.col("closed_at") <= as_at).fill_null(False).alias("_closed"))
    text = pl.col("standard", "version", "obligation", "outcome", "reason").cast(pl.String)
    no_record = pl.col("outcome") == Outcome.MISSED.value
    not_told = (
        pl.col("reason").is_in([reason.value for reason in MAY_HIDE_A_CHILD])
        & pl.col("response_event").is_null()
        & pl.col("exempted_at").is_null()
        & (pl.col("deadline") < as_at)
    )
    return (
        findings.with_columns(text)
        .filter(no_record | not_told)
        .select(
            "case_id",
            "child_id",
            "deadline",
            "outcome",
            pl.format("{}/{}", "standard", "obligation").alias("obligation"),
            pl.format("{}/{} {}", "standard", "obligation", "version").alias("_key"),
        )
        .join(kinds, on="_key", how="left")
        .filter(~pl.col("_never"))
        .join(closed, on="case_id", how="left")
        .filter(~pl.col("_closed") | (pl.col("_safeguarding") & (pl.col("outcome") == Outcome.MISSED.value)))
        .select(pl.col("case_id").alias("case"), pl.col("child_id").alias("child"), "obligation", "deadline")
        .unique()
        .with_columns(_who=pl.coalesce("child", "case"))
        .with_columns(_first=pl.col("deadline").min().over("_who"))
        .sort("_first", "_who", "deadline", "case", "obligation", nulls_last=True)
        .drop("_first", "_who")
        .collect()
    )


def count_children(listed: pl.DataFrame) -> tuple[int, int]:
    """How many children are named, and how many cases name none: how many children those are is not known."""
    return listed["child"].drop_nulls().n_unique(), listed.filter(pl.col("child").is_null())["case"].n_unique()


def write_children_to_check(listed: pl.DataFrame, path: Path, calendar: Calendar, *, is_made_up: bool = False) -> None:
    """Write the list as a CSV file that a spreadsheet opens; deadlines are local times.

    Where the records are of nobody a last column says so, in its heading too: the file goes from hand to hand alone.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    last = (MADE_UP_CELL,) if is_made_up else ()
    writer.writerow([*COLUMNS, MADE_UP] if is_made_up else COLUMNS)
    for case, child, obligation, deadline in listed.select(COLUMNS).iter_rows():
        local = "" if deadline is None else f"{calendar.local(deadline):%Y-%m-%d %H:%M}"
        writer.writerow([case, child or "", obligation, local, *last])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
