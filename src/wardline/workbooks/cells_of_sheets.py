"""A sheet of a workbook, whatever kind of file holds it: its filled cells as text, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import polars as pl

from wardline.invisible_signs import as_seen
from wardline.workbooks.workbook_parts import CannotBeRead, Merged

__all__ = [
    "LAST_COLUMN",
    "MOST_CELLS",
    "MOST_REPEATED",
    "NOT_CALCULATED",
    "Row",
    "SheetCells",
    "WorkbookSheet",
    "cells_of",
    "check_repeated",
]

NOT_CALCULATED = "#NOT CALCULATED"
"""What we put for a formula that was saved without its result."""

ROWS_TOGETHER = 1 << 13
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
MOST_CELLS = 100_000_000
MOST_REPEATED = 10_000_000  # a few bytes can say so many

Row = tuple[int, dict[int, str]]
"""The number of a row and the texts of its cells by the number of their column; both from 1."""


@dataclass(frozen=True)
class SheetCells:
    """The rows of a sheet from its first to its last filled one: `row`, then a column of text, named by its number,
    for each that holds anything; and which cells are merged.
    """

    rows: pl.DataFrame
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True)
class WorkbookSheet:
    """A sheet by its name. `read` takes how many rows are wanted; None is all. It raises CannotBeRead."""

    name: str
    is_hidden: bool
    read: Callable[[int | None], SheetCells] = field(repr=False, compare=False)

    @property
    def is_filled(self) -> bool:
        """Whether any cell of it holds something."""
        return not self.read(1).rows.is_empty()


def cells_of(rows: Iterable[Row], merged: list[Merged], most_rows: int | None) -> SheetCells:
    """Put the filled cells of some rows, in order, into a table. `merged` is looked at once all rows are read."""
    frames = []
    together: list[Row] = []
    last = count = 0
    for number, cells in rows:
        # Nearly every text is ASCII, and then it is as it is seen.
        filled = {one: text for one, text in cells.items() if (text if text.isascii() else as_seen(text)).strip()}
        if not filled:
            continue
        if number <= last or number > LAST_ROW or max(filled) > LAST_COLUMN:
            raise CannotBeRead("The rows or columns of a sheet of this workbook are not numbered as they should be.")
        last = number
        count += len(filled)
        if count > MOST_CELLS:
            raise CannotBeRead(
                f"A sheet of this workbook has more than {MOST_CELLS:,} filled cells.", "Export its rows as CSV files."
            )
        together.append((number, filled))
        if len(together) == ROWS_TOGETHER:
            frames.append(_frame(together))
            together = []
        if most_rows is not None and len(frames) * ROWS_TOGETHER + len(together) >= most_rows:
            break
    frames.append(_frame(together))
    table = pl.concat(frames, how="diagonal")
    columns = sorted((name for name in table.columns if name != "row"), key=int)
    return SheetCells(_with_empty_rows(table.select("row", *columns)), tuple(merged))


def check_repeated(cells: int) -> None:
    """Raise CannotBeRead where a sheet has more than this many cells that only repeat what another holds."""
    if cells > MOST_REPEATED:
        raise CannotBeRead(
            f"A sheet of this workbook has more than {MOST_REPEATED:,} cells that only repeat what another contains.",
            "Export its rows as CSV files.",
        )


def _frame(rows: list[Row]) -> pl.DataFrame:
    columns = sorted({column for _, cells in rows for column in cells})
    return pl.DataFrame(
        {
            "row": pl.Series((number for number, _ in rows), dtype=pl.Int64),
            **{str(column): pl.Series([cells.get(column) for _, cells in rows], dtype=pl.String) for column in columns},
        }
    )


def _with_empty_rows(table: pl.DataFrame) -> pl.DataFrame:
    """The same with the rows between, of which each cell is empty."""
    if table.is_empty() or table["row"][-1] - table["row"][0] + 1 == table.height:
        return table
    numbers = pl.DataFrame({"row": pl.int_range(table["row"][0], table["row"][-1] + 1, dtype=pl.Int64, eager=True)})
    return numbers.join(table, on="row", how="left", maintain_order="left")
