"""Which rows of events match a list of patterns, in full or but for an empty attribute, as Polars expressions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from wardline.obligations import Condition, EventPattern

__all__ = ["attribute", "fits", "matches", "matches_but_for_empty", "names_in", "names_with_conditions"]

PREFIX = "attribute:"  # so that no attribute of a log can be taken for a column of our own


def attribute(name: str) -> str:
    """The column in which an engine's frame holds an attribute of the log."""
    return PREFIX + name


def names_in(patterns: Sequence[EventPattern]) -> tuple[str, ...]:
    """The event names that the patterns mention, each once."""
    return tuple(dict.fromkeys(pattern.event for pattern in patterns))


def names_with_conditions(patterns: Sequence[EventPattern]) -> tuple[str, ...]:
    """The event names of which not every event matches."""
    plain = {pattern.event for pattern in patterns if not pattern.conditions}
    return tuple(name for name in names_in(patterns) if name not in plain)


def matches(patterns: Sequence[EventPattern], columns: Collection[str]) -> pl.Expr:
    """True where an event matches any of the patterns; never null."""
    return (
        pl.any_horizontal(
            [(pl.col("event") == pattern.event) & fits(pattern.conditions, columns) for pattern in patterns]
        )
        if patterns
        else pl.lit(False)
    )


def matches_but_for_empty(patterns: Sequence[EventPattern], columns: Collection[str]) -> pl.Expr:
    """True where an event matches none, but would match one if its empty attributes had the right values."""
    partial = [
        (pl.col("event") == pattern.event) & _fits(pattern.conditions, columns, if_empty=True)
        for pattern in patterns
        if pattern.conditions
    ]
    return pl.any_horizontal(partial) & ~matches(patterns, columns) if partial else pl.lit(False)


def fits(conditions: Sequence[Condition], columns: Collection[str]) -> pl.Expr:
    """True where every condition holds; an empty attribute, or one that the log does not have, fits nothing."""
    return _fits(conditions, columns, if_empty=False)


def _fits(conditions: Sequence[Condition], columns: Collection[str], *, if_empty: bool) -> pl.Expr:
    held = [
        pl.col(attribute(condition.attribute)).cast(pl.String).is_in(condition.values).fill_null(if_empty)
        if attribute(condition.attribute) in columns
        else pl.lit(if_empty)
        for condition in conditions
    ]
    return pl.all_horizontal(held) if held else pl.lit(True)
