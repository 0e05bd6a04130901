"""Running engines on a world and holding their findings against each other, exactly."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import polars as pl

from tests.generative.reducing import reduced
from tests.generative.worlds import World
from wardline.engines import check as check_by_columns
from wardline.engines import check_by_reference

Check = Callable[..., pl.DataFrame]

ALL_ENGINES: dict[str, Check] = {"reference": check_by_reference, "columnar": check_by_columns}


def chosen_engines() -> dict[str, Check]:
    """The engines that WARDLINE_ENGINES names (default: all)."""
    names = os.environ.get("WARDLINE_ENGINES", " ".join(ALL_ENGINES)).split()
    return {name: ALL_ENGINES[name] for name in names}


def check_world(check: Check, world: World) -> pl.DataFrame:
    """The findings of one engine on a world."""
    return check(world.obligations, world.log, as_at=world.as_at, period=world.period)


def assert_engines_agree(world: World, engines: Mapping[str, Check]) -> None:
    """Every engine finds exactly the same: rows, order, columns and types."""
    (baseline, judge), *others = engines.items()
    for name, check in others:
        if are_different(world, judge, check):
            smallest = reduced(world, lambda candidate, check=check: are_different(candidate, judge, check))
            raise AssertionError(
                difference(smallest, baseline, check_world(judge, smallest), name, check_world(check, smallest))
            )


def are_different(world: World, one: Check, other: Check) -> bool:
    """Whether two engines find anything differently in a world: rows, order, columns or types."""
    expected, found = check_world(one, world), check_world(other, world)
    return found.schema != expected.schema or not found.equals(expected)


def difference(world: World, one: str, expected: pl.DataFrame, other: str, found: pl.DataFrame) -> str:
    """The world as tables, and only what the two engines find differently in it."""
    shown = [
        "obligation",
        "case_id",
        "trigger_event",
        "triggered_at",
        "ordinal",
        "limit",
        "deadline",
        "outcome",
        "reason",
        "response_event",
        "responded_at",
        "exemption_event",
        "exempted_at",
        "late_by",
        "child_id",
    ]
    marked = pl.concat([expected.with_columns(engine=pl.lit(one)), found.with_columns(engine=pl.lit(other))])
    only = marked.filter(marked.drop("engine").is_duplicated().not_())
    with pl.Config(tbl_cols=-1, tbl_rows=-1, tbl_width_chars=400, fmt_str_lengths=80):
        return "\n".join(
            [
                f"{one} and {other} disagree as at {world.as_at}, period {world.period}.",
                *(repr(resolved) for resolved in world.obligations),
                *(f"{name}\n{table}" for name, table in world.tables.items() if table.height),
                f"Found by one only (where none is shown, the order differs):\n{only.select('engine', *shown)}",
            ]
        )
