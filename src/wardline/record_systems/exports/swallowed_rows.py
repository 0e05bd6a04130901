"""Cells in which whole rows seem to stand: two quotation marks that stand alone make one cell of all between them."""

from __future__ import annotations

import re

import polars as pl

from wardline.record_systems.exports.quotation_marks import cells_of

__all__ = ["seems_to_hold_rows"]

ENOUGH_CELLS = 4
LINES = re.compile(r"\r\n|\n|\r")


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
    own = _written(cells[0])
    for at, cell in enumerate(cells):
        _, *lines = LINES.split(cell)
        for line in lines:
            found = cells_of(line, separator)
            # The rest of the last row that was swallowed stands in the cells behind this one.
            is_whole = len(found) == (at + 1 if line is lines[-1] else len(cells)) > 1
            if is_whole and (_written(found[0]) == own if "9" in own else len(found) >= ENOUGH_CELLS):
                return True
    return False


def _written(cell: str) -> str:
    """How a cell is written: figures as one 9, letters as one A.

    Of a cell with line breaks only the first line counts.
    """
    first_line = LINES.split(cell.strip())[0]
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "9", first_line))
