"""The rows of a frame as XML, a column at a time: what a writer makes of each cell, put together by Polars.

Nearly all texts are plain, and are then only put between two tags; the few others, and all that is no text, go through
the writer's own way for one cell, once for each different value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from wardline.dive.pages.spreadsheet import CHARACTERS_SHOWN, Cell

__all__ = ["CellsAsXml", "rows_of_frame"]

FRAME_ROWS_AT_ONCE = 4_096
# What is not written as it is, for Polars, whose texts hold no lone surrogates.
NEEDS_CARE = r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]|[\t\n\r]|^ +| {2,}| +$|_x[0-9A-Fa-f]{4}_"


@dataclass(frozen=True)
class CellsAsXml:
    """How a writer puts a cell: any cell, an empty one, a plain text (around `{}`), and a row around its cells."""

    of: Callable[[Cell], str]
    empty: str
    plain: str
    row: tuple[str, str]


def rows_of_frame(frame: pl.DataFrame, form: CellsAsXml) -> Iterator[str]:
    """The rows of a table, some thousands at once, the same as the writer gives of each."""
    start, end = form.row
    for at in range(0, frame.height, FRAME_ROWS_AT_ONCE):
        some = frame.slice(at, FRAME_ROWS_AT_ONCE)
        cells = [_cells_of_column(some[name], form).alias(str(place)) for place, name in enumerate(some.columns)]
        rows = pl.select(pl.concat_str(pl.lit(start), *cells, pl.lit(end))).to_series()
        yield rows.str.join("").item()


def _cells_of_column(values: pl.Series, form: CellsAsXml) -> pl.Series:
    if values.dtype != pl.String():
        different = values.unique().to_list()
        return values.replace_strict(different, [form.of(value) for value in different], return_dtype=pl.String())
    text = pl.col("text")
    needs_care = text.str.contains(NEEDS_CARE) | (text.str.len_chars() > CHARACTERS_SHOWN)
    escaped = text.str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
    cells = pl.when(text.is_null()).then(pl.lit(form.empty)).otherwise(pl.format(form.plain, escaped))
    found = values.alias("text").to_frame().select(cells=cells, text=text, care=needs_care.fill_null(False))
    careful = found.filter("care")["text"].unique().to_list()
    if careful:
        with_care = text.replace_strict(careful, [form.of(value) for value in careful], default=None)
        found = found.with_columns(cells=pl.when("care").then(with_care).otherwise("cells"))
    return found["cells"]
