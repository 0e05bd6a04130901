"""Parquet files: typed columns as text, dates and times as such."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet

from wardline.english import and_list
from wardline.errors import ExportError, ProblemKind
from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export, RawBatch, export_problem, named_header
from wardline.table_files.parquet_columns import as_text, holds_times, refused_in_words, rounded

__all__ = ["open_parquet"]

ENCRYPTED = b"PARE"
# What is raised about a file that is damaged, cut off or made to do harm.
UNREADABLE = (pa.ArrowException, OSError, OverflowError, UnicodeError)


def open_parquet(path: Path, name: str, shown_as: str) -> Export:
    """Look at a Parquet file. Raises ExportError where it is none."""
    try:
        with _opened(path) as file, pyarrow.parquet.ParquetFile(file) as found:
            schema = found.schema_arrow
            row_count = found.metadata.num_rows
            names = schema.names
    except pa.ArrowNotImplementedError:
        raise _of_unknown_type(path, shown_as) from None
    except UNREADABLE:
        raise _no_parquet(path, shown_as) from None
    fields = [schema.field(position) for position in range(len(names))]
    header = named_header(names)
    refused = {column: refused_in_words(field.type) for column, field in zip(header, fields, strict=True)}
    return Export(
        name=name,
        path=path,
        header=header,
        read=lambda: _batches(path, shown_as, row_count),
        typed=frozenset(column for column, field in zip(header, fields, strict=True) if holds_times(field.type)),
        refused={column: words for column, words in refused.items() if words is not None},
    )


def _batches(path: Path, shown_as: str, row_count: int) -> Iterator[RawBatch]:
    first = 1
    with _opened(path) as file:
        try:
            with pyarrow.parquet.ParquetFile(file, page_checksum_verification=True) as found:
                for batch in found.iter_batches(batch_size=ROWS_AT_ONCE):
                    rows = _rows(batch).insert_column(
                        0, pl.Series("row", range(first, first + batch.num_rows), dtype=pl.Int64)
                    )
                    first += batch.num_rows
                    lost = Counter({at: rounded(cells) for at, cells in enumerate(batch.columns)})
                    yield RawBatch(rows, done=min(1.0, (first - 1) / max(1, row_count)), rounded=lost)
        except UNREADABLE:
            raise _damaged(shown_as) from None
    if first - 1 != row_count:
        raise _damaged(shown_as)


def _opened(path: Path) -> pa.OSFile:
    """A file by the bytes of its name, which need not be UTF-8."""
    return pa.OSFile(os.fsencode(path))


def _rows(batch: pa.RecordBatch) -> pl.DataFrame:
    """The cells of some rows as text, by position; empty where a column's type is refused."""
    nothing = pl.Series([None] * batch.num_rows, dtype=pl.String)
    return pl.DataFrame(
        [
            (as_text(cells) if refused_in_words(cells.type) is None else nothing).alias(str(position))
            for position, cells in enumerate(batch.columns)
        ]
    )


def _no_parquet(path: Path, shown_as: str) -> ExportError:
    with path.open("rb") as file:
        is_encrypted = file.read(len(ENCRYPTED)) == ENCRYPTED
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        "This Parquet file is encrypted." if is_encrypted else "This file is not a Parquet file that can be read.",
        "Ask for it to be exported again, without encryption." if is_encrypted else "Ask for it to be exported again.",
    )


def _of_unknown_type(path: Path, shown_as: str) -> ExportError:
    """Arrow opens no file with such a column; Polars, which writes them, can say which it is."""
    try:
        with path.open("rb") as file:
            types = pl.read_parquet_schema(file)
    except (pl.exceptions.PolarsError, OSError):
        return _no_parquet(path, shown_as)
    wide = [f"`{column}`" for column, dtype in types.items() if dtype in (pl.Int128, pl.UInt128)]
    which = f" They are in {and_list(wide)}." if wide else ""
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        f"This Parquet file has values of a type that is not known here, such as whole numbers of 128 bits.{which}",
        "Ask for an export in which they are text.",
    )


def _damaged(shown_as: str) -> ExportError:
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        "This Parquet file is damaged: not all of its rows can be read.",
        "Ask for it to be exported again.",
    )
