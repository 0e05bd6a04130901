"""The tables of a dive folder as Parquet: the same rows give the same bytes.

Rows are written in groups of one fixed size, so that neither the number of threads nor the size of the batches in
which an engine worked can be seen in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.record_systems.rows.table_writer import TableWriter, read_in_batches
from wardline.reports.wording import MADE_UP

__all__ = ["MADE_UP_KEY", "copy_table", "metadata_of", "write_table"]

MADE_UP_KEY = "wardline.data"  # in the Parquet file's own key-value metadata


def metadata_of(documents: DiveDocuments) -> dict[str, str]:
    """What each table of a dive says of itself: where its records are of nobody, that they are."""
    return {MADE_UP_KEY: MADE_UP} if documents.dive.is_made_up else {}


def copy_table(
    source: Path,
    target: Path,
    change: Callable[[pl.DataFrame], pl.DataFrame] = pl.DataFrame.clone,
    *,
    metadata: Mapping[str, str] | None = None,
) -> int:
    """Write a Parquet file again in our row groups, each changed on the way; return the number of rows.

    Never more than a row group of it is held. `metadata` goes into the file's own key-value pairs.
    """
    schema = change(pl.read_parquet(source, n_rows=0, glob=False)).schema
    with TableWriter(target, schema, metadata=metadata) as writer:
        for rows in read_in_batches(source):
            writer.add(change(rows))
    return writer.row_count


def write_table(table: pl.DataFrame, target: Path, *, metadata: Mapping[str, str] | None = None) -> int:
    """Write a table that is held in memory in the same way; return the number of rows."""
    with TableWriter(target, table.schema, metadata=metadata) as writer:
        writer.add(table)
    return writer.row_count
