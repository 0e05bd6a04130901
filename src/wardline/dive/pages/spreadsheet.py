"""A spreadsheet as a value, laid out as the Government Analysis Function asks, for two writers: OpenDocument and Excel.

A cover, a list of contents with links, notes, and then one table on each sheet, marked up as a table with a name, under
a title and sentences that say what it is. No cell is merged, no row of a table is blank, and what stands for something
else is in square brackets and explained on the sheet of notes.

A spreadsheet is not a place for half a million rows: a longer table is cut, says so above it, and is whole in a Parquet
file of the same folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from wardline.english import number

__all__ = [
    "CHARACTERS_SHOWN",
    "CUT",
    "LARGEST_EXACT",
    "LOW",
    "NOT_AVAILABLE",
    "ROWS_SHOWN",
    "WIDE",
    "Book",
    "Cell",
    "LaidOut",
    "Sheet",
    "TableSheet",
    "is_exact",
    "laid_out",
    "needs_care",
    "widths_of",
]

ROWS_SHOWN = 5_000
# As many as a cell of Excel can have.
CHARACTERS_SHOWN = 32_767
CUT = " … (cut)"
# A whole number beyond this would be shown rounded, because spreadsheets count in floating point.
LARGEST_EXACT = 2**53
CHARACTERS_WIDE = (8, 48)
WIDE = 96  # characters: the column of a cover
ROWS_MEASURED = 200
LONGEST_NAME = 31  # characters of a sheet's name; more are cut by Excel
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
# What is not written as it is, for Polars, whose texts hold no lone surrogates; and what is only escaped.
NEEDS_CARE = r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]|[\t\n\r]|^ +| {2,}| +$|_x[0-9A-Fa-f]{4}_"
ESCAPED = "|[&<>]"
NOT_AVAILABLE, LOW = "[x]", "[low]"
BLANK = "A blank cell means that there is no record of it, or that it does not apply."
ONE_TABLE = "This sheet has one table."
NO_ROWS = "There are none: the table has no rows."

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """One table: what its columns are called and its rows; `row_count` where only the first rows are given.

    `whole_in` names the file that has every row; `about` says what the table is.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    row_count: int | None = None
    whole_in: str | None = None
    about: str = ""

    @property
    def shown(self) -> Sequence[tuple[Cell, ...]]:
        """The rows that are given, up to as many as a sheet has."""
        return self.rows[:ROWS_SHOWN]

    @property
    def height(self) -> int:
        """How many rows are shown."""
        return len(self.shown)

    @property
    def has_blanks(self) -> bool:
        """Whether a cell is empty."""
        return any(None in row for row in self.shown)

    def cut_sentence(self) -> str | None:
        """What is said where there are more rows than are shown."""
        total = len(self.rows) if self.row_count is None else self.row_count
        return _cut_sentence(self.height, total, self.whole_in)


@dataclass(frozen=True)
class TableSheet:
    """One table as a frame, for many rows: its cells are written a column at a time.

    `row_count` is how many rows there are where the frame holds only the first; `whole_in` names the file that has all.
    """

    name: str
    frame: pl.DataFrame
    row_count: int
    whole_in: str | None = None
    about: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(self.frame.columns)

    @property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """The first rows, by which the width of a column goes."""
        return self.frame.head(ROWS_MEASURED).rows()

    @property
    def height(self) -> int:
        """How many rows are shown."""
        return self.frame.height

    @property
    def has_blanks(self) -> bool:
        """Whether a cell is empty."""
        return any(one.null_count() for one in self.frame)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The columns of texts that are written as they are, looked up once for both writers."""
        texts = pl.col(pl.String())
        is_plain = self.frame.select(~needs_care(texts, or_holds=ESCAPED).any())
        return frozenset(one.name for one in is_plain if one.item())

    def cut_sentence(self) -> str | None:
        """What is said where there are more rows than are shown."""
        return _cut_sentence(self.frame.height, self.row_count, self.whole_in)


@dataclass(frozen=True)
class Book:
    """A spreadsheet: what its cover says, heading by heading, what its notes are, and its tables.

    `mark` is put at the end of every sheet's name, as `made up`, and stands in every title.
    """

    title: str
    cover: Sequence[tuple[str, str]]
    notes: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet | TableSheet]
    mark: str | None = None


@dataclass(frozen=True)
class LaidOut:
    """One sheet as it is written: its name, the title in its first cell, the lines below it, and then its table.

    `strong` are those of the lines that are headings, by position. `table_name` None: there is no table to mark up.
    `links` are the sheets to which the cells of the first column lead.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    table: Sheet | TableSheet | None
    table_name: str | None
    strong: frozenset[int] = frozenset()
    links: tuple[str, ...] = field(default=())

    @property
    def first_row(self) -> int:
        """The number of the row in which the table's headings are, counting from 1."""
        return len(self.lines) + 2


