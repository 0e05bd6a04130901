"""Small worlds with dangerous edges: a few obligations, and a log whose times lie on and beside their deadlines.

A world is drawn in the order in which it can go wrong: first the obligations, then events whose times are taken
*relative* to what was drawn before (on a deadline, a microsecond beside it, at the instant of another event, across a
clock change, inexact, empty, after as at). `many_worlds` draws many logs under one set of obligations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import polars as pl
from hypothesis import strategies as st

from tests.generative.drawn_logs import (
    Row,
    draw_case,
    draw_case_sources,
    draw_event,
    draw_people,
    draw_systems,
    names_for,
    tables_of,
)
from tests.generative.drawn_obligations import KINDS, limits_in, resolved_obligation
from tests.generative.instants import ANCHORS, Instants, one_in
from wardline.events import EventLog, log_of_tables
from wardline.obligations import ResolvedObligation

__all__ = ["KINDS", "World", "draw_as_at", "draw_period", "world_of", "worlds"]

PERIODS = ((date(2024, 1, 1), date(2025, 6, 2)), (date(2025, 10, 26), date(2025, 10, 26)))


@dataclass(frozen=True)
class World:
    """What one comparison of engines is made on."""

    obligations: tuple[ResolvedObligation, ...]
    tables: dict[str, pl.DataFrame]
    as_at: datetime
    period: tuple[date, date] | None

    @property
    def log(self) -> EventLog:
        return log_of_tables(self.tables)


def worlds(*, kinds: tuple[str, ...] = KINDS) -> st.SearchStrategy[World]:
    """Worlds with one or two obligations of the given kinds.

    They are drawn from a seed: uniform draws reach far more of the rare edges than ones that may be shrunk draw by
    draw. A world on which engines differ is made smaller by `reducing.reduced` instead.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: world_of(Random(seed), kinds))


def world_of(rng: Random, kinds: tuple[str, ...] = KINDS) -> World:
    """A world with one or two obligations of the given kinds."""
    obligations = tuple(resolved_obligation(rng, kinds, number) for number in range(rng.randint(1, 2)))
    instants = Instants(rng.choice(ANCHORS), limits_in(obligations))
    cases = [draw_case(rng, instants, number) for number in range(rng.randint(2, 6))]
    names = names_for(obligations)
    events = [draw_event(rng, instants, case["case_id"], names) for case in cases for _ in range(rng.randint(1, 8))]
    rng.shuffle(events)
    as_at = draw_as_at(rng, instants)
    people = draw_people(rng)
    systems = draw_systems(rng, instants, as_at)
    rows: dict[str, list[Row]] = {
        "cases": cases,
        "events": events,
        "people": people,
        "abilities": systems.abilities,
        "coverage": systems.coverage,
        "case_sources": draw_case_sources(rng, [case["case_id"] for case in cases], systems),
    }
    return World(obligations, tables_of(rows), as_at, draw_period(rng))


def draw_as_at(rng: Random, instants: Instants) -> datetime:
    """From when a world is looked at: long after everything, or one time in three near what happens in it."""
    return (
        rng.choice((instants.near(rng), instants.due(rng))) if one_in(rng, 3) else instants.anchor + timedelta(days=90)
    )


def draw_period(rng: Random) -> tuple[date, date] | None:
    """Mostly none."""
    return rng.choice(PERIODS) if one_in(rng, 8) else None
