"""A file of exports whose rows were copied to a working folder: what is known of it, and how they are read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet

from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.rows.rejects import FileCount, Remark, RemarkKind, Tally
from wardline.record_systems.rows.same_minutes import FilledEnds, SameMinutes
from wardline.record_systems.rows.signs_in_columns import Signs
from wardline.record_systems.rows.table_writer import read_in_batches
from wardline.record_systems.rows.words_shown import frequent_codes, words_of_mapping

__all__ = ["StagedFile", "left_out_path", "raw"]


def raw(column: str) -> str:
    """What a raw column is called while it is beside our columns."""
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
    signs: Signs = field(init=False)
    unlisted: Counter[str] = field(default_factory=Counter)  # events that the mapping does not list
    same_minutes: SameMinutes = field(default_factory=SameMinutes)
    filled_ends: FilledEnds = field(default_factory=FilledEnds)
    of_table: Sequence[StagedFile] = field(default=(), repr=False, compare=False)  # all files of its table
    of_days: frozenset[str] = frozenset()
    of_nobody: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.String()))  # person numbers
    person_is_the_case: bool = False  # whether the number of the person is that of the case
    reasons: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt8()))

    def __post_init__(self) -> None:
        self.signs = Signs(self.table, self.mapping.calendar, is_of_a_workbook=self.export.sheet is not None)

    @property
    def workbook(self) -> str | None:
        """The name of the workbook of which this is a sheet; None of another file."""
        sheet = self.export.sheet
        return None if sheet is None else self.export.name.removesuffix(f", sheet {sheet.name}")

    def batches(self) -> Iterator[pl.DataFrame]:
        """The staged rows in order, with `reason` as it is now known."""
        at = 0
        for frame in self.read(None):
            yield frame.with_columns(self.reasons.slice(at, frame.height).alias("reason"))
            at += frame.height

    def left_out_batches(self) -> Iterator[pl.DataFrame]:
        """The ids (`id`) of rows that the mapping leaves out, where rows of the table belong to cases."""
        yield from read_in_batches(left_out_path(self.path))

    def remarks(self) -> Iterator[Remark]:
        """What was counted of it beside its rejects, in the order of the kinds."""
        order = list(RemarkKind)
        together = self.tally + self.same_minutes.tally()
        together += self.filled_ends.tally([file.filled_ends for file in self.of_table])
        if (named := self.table.names_event_by) is not None and named.column is not None:
            shown = frequent_codes(self.unlisted, words_of_mapping(self.mapping))
            for code, count in shown:
                together[RemarkKind.UNLISTED_CODE, f"{named.column}: {code}"] = count
            others = self.tally[RemarkKind.UNLISTED_EVENT, named.column] - sum(count for _, count in shown)
            if shown and others:
                together[RemarkKind.OTHER_UNLISTED, named.column] = others
        tallied = sorted(together.items(), key=lambda item: (order.index(item[0][0]), item[0][1] or ""))
        for (kind, column), count in tallied:
            of_book = self.workbook if kind is RemarkKind.UNREAD_SHEETS else None
            yield Remark(self.mapping.system, of_book or self.export.name, kind, count, column)

    def count(self, kept: int, rejected: int) -> FileCount:
        """What became of its rows."""
        return FileCount(
            self.mapping.system,
            self.table.position + 1,
            self.export.name,
            self.rows_in,
            kept,
            self.left_out,
            rejected,
            self.export.sha256,
            self.workbook,
            self.export.path,
        )

    def read(self, columns: list[str] | None) -> Iterator[pl.DataFrame]:
        """Some columns of the staged rows as they were staged."""
        with pyarrow.parquet.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
                yield pl.DataFrame(pa.Table.from_batches([batch]))


def left_out_path(path: Path) -> Path:
    """Where the ids of the rows are that the mapping leaves out of a file that was copied to `path`."""
    return path.with_name(f"left-out-of-{path.name}")
