"""The rows of the exports, chosen and copied to a working folder: each file is read once, a block at a time.

What later steps need is small and typed then: the raw columns in use, the text of the case or person id, a
fingerprint of the whole row, and the reason for which it is rejected, if any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet

from wardline.errors import ExportError, Problems
from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export, RawBatch
from wardline.record_systems.exports.opening import OpenTable
from wardline.record_systems.mapping.cells import RowPattern
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.rows.rejects import RejectReason, Remark, RemarkKind
from wardline.record_systems.rows.table_writer import TableWriter, read_in_batches
from wardline.threads import Together, in_turn

__all__ = ["Progress", "StagedFile", "Tally", "raw", "stage_all"]

ID_SEPARATOR = "/"
LEFT_OUT = pl.Schema({"id": pl.String()})
# Stands between the cells of a row before they are made one number; no export has it in a cell.
CELL_END = "\x1f"
EMPTY_CELL = "\x00"

Tally = Counter[tuple[RemarkKind, str | None]]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

IN_HUNDREDTHS = 100


def raw(column: str) -> str:
    """What a raw column is called while it stands beside columns of ours."""
    return f"raw:{column}"


@dataclass
class StagedFile:
    """The rows of one file for one table. `reasons` holds a code for each staged row, empty where it is kept."""

    mapping: Mapping
    table: MappedTable
    export: Export
    path: Path
    rows_in: int = 0
    left_out: int = 0
    staged: int = 0
    tally: Tally = field(default_factory=Counter)
    reasons: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt8()))

    def batches(self) -> Iterator[pl.DataFrame]:
        """The staged rows in order, with `reason` as it is now known."""
        at = 0
        for frame in self.read(None):
            yield frame.with_columns(self.reasons.slice(at, frame.height).alias("reason"))
            at += frame.height

    def left_out_batches(self) -> Iterator[pl.DataFrame]:
        """The ids (`id`) of rows that the mapping leaves out, where rows of the table belong to cases."""
        yield from read_in_batches(_left_out_path(self.path))

    def remarks(self) -> Iterator[Remark]:
        """What was counted of it beside its rejects, in the order of the kinds."""
        order = list(RemarkKind)
        tallied = sorted(self.tally.items(), key=lambda item: (order.index(item[0][0]), item[0][1] or ""))
        for (kind, column), count in tallied:
            yield Remark(self.mapping.system, self.export.name, kind, count, column)

    def read(self, columns: list[str] | None) -> Iterator[pl.DataFrame]:
        """Some columns of the staged rows as they were staged."""
        with pyarrow.parquet.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
                yield pl.DataFrame(pa.Table.from_batches([batch]))


def stage_all(opened: Sequence[OpenTable], working: Path, progress: Progress) -> list[list[StagedFile]]:
    """Copy the rows of every file to the folder `working`, table by table. Raises ExportError with all problems."""
    files = [
        _ToStage(of.mapping, of.table, export, working / f"staged-{number}-{at}.parquet", number)
        for number, of in enumerate(opened)
        for at, export in enumerate(of.exports)
    ]
    together = Together(progress, len(files) * IN_HUNDREDTHS)
    problems = Problems(ExportError)
    staged: list[list[StagedFile]] = [[] for _ in opened]
    for file, (found, its_problems) in zip(
        files, in_turn(partial(_tried, together), files, stop=together.stop), strict=True
    ):
        problems += its_problems
        staged[file.number] += [] if found is None else [found]
    problems.tell()
    return staged


@dataclass(frozen=True)
class _ToStage:
    """A file to be staged, and the number of the table that reads it."""

    mapping: Mapping
    table: MappedTable
    export: Export
    path: Path
    number: int


def _tried(together: Together, file: _ToStage) -> tuple[StagedFile | None, Problems]:
    problems = Problems(ExportError)
    told = 0

    def step(share: float, rows: int) -> None:
        nonlocal told
        before, told = told, int(share * IN_HUNDREDTHS)
        together.add(told - before, f"reading {file.mapping.system}: {file.export.name}, {rows:,} rows")

    staged = problems.collect(partial(_stage, file.mapping, file.table, file.export, file.path, step))
    together.add(IN_HUNDREDTHS - told)
    return staged, problems


def _stage(
    mapping: Mapping, table: MappedTable, export: Export, path: Path, progress: Callable[[float, int], None]
) -> StagedFile:
    """Copy the rows of a file that the table's filter keeps to `path`. Raises ExportError."""
    staged = StagedFile(mapping, table, export, path)
    if export.was_read_as_fallback:
        staged.tally[RemarkKind.READ_AS, None] += 1
    if export.is_without_order:
        staged.tally[RemarkKind.NO_ORDER, None] += 1
    writer = None
    with TableWriter(_left_out_path(path), LEFT_OUT, compression="lz4") as left_out:
        try:
            for batch in export.read():
                kept = _chosen(staged, batch, left_out)
                chosen = pl.concat([kept, _uneven(table, batch)]).sort("row", maintain_order=True)
                rows = chosen.to_arrow()
                if writer is None:
                    writer = pyarrow.parquet.ParquetWriter(path, rows.schema, compression="lz4")
                writer.write_table(rows)
                staged.staged += chosen.height
                progress(batch.done, staged.rows_in)
            if writer is None:
                nothing = _staged_schema(table).to_frame().to_arrow()
                writer = pyarrow.parquet.ParquetWriter(path, nothing.schema)
        finally:
            if writer is not None:
                writer.close()
    if staged.rows_in == 0:
        staged.tally[RemarkKind.NO_ROWS, None] += 1
    return staged


