"""The rows of a CSV file, read in blocks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv

from wardline.errors import ExportError, ProblemKind
from wardline.record_systems.exports.export_files import RawBatch, export_problem
from wardline.table_files.quotation_marks import cells_of, seems_to_hold_rows
from wardline.table_files.swallowed_cells import SwallowedCells, swallowed_cells
from wardline.table_files.uneven_rows import UnevenRow, mended, seem_split

__all__ = ["BLOCK", "CsvRows", "unclosed_quotation_mark"]

BLOCK = 1 << 23  # bytes read at once; a single cell must be smaller
ROWS_BEFORE = 1_000


def unclosed_quotation_mark(shown_as: str, row: int | None) -> ExportError:
    """That rows cannot be told apart, as an error."""
    where = "" if row is None else f" in row {row}"
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        f"A quotation mark is opened{where} and not closed properly, so the rows after it cannot be told apart.",
        "Ask for an export in which quotation marks inside a text are doubled.",
    )


class CsvRows:
    """Reads one file's rows with Arrow, and the uneven ones, which Arrow passes over, in our own way."""

    def __init__(
        self,
        path: Path,
        shown_as: str,
        encoding: str,
        separator: str,
        header_row: int,
        header_line: int,
        width: int,
        named: int,
    ) -> None:
        self.path = path
        self.shown_as = shown_as
        self.encoding = "utf8" if encoding in ("utf-8", "utf-8-sig") else encoding
        self.separator = separator
        self.header_row = header_row
        self.header_line = header_line  # further down where a cell above goes over several lines
        self.width = width
        self.named = named  # the header's cells up to the last that has a name
        self.names = [str(position) for position in range(width)]
        self.uneven: list[UnevenRow] = []
        self.before = self._empty()  # the last rows of the batch before, which show how cells are written

    def batches(self) -> Iterator[RawBatch]:
        """The rows, in order. Raises ExportError where a cell is too large to be one."""
        size = max(1, self.path.stat().st_size)
        next_row = self.header_row
        with self.path.open("rb") as file:
            try:
                for batch in self._open(file):
                    frame = pl.DataFrame(pa.Table.from_batches([batch]))
                    numbers = self._row_numbers(next_row, frame.height)
                    next_row = numbers[-1] + 1 if frame.height else next_row
                    frame = frame.insert_column(0, numbers).filter(pl.col("row") != self.header_row)
                    yield self._batch(frame, self._uneven_before(next_row), min(1.0, file.tell() / size))
            except pa.ArrowInvalid:
                raise unclosed_quotation_mark(self.shown_as, None) from None
        if self.uneven:
            yield self._batch(self._empty(), self.uneven, 1.0)
        self.before = self._empty()

    def _empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema={"row": pl.Int64(), **{name: pl.String() for name in self.names}})

    def _open(self, file: io.BufferedReader) -> pyarrow.csv.CSVStreamingReader:
        return pyarrow.csv.open_csv(
            file,
            # Rows that are passed over are only numbered when read by one thread.
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False,
                column_names=self.names,
                # The header is read as a row: where it holds a zero byte, `skip_rows_after_names` skips other rows.
                skip_rows=self.header_line - 1,
                block_size=BLOCK,
                encoding=self.encoding,
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=self.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self._pass_over,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.string() for name in self.names}, strings_can_be_null=False
            ),
        )

    def _pass_over(self, row: pyarrow.csv.InvalidRow) -> str:
        assert row.number is not None
        number = row.number - self.header_line + self.header_row
        if number != self.header_row:
            as_written = row.text if '"' in row.text else ""
            self.uneven.append(UnevenRow(number, cells_of(row.text, self.separator), as_written))
        return "skip"

    def _batch(self, even: pl.DataFrame, uneven: list[UnevenRow], done: float) -> RawBatch:
        """The rows that Arrow has read, and among them the uneven ones that could be mended."""
        found = mended(uneven, self.width, self.named)
        rows = even
        if found.rows:
            numbers = pl.Series("row", [row.number for row in found.rows], dtype=pl.Int64)
            cells = pl.DataFrame(
                [row.cells for row in found.rows], dict.fromkeys(self.names, pl.String()), orient="row"
            )
            rows = pl.concat([even, cells.insert_column(0, numbers)]).sort("row")
        short = found.short
        read = {row.number for row in found.rows}
        quoted = [row for row in uneven if row.as_written and len(row.cells) < self.width and row.number in read]
        marks = swallowed_cells(quoted, pl.concat([self.before, rows]), self.separator) if quoted else SwallowedCells()
        # Copied, or the whole batch would be held in memory for as long as the file is known.
        self.before = pl.DataFrame(rows.tail(ROWS_BEFORE).to_dict(as_series=False), rows.schema)
        if marks.rejected:
            rows = rows.filter(~pl.col("row").is_in(marks.rejected))
            short = tuple(number for number in short if number not in marks.rejected)
        swallowing = seems_to_hold_rows(rows, self.separator)
        split = seem_split(rows)
        return RawBatch(rows, found.rejected, done, short, found.long, swallowing, split, marks.rejected, marks.doubted)

    def _row_numbers(self, first: int, count: int) -> pl.Series:
        numbers = pl.Series("row", range(first, first + count + len(self.uneven)), dtype=pl.Int64)
        if self.uneven:
            numbers = numbers.filter(~numbers.is_in([row.number for row in self.uneven]))
        return numbers.head(count)

    def _uneven_before(self, next_row: int) -> list[UnevenRow]:
        found = [row for row in self.uneven if row.number < next_row]
        self.uneven = [row for row in self.uneven if row.number >= next_row]
        return found
