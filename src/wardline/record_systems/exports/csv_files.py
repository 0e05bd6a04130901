"""CSV files: their encoding and separator found by looking, their rows read in blocks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from wardline.errors import ProblemKind
from wardline.record_systems.exports.csv_rows import BLOCK, CsvRows, unclosed_quotation_mark
from wardline.record_systems.exports.export_files import Export, export_problem, named_header
from wardline.record_systems.mapping.cells import Files
from wardline.table_files.quotation_marks import first_stray_mark

__all__ = ["SEPARATORS", "TELLS_SEPARATOR", "CsvBeginning", "csv_beginning", "open_csv"]

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
# `sep=;`, also in quotation marks, with `\t` written out for a tab, or with the separators of empty cells behind it.
# Read by Python and by Polars, so only with what both know.
TELLS_SEPARATOR = r'(?i)^"?sep=(?P<separator>\\t|[^\w" \x00])?"?(?P<behind>[,;\t| ]*)$'


@dataclass(frozen=True)
class CsvBeginning:
    """How a CSV file begins. Its very first line may only tell a spreadsheet program the separator: `sep=;`."""

    encoding: str
    lines: list[str]
    is_whole: bool  # whether the file has no lines beside these
    first_row: int  # of the first line that can be a header or a row, from 1: 2 where the one above tells the separator
    separator: str | None  # what that line tells; None where the separator must be found by looking

    def line_of_row(self, number: int, separator: str) -> int:
        """The line, from 1, in which a row begins: a cell above it that goes over several lines is in one row.

        Where its quotation marks are not closed properly, it has nothing to do with the lines that follow.
        """
        at = 0
        for _ in range(number - 1):
            if at >= len(self.lines):
                return number
            reader = csv.reader(self.lines[at:], delimiter=separator, strict=True)
            try:
                next(reader, None)
                at += max(1, reader.line_num)
            except csv.Error:
                at += 1
        return at + 1


def open_csv(path: Path, name: str, shown_as: str, files: Files, needed: Collection[str]) -> Export:
    """Look at a CSV file. Raises ExportError where it is empty or written otherwise than it should be."""
    beginning = csv_beginning(path, shown_as, files.encoding)
    header_row = max(files.header_row or 1, beginning.first_row)
    told = files.separator or beginning.separator
    if told is not None and (not told.isascii() or told in '"\r\n\0'):
        raise export_problem(
            ProblemKind.UNREADABLE_FILE,
            shown_as,
            "This separator cannot be read.",
            "A separator is a character on every English keyboard, but not a quotation mark or a line end. Ask for an "
            "export with such a one.",
        )
    header_line = max(beginning.line_of_row(header_row, each) for each in ((told,) if told else SEPARATORS))
    lines = beginning.lines[header_line - 1 :]
    if not any(line.strip() for line in lines[:1]):
        raise export_problem(
            ProblemKind.EMPTY_FILE,
            shown_as,
            f"There is no header in row {header_row}.",
            "Say with `header row` which row has the names of the columns.",
        )
    try:
        separator = told or _separator_found(lines, needed)
        records = csv.reader(lines, delimiter=separator)
        cells = next(records)
        has_rows = not beginning.is_whole or len(lines) > records.line_num
    except csv.Error:
        raise unclosed_quotation_mark(shown_as, None) from None
    stray = first_stray_mark(path, beginning.encoding, separator, header_row, header_line)
    if stray is not None:
        raise unclosed_quotation_mark(shown_as, stray)
    header = named_header(cells)
    named = max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    reading = CsvRows(path, shown_as, beginning.encoding, separator, header_row, header_line, len(header), named)
    return Export(
        name=name,
        path=path,
        header=header,
        read=reading.batches if has_rows else lambda: iter(()),
        was_read_as_fallback=beginning.encoding == FALLBACK and files.encoding is None,
        header_below_lines=header_row if header_line != header_row else None,
    )


def csv_beginning(path: Path, shown_as: str, encoding: str | None = None) -> CsvBeginning:
    """The first lines, in the encoding that is given or else found by looking.

    Raises ExportError where the file is empty, of another kind, or written in another encoding.
    """
    with path.open("rb") as file:
        beginning = file.read(LOOKED_AT)
    empty = export_problem(ProblemKind.EMPTY_FILE, shown_as, "This file is empty.", "Ask for it to be exported again.")
    if not beginning.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise empty
    for signature, kind, remedy in OTHER_KINDS:
        if beginning.startswith(signature):
            raise export_problem(ProblemKind.UNREADABLE_FILE, shown_as, f"This is {kind}, not a CSV file.", remedy)
    encoding = _encoding_given(path, encoding, shown_as) if encoding else _encoding_found(path, shown_as)
    is_whole = len(beginning) < LOOKED_AT
    text = codecs.getincrementaldecoder(encoding)().decode(beginning, final=is_whole)
    # The lines as every editor counts them; `splitlines` would also break them at a form feed and the like.
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    line = re.search(TELLS_SEPARATOR, "".join(lines[:1]).rstrip("\r\n"))
    if line is None:
        return CsvBeginning(encoding, lines, is_whole, 1, None)
    if not any(line.strip() for line in lines[1:]):
        raise empty
    told = line["separator"] and line["separator"].replace("\\t", "\t")
    # A program that does not know such a line may have written it again, with separators of its own behind it.
    is_still_so = set(line["behind"].rstrip(" ")) <= {told}
    return CsvBeginning(encoding, lines, is_whole, 2, told if is_still_so else None)


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
