"""What fastexcel does not tell of XLS and XLSB sheets, read from their records: which cells are merged, and how far
apart the filled ones lie, which must be known before fastexcel makes room for all between them.

A workbook of these kinds is a row of records, each with a number that says what it is, a length and so many bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, is_zipfile

from wardline.workbooks.compound_files import damaged, is_compound, stream_of
from wardline.workbooks.workbook_parts import Merged, damage_told, walk_part

__all__ = ["Extent", "extents_in", "merged_in", "records_of_xlsb"]

# Records of an XLS workbook: where a sheet begins, what is merged in it, and the beginning and end of a part.
SHEET, MERGED_CELLS, BEGINNING, END = 0x85, 0xE5, 0x809, 0x0A
VERSION_8 = 0x600  # cells could not be merged before it
BOOKS = ("Workbook", "Book")  # the second before version 8
# Cells, each with its row and column first: formulas, texts, numbers, errors, and several numbers in one record.
CELLS_OF_XLS = frozenset((0x06, 0x206, 0x406, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E))
# Records of an XLSB workbook: a sheet, and cells that are merged.
XLSB_SHEET, XLSB_MERGED = 156, 176
# The head of a row, and cells but for blank ones.
XLSB_ROW, CELLS_OF_XLSB = 0, range(2, 12)
WORKBOOK_PART, LINKS_PART = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"

Record = tuple[int, int, int]
"""What a record is, where its bytes begin, and how many they are."""


@dataclass(frozen=True)
class Extent:
    """The last filled row and column of a sheet, each from 1, and how many cells are filled."""

    rows: int
    columns: int
    filled: int


def extents_in(path: Path) -> list[Extent]:
    """How far the filled cells of each sheet reach. Raises CannotBeRead where the workbook is damaged."""
    try:
        if is_zipfile(path):
            with damage_told("a part of it cannot be read"), ZipFile(path) as book:
                parts = [one for one in book.namelist() if one.startswith("xl/worksheets/") and one.endswith(".bin")]
                return [_extent(_cells_of_xlsb(book.read(part))) for part in parts]
        data = path.read_bytes()
        streams = [stream_of(data, name) for name in BOOKS] if is_compound(data) else []
        return [
            _extent(_cells_of_xls(book, start))
            for book in streams
            if book is not None
            for start in _starts_of_xls(book)
        ]
    except (struct.error, IndexError):
        raise damaged() from None


def merged_in(path: Path, sheet: str) -> tuple[Merged, ...]:
    """The cells that are merged in a sheet of an XLS or XLSB workbook. Raises CannotBeRead where it is damaged."""
    try:
        if is_zipfile(path):
            return tuple(_merged_in_xlsb(path, sheet))
        data = path.read_bytes()
        book = stream_of(data, BOOKS[0]) if is_compound(data) else None
        return () if book is None else tuple(_merged_in_xls(book, sheet))
    except (struct.error, IndexError, UnicodeDecodeError):
        raise damaged() from None


def _merged_in_xls(book: bytes, sheet: str) -> Iterator[Merged]:
    start = next((at for name, at in _sheets_of_xls(book) if name == sheet), None)
    if start is None:
        return
    depth = 0
    for kind, at, size in _records_of_xls(book, start):
        if kind == BEGINNING:
            depth += 1  # a chart in the sheet is a part within it
        elif kind == END:
            depth -= 1
            if depth <= 0:
                return
        elif kind == MERGED_CELLS and depth == 1:
            [many] = struct.unpack_from("<H", book, at)
            for which in range(min(many, (size - 2) // 8)):
                first, last, left, right = struct.unpack_from("<4H", book, at + 2 + 8 * which)
                yield first + 1, last + 1, left + 1, right + 1


def _extent(cells: Iterable[tuple[int, int]]) -> Extent:
    rows = columns = filled = 0
    for row, column in cells:
        rows, columns, filled = max(rows, row + 1), max(columns, column + 1), filled + 1
    return Extent(rows, columns, filled)


def _cells_of_xls(book: bytes, start: int) -> Iterator[tuple[int, int]]:
    depth = 0
    for kind, at, _ in _records_of_xls(book, start):
        if kind in CELLS_OF_XLS:
            yield struct.unpack_from("<HH", book, at)
        elif kind == BEGINNING:
            depth += 1
        elif kind == END:
            depth -= 1
            if depth <= 0:
                return


def _cells_of_xlsb(records: bytes) -> Iterator[tuple[int, int]]:
    row = 0
    for kind, at, _ in records_of_xlsb(records):
        if kind == XLSB_ROW:
            row = int.from_bytes(records[at : at + 4], "little")
        elif kind in CELLS_OF_XLSB:
            yield row, int.from_bytes(records[at : at + 4], "little")


def _starts_of_xls(book: bytes) -> list[int]:
    """Where the sheets begin, each once, of any version."""
    starts: list[int] = []
    for kind, at, _ in _records_of_xls(book, 0):
        if kind == END:
            break
        if kind == SHEET:
            starts += struct.unpack_from("<I", book, at)
    return list(dict.fromkeys(starts))


def _sheets_of_xls(book: bytes) -> Iterator[tuple[str, int]]:
    """The names of the sheets, and where each begins."""
    for kind, at, _ in _records_of_xls(book, 0):
        if kind == END or (kind == BEGINNING and struct.unpack_from("<H", book, at)[0] != VERSION_8):
            return
        if kind == SHEET:
            start, _, _, length, is_wide = struct.unpack_from("<IBBBB", book, at)
            size = length * 2 if is_wide & 1 else length
            name = book[at + 8 : at + 8 + size].decode("utf-16-le" if is_wide & 1 else "latin-1")
            yield name.replace("\0", ""), start


def _records_of_xls(book: bytes, start: int) -> Iterator[Record]:
    at = start
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, at + 4, size
        at += 4 + size


def _merged_in_xlsb(path: Path, sheet: str) -> Iterator[Merged]:
    with damage_told("a part of it cannot be read"), ZipFile(path) as book:
        if WORKBOOK_PART not in book.namelist():
            return
        named = dict(_sheets_of_xlsb(book.read(WORKBOOK_PART)))
        targets = _targets_of_links(path)
        if sheet not in named or named[sheet] not in targets:
            return
        target = targets[named[sheet]]
        part = target.removeprefix("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        records = book.read(part)
    for kind, at, size in records_of_xlsb(records):
        if kind == XLSB_MERGED and size >= 16:
            first, last, left, right = struct.unpack_from("<4I", records, at)
            yield first + 1, last + 1, left + 1, right + 1


def _sheets_of_xlsb(book: bytes) -> Iterator[tuple[str, str]]:
    """The names of the sheets, and by which link each is found."""
    for kind, at, _ in records_of_xlsb(book):
        if kind == XLSB_SHEET:
            link, behind = _text_of_xlsb(book, at + 8)
            yield _text_of_xlsb(book, behind)[0], link


def _text_of_xlsb(data: bytes, at: int) -> tuple[str, int]:
    [length] = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


def _targets_of_links(path: Path) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    walk_part(path, LINKS_PART, start)
    return targets


def records_of_xlsb(records: bytes) -> Iterator[Record]:
    """The records of a part of an XLSB workbook: number and length are written in bytes of seven bits each."""
    at, end = 0, len(records)
    while at + 1 < end:
        kind = records[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (records[at] & 0x7F) << 7
            at += 1
        size = place = 0
        while at < end and place < 28:
            byte = records[at]
            at += 1
            size |= (byte & 0x7F) << place
            if byte < 0x80:
                break
            place += 7
        yield kind, at, size
        at += size
