"""XLS and XLSB workbooks written record by record, so that a test says exactly what they hold and what is merged."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

SECTOR, SMALL_SECTOR, SHORTEST = 512, 64, 4096
OF_TABLE, END, FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF

Cells = dict[tuple[int, int], str]
"""The texts of cells by their row and column, both from 0."""
Ranges = Sequence[tuple[int, int, int, int]]
"""First and last row, first and last column, each from 0."""
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


def compound_file(name: str, stream: bytes, *, by_list: bool = False) -> bytes:
    """A compound file with one stream; `by_list` names the sectors of its table in a list of their own."""
    is_short = len(stream) < SHORTEST
    small = -len(stream) % SMALL_SECTOR if is_short else -len(stream) % SECTOR
    body = stream + bytes(small)
    many_small = len(body) // SMALL_SECTOR if is_short else 0
    body += bytes(-len(body) % SECTOR)
    many = len(body) // SECTOR
    table_sectors = (many + 4) // 128 + 1
    chain = [OF_TABLE] * table_sectors
    after = len(chain)  # the directory, the table of small sectors, the list, and then the stream
    chain += [END, END, OF_TABLE - 1 if by_list else FREE]
    chain += [*range(after + 4, after + 3 + many), END]
    start = after + 3
    root = (start, many_small * SMALL_SECTOR) if is_short else (END, 0)
    entries = _entry("Root Entry", 5, *root) + _entry(name, 2, 0 if is_short else start, len(stream))
    small_chain = [*range(1, many_small), END] if many_small else []
    named = [*range(table_sectors)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, table_sectors, after, 0, SHORTEST, after + 1 if is_short else END, 1, 0, 0)[:-8]
    header += struct.pack("<2I", after + 2 if by_list else END, int(by_list))
    header += _numbers([] if by_list else named, 109)
    listed = _numbers(named, 127) + struct.pack("<I", END)
    return (
        header
        + _numbers(chain, 128 * table_sectors)
        + entries.ljust(SECTOR, b"\0")
        + _numbers(small_chain, 128)
        + listed
        + body
    )


def write_xls(path: Path, sheets: dict[str, tuple[Cells, Ranges]], *, charts: bool = False) -> Path:
    """Write an XLS workbook. `charts` puts one, which has ranges of its own, into each sheet."""
    parts = []
    for cells, ranges in sheets.values():
        labels = b"".join(
            _xls(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))
            for (row, column), text in sorted(cells.items())
        )
        chart = _xls(0x809, struct.pack("<HH", 0x600, 0x20) + bytes(12)) + _merged([(0, 9, 0, 0)]) + _xls(0x0A, b"")
        parts.append(
            _xls(0x809, struct.pack("<HH", 0x600, 0x10) + bytes(12))
            + labels
            + (chart if charts else b"")
            + b"".join(_merged([each]) for each in ranges)
            + _xls(0x0A, b"")
        )
    beginning = _xls(0x809, struct.pack("<HH", 0x600, 0x05) + bytes(12))
    names = [(bool(max(name) > "\xff"), name) for name in sheets]
    at = len(beginning) + 4 + sum(12 + len(name) * (1 + is_wide) for is_wide, name in names)
    for part, (is_wide, name) in zip(parts, names, strict=True):
        told = name.encode("utf-16-le" if is_wide else "latin-1")
        beginning += _xls(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), is_wide) + told)
        at += len(part)
    path.write_bytes(compound_file("Workbook", beginning + _xls(0x0A, b"") + b"".join(parts)))
    return path


def write_xlsb(path: Path, sheets: dict[str, tuple[Cells, Ranges]], folder: str = "worksheets/") -> Path:
    """Write an XLSB workbook."""
    with ZipFile(path, "w") as book:
        links = "".join(
            f'<Relationship Id="rId{at}" Type="{SHEET_LINK}" Target="{folder}sheet{at}.bin"/>'
            for at in range(1, len(sheets) + 1)
        )
        book.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{LINKS}">{links}</Relationships>')
        named = (
            _xlsb(156, struct.pack("<II", 0, at) + _text(f"rId{at}") + _text(name))
            for at, name in enumerate(sheets, start=1)
        )
        book.writestr("xl/workbook.bin", _xlsb(131) + _xlsb(143) + b"".join(named) + _xlsb(144) + _xlsb(132))
        for at, (cells, ranges) in enumerate(sheets.values(), start=1):
            rows = sorted({row for row, _ in cells})
            written = _xlsb(129) + _xlsb(148, struct.pack("<4I", 0, 99, 0, 99)) + _xlsb(145)
            for row in rows:
                written += _xlsb(0, struct.pack("<I", row) + bytes(13))
                for (of_row, column), text in sorted(cells.items()):
                    written += _xlsb(6, struct.pack("<II", column, 0) + _text(text)) if of_row == row else b""
            written += _xlsb(146) + b"".join(_xlsb(176, struct.pack("<4I", *each)) for each in ranges) + _xlsb(130)
            place = folder.removeprefix("/xl/")
            book.writestr(f"xl/{place}sheet{at}.bin", written)
    return path


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    told = name.encode("utf-16-le")
    entry = told.ljust(64, b"\0") + struct.pack("<HBB3I", len(told) + 2, kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def _numbers(numbers: Sequence[int], many: int) -> bytes:
    return struct.pack(f"<{many}I", *numbers, *[FREE] * (many - len(numbers)))


def _xls(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _merged(ranges: Ranges) -> bytes:
    return _xls(0xE5, struct.pack("<H", len(ranges)) + b"".join(struct.pack("<4H", *each) for each in ranges))


def _xlsb(kind: int, data: bytes = b"") -> bytes:
    start = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return start + _length(len(data)) + data


def _length(number: int) -> bytes:
    found = b""
    while number >= 0x80:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
