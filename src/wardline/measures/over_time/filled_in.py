"""When a field counts as filled in (rule 11 of docs/reference/meaning.md).

It is stated here for measures; the engines, and findings with them, state it on their own.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

__all__ = ["is_filled_in"]

NOT_FILLED_IN = ("", "unknown", "not stated")


def is_filled_in(column: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether the cell of a column says anything; never null. "Unknown" and "not stated" do not, "declined" does."""
    if not isinstance(schema[column], pl.String | pl.Categorical | pl.Enum):
        return pl.col(column).is_not_null()
    text = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return (~text.is_in(NOT_FILLED_IN)).fill_null(False)
