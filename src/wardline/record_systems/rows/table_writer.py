"""Tables written to Parquet as their rows come, in row groups of one size whatever the batches were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet

__all__ = ["TableWriter", "read_in_batches"]

ROWS_IN_A_GROUP = 1 << 18
WIDELY_READ = pl.CompatLevel.oldest()  # of Arrow's kinds of text, those that every reader of Parquet knows


class TableWriter:
    """Writes one table; columns that a frame lacks are empty. `metadata` goes into the file's own key-value pairs.

    Used as a context.
    """

    def __init__(
        self, path: Path, schema: pl.Schema, *, compression: str = "zstd", metadata: Mapping[str, str] | None = None
    ) -> None:
        self.path = path
        self.schema = schema
        self.row_count = 0
        self._waiting: list[pl.DataFrame] = []
        self._waiting_count = 0
        arrow = schema.to_frame().to_arrow(compat_level=WIDELY_READ).schema
        if metadata:
            arrow = arrow.with_metadata({**(arrow.metadata or {}), **metadata})
        self._writer = pyarrow.parquet.ParquetWriter(path, arrow, compression=compression)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._waiting_count:
                self._write(pl.concat(self._waiting))
        finally:
            self._writer.close()

    def add(self, frame: pl.DataFrame) -> None:
        """Add rows; they are written once there are enough for a row group."""
        if not frame.height:
            return
        self.row_count += frame.height
        self._waiting.append(
            frame.select(
                pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name)
                for name, dtype in self.schema.items()
            )
        )
        self._waiting_count += frame.height
        if self._waiting_count >= ROWS_IN_A_GROUP:
            rows = pl.concat(self._waiting)
            whole = rows.height - rows.height % ROWS_IN_A_GROUP
            for at in range(0, whole, ROWS_IN_A_GROUP):
                self._write(rows.slice(at, ROWS_IN_A_GROUP))
            # A copy, because a slice would keep all the rows alive.
            self._waiting = [rows.slice(whole).clone()]
            self._waiting_count = rows.height - whole

    def _write(self, frame: pl.DataFrame) -> None:
        self._writer.write_table(frame.to_arrow(compat_level=WIDELY_READ), row_group_size=ROWS_IN_A_GROUP)


def read_in_batches(path: Path, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
    """The rows of a table in order, in batches of a row group at most."""
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_IN_A_GROUP, columns=columns):
            yield pl.DataFrame(pa.Table.from_batches([batch]))
