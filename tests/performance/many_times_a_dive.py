"""A dive folder many times as large as one that was made: its cases so many times over, each with a number of its own.

Every table is valid and the manifest is of these files. Measures and pages stay those of the dive that it was made of.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import polars as pl

__all__ = ["many_times"]

EVENT_IDS = ("event_id", "trigger_event", "response_event", "exemption_event")
ROWS_TOGETHER = 100_000  # in a group of a Parquet file


def many_times(dive: Path, times: int, out: Path) -> None:
    """Write into `out`, which is not there yet, a dive of so many times the cases of `dive`."""
    shutil.copytree(dive, out)
    events = pl.read_parquet(dive / "events.parquet").height
    for name in ("cases", "case_sources", "events"):
        table = pl.read_parquet(dive / f"{name}.parquet")
        _write(pl.concat(_another(table, at, events) for at in range(times)), out / f"{name}.parquet")
    # Obligation by obligation, as a dive writes them.
    findings = pl.read_parquet(dive / "findings.parquet")
    parts = findings.partition_by("standard", "version", "obligation", maintain_order=True)
    _write(pl.concat(_another(part, at, events) for part in parts for at in range(times)), out / "findings.parquet")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for one in manifest["outputs"]:
        one["sha256"] = hashlib.sha256((out / one["name"]).read_bytes()).hexdigest()
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def _another(table: pl.DataFrame, at: int, events: int) -> pl.DataFrame:
    """The same rows of other cases: their numbers and those of their events are told apart."""
    ids = [(pl.col(name) + at * events) for name in EVENT_IDS if name in table.columns]
    return table.with_columns(pl.format("{}-{}", "case_id", pl.lit(at)).alias("case_id"), *ids)


def _write(table: pl.DataFrame, path: Path) -> None:
    table.write_parquet(path, row_group_size=ROWS_TOGETHER)
