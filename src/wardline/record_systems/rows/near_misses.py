"""Cells that would fit a value of the mapping if capital letters and spaces made no difference: counted, and said.

A system in which people type has `Child`, `CHILD` and `child`, and a mapping lists one of them. Which of the others
mean the same only the force knows, so they do not fit; but a child whose row is left out for it is on no list, and
nobody who looks at shares of rows alone would see it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import polars as pl

from wardline.record_systems.mapping.kinds_of_table import MappedTable

__all__ = ["near_misses"]


def near_misses(rows: pl.DataFrame, kept: pl.Expr, table: MappedTable, cell: Callable[[str], pl.Expr]) -> Counter[str]:
    """How many such cells each column holds: of the columns that choose rows, and in rows that are `kept` of those that
    say whether an event happened, or which.
    """
    columns: dict[str, tuple[set[str], pl.Expr]] = {}
    for column, values, among in _conditions(table, kept):
        listed = columns.setdefault(column, (set(), among))[0]
        listed.update(value for value in values if value is not None)
    if rows.is_empty() or not columns:
        return Counter()
    counted = rows.select(
        (_fits_nearly(cell(column), values) & among).sum().alias(column) for column, (values, among) in columns.items()
    )
    return +Counter(counted.row(0, named=True))


def _conditions(table: MappedTable, kept: pl.Expr) -> Iterator[tuple[str, Sequence[str | None], pl.Expr]]:
    restricted = None if table.restricted is None else table.restricted.where
    for pattern in filter(None, (table.only_where, table.leave_out_where, restricted)):
        yield from ((column, values, pl.lit(True)) for column, values in pattern.conditions)
    for event in table.events_of_row:
        if event.happened_if is not None:
            yield from ((column, values, kept) for column, values in event.happened_if.conditions)
    named = table.names_event_by
    if named is not None and named.column is not None and named.values is not None:
        yield named.column, [given for given, _ in named.values], kept


def _fits_nearly(cell: pl.Expr, values: set[str]) -> pl.Expr:
    """Whether a cell is none of the values, but for capital letters and spaces; never null."""
    one_space = cell.str.replace_all(r"\s+", " ").str.to_lowercase()
    folded = {" ".join(value.split()).lower() for value in values}
    return (one_space.is_in(list(folded)) & ~cell.is_in(list(values))).fill_null(False)
