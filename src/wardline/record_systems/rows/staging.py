"""The rows of the exports, chosen and copied to a working folder: each file is read once, a block at a time.

What later steps need is small and typed then: the raw columns in use, the text of the case or person id, a
fingerprint of the whole row, and the reason for which it is rejected, if any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow.parquet

from wardline.errors import ExportError, Problems
from wardline.record_systems.exports.export_files import Export, RawBatch
from wardline.record_systems.exports.opening import OpenTable
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.rows.choosing import LEFT_OUT, chosen, staged_schema, uneven
from wardline.record_systems.rows.rejects import RejectReason, RemarkKind, Tally
from wardline.record_systems.rows.staged_files import StagedFile, left_out_path
from wardline.record_systems.rows.table_writer import TableWriter
from wardline.threads import Together, in_turn

__all__ = ["Progress", "stage_all"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

OF_A_TABLE = 10_000  # parts of the work; each file is an equal share of its table's
# What a row is rejected for that is no record: how many cells it has says nothing about those of records.
NO_RECORDS = [
    reason.code
    for reason in (
        RejectReason.EMPTY_ROW,
        RejectReason.UNEVEN_ROW,
        RejectReason.SWALLOWED_CELLS,
        RejectReason.HEADER_ROW,
        RejectReason.SEPARATOR_ROW,
        RejectReason.RULE_ROW,
        RejectReason.TOTAL_ROW,
    )
]


def stage_all(
    found: Iterable[OpenTable], tables: int, working: Path, progress: Progress
) -> tuple[list[OpenTable], list[list[StagedFile]]]:
    """Copy the rows of every file of so many tables to the folder `working`; returns the tables and the files of each.

    Raises ExportError with all problems.
    """
    together = Together(progress, tables * OF_A_TABLE)
    problems = Problems(ExportError)
    opened: list[OpenTable] = []
    staged: list[list[StagedFile]] = []

    def files() -> Iterator[_ToStage]:
        for number, of in enumerate(found):
            opened.append(of)
            staged.append([])
            for at, export in enumerate(of.exports):
                path = working / f"staged-{number}-{at}.parquet"
                yield _ToStage(of.mapping, of.table, export, path, number, OF_A_TABLE // len(of.exports))

    for number, file, its_problems in in_turn(partial(_tried, together), files(), stop=together.stop):
        problems += its_problems
        staged[number] += [] if file is None else [file]
    problems.tell()
    return opened, staged


@dataclass(frozen=True)
class _ToStage:
    """A file to be staged, the number of the table that reads it, and how much of the whole work it is."""

    mapping: Mapping
    table: MappedTable
    export: Export
    path: Path
    number: int
    work: int


def _tried(together: Together, file: _ToStage) -> tuple[int, StagedFile | None, Problems]:
    problems = Problems(ExportError)
    told = 0

    def step(share: float, rows: int) -> None:
        nonlocal told
        before, told = told, int(share * file.work)
        together.add(told - before, f"reading {file.mapping.system}: {file.export.name}, {rows:,} rows")

    staged = problems.collect(partial(_stage, file.mapping, file.table, file.export, file.path, step))
    together.add(file.work - told)
    return file.number, staged, problems


def _stage(
    mapping: Mapping, table: MappedTable, export: Export, path: Path, progress: Callable[[float, int], None]
) -> StagedFile:
    """Copy the rows of a file that the table's filter keeps to `path`. Raises ExportError."""
    staged = StagedFile(mapping, table, export, path)
    if export.was_read_as_fallback:
        staged.tally[RemarkKind.READ_AS, None] += 1
    if export.is_without_order:
        staged.tally[RemarkKind.NO_ORDER, None] += 1
    needed = table.columns_needed()
    staged.tally.update(
        {(RemarkKind.NO_TEXT, column): count for column, count in export.emptied.items() if column in needed}
    )
    writer = None
    long: Counter[int] = Counter()
    no_records = 0
    with TableWriter(left_out_path(path), LEFT_OUT, compression="lz4") as left_out:
        try:
            for batch in export.read():
                kept = pl.concat([chosen(staged, batch, left_out), uneven(table, batch)])
                kept = kept.sort("row", maintain_order=True)
                rows = kept.to_arrow()
                if writer is None:
                    writer = pyarrow.parquet.ParquetWriter(path, rows.schema, compression="lz4")
                writer.write_table(rows)
                staged.staged += kept.height
                _tally(staged.tally, batch)
                long += batch.long
                staged.signs.seen.update({("shortened", export.header[at]): n for at, n in batch.rounded.items()})
                no_records += kept.filter(pl.col("reason").is_in(NO_RECORDS)).height
                progress(batch.done, staged.rows_in)
            if writer is None:
                nothing = staged_schema(table).to_frame().to_arrow()
                writer = pyarrow.parquet.ParquetWriter(path, nothing.schema)
        finally:
            if writer is not None:
                writer.close()
    if staged.rows_in == 0:
        staged.tally[RemarkKind.NO_ROWS, None] += 1
    if not staged.tally[RemarkKind.SHORT_ROWS, None]:
        del staged.tally[RemarkKind.SPLIT_ROWS, None]  # every row has all its cells: the space is only a space
    _tally_long_rows(staged.tally, long, staged.rows_in - no_records)
    return staged


def _tally(tally: Tally, batch: RawBatch) -> None:
    """Count what is to be known of the rows as they stood in the file."""
    counts = {
        RemarkKind.SHORT_ROWS: len(batch.short),
        RemarkKind.QUOTED_SHORT_ROWS: batch.doubted,
        RemarkKind.SPLIT_ROWS: batch.split,
        RemarkKind.SWALLOWED_ROWS: batch.swallowing,
    }
    for kind, count in counts.items():
        if count:
            tally[kind, None] += count


def _tally_long_rows(tally: Tally, long: Counter[int], rows: int) -> None:
    """Count the rows with empty cells behind the header's last, by `long`; `rows` is how many rows the file has.

    If all rows have the same number of them, a program has written a separator behind each row. If some have more than
    others, or text there, a separator inside a text may have put all that follows it one column off.
    """
    with_text = long.pop(0, 0)
    fewest = 0 if rows + with_text > long.total() else min(long, default=0)
    of_all = long.pop(fewest, 0)
    for kind, count in ((RemarkKind.LONG_ROWS, of_all), (RemarkKind.SOME_LONG_ROWS, long.total())):
        if count:
            tally[kind, None] += count
