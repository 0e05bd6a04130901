"""Which cases fit an obligation's `for`, and which events match its patterns, in full or but for an empty attribute.

It is the first of the definitions of docs/reference/meaning.md, stated here for everything outside the engines, which
state it on their own. `attributes` are those that the table of the log holds, as `attribute_types` gives them. One
that no mapping holds is empty everywhere, even where it has the name of another column of the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from wardline.obligations import Condition, EventPattern

__all__ = ["fits", "fits_but_for_empty", "matches", "matches_but_for_empty"]


def fits(conditions: Sequence[Condition], attributes: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether every condition holds; an empty attribute fits none. Never null."""
    return _all_hold(conditions, attributes, if_empty=False)


def fits_but_for_empty(conditions: Sequence[Condition], attributes: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether some attribute is empty and every condition would hold if the empty ones had a right value. Never
    null.
    """
    return _all_hold(conditions, attributes, if_empty=True) & ~fits(conditions, attributes)


def matches(patterns: Sequence[EventPattern], attributes: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether an event matches any of the patterns in full. Never null."""
    return _any_matches(patterns, attributes, if_empty=False)


def matches_but_for_empty(patterns: Sequence[EventPattern], attributes: Mapping[str, pl.DataType]) -> pl.Expr:
    """Whether an event matches none of the patterns, and one but for an empty attribute. Never null."""
    return _any_matches(patterns, attributes, if_empty=True) & ~matches(patterns, attributes)


def _any_matches(patterns: Sequence[EventPattern], attributes: Mapping[str, pl.DataType], *, if_empty: bool) -> pl.Expr:
    each = [
        (pl.col("event") == pattern.event) & _all_hold(pattern.conditions, attributes, if_empty=if_empty)
        for pattern in patterns
    ]
    return pl.any_horizontal(each) if each else pl.lit(False)


def _all_hold(conditions: Sequence[Condition], attributes: Mapping[str, pl.DataType], *, if_empty: bool) -> pl.Expr:
    each = [
        _as_written(one.attribute, attributes).is_in(one.values).fill_null(if_empty)
        if one.attribute in attributes
        else pl.lit(if_empty)
        for one in conditions
    ]
    return pl.all_horizontal(each) if each else pl.lit(True)


def _as_written(attribute: str, attributes: Mapping[str, pl.DataType]) -> pl.Expr:
    """A number as a standard writes it, without a fraction where it has none: 3.0 is `3`, 2.5 is `2.5` (decision 6)."""
    value, of_type = pl.col(attribute), attributes[attribute]
    if not of_type.is_float():
        return value.cast(pl.String)
    whole = value.cast(pl.Int64, strict=False)
    return pl.when(whole == value).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
