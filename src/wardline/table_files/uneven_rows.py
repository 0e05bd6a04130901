"""Rows of a CSV file that have more or fewer cells than its header: which of them can be read all the same.

Many programs leave out the empty cells at the end of a row, or write a separator behind the last cell. Such a row loses
nothing when it is read. The rows of open cases are often of this kind, because what has not happened yet is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from wardline.invisible_signs import as_seen
from wardline.table_files.ends_of_reports import ends_report

__all__ = ["Mended", "UnevenRow", "mended", "seem_split"]

MOST_LINES_OF_A_TORN_ROW = 20
REST_OF_A_TEXT = r"^ \p{L}{2}"


@dataclass(frozen=True)
class UnevenRow:
    """A row by its number, as a person counts, and its cells; as it is written, where it has quotation marks."""

    number: int
    cells: list[str]
    as_written: str = ""


@dataclass
class Mended:
    """The rows that could be read, each as wide as the header, and the numbers of the others.

    `short` are those that lacked cells under a name at their end; `long` had text, and empty cells behind the header's
    last: how many rows, by how many such cells. Under 0 are the rejected ones that have text there.
    """

    rows: list[UnevenRow] = field(default_factory=list)
    rejected: tuple[int, ...] = ()
    short: tuple[int, ...] = ()
    long: Counter[int] = field(default_factory=Counter)


def mended(uneven: Sequence[UnevenRow], width: int, named: int) -> Mended:
    """Uneven rows in order, brought to the header's width where that loses nothing and guesses nothing.

    A row that only lacks cells at its end is read with these cells empty, unless it has a single cell and lacks
    several, as a title has, or seems to be part of a row that was torn by a line break. One with empty cells behind
    the header's last is read without them, unless a separator inside a text seems to have shifted its cells: the time
    of a response could then stand where a return belongs. The end of a report is no record however many cells it has,
    and stands in the first one.
    """
    found = Mended()
    torn = set(_torn(uneven, width))
    rejected = []
    short = []
    for row in uneven:
        count = len(row.cells)
        has_more = count > width and not any(as_seen(cell).strip() for cell in row.cells[width:])
        if has_more and not _seems_shifted(row.cells):
            found.rows.append(UnevenRow(row.number, row.cells[:width]))
            found.long[count - width] += any(cell.strip() for cell in row.cells)
        elif count < width and (count > 1 or count >= named - 1) and row.number not in torn:
            found.rows.append(UnevenRow(row.number, row.cells + [""] * (width - count)))
            short += [row.number] if count < named and not ends_report(row.cells) else []
        elif row.number not in torn and ends_report(row.cells):
            line = " ".join(cell.strip() for cell in row.cells if cell.strip())
            found.rows.append(UnevenRow(row.number, [line] + [""] * (width - 1)))
        else:
            rejected.append(row.number)
            found.long[0] += count > width
    found.rejected, found.short = tuple(rejected), tuple(short)
    return found


def _seems_shifted(cells: Sequence[str]) -> bool:
    """Whether a separator inside a text without quotation marks seems to have made two cells of one.

    People write a space after a comma, and programs do so in all cells of a row or in none.
    """
    behind = [cell for cell in cells[1:] if cell.strip()]
    with_space = [cell for cell in behind if cell.startswith(" ")]
    return 0 < len(with_space) < len(behind)


def seem_split(rows: pl.DataFrame) -> int:
    """How many rows have a cell that looks like the rest of a text which a separator has split: ` left by bus`.

    Where a program leaves out the empty cells at the end of a row, a row that has such a cell can have as many cells as
    the header all the same, with what follows one column off.
    """
    cells = [pl.col(name) for name in rows.columns[2:]]
    if not cells:
        return 0
    suspect = rows.filter(pl.any_horizontal(cell.str.starts_with(" ") for cell in cells))
    is_split = pl.any_horizontal(cell.str.contains(REST_OF_A_TEXT) for cell in cells)
    has_others = pl.any_horizontal(cell.str.contains(r"^\S") for cell in cells)
    return suspect.filter(is_split & has_others).height


def _torn(uneven: Sequence[UnevenRow], width: int) -> Iterator[int]:
    """The numbers of rows that together make one: a line break in a text that has no quotation marks tears it.

    Each part after the first begins inside that text, so there is no number of a case, which has a digit.
    """
    goes_on = [len(row.cells) < width and not any(map(str.isdigit, row.cells[0])) for row in uneven]
    for at, first in enumerate(uneven):
        count = len(first.cells)
        for more, row in enumerate(uneven[at + 1 : at + MOST_LINES_OF_A_TORN_ROW], start=1):
            if row.number != first.number + more or not goes_on[at + more]:
                break
            count += len(row.cells) - 1
            if count >= width:
                if count == width:
                    yield from (part.number for part in uneven[at : at + more + 1])
                break
