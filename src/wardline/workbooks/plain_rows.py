"""Rows of a sheet that are written as programs write them, taken out before a parser sees the sheet.

For each cell a parser calls back six times, and that is most of the time that a workbook takes. A row of plain cells
says the same to one regular expression. From the first row on that is written otherwise, the parser gets everything:
what is odd, damaged or written by hand is read by it alone.
"""

from __future__ import annotations

import re

__all__ = ["PlainCell", "PlainRow", "PlainRows"]

BEGINS, ROWS_END = b"<sheetData>", b"</sheetData>"
ROW_ENDS = "</row>"
# A sheet in UTF-8 of which nothing before its rows is a comment or a document type.
HEAD = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?(?: standalone=["']yes["'])?\?>\s*)?"""
    rb"<worksheet[ >](?:[^<]|<[^!?])*"
)
LONGEST = 1 << 20  # of what is kept while no row has ended
# In the order in which programs write them, so that none can be there twice.
OF_ROWS = (
    "spans",
    "s",
    "customFormat",
    "ht",
    "hidden",
    "customHeight",
    "outlineLevel",
    "collapsed",
    "thickTop",
    "thickBot",
    "ph",
    "x14ac:dyDescent",
)
ROW = '<row r="([0-9]{1,7})"' + "".join(f'(?: {name}="[\\w.: ]*")?' for name in OF_ROWS)
EMPTY_ROWS_AND_START = re.compile(f"(?:{ROW.replace('(', '(?:', 1)}/>)*{ROW}>", re.ASCII)
# Without characters that XML does not allow, or that a parser changes; `&` is looked at by whoever finds one.
TEXT = "([^<>\\r\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]*)"
CELL = re.compile(
    '(<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    f'(?:/>|>(?:<v>{TEXT}</v>|<is><t(?: xml:space="preserve")?>{TEXT}</t></is>)</c>))'
)
OTHER_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


PlainCell = tuple[str, str, str, str]
"""The letters of the column of a cell with text, the number of its style and its kind (each empty: not said), and the
text."""

PlainRow = tuple[int, list[PlainCell]]
"""The number of a row, and its cells that have text."""


class PlainRows:
    """Takes the plain rows out of a sheet that is given to it piece by piece."""

    def __init__(self) -> None:
        self._head = b""
        self._kept = b""
        self._is_among_rows = self._is_over = False

    def take(self, piece: bytes, *, is_last: bool) -> tuple[list[PlainRow], bytes]:
        """The rows that end in a piece, and what the parser is to be given."""
        if self._is_over:
            return [], piece
        if self._is_among_rows:
            return self._rows(piece, is_last)
        self._head += piece
        before, begins, after = self._head.partition(BEGINS)
        if not begins:
            self._is_over = len(self._head) > LONGEST
            return [], piece
        if HEAD.fullmatch(before) is None:
            self._is_over = True
            return [], piece
        self._is_among_rows = True
        found, rest = self._rows(after, is_last)
        return found, piece[: len(piece) - len(after)] + rest

    def _rows(self, piece: bytes, is_last: bool) -> tuple[list[PlainRow], bytes]:
        self._kept += piece
        found: list[PlainRow] = []
        whole, ending, rest = self._kept.rpartition(ROW_ENDS.encode())
        try:
            rows = whole.decode().split(ROW_ENDS) if ending else []
        except UnicodeDecodeError:
            return found, self._end(self._kept)
        for at, text in enumerate(rows):
            row = _plain(text)
            if row is None:
                return found, self._end((ROW_ENDS.join(rows[at:]) + ROW_ENDS).encode() + rest)
            found.append(row)
        self._kept = rest
        if is_last or len(rest) > LONGEST or rest.startswith(ROWS_END):
            return found, self._end(rest)
        return found, b""

    def _end(self, rest: bytes) -> bytes:
        self._is_over = True
        self._head = self._kept = b""
        return rest


def _plain(text: str) -> PlainRow | None:
    """A row up to its closing tag; None where anything of it is written otherwise."""
    start = EMPTY_ROWS_AND_START.match(text)
    if start is None:
        return None
    cells = []
    length = start.end()
    for whole, column, style, kind, value, inline in CELL.findall(text, length):
        length += len(whole)
        if said := value or inline:
            if "&" in said:
                if OTHER_ENTITY.search(said):
                    return None
                for entity, sign in ENTITIES:
                    said = said.replace(entity, sign)
            cells.append((column, style, kind, said))
    return (int(start[1]), cells) if length == len(text) else None
