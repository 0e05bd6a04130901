"""Whether a header holds the names of columns, or the first record: a file without a header must not show anybody.

What stands in a header is printed, in drafts and where a mapping asks for a column that is not there. In a file without
one the first row is somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from wardline.errors import did_you_mean

__all__ = ["holds_a_record", "is_unnamed", "near_column", "unnamed"]

# What a value is like and the name of a column is not: figures first, three of them together, or an address.
LIKE_A_VALUE = re.compile(r"^\s*[+(]?\d|\d{3}|@|^\W*$")
SURELY_A_VALUE = re.compile(r"\d{3}|\d[/:.-]\d|@")
HALF = 0.5


def unnamed(position: int) -> str:
    """What a column without a name is called: after its position among the columns of its table, from 1."""
    return f"column {position}"


def is_unnamed(name: str, position: int) -> bool:
    """Whether a column at a position is called so because it has no name."""
    return name == unnamed(position)


def near_column(column: str, header: Sequence[str], needed: Sequence[str]) -> str:
    """ " Did you mean `x`?" for a column that is not there, only where the header is known to be one.

    It is where it has another of the columns that the mapping needs. Otherwise only the same name in other letters is
    proposed, which shows nothing that the mapping does not say.
    """
    if not set(needed) & set(header):
        header = [name for name in header if _folded(name) == _folded(column)]
    return did_you_mean(column, [name for name in header if LIKE_A_VALUE.search(name) is None])


def holds_a_record(header: Sequence[str], rows: pl.DataFrame) -> bool:
    """Whether a header is written as the rows below it are, where these have figures: then it is one of them.

    Where there are no rows, whether any of it is like a value.
    """
    named = [(at, name) for at, name in enumerate(header) if not is_unnamed(name, at + 1)]
    if rows.is_empty():
        return any(SURELY_A_VALUE.search(name) for _, name in named)
    return any("9" in written(name) and _is_usual(written(name), rows[str(at)]) for at, name in named)


def written(cell: str) -> str:
    """How a cell is written: figures as one 9, letters as one A."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "9", cell.strip()))


def _is_usual(shape: str, cells: pl.Series) -> bool:
    filled = [cell for cell in _texts(cells) if cell]
    alike = sum(written(cell) == shape for cell in filled)
    return bool(filled) and alike >= len(filled) * HALF


def _texts(cells: pl.Series) -> Iterator[str]:
    yield from (cell.strip() for cell in cells.head(200).to_list() if cell is not None)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
