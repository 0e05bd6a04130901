"""Counts that could point at a child, merged or withheld: groups of fewer than ten, and cells that would give one away.

A table has a row for each group and a column for each part (met, not met, not judged). The sum of each row and of each
column is known to whoever reads it, because totals are given as they are. So a cell that is withheld alone in its row
or column could be worked out; and so could any that is the only way from one part of the withheld cells to the rest (a
bridge of the graph whose edges they are, between rows and columns: Gusfield 1988). Cells are withheld until there is
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

__all__ = ["FEWEST", "OTHER", "CellCount", "merged_groups", "withheld_cells"]

FEWEST = 10  # children, or cases that name none; fewer are never given by group (design §8)
OTHER = "other"

Cell = tuple[int, int]
"""The number of its row and of its column."""


@dataclass(frozen=True)
class CellCount:
    """So many occasions, of so many different children (or cases that name none)."""

    occasions: int
    children: int

    @property
    def is_small(self) -> bool:
        """Whether it is about somebody, and about so few that it could point at one of them."""
        return 0 < self.children < FEWEST


def merged_groups(rows: pl.DataFrame) -> dict[str, str] | None:
    """Under which name each group goes, given `group` and `who` of each row: its own, or `other`, where all that are
    small go together.

    Where these are still fewer than ten, the next smallest group goes with them. None where all of it would be one
    group: then nothing can be said by group.
    """
    by_size = (
        rows.group_by("group")
        .agg(children=pl.col("who").n_unique())
        .sort("children", "group", nulls_last=True)
        .select("group", "children")
        .rows()
    )
    merged: list[str] = []
    for group, children in by_size:
        if children >= FEWEST and (not merged or _children_of(rows, merged) >= FEWEST):
            break
        merged.append(group)
    if merged and _children_of(rows, merged) < FEWEST:
        return None
    named = {group: OTHER if group in merged else group for group, _ in by_size}
    return named if len(set(named.values())) > 1 else None


def _children_of(rows: pl.DataFrame, groups: Sequence[str]) -> int:
    return int(rows.filter(pl.col("group").is_in(groups))["who"].n_unique())


def withheld_cells(table: Sequence[Sequence[CellCount]]) -> frozenset[Cell]:
    """Which cells are withheld: the small ones, and as many more as it takes that none of these can be worked out.

    Where no choice of further cells does, all are.
    """
    cells = {(row, column): one for row, line in enumerate(table) for column, one in enumerate(line)}
    withheld = {cell for cell, one in cells.items() if one.is_small}
    while exposed := _bridges(withheld) or _thin_lines(withheld, cells):
        further = min(
            (added for cell in exposed for added in _ways_round(cell, cells, withheld)),
            key=lambda added: (sum(cells[one].occasions for one in added), sorted(added)),
            default=frozenset(),
        )
        if not further:
            return frozenset(cells)
        withheld |= further
    return frozenset(withheld)


def _ways_round(cell: Cell, cells: Mapping[Cell, CellCount], withheld: set[Cell]) -> Iterator[frozenset[Cell]]:
    """The cells that would have to be withheld too, so that this one is a corner of a rectangle of withheld cells.

    A corner that is empty hides nothing, so there must be something in each.
    """
    row, column = cell
    for other_row in {one for one, _ in cells} - {row}:
        for other_column in {one for _, one in cells} - {column}:
            corners = frozenset({(row, other_column), (other_row, column), (other_row, other_column)})
            added = corners - withheld
            if added and all(cells[one].occasions for one in added):
                yield added


def _thin_lines(withheld: set[Cell], cells: Mapping[Cell, CellCount]) -> list[Cell]:
    """Of rows whose withheld cells together are fewer than ten, one cell each: their sum would say that all are small.

    Of columns it is not asked, because the totals of the force are given whatever they are.
    """
    thin = []
    for row in {one for one, _ in withheld}:
        mine = [cell for cell in withheld if cell[0] == row]
        is_whole = len(mine) == sum(1 for one, _ in cells if one == row)
        if not is_whole and sum(cells[cell].occasions for cell in mine) < FEWEST:
            thin.append(min(mine))
    return thin


def _bridges(withheld: Iterable[Cell]) -> list[Cell]:
    """The withheld cells that could be worked out from the sums: those without which their row and their column are
    joined by no other withheld cells."""
    edges = set(withheld)
    return sorted(cell for cell in edges if not _are_joined(cell, edges - {cell}))


def _are_joined(cell: Cell, edges: set[Cell]) -> bool:
    """Whether the row of a cell is joined with its column by some of these."""
    row, column = cell
    rows, columns = {row}, set[int]()
    while True:
        more_columns = {right for left, right in edges if left in rows}
        more_rows = rows | {left for left, right in edges if right in more_columns}
        if column in more_columns:
            return True
        if more_rows == rows and more_columns == columns:
            return False
        rows, columns = more_rows, more_columns
