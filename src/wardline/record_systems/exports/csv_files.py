"""CSV files: their encoding and separator found by looking, their rows read in blocks."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection
from pathlib import Path

from wardline.errors import ProblemKind
from wardline.record_systems.exports.csv_rows import BLOCK, CsvRows, unclosed_quotation_mark
from wardline.record_systems.exports.export_files import Export, export_problem, header_row_number, named_header
from wardline.record_systems.mapping.cells import Files
from wardline.table_files.quotation_marks import first_stray_mark

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
    if files.separator is not None and (not files.separator.isascii() or files.separator in '"\r\n\0'):
        raise export_problem(
            ProblemKind.UNREADABLE_FILE,
            shown_as,
            "This separator cannot be read.",
            "A separator is a character on every English keyboard, but not a quotation mark or a line end.",
        )
    lines = _lines(text)[header_row_number(files) - 1 :]
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
        cells = next(records)
        has_rows = len(beginning) == LOOKED_AT or len(lines) > records.line_num
    except csv.Error:
        raise unclosed_quotation_mark(shown_as, None) from None
    stray = first_stray_mark(path, encoding, separator, header_row_number(files))
    if stray is not None:
        raise unclosed_quotation_mark(shown_as, stray)
    header = named_header(cells)
    named = max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    reading = CsvRows(path, shown_as, encoding, separator, header_row_number(files), len(header), named)
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
    return encoding, _lines(text)


def _lines(text: str) -> list[str]:
    """The lines of a text as every editor counts them; `splitlines` would also break it at a form feed and the like."""
    return list(io.StringIO(text.removeprefix("\ufeff"), newline=""))


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
