"""Making a world on which something goes wrong as small as it can be, by leaving out one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import polars as pl

from tests.generative.worlds import World

__all__ = ["reduced"]

# Values that do not matter are emptied, so that what remains is what matters.
OPTIONAL_COLUMNS = {
    "events": ("recorded_at", "happened_by", "grade", "method", "due"),
    "cases": ("closed_at", "person_id", "from_care", "grade", "due"),
    "coverage": ("gap_from", "kept_by"),
}

# A page of the specification without these tables says that one system holds everything and can record everything.
NEVER_EMPTY = ("abilities", "case_sources")


def reduced(world: World, still_wrong: Callable[[World], bool]) -> World:
    """The smallest world reached from `world` by leaving things out, on which it is still wrong."""
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for candidate in _without_one_thing(world):
            if still_wrong(candidate):
                world, is_smaller = candidate, True
                break
    return world


def _without_one_thing(world: World) -> Iterator[World]:
    if len(world.obligations) > 1:
        for number in range(len(world.obligations)):
            yield replace(world, obligations=world.obligations[:number] + world.obligations[number + 1 :])
    for one in world.obligations if len(world.obligations) == 1 else ():
        for change in (
            {"exemptions": ()},
            {"only_for": ()},
            {"first_only": False},
            {"per_child": False},
            {"since_opening": False},
        ):
            plainer = replace(one.obligation, **change)
            if plainer != one.obligation:
                yield replace(world, obligations=(replace(one, obligation=plainer),))
    if world.period is not None:
        yield replace(world, period=None)
    for name, table in world.tables.items():
        for number in range(table.height if table.height > 1 or name not in NEVER_EMPTY else 0):
            yield _with(world, name, pl.concat([table[:number], table[number + 1 :]]))
        for column in OPTIONAL_COLUMNS.get(name, ()):
            for number in table.with_row_index("row").filter(pl.col(column).is_not_null())["row"].to_list():
                emptied = pl.when(pl.int_range(pl.len()) != number).then(pl.col(column)).alias(column)
                yield _with(world, name, table.with_columns(emptied))


def _with(world: World, name: str, table: pl.DataFrame) -> World:
    return replace(world, tables={**world.tables, name: table})
