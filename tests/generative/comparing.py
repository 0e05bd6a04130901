"""Running engines on a world and comparing what they find, exactly."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from string import ascii_uppercase

import polars as pl

from tests.generative.many_worlds import ManyWorlds, log_of
from tests.generative.reducing import reduced
from tests.generative.worlds import World
from tests.specification.writing import write_section
from wardline.engines import check as check_by_columns
from wardline.engines import check_by_reference

Check = Callable[..., pl.DataFrame]

ALL_ENGINES: dict[str, Check] = {"reference": check_by_reference, "columnar": check_by_columns}
AT_MOST = 3  # worlds of one step that are made small; more would be more of the same


def chosen_engines() -> dict[str, Check]:
    """The engines that WARDLINE_ENGINES names (default: all)."""
    names = os.environ.get("WARDLINE_ENGINES", " ".join(ALL_ENGINES)).split()
    return {name: ALL_ENGINES[name] for name in names}


def check_world(check: Check, world: World) -> pl.DataFrame:
    """The findings of one engine on a world."""
    return check(world.obligations, world.log, as_at=world.as_at, period=world.period)


def assert_engines_agree(world: World | ManyWorlds, engines: Mapping[str, Check]) -> None:
    """Every engine finds exactly the same: rows, order, columns and types."""
    (_, judge), *others = engines.items()
    many = world if isinstance(world, ManyWorlds) else ManyWorlds(world, ())
    for _, check in others:
        if (report := report_of_differences(many, judge, check)) is not None:
            raise AssertionError(report)


def are_different(world: World, one: Check, other: Check) -> bool:
    """Whether two engines find anything differently in a world: rows, order, columns or types."""
    expected, found = check_world(one, world), check_world(other, world)
    return found.schema != expected.schema or not found.equals(expected)


def report_of_differences(many: ManyWorlds, judge: Check, other: Check) -> str | None:
    """A section of specification for each world (of a few) on which two engines differ; None where they do not."""
    if not are_different(many.as_one, judge, other):
        return None

    def is_wrong(world: World) -> bool:
        return are_different(world, judge, other)

    alone = [world for world in map(many.world, _logs_that_differ(many, judge, other)) if is_wrong(world)][:AT_MOST]
    # A difference that no log shows alone comes of several together: then as few of them as it takes.
    smallest = [reduced(world, is_wrong) for world in alone or [_fewest_logs(many, is_wrong)]]
    return "\n".join(difference(world, check_world(judge, world), check_world(other, world)) for world in smallest)


def difference(world: World, expected: pl.DataFrame, found: pl.DataFrame) -> str:
    """A world as a section of specification that expects what one engine finds, and what the other finds instead."""
    world, expected, found = _tidied(world, expected, found)
    section = _section("A world on which the engines differ", world, expected)
    other = _section("", world, found).rpartition("As at ")[2].rstrip()
    # Quoted, so that it is no table of the page.
    quoted = [f"> {line}".rstrip() for line in f"The other engine finds, as at {other}".splitlines()]
    return "\n".join([section, *quoted]) + "\n"


def _section(title: str, world: World, findings: pl.DataFrame) -> str:
    return write_section(title, world.obligations, world.log, as_at=world.as_at, findings=findings, period=world.period)


def _logs_that_differ(many: ManyWorlds, judge: Check, other: Check) -> Sequence[str]:
    """The logs in which a row is found by one engine only, or in another place."""
    if len(many.names) < 2:
        return many.names
    expected, found = check_world(judge, many.as_one), check_world(other, many.as_one)
    only = pl.concat([expected, found]).filter(pl.concat([expected, found]).is_duplicated().not_())
    return sorted(only.select(log_of(pl.col("case_id"))).to_series().unique())


def _fewest_logs(many: ManyWorlds, is_wrong: Callable[[World], bool]) -> World:
    """Half of the logs, and half of those, for as long as it is still wrong."""
    while len(many.names) > 1:
        middle = len(many.names) // 2
        halves = [many.only(many.names[:middle]), many.only(many.names[middle:])]
        smaller = next((half for half in halves if is_wrong(half.as_one)), None)
        if smaller is None:
            break
        many = smaller
    return many.as_one


def _tidied(world: World, *findings: pl.DataFrame) -> tuple[World, *tuple[pl.DataFrame, ...]]:
    """Events numbered from 0 on, cases called A, B, C and children c1, c2, as pages have them."""
    events = world.tables["events"].sort("event_id")
    numbers = {old: new for new, old in enumerate(events.get_column("event_id"))}
    ids = world.tables["cases"].get_column("case_id").sort().to_list()
    letters = (f"{letter}{number or ''}" for number in count() for letter in ascii_uppercase)
    cases = dict(zip(ids, letters, strict=False))
    people = world.tables["cases"].get_column("person_id").drop_nulls().unique().sort().to_list()
    children = {person: f"c{number + 1}" for number, person in enumerate(people)}

    def renamed(table: pl.DataFrame) -> pl.DataFrame:
        kinds = {"case_id": cases, "person_id": children, "child_id": children}
        kinds |= {name: numbers for name in table.columns if name.endswith("event") or name == "event_id"}
        return table.with_columns(
            pl.col(name).replace_strict(names, default=None, return_dtype=table.schema[name])
            for name, names in kinds.items()
            if name in table.columns and name != "event"
        )

    tables = {name: renamed(table) for name, table in {**world.tables, "events": events}.items()}
    return replace(world, tables=tables), *(renamed(one) for one in findings)
