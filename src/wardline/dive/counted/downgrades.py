"""The grades of a dive that were lowered late, read from its folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from wardline.dive.counted.report_contents import gradings
from wardline.dive.kept.manifest import read_manifest, readable_dive
from wardline.dive.kept.settings import read_settings
from wardline.events import read_event_log
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.reports import late_downgrades

__all__ = ["downgrades_of", "read_downgrades"]

COLUMNS = ("case_id", "child_id", "triggered_at", "deadline", "graded_at", "grade", "graded_when", "was_answered")


def read_downgrades(folder: Path) -> pl.DataFrame:
    """Of each obligation whose limit goes by an event: the gradings that lowered it late, one row for each.

    `obligation` in full, the occasion, when it was graded, the lower grade, `graded_when` (*in the last quarter* of
    the time allowed, or *after the limit*), and `was_answered`: whether there was a response by then. Raises
    OutputError where the folder holds no whole dive.
    """
    manifest = read_manifest(folder)
    with readable_dive(folder):
        obligations = read_settings(folder).obligations
        as_at = datetime.fromisoformat(manifest["as at in UTC"])
        graded = gradings(obligations, read_event_log(folder), as_at=as_at)
        return downgrades_of(obligations, pl.read_parquet(folder / "findings.parquet"), graded)


def downgrades_of(
    obligations: Sequence[ResolvedObligation], findings: pl.DataFrame, graded: pl.DataFrame | None
) -> pl.DataFrame:
    """The same from the findings and the gradings, obligation by obligation in their order."""
    found = []
    for item in obligations:
        is_mine = (
            (pl.col("standard") == item.standard)
            & (pl.col("version") == item.version)
            & (pl.col("obligation") == item.obligation.id)
        )
        goes_by_an_event = isinstance(item.obligation.time_limit, LimitTable)
        mine = findings.filter(is_mine) if goes_by_an_event else findings.clear()
        rows = late_downgrades(graded, item, mine)
        found.append(rows.select(pl.lit(item.full_name).alias("obligation"), *COLUMNS))
    return pl.concat(found) if found else pl.DataFrame(schema=["obligation", *COLUMNS])
