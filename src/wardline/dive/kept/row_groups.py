"""The tables of a dive folder as Parquet: the same rows give the same bytes.

Rows are written in groups of one fixed size, so that neither the number of threads nor the size of the batches in
which an engine worked can be seen in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from wardline.reports.wording import MADE_UP

__all__ = ["MADE_UP_KEY", "copy_table", "made_up_metadata", "write_table"]

ROWS_AT_A_TIME = 250_000
MADE_UP_KEY = "wardline.data"  # in the Parquet file's own key-value metadata


def made_up_metadata(*, is_made_up: bool) -> dict[str, str]:
    """What a table says of itself where its records are of nobody."""
    return {MADE_UP_KEY: MADE_UP} if is_made_up else {}


def copy_table(
    source: Path,
    target: Path,
    change: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
    *,
    metadata: Mapping[str, str] | None = None,
) -> int:
    """Write a Parquet file again in our row groups, each changed on the way; return the number of rows."""
    return write_table(pl.scan_parquet(source), target, change, metadata=metadata)


def write_table(
    table: pl.LazyFrame | pl.DataFrame,
    target: Path,
    change: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
    *,
    metadata: Mapping[str, str] | None = None,
) -> int:
    """Write a table a piece at a time, in bounded memory; return the number of rows.

    `metadata` goes into the file's own key-value pairs.
    """
    lazy = table.lazy()
    rows = int(lazy.select(pl.len()).collect().item())
    writer: pq.ParquetWriter | None = None
    try:
        for start in range(0, max(rows, 1), ROWS_AT_A_TIME):
            piece = lazy.slice(start, ROWS_AT_A_TIME).collect()
            arrow = (piece if change is None else change(piece)).to_arrow(compat_level=pl.CompatLevel.oldest())
            if metadata:
                arrow = arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **metadata})
            if writer is None:
                writer = pq.ParquetWriter(target, arrow.schema, compression="zstd")
            writer.write_table(arrow, row_group_size=ROWS_AT_A_TIME)
    finally:
        if writer is not None:
            writer.close()
    return rows
