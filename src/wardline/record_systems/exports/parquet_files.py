"""Parquet files: typed columns as text, dates and times as such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet

from wardline.errors import ProblemKind
from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export, RawBatch, export_problem, named_header

__all__ = ["open_parquet"]

LOCAL_TEXT = "%Y-%m-%d %H:%M:%S%.6f"


def open_parquet(path: Path, name: str, shown_as: str) -> Export:
    """Look at a Parquet file. Raises ExportError where it is none or a column cannot be read as text."""
    try:
        file = pyarrow.parquet.ParquetFile(path)
        empty = pl.DataFrame(file.schema_arrow.empty_table())
        row_count = file.metadata.num_rows
        file.close()
    except (pa.ArrowException, OSError):
        raise export_problem(
            ProblemKind.UNREADABLE_FILE,
            shown_as,
            "This file is not a Parquet file that can be read.",
            "Ask for it to be exported again.",
        ) from None
    nested = [column for column, dtype in empty.schema.items() if dtype.is_nested() or dtype == pl.Binary()]
    typed = {column for column, dtype in empty.schema.items() if dtype.is_temporal()}

    def read() -> Iterator[RawBatch]:
        first = 1
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
                frame = pl.DataFrame(pa.Table.from_batches([batch]))
                texts = frame.select(
                    _as_text(pl.col(column), dtype).alias(str(position))
                    if column not in nested
                    else pl.lit(None, dtype=pl.String).alias(str(position))
                    for position, (column, dtype) in enumerate(frame.schema.items())
                )
                texts.insert_column(0, pl.Series("row", range(first, first + frame.height), dtype=pl.Int64))
                first += frame.height
                yield RawBatch(texts, done=(first - 1) / row_count)

    # A column of lists or records is no column of cells: where the mapping needs one, it is missing.
    header = [f"{column} (not a column of cells)" if column in nested else column for column in empty.columns]
    return Export(
        name=name,
        path=path,
        header=named_header(header),
        read=read,
        typed=frozenset(column.strip() for column in typed),
    )


def _as_text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    match dtype:
        case pl.Datetime():
            if dtype.time_zone is None:
                return column.dt.cast_time_unit("us").dt.strftime(LOCAL_TEXT)
            return column.dt.convert_time_zone("UTC").dt.cast_time_unit("us").dt.strftime(f"{LOCAL_TEXT}Z")
        case pl.Time():
            return column.dt.strftime("%H:%M:%S%.f")
        case pl.Float32() | pl.Float64():
            # A column of whole numbers with gaps comes as 1.0, 2.0, null.
            whole = column.is_finite() & (column == column.round(0)) & (column.abs() < 2.0**53)
            return (
                pl.when(whole)
                .then(column.cast(pl.Int64, strict=False).cast(pl.String))
                .otherwise(column.cast(pl.String))
            )
    return column.cast(pl.String)