def laid_out(book: Book) -> list[LaidOut]:
    """Every sheet in order: cover, contents, notes, and the tables."""
    fronts = ["Cover", "Contents", "Notes"]
    names = _unique_names([*fronts, *(one.name for one in book.sheets)], book.mark)
    cover, _, notes = names[:3]
    lines = [line for heading, text in book.cover for line in (heading, text)]
    listed = [(notes, "What is in brackets.", len(book.notes))]
    listed += [(name, one.about, one.height) for name, one in zip(names[3:], book.sheets, strict=True)]
    contents_table = Sheet(
        "Contents",
        ("sheet", "what it has", "rows shown"),
        listed,
        about="The other sheets of this file, each with a link.",
    )
    notes_table = Sheet("Notes", ("in brackets", "what it means"), list(book.notes), about="What is in brackets.")
    marked = f" ({book.mark})" if book.mark else ""
    made = [LaidOut(cover, f"{book.title}{marked}", tuple(lines), None, None, frozenset(range(0, len(lines), 2)))]
    taken: set[str] = set()
    for name, sheet in zip(names[1:], [contents_table, notes_table, *book.sheets], strict=True):
        table_name = _table_name(sheet.name, taken) if sheet.height else None
        links = tuple(row[0] for row in listed) if sheet is contents_table else ()
        made.append(LaidOut(name, f"{sheet.name}{marked}", tuple(_lines(sheet)), sheet, table_name, links=links))
    return made


def widths_of(sheet: Sheet | TableSheet) -> list[int]:
    """How wide each column is, in characters: as its heading and its first rows need, within bounds."""
    least, most = CHARACTERS_WIDE
    sample = [sheet.columns, *sheet.rows[:ROWS_MEASURED]]
    return [
        max(least, min(most, max(len("" if row[index] is None else str(row[index])) for row in sample) + 2))
        for index in range(len(sheet.columns))
    ]


def is_exact(value: str | float) -> bool:
    """Whether a spreadsheet shows this number as it is: neither endless nor of too many digits."""
    return isinstance(value, int | float) and abs(value) <= LARGEST_EXACT


def needs_care(text: pl.Expr, *, or_holds: str = "") -> pl.Expr:
    """Whether a text is not only put between two tags, with what XML escapes; never empty."""
    return (text.str.contains(NEEDS_CARE + or_holds) | (text.str.len_chars() > CHARACTERS_SHOWN)).fill_null(False)


def _lines(sheet: Sheet | TableSheet) -> Iterator[str]:
    yield ONE_TABLE if not sheet.about else f"{ONE_TABLE} {sheet.about}"
    if not sheet.height:
        yield NO_ROWS
    if sentence := sheet.cut_sentence():
        yield sentence
    if any("[note" in one for one in sheet.columns):
        yield "Notes are on the sheet “Notes”."
    if sheet.has_blanks:
        yield BLANK


def _cut_sentence(shown: int, total: int, whole_in: str | None) -> str | None:
    if total <= shown:
        return None
    whole = f"; all of them are in {whole_in}" if whole_in else ""
    return f"These are the first {number(shown)} of {number(total)} rows{whole}."


def _unique_names(names: Sequence[str], mark: str | None) -> list[str]:
    """Each within what Excel takes, and no two alike, whatever the letters' case."""
    ending, found, taken = f" ({mark})" if mark else "", [], set()
    for name in names:
        plain = NOT_IN_A_NAME.sub("_", name)
        for at in range(1, len(names) + 1):
            told_apart = "" if at == 1 else f" {at}"
            made = f"{plain[: LONGEST_NAME - len(ending) - len(told_apart)].strip()}{told_apart}{ending}"
            if made.casefold() not in taken:
                break
        taken.add(made.casefold())
        found.append(made)
    return found


def _table_name(name: str, taken: set[str]) -> str:
    plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_") or "table"
    made = f"Table_{plain}"
    while made.casefold() in taken:
        made += "_"
    taken.add(made.casefold())
    return made
