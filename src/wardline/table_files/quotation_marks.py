"""The quotation marks of a CSV file, followed from the first to the last.

A mark that opens a cell and is not closed, or that another mark closes which has nothing to do with it, swallows the
rows between the two: what is read is then fewer rows than the file has. Two marks that each stand alone in a cell do
the same, and only what is in the cell that they make tells of it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from wardline.table_files.headers import written

__all__ = ["cells_of", "first_stray_mark", "has_stray_mark", "seems_to_hold_rows"]

AT_ONCE = 1 << 20  # bytes
LARGEST_CELL = 1 << 23  # bytes
LINE_END = re.compile(rb"\r\n|\n|\r")
LINE_ENDS = re.compile(r"\r\n|\n|\r")
ENOUGH_CELLS = 4
# In these a comma, a line end and a quotation mark are one byte each, and no part of another letter.
READ_AS_THEY_ARE = ("utf-8", "utf-8-sig", "cp1252")


@dataclass(frozen=True)
class _Marks:
    """How marks and cells are told apart under a separator."""

    well_formed: re.Pattern[bytes]  # any number of cells in quotation marks, each closed properly, and what is between
    quoted: re.Pattern[bytes]  # one cell in quotation marks, up to the mark that closes it
    cell_end: re.Pattern[bytes]
    cell: re.Pattern[str]

    def opens_cell(self, text: bytes, at: int) -> bool:
        """Whether a mark is at the beginning of a cell; in the middle it is a character like any other."""
        return at == 0 or self.cell_end.match(text, at - 1) is not None


@cache
def _marks_under(separator: str) -> _Marks:
    """The patterns for one separator."""
    end = rf"[{re.escape(separator)}\r\n]"
    not_end = rf"[^{re.escape(separator)}\r\n]"
    inside = r'[^"]*+(?:""[^"]*+)*+'
    return _Marks(
        re.compile(rf'(?:[^"]*+(?<!{not_end})"{inside}"(?={end}))*+'.encode()),
        re.compile(rf'"{inside}"'.encode()),
        re.compile(end.encode()),
        re.compile(rf'"({inside})"([^{re.escape(separator)}]*)|([^{re.escape(separator)}]*)'),
    )


def cells_of(row: str, separator: str) -> list[str]:
    """The cells of one row, with what follows a closing mark joined to its cell."""
    if '"' not in row:
        return row.split(separator)
    return [
        plain if quoted is None else quoted.replace('""', '"') + behind
        for quoted, behind, plain in _cells_as_written(row, separator)
    ]


def has_stray_mark(row: str, separator: str) -> bool:
    """Whether a cell of one row holds the separator in quotation marks and has text behind the mark that closes it.

    That mark has then most likely nothing to do with the one that opens the cell.
    """
    return '"' in row and any(
        quoted is not None and separator in quoted and behind.strip()
        for quoted, behind, _ in _cells_as_written(row, separator)
    )


def _cells_as_written(row: str, separator: str) -> Iterator[tuple[str | None, str, str]]:
    """What stands in quotation marks and what stands behind them, or the plain cell, for each cell of one row."""
    at = 0
    while at <= len(row):
        match = _marks_under(separator).cell.match(row, at)
        assert match is not None  # it may be empty
        quoted, behind, plain = match.groups()
        yield quoted, behind, plain
        at = match.end() + 1


def first_stray_mark(path: Path, encoding: str, separator: str, header_row: int, header_line: int) -> int | None:
    """The row, as a person counts, in which a quotation mark is opened that swallows others; None where none is.

    `header_row` is the row with the names of the columns, from 1, and `header_line` the line in which it begins; what
    is above it is passed over.
    """
    if _first_stray(path, encoding, separator, header_line, header_row=None) is None:
        return None
    return _first_stray(path, encoding, separator, header_line, header_row=header_row)


def _first_stray(path: Path, encoding: str, separator: str, header_line: int, *, header_row: int | None) -> int | None:
    """The row of the first stray mark, counted from the header's; without that, as counting takes its time, only
    whether there is one.
    """
    marks = _marks_under(separator)
    counting = header_row is not None
    row = header_row or 0
    text = b""
    for block, is_last in _from_header(path, encoding, header_line):
        text += block
        at = done = 0
        while True:
            at = _end(marks.well_formed.match(text, at))
            mark = text.find(b'"', at)
            if mark < 0:
                done = len(text)
                break
            closed = None
            if marks.opens_cell(text, mark):
                closed = marks.quoted.match(text, mark)
                if closed is None or closed.end() == len(text):
                    if is_last or len(text) - mark > LARGEST_CELL:
                        return row + (_row_count(marks, text[:mark]) if counting else 0)
                    done = mark
                    break
            behind = mark + 1 if closed is None else closed.end()
            end = marks.cell_end.search(text, behind)
            if end is None:
                done = mark
                break
            at = end.start()
            if closed is not None and text[behind:at].strip() and LINE_END.search(closed[0]):
                return row + (_row_count(marks, text[:mark]) if counting else 0)
        # The letter before what is left says whether a cell begins there.
        kept = max(0, done - 1)
        kept -= text[max(0, kept - 1) : kept + 1] == b"\r\n"
        row += _row_count(marks, text[:kept]) if counting else 0
        text = text[kept:]
    return None


def _end(match: re.Match[bytes] | None) -> int:
    assert match is not None  # it may be empty
    return match.end()


def _row_count(marks: _Marks, text: bytes) -> int:
    """How many rows end in a text, which begins with a row or right before one, and ends outside quotation marks."""
    parts = []
    at = 0
    while (mark := text.find(b'"', at)) >= 0:
        closed = marks.quoted.match(text, mark) if marks.opens_cell(text, mark) else None
        parts.append(text[at:mark])
        at = mark + 1 if closed is None else closed.end()
    return len(LINE_END.findall(b"".join([*parts, text[at:]])))


def _from_header(path: Path, encoding: str, header_line: int) -> Iterator[tuple[bytes, bool]]:
    """The file in blocks, from its header on, as UTF-8 or what is like it here; and whether each is the last."""
    lines_above = header_line - 1
    for block, is_last in _blocks(path, encoding):
        start = 0
        if lines_above:
            ends = [match.end() for match in LINE_END.finditer(block)][:lines_above]
            lines_above -= len(ends)
            start = len(block) if lines_above else ends[-1]
        if start < len(block):
            yield block[start:], is_last


def _blocks(path: Path, encoding: str) -> Iterator[tuple[bytes, bool]]:
    """The file in blocks that end between two line ends or inside a line, and never in the middle of a line end."""
    decoder = None if encoding in READ_AS_THEY_ARE else codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        following = file.read(AT_ONCE).removeprefix(codecs.BOM_UTF8)
        held = b""
        while text := following:
            following = file.read(AT_ONCE)
            block = text if decoder is None else decoder.decode(text, not following).encode("utf-8", "surrogatepass")
            block = held + block
            held = b"\r" if following and block.endswith(b"\r") else b""
            block = block.removesuffix(held)
            yield (block, False) if following else (block + b"\n", True)


def seems_to_hold_rows(rows: pl.DataFrame, separator: str) -> int:
    """How many rows have a cell with line breaks in which a line looks like a row of its own.

    Such a line has as many cells as the header, and its first cell is written like the first cell of the row that it
    stands in: `E3` like `E12`. Where that has no digit, the number of cells alone decides, if there are enough of them.
    """
    names = rows.columns[1:]
    if len(names) < 2:
        return 0
    # Most cells with line breaks are notes; only these few are looked at one by one.
    pattern = rf"[\r\n][^\r\n]*{re.escape(separator)}"
    suspect = rows.filter(pl.any_horizontal(pl.col(name).str.contains(pattern) for name in names))
    return sum(_holds_rows(list(row[1:]), separator) for row in suspect.iter_rows())


def _holds_rows(cells: list[str], separator: str) -> bool:
    """Whether a line of one of the cells looks like a row, and is not the beginning of the cell."""
    own = written(LINE_ENDS.split(cells[0].strip())[0])
    filled = max((at for at, cell in enumerate(cells, start=1) if cell), default=0)
    for at, cell in enumerate(cells):
        _, *lines = LINE_ENDS.split(cell)
        for line in lines:
            found = cells_of(line, separator)
            # The rest of the last row that was swallowed is in the cells after this one. Where the row lacks cells at
            # its end, the mark that closes this one may stand further on in that last row.
            spare = len(cells) - filled if "9" in own else 0
            wanted = range(at + 1, at + 2 + spare) if line is lines[-1] else (len(cells),)
            is_whole = len(found) in wanted and len(found) > 1
            if is_whole and (written(found[0]) == own if "9" in own else len(found) >= ENOUGH_CELLS):
                return True
    return False
