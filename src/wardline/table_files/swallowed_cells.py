"""Cells of a CSV file that quotation marks of their own row have swallowed.

Two marks that each stand alone in a cell make one of these cells and all between them. The row then lacks cells at its
end, and so does an honest one whose program leaves out the empty cells there and which has a text with separators in
quotation marks. Such a text is taken apart, and its pieces are held against the columns that they would belong to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from wardline.table_files.ends_of_reports import ends_report
from wardline.table_files.headers import written
from wardline.table_files.quotation_marks import has_stray_mark
from wardline.table_files.uneven_rows import UnevenRow

__all__ = ["SwallowedCells", "swallowed_cells"]

# People write a space after a comma, and figures such as 12,500. Programs write neither between two cells.
GOES_ON = re.compile(r"\s|\d{3}(?!\d)")
# How a date or a time of day is written, as `written` gives it: Mon 03/03/2025, 3 Mar 2025, Mar 3, 2025; 18:05.
LIKE_A_DATE = re.compile(r"^(?:A\W+)?9(?:\W+9\W+9|\W*A\W*9)|^A\W+9, 9")
LIKE_A_TIME = re.compile(rf"{LIKE_A_DATE.pattern}|^9:9")
LOOKED_AT = 200
HALF = 0.5
# So many rows of a column do not have two stray marks each.
FEW, MANY = 5, 0.1


@dataclass(frozen=True)
class SwallowedCells:
    """The numbers of the rows that are rejected for it, and how many others there are that may have swallowed cells."""

    rejected: tuple[int, ...] = ()
    doubted: int = 0


def swallowed_cells(short: Sequence[UnevenRow], rows: pl.DataFrame, separator: str) -> SwallowedCells:
    """Which of some rows that lack cells at their end seem to lack them because quotation marks have swallowed them.

    `rows` are those that were read around them: a column `row`, and one for each of the header's. A row is rejected
    where the mark that closes a text with separators has text behind it, or where a piece of the text is written as the
    times of its column are, and nothing otherwise than its own; but not for texts of a column in which others have
    such texts too. It is doubted where a piece is written like a date, and where its pieces may well be cells.
    """
    as_between_cells = re.compile(rf"{re.escape(separator)}(?!\s)")
    holding = [row for row in short if any(separator in cell and as_between_cells.search(cell) for cell in row.cells)]
    suspects = [(row, taken) for row in holding if (taken := _TakenApart(row.cells, separator)).pieces]
    if not suspects:
        return SwallowedCells()
    others = rows.filter(~pl.col("row").is_in([row.number for row, _ in suspects])).drop("row")
    columns = [_Column(others[name], separator) for name in others.columns]
    counts = Counter(at for _, taken in suspects for at in taken.texts)
    usual = {at for at, count in counts.items() if count >= max(FEW, rows.height * MANY) or columns[at].has_such_texts}
    dates = {way for column in columns for way in column.times if LIKE_A_DATE.search(way)}
    rejected = []
    doubted = 0
    for row, taken in suspects:
        is_usual = not usual.isdisjoint(taken.texts)
        if has_stray_mark(row.as_written, separator) or (not is_usual and taken.has_time_in_place(columns)):
            rejected += [] if ends_report(row.cells) else [row.number]
        elif taken.has_any(dates) or (not is_usual and taken.may_be_cells(columns)):
            doubted += not ends_report(row.cells)
    return SwallowedCells(tuple(rejected), doubted)


class _TakenApart:
    """A row whose texts with separators are taken apart: `cells` are all that it then has, `pieces` the positions of
    those that come out of a text, but for its first, and `texts` the positions of the texts before.
    """

    def __init__(self, as_read: Sequence[str], separator: str) -> None:
        self.as_read = as_read
        self.cells: list[str] = []
        self.pieces: list[int] = []
        self.texts: list[int] = []
        for at, cell in enumerate(as_read):
            first, *others = _pieces(cell, separator) if separator in cell else (cell,)
            self.texts += [at] if others else []
            self.pieces += range(len(self.cells) + 1, len(self.cells) + 1 + len(others))
            self.cells += [first, *others]

    def has_time_in_place(self, columns: Sequence[_Column]) -> bool:
        """Whether a piece is written like the times of its column, and nothing otherwise than the cells of its own."""
        placed = [(columns[at], self.cells[at]) for at in self.pieces if at < len(columns)]
        return self._fits(columns) and any(column.holds_time(piece) for column, piece in placed)

    def has_any(self, dates: set[str]) -> bool:
        """Whether a piece is written in one of these ways."""
        pieces = [self.cells[at] for at in self.pieces]
        return any(written(piece) in dates for piece in pieces if any(map(str.isdigit, piece)))

    def may_be_cells(self, columns: Sequence[_Column]) -> bool:
        """Whether the pieces could be cells, or make the row just as long as others are.

        How long it is says nothing where a time that follows the text stands in its column as it was read.
        """
        if self._fits(columns):
            return True
        longest = max((at for at, column in enumerate(columns, start=1) if column.is_filled), default=0)
        follows = list(zip(columns, self.as_read, strict=False))[self.texts[0] + 1 :]
        is_in_place = any(column.holds_time(cell) for column, cell in follows)
        return longest <= len(self.cells) <= len(columns) and not is_in_place

    def _fits(self, columns: Sequence[_Column]) -> bool:
        filled = [at for at, cell in enumerate(self.cells) if cell.strip()]
        if max(filled, default=0) >= len(columns):
            return False
        return all(columns[at].may_hold(self.cells[at]) for at in filled if at >= self.pieces[0])


class _Column:
    """How the cells of a column are written."""

    def __init__(self, cells: pl.Series, separator: str) -> None:
        self._cells = cells
        self._separator = separator

    @cached_property
    def _ways(self) -> Counter[str]:
        filled = self._cells.filter(self._cells.str.contains(r"\S")).head(LOOKED_AT)
        return Counter(map(written, filled))

    @property
    def is_filled(self) -> bool:
        """Whether any row has something in it."""
        return bool(self._ways)

    @cached_property
    def times(self) -> set[str]:
        """How times are written in it; nothing where fewer than half of its cells are times."""
        found = {way for way in self._ways if LIKE_A_TIME.search(way)}
        return found if sum(self._ways[way] for way in found) >= self._ways.total() * HALF else set()

    def holds_time(self, cell: str) -> bool:
        """Whether a cell is written like the times of the column."""
        return written(cell) in self.times

    def may_hold(self, cell: str) -> bool:
        """Whether a cell may stand in the column: where it has times, a word may, but no figures that are no time."""
        way = written(cell)
        return not self.times or "9" not in way or way in self._ways

    @cached_property
    def has_such_texts(self) -> bool:
        """Whether it has a text that could be taken apart as well."""
        holding = self._cells.filter(self._cells.str.contains(self._separator, literal=True)).head(LOOKED_AT)
        return any(len(_pieces(cell, self._separator)) > 1 for cell in holding)


def _pieces(cell: str, separator: str) -> list[str]:
    """A text taken apart wherever a separator in it does not look as if a person had written it."""
    found: list[str] = []
    for piece in cell.split(separator):
        goes_on = found and GOES_ON.match(piece) and (piece[0].isspace() or found[-1][-1:].isdigit())
        if goes_on:
            found[-1] += separator + piece
        else:
            found.append(piece)
    return found
