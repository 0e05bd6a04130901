"""The XML parts of a workbook, read a piece at a time: what is held of one does not grow with what it claims to be."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

from wardline.documents.open_document import DAMAGED_ARCHIVE

__all__ = ["CannotBeRead", "Merged", "damage_told", "number_of_column", "parts_of", "read_part", "walk_part"]

FIRST_PIECE = 1 << 12  # whoever asks only whether a sheet is filled has seen enough by then
PIECE = 1 << 16
LONGEST_ELEMENT = 1 << 24
LARGEST_PART = 8 << 30
# Sheets of real records swell ten to fifty times; what swells more and is large is made to fill a memory.
SWELLS, SWELLS_FROM = 200, 256 << 20

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]
Take = Callable[[bytes, bool], bytes]

# First and last row, first and last column, each from 1.
Merged = tuple[int, int, int, int]


class CannotBeRead(Exception):
    """Why a workbook cannot be read, in words, and what to do."""

    def __init__(self, what: str, remedy: str = "Open it in a spreadsheet program and save it again as XLSX.") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@contextmanager
def damage_told(what: str) -> Iterator[None]:
    """Raise CannotBeRead where an archive, or what is read of it, turns out to be damaged."""
    try:
        yield
    except (*DAMAGED_ARCHIVE, expat.ExpatError):
        raise CannotBeRead(f"This workbook is damaged: {what}.") from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # it told us to look before the beginning of the file
            raise
        raise CannotBeRead(f"This workbook is damaged: {what}.") from None


def parts_of(path: Path) -> frozenset[str]:
    """The names of the parts of a workbook. Raises CannotBeRead, also where one is far larger than it looks."""
    with damage_told("it cannot be unpacked"), ZipFile(path) as book:
        parts = book.infolist()
    for part in parts:
        swells = part.file_size > SWELLS_FROM and part.file_size > SWELLS * max(part.compress_size, 1)
        if swells or part.file_size > LARGEST_PART:
            raise CannotBeRead(
                f"This workbook would unpack to {part.file_size / (1 << 30):,.1f} GB from "
                f"{part.compress_size / (1 << 20):,.1f} MB, which no sheet of records does.",
                "Open it in a spreadsheet program, copy the cells that are filled into a new workbook and export that.",
            )
    return frozenset(part.filename for part in parts)


def read_part(
    path: Path, part: str, start: Start, end: End | None = None, text: Text | None = None, take: Take | None = None
) -> Iterator[None]:
    """Read a part, stopping after each piece; what it holds goes to the functions given. Raises CannotBeRead.

    `take` is given each piece before the parser, and whether it is the last, and returns what the parser is to read.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_entities
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    with damage_told("a part of it cannot be read"), ZipFile(path) as book, book.open(part) as file:
        fed = 0
        size = FIRST_PIECE
        while piece := file.read(size):
            size = PIECE
            if take is not None:
                piece = take(piece, False)
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - max(parser.CurrentByteIndex, 0) > LONGEST_ELEMENT:
                raise CannotBeRead("A part of this workbook holds one element of more than 16 MB.")
            yield
        parser.Parse(b"" if take is None else take(b"", True), True)
        yield


def walk_part(path: Path, part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """The same in one go, for a part of which little is kept."""
    for _ in read_part(path, part, start, end, text):
        pass


@lru_cache(maxsize=1 << 15)
def number_of_column(letters: str) -> int:
    """The number, from 1, of a column that a spreadsheet names by letters."""
    if not 0 < len(letters) <= 3 or not letters.isascii() or not letters.isupper():
        raise CannotBeRead("This workbook is damaged: one of its cells is not in any column.")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _no_entities(*_: object) -> None:
    raise CannotBeRead("This workbook holds a document type of its own, which no spreadsheet program writes.")
