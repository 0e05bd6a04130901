"""The rows of a table as XML, a column at a time: what a writer makes of each cell, put together by Polars.

Nearly all texts are plain, and are then only put between two tags; the few others, and all that is no text, go through
the writer's own way for one cell, once for each different value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.dive.pages.spreadsheet import Cell, TableSheet, needs_care

__all__ = ["CellsAsXml", "rows_of_cells", "rows_of_frame"]

FRAME_ROWS_AT_ONCE = 4_096


@dataclass(frozen=True)
class CellsAsXml:
    """How a writer puts a cell: any cell, an empty one, a plain text (around `{}`), and a row around its cells."""

    of: Callable[[Cell], str]
    empty: str
    plain: str
    row: tuple[str, str]


def rows_of_frame(sheet: TableSheet, form: CellsAsXml) -> Iterator[str]:
    """The rows of a table, some thousands at once, the same as the writer gives of each."""
    for at in range(0, sheet.frame.height, FRAME_ROWS_AT_ONCE):
        some = sheet.frame.slice(at, FRAME_ROWS_AT_ONCE)
        yield _joined([_cells_of_column(one, form, is_plain=one.name in sheet.plain) for one in some], form)


def rows_of_cells(rows: Sequence[tuple[Cell, ...]], form: CellsAsXml) -> Iterator[str]:
    """The same of rows that are no frame."""
    if rows:
        yield _joined([_cells_of_values(values, form) for values in zip(*rows, strict=True)], form)


def _joined(columns: Sequence[pl.Series], form: CellsAsXml) -> str:
    start, end = form.row
    cells = [cells.alias(str(place)) for place, cells in enumerate(columns)]
    rows = pl.select(pl.concat_str(pl.lit(start), *cells, pl.lit(end))).to_series()
    return str(rows.str.join("").item())


def _cells_of_values(values: tuple[Cell, ...], form: CellsAsXml) -> pl.Series:
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        try:
            return _cells_of_column(pl.Series(values, dtype=pl.String()), form)
        except UnicodeEncodeError:  # a lone surrogate, which Polars does not hold and the writer replaces
            pass
    if kinds <= {int, type(None)}:
        cells = {value: form.of(value) for value in set(values)}
        return pl.Series([cells[value] for value in values], dtype=pl.String())
    return pl.Series([form.of(value) for value in values], dtype=pl.String())


def _cells_of_column(values: pl.Series, form: CellsAsXml, *, is_plain: bool = False) -> pl.Series:
    if values.dtype != pl.String():
        different = values.unique().to_list()
        return values.replace_strict(different, [form.of(value) for value in different], return_dtype=pl.String())
    text = pl.col("text")
    table = values.alias("text").to_frame()
    if is_plain:
        return table.select(pl.format(form.plain, text).fill_null(form.empty)).to_series()
    escaped = text.str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
    cells = pl.format(form.plain, escaped).fill_null(form.empty)
    found = table.select(cells=cells, text=text, care=needs_care(text))
    careful = found.filter("care")["text"].unique().to_list()
    if careful:
        with_care = text.replace_strict(careful, [form.of(value) for value in careful], default=None)
        found = found.with_columns(cells=pl.when("care").then(with_care).otherwise("cells"))
    return found["cells"]
