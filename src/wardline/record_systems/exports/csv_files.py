"""CSV files: their encoding and separator found by looking, their rows read in blocks."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv

from wardline.errors import ProblemKind
from wardline.record_systems.exports.export_files import (
    Export,
    RawBatch,
    export_problem,
    header_row_number,
    named_header,
)
from wardline.record_systems.mapping.cells import Files

__all__ = ["SEPARATORS", "csv_beginning", "open_csv"]

SEPARATORS = (",", ";", "\t", "|")
FALLBACK = "cp1252"
# The five bytes that Windows-1252 leaves without a meaning.
NOT_IN_FALLBACK = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What other kinds of file begin with, and what to do with such a file.
OTHER_KINDS = (
    (b"PK\x03\x04", "a workbook", "Give it the ending `.xlsx`, in its name and in the mapping."),
    (b"\xd0\xcf\x11\xe0", "an old workbook", "Give it the ending `.xls`, in its name and in the mapping."),
    (b"PAR1", "a Parquet file", "Give it the ending `.parquet`, in its name and in the mapping."),
    (b"%PDF", "a PDF", "Ask for the table itself, as CSV or as a workbook."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
)
LOOKED_AT = 1 << 18  # bytes, for header and separator
ENDING = 64  # bytes, for whether the file ends with a quotation mark
BLOCK = 1 << 23  # bytes read at once; a single cell must be smaller


def open_csv(path: Path, name: str, shown_as: str, files: Files, needed: Collection[str]) -> Export:
    """Look at a CSV file. Raises ExportError where it is empty or written otherwise than it should be."""
    with path.open("rb") as file:
        beginning = file.read(LOOKED_AT)
    if not beginning.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise export_problem(
            ProblemKind.EMPTY_FILE, shown_as, "This file is empty.", "Ask for it to be exported again."
        )
    for signature, kind, remedy in OTHER_KINDS:
        if beginning.startswith(signature):
            raise export_problem(ProblemKind.UNREADABLE_FILE, shown_as, f"This is {kind}, not a CSV file.", remedy)
    encoding = _encoding_given(path, files.encoding, shown_as) if files.encoding else _encoding_found(path, shown_as)
    text = codecs.getincrementaldecoder(encoding)().decode(beginning, final=len(beginning) < LOOKED_AT)
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)[header_row_number(files) - 1 :]
    if not any(line.strip() for line in lines[:1]):
        raise export_problem(
            ProblemKind.EMPTY_FILE,
            shown_as,
            f"There is no header in row {header_row_number(files)}.",
            "Say with `header row` which row has the names of the columns.",
        )
    try:
        separator = files.separator or _separator_found(lines, needed)
        records = csv.reader(lines, delimiter=separator)
        header = named_header(next(records))
        has_rows = len(beginning) == LOOKED_AT or next(records, None) is not None
    except csv.Error:
        raise _unclosed_quotation_mark(shown_as, None) from None
    reading = _Reading(path, shown_as, encoding, separator, header_row_number(files), len(header))
    return Export(
        name=name,
        path=path,
        header=header,
        read=reading.batches if has_rows else lambda: iter(()),
        was_read_as_fallback=encoding == FALLBACK and files.encoding is None,
    )


def csv_beginning(path: Path, shown_as: str) -> tuple[str, list[str]]:
    """The encoding that is found by looking, and the first lines. Raises ExportError where there is none."""
    encoding = _encoding_found(path, shown_as)
    with path.open("rb") as file:
        beginning = file.read(LOOKED_AT)
    text = codecs.getincrementaldecoder(encoding)().decode(beginning, final=len(beginning) < LOOKED_AT)
    return encoding, text.removeprefix("\ufeff").splitlines(keepends=True)


def _encoding_given(path: Path, encoding: str, shown_as: str) -> str:
    if not _can_be(path, encoding):
        raise export_problem(
            ProblemKind.WRONG_ENCODING,
            shown_as,
            f"This file is not written in {encoding}, as the mapping says.",
            "Correct `encoding` in the mapping, or leave it out: the encoding is then found by looking.",
        )
    return codecs.lookup(encoding).name


def _encoding_found(path: Path, shown_as: str) -> str:
    """UTF-8, UTF-16 or, where the file is neither, Windows-1252. The whole file is looked at."""
    with path.open("rb") as file:
        beginning = file.read(LOOKED_AT)
    for mark, encoding in BYTE_ORDER_MARKS:
        if beginning.startswith(mark) and _can_be(path, encoding):
            return encoding
    if beginning.count(0) * 4 > len(beginning):
        # Latin letters in UTF-16 have a zero byte each: after the letter, or before it.
        encoding = "utf-16-le" if beginning[1::2].count(0) >= beginning[::2].count(0) else "utf-16-be"
        if _can_be(path, encoding):
            return encoding
    elif _can_be(path, "utf-8"):
        return "utf-8"
    elif not _holds_any(path, NOT_IN_FALLBACK):
        return FALLBACK
    raise export_problem(
        ProblemKind.WRONG_ENCODING,
        shown_as,
        "This file is not written in UTF-8, UTF-16 or Windows-1252.",
        "Check that it is a CSV file. If it is, save it again as UTF-8, or name its `encoding` in the mapping.",
    )


def _can_be(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _holds_any(path: Path, wanted: tuple[bytes, ...]) -> bool:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if any(byte in block for byte in wanted):
                return True
    return False


def _separator_found(lines: list[str], needed: Collection[str]) -> str:
    """The separator under which most of the columns that are needed are there, then that with most columns."""

    def worth(separator: str) -> tuple[int, int]:
        header = named_header(next(csv.reader(lines, delimiter=separator)))
        return len(set(header) & set(needed)), len(header)

    return max(SEPARATORS, key=worth)


def _unclosed_quotation_mark(shown_as: str, row: int | None) -> Exception:
    where = "" if row is None else f" in row {row}"
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        f"A quotation mark is opened{where} and not closed, so the rows after it cannot be told apart.",
        "Ask for an export in which quotation marks inside a text are doubled.",
    )


class _Reading:
    """Reads one file's rows with Arrow, and keeps count of the rows that it passes over."""

    def __init__(self, path: Path, shown_as: str, encoding: str, separator: str, header_row: int, width: int) -> None:
        self.path = path
        self.shown_as = shown_as
        self.encoding = "utf8" if encoding in ("utf-8", "utf-8-sig") else encoding
        self.separator = separator
        self.header_row = header_row
        self.names = [str(position) for position in range(width)]
        self.uneven: list[int] = []
        self.unclosed: int | None = None

    def batches(self) -> Iterator[RawBatch]:
        """The rows; raises ExportError where a quotation mark swallows the rest."""
        size = max(1, self.path.stat().st_size)
        next_row = self.header_row + 1
        last_cell = ""
        with self.path.open("rb") as file:
            try:
                for batch in self._open(file):
                    frame = pl.DataFrame(pa.Table.from_batches([batch]))
                    self._check_quotation_marks()
                    numbers = self._row_numbers(next_row, frame.height)
                    if frame.height:
                        next_row = numbers[-1] + 1
                        last_cell = str(frame[-1, -1])
                    frame = frame.insert_column(0, numbers)
                    yield RawBatch(frame, self._uneven_before(next_row), min(1.0, file.tell() / size))
            except pa.ArrowInvalid:
                raise _unclosed_quotation_mark(self.shown_as, None) from None
        self._check_quotation_marks()
        if "\n" in last_cell and not self.uneven and not self._ends_with_quotation_mark():
            raise _unclosed_quotation_mark(self.shown_as, next_row - 1)
        if self.uneven:
            empty = pl.DataFrame(schema={"row": pl.Int64(), **{name: pl.String() for name in self.names}})
            yield RawBatch(empty, tuple(self.uneven))

    def _open(self, file: io.BufferedReader) -> pyarrow.csv.CSVStreamingReader:
        return pyarrow.csv.open_csv(
            file,
            # Rows that are passed over are only numbered when read by one thread.
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False,
                column_names=self.names,
                skip_rows=self.header_row - 1,
                skip_rows_after_names=1,
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
        self.uneven.append(row.number)
        if row.text.count('"') % 2 and "\n" in row.text:
            self.unclosed = row.number
        return "skip"

    def _ends_with_quotation_mark(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-min(ENDING, self.path.stat().st_size), io.SEEK_END)
            return file.read().rstrip(b"\x00\r\n \t").endswith(b'"')

    def _check_quotation_marks(self) -> None:
        # Such a row has swallowed others, so it cannot be one reject among the rest.
        if self.unclosed is not None:
            raise _unclosed_quotation_mark(self.shown_as, self.unclosed)

    def _row_numbers(self, first: int, count: int) -> pl.Series:
        numbers = pl.Series("row", range(first, first + count + len(self.uneven)), dtype=pl.Int64)
        if self.uneven:
            numbers = numbers.filter(~numbers.is_in(self.uneven))
        return numbers.head(count)

    def _uneven_before(self, row: int) -> tuple[int, ...]:
        found = tuple(number for number in self.uneven if number < row)
        self.uneven = [number for number in self.uneven if number >= row]
        return found
