"""Many logs under one set of obligations, checked at once: as strong for each log, and far faster than one by one.

Nearly all of the time that one small world takes goes into asking Polars, hardly any into its rows. So some logs are
drawn for the same obligations, as at and period, their cases, children and record systems are given names of their
own, and they are checked as one log. Some draws have one log only, because an engine may take a shorter way where a
whole log is simple (every time exact, no case twice at one instant); and some are made simple on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import polars as pl

from tests.generative.drawn_logs import (
    Row,
    Systems,
    draw_case,
    draw_case_sources,
    draw_event,
    draw_people,
    draw_systems,
    names_for,
    tables_of,
)
from tests.generative.drawn_obligations import limits_in, resolved_obligation
from tests.generative.instants import ANCHORS, Instants, one_in
from tests.generative.worlds import KINDS, World, draw_as_at, draw_period

__all__ = ["ALL_KINDS", "ManyWorlds", "kinds_of", "log_of", "many_worlds_of"]

SEVERAL = "several"  # obligations of several kinds at once
ALL_KINDS = (*KINDS, SEVERAL)

LOGS = (1, 8, 32, 64, 64)  # how many logs are drawn under one set of obligations
SYSTEMS = 3  # how many sets of record systems they share among them
BETWEEN = "/"
NUMBERS = {"high": 2.0, "low": 2.5, "odd": 7.0}


@dataclass(frozen=True)
class ManyWorlds:
    """Worlds that differ in their logs only, as one world. `names` are what each log's cases and children begin
    with.
    """

    as_one: World
    names: tuple[str, ...]

    def world(self, name: str) -> World:
        """The world of one log alone."""
        return self.only([name]).as_one

    def only(self, names: Iterable[str]) -> ManyWorlds:
        """These logs, without the others."""
        kept = tuple(names)
        tables = dict(self.as_one.tables)
        for table, column in (
            ("cases", "case_id"),
            ("events", "case_id"),
            ("people", "person_id"),
            ("case_sources", "case_id"),
        ):
            tables[table] = tables[table].filter(log_of(pl.col(column)).is_in(kept))
        sources = tables["case_sources"].get_column("source").unique().implode()
        for table in ("abilities", "coverage"):
            tables[table] = tables[table].filter(pl.col("source").is_in(sources))
        return ManyWorlds(replace(self.as_one, tables=tables), kept)


def kinds_of(kind: str) -> tuple[str, ...]:
    """The kinds of obligation that are drawn for one of ALL_KINDS."""
    return KINDS if kind == SEVERAL else (kind,)


def log_of(column: pl.Expr) -> pl.Expr:
    """The name of the log that a case or a child belongs to."""
    return column.str.split(BETWEEN).list.first()


class QuickRandom(Random):
    """Draws from one number each: a third of the time of a step went into drawing more evenly than it matters."""

    def choice(self, seq: Any) -> Any:
        return seq[int(self.random() * len(seq))]

    def randint(self, a: int, b: int) -> int:
        return a + int(self.random() * (b - a + 1))


def many_worlds_of(seed: int, kinds: Sequence[str], logs: int | None = None) -> ManyWorlds:
    """Some logs under one or two obligations of the given kinds (three where there are several kinds)."""
    rng = QuickRandom(seed)
    most = 2 if len(kinds) == 1 else 3
    obligations = tuple(resolved_obligation(rng, tuple(kinds), number) for number in range(rng.randint(1, most)))
    names = names_for(obligations)
    limits = limits_in(obligations)
    anchor = rng.choice(ANCHORS)
    logs = rng.choice(LOGS) if logs is None else logs
    are_exact, are_timed = one_in(rng, 4), one_in(rng, 6)
    rows: dict[str, list[Row]] = {
        table: [] for table in ("cases", "events", "people", "abilities", "coverage", "case_sources")
    }
    as_at: datetime | None = None
    shared: list[Systems] = []
    for number in range(logs):
        instants = Instants(anchor, limits, _edges(rng, as_at, shared))
        cases = [draw_case(rng, instants, case) for case in range(rng.randint(2, 6))]
        rows["events"] += _renamed(
            [draw_event(rng, instants, case["case_id"], names) for case in cases for _ in range(rng.randint(1, 8))],
            number,
        )
        as_at = draw_as_at(rng, instants) if as_at is None else as_at
        if number < SYSTEMS:
            shared.append(draw_systems(rng, instants, as_at))
        systems = number % SYSTEMS
        held = draw_case_sources(rng, [case["case_id"] for case in cases], shared[systems])
        rows["cases"] += _renamed(cases, number)
        rows["people"] += _renamed(draw_people(rng), number)
        rows["case_sources"] += _with_systems(_renamed(held, number), systems)
    for number, one in enumerate(shared):
        rows["abilities"] += _with_systems(one.abilities, number)
        rows["coverage"] += _with_systems([*one.coverage, *_further_gaps(rng, one)], number)
    rng.shuffle(rows["events"])
    for event in rows["events"]:
        event["happened_by"] = None if are_exact else event["happened_by"]
    if are_timed:
        rows["events"] = [event for event in rows["events"] if event["happened_at"] is not None]
    assert as_at is not None
    as_one = World(obligations, tables_of(rows), as_at, draw_period(rng))
    return ManyWorlds(_graded_by_numbers(as_one) if one_in(rng, 6) else as_one, tuple(map(str, range(logs))))


def _graded_by_numbers(world: World) -> World:
    """The same world with a number for each grade, as where a mapping says `type: number`."""
    tables = {
        name: table.with_columns(pl.col("grade").replace_strict(NUMBERS, return_dtype=pl.Float64))
        if "grade" in table.columns
        else table
        for name, table in world.tables.items()
    }
    return replace(world, obligations=_said_in_numbers(world.obligations), tables=tables)


def _said_in_numbers(node: Any) -> Any:
    """A part of an obligation with numbers, written as a standard writes them, in place of grades."""
    if isinstance(node, tuple) and type(node) is tuple:
        return tuple(map(_said_in_numbers, node))
    if is_dataclass(node) and not isinstance(node, type):
        return replace(node, **{one.name: _said_in_numbers(getattr(node, one.name)) for one in fields(node)})
    return f"{NUMBERS[node]:g}" if isinstance(node, str) and node in NUMBERS else node


def _further_gaps(rng: Random, systems: Systems) -> list[Row]:
    """Sometimes a second gap of a system that has one: a row with everything else as in the first."""
    day = timedelta(days=1)
    return [
        {**row, "gap_from": row["gap_from"] + day, "gap_to": row["gap_to"] + 2 * day}
        for row in systems.coverage
        if row["gap_from"] is not None and one_in(rng, 3)
    ]


def _close_at_events(rng: Random, cases: Iterable[Row], events: Sequence[Row]) -> None:
    """Close some cases at the very instant of an event, of the same case or of another."""
    for case in cases:
        if one_in(rng, 3):
            case["closed_at"] = rng.choice(events)["happened_at"]


def _edges(rng: Random, as_at: datetime | None, shared: Sequence[Systems]) -> tuple[datetime, ...]:
    """Half of the time an instant that all logs have in common, from which a log's own instants may be drawn."""
    found = [] if as_at is None else [as_at]
    found += [
        row[name]
        for one in shared
        for row in one.coverage
        for name in ("taken_at", "gap_from", "gap_to")
        if row[name] is not None
    ]
    return (rng.choice(found),) if found and one_in(rng, 2) else ()


def _renamed(rows: Iterable[Row], number: int) -> list[Row]:
    """Rows with the cases and children of one log."""
    return [
        {**row, **{name: f"{number}{BETWEEN}{row[name]}" for name in ("case_id", "person_id") if row.get(name)}}
        for row in rows
    ]


def _with_systems(rows: Iterable[Row], number: int) -> list[Row]:
    """Rows with the record systems of one set."""
    return [{**row, "source": f"{row['source']}.{number}"} for row in rows]