def _staged_schema(table: MappedTable) -> pl.Schema:
    return pl.Schema(
        {
            "row": pl.Int64(),
            "reason": pl.UInt8(),
            "fingerprint": pl.UInt64(),
            "id": pl.String(),
            **{raw(column): pl.String() for column in table.columns_kept()},
        }
    )


def _uneven(table: MappedTable, batch: RawBatch) -> pl.DataFrame:
    rows = pl.DataFrame({"row": pl.Series(batch.uneven, dtype=pl.Int64)})
    return rows.select(
        pl.lit(None, dtype=dtype).alias(name)
        if name not in ("row", "reason")
        else pl.col("row")
        if name == "row"
        else pl.lit(RejectReason.UNEVEN_ROW.code, dtype=pl.UInt8).alias("reason")
        for name, dtype in _staged_schema(table).items()
    )


def _left_out_path(path: Path) -> Path:
    return path.with_name(f"left-out-of-{path.name}")


def _chosen(staged: StagedFile, batch: RawBatch, left_out: TableWriter) -> pl.DataFrame:
    """The rows that the filter keeps, each with its fingerprint, its id, and why it is rejected if it is.

    Of those that it leaves out the ids are written to `left_out`: they too show that the system holds their case.
    """
    table, header = staged.table, staged.export.header
    rows = batch.rows.select("row", *(_trimmed(name, table.empty) for name in batch.rows.columns[1:]))
    staged.rows_in += rows.height + len(batch.uneven)
    position = {column: str(at) for at, column in reversed(list(enumerate(header)))}

    def cell(column: str) -> pl.Expr:
        return pl.col(position[column])

    kept = pl.lit(True)
    if table.only_where is not None:
        kept &= _fits(table.only_where, cell)
    if table.leave_out_where is not None:
        kept &= ~_fits(table.leave_out_where, cell)
    every_id = rows.select("row", _id(table, cell).alias("id"))
    rows = rows.filter(kept)
    named = table.names_event_by
    if named is not None and named.column is not None and named.values is not None:
        rows = _with_listed_event(staged, rows, cell(named.column), named.column, named.values)
    staged.left_out += batch.rows.height - rows.height
    if table.belongs_to is not None and rows.height < batch.rows.height:
        ids = every_id.join(rows.select("row"), on="row", how="anti", maintain_order="left").drop_nulls()
        left_out.add(ids.select("id").unique(maintain_order=True))
    cells = [pl.col(name) for name in rows.columns[1:]]
    return rows.select(
        "row",
        _reason(table, cells, cell).alias("reason"),
        # A null must differ from an empty text, and "ab", "c" from "a", "bc".
        pl.concat_str([each.fill_null(EMPTY_CELL) for each in cells], separator=CELL_END).hash().alias("fingerprint"),
        _id(table, cell).alias("id"),
        *(cell(column).alias(raw(column)) for column in table.columns_kept()),
    )


def _trimmed(name: str, empty: tuple[str, ...]) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(~text.is_in(list(empty))).then(text).alias(name)


def _fits(pattern: RowPattern, cell: Callable[[str], pl.Expr]) -> pl.Expr:
    return reduce(
        lambda one, other: one & other, (holds_one_of(cell(column), values) for column, values in pattern.conditions)
    )


def holds_one_of(cell: pl.Expr, values: tuple[str | None, ...]) -> pl.Expr:
    """Whether a cell holds one of some values, None among them being an empty cell; never null."""
    fits = cell.is_in([value for value in values if value is not None]).fill_null(False)
    return fits | cell.is_null() if None in values else fits


def _with_listed_event(
    staged: StagedFile, rows: pl.DataFrame, event: pl.Expr, column: str, values: tuple[tuple[str, str | None], ...]
) -> pl.DataFrame:
    """Only the rows whose event the mapping lists; those that name none at all stay, to be rejected."""
    listed = event.is_in([given for given, _ in values])
    unlisted = rows.select((~listed).sum()).item()
    if unlisted:
        staged.tally[RemarkKind.UNLISTED_EVENT, column] += unlisted
    wanted = event.is_in([given for given, ours in values if ours is not None])
    return rows.filter(wanted | event.is_null())


def _reason(table: MappedTable, cells: list[pl.Expr], cell: Callable[[str], pl.Expr]) -> pl.Expr:
    """Why a row is rejected as far as it alone tells; the first reason of these."""
    no_id = RejectReason.NO_PERSON_ID if table.names_its_case is None else RejectReason.NO_CASE_ID
    has_no_event = pl.lit(False)
    if table.names_event_by is not None and table.names_event_by.column is not None:
        has_no_event = cell(table.names_event_by.column).is_null()
    return (
        pl.when(pl.all_horizontal(each.is_null() for each in cells))
        .then(pl.lit(RejectReason.EMPTY_ROW.code))
        .when(pl.any_horizontal(cell(column).is_null() for column in table.id_columns))
        .then(pl.lit(no_id.code))
        .when(has_no_event)
        .then(pl.lit(RejectReason.NO_EVENT_NAME.code))
        .otherwise(None)
        .cast(pl.UInt8)
    )


def _id(table: MappedTable, cell: Callable[[str], pl.Expr]) -> pl.Expr:
    return pl.concat_str([cell(column) for column in table.id_columns], separator=ID_SEPARATOR)
