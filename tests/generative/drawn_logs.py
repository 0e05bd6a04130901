"""Event logs with times on and beside their edges: inexact ones, empty ones, ones after as at; systems with holes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import polars as pl

from tests.generative.drawn_obligations import CASE_TYPE, EVENT_NAMES
from tests.generative.instants import CALENDAR, Instants, one_in
from wardline import events as tables
from wardline.events import INSTANT
from wardline.obligations import LimitTable, ResolvedObligation

Row = dict[str, Any]

OTHER_TYPE = "referral"
GRADES = ("high", "high", "low", "low", "odd", None)  # `odd` is listed in no table
METHODS = ("visit", "visit", "phone", None)
PEOPLE = ("s1:p1", "s1:p2", "s1:p3")
SOURCES = ("s1", "s2")


def draw_case(rng: Random, instants: Instants, number: int) -> Row:
    opened = rng.choice((None, instants.near(rng))) if one_in(rng, 4) else instants.anchor
    return {
        "case_id": f"s1:{number}",
        "case_type": OTHER_TYPE if one_in(rng, 8) else CASE_TYPE,
        "opened_at": opened,
        "closed_at": rng.choice((None, instants.near(rng))),
        "person_id": None if one_in(rng, 6) else rng.choice(PEOPLE),
        "source": "s1",
        "from_care": rng.choice(("yes", "yes", "no", "Not stated", None)),
        "grade": rng.choice(GRADES),
        "due": rng.choice((None, instants.near(rng))),
    }


def names_for(resolved: Sequence[ResolvedObligation]) -> tuple[str, ...]:
    """The names from which events are drawn: gradings more often where a limit goes by them."""
    limits = [one.obligation.time_limit for one in resolved]
    is_graded = any(isinstance(limit, LimitTable) and limit.of is not None for limit in limits)
    return (*EVENT_NAMES, *(("graded",) * 3 if is_graded else ()))


def draw_event(rng: Random, instants: Instants, case_id: str, names: tuple[str, ...]) -> Row:
    happened_at = None if one_in(rng, 12) else instants.remembered(rng)
    happened_by = None
    # One time in seven the time is inexact: a date alone, or an hour that a clock change makes ambiguous.
    if happened_at is not None and one_in(rng, 7):
        if one_in(rng, 2):
            day = CALENDAR.local_date(happened_at)
            happened_at, happened_by = CALENDAR.start_of(day), CALENDAR.end_of(day)
        else:
            happened_by = happened_at + timedelta(hours=1)
    recorded = rng.choice(("none", "same", "later", "at the start"))
    recorded_at = {
        "none": None,
        "same": happened_at,
        "later": happened_at and happened_at + timedelta(hours=3),
        "at the start": instants.anchor,
    }[recorded]
    return {
        "case_id": case_id,
        "event": rng.choice(names),
        "happened_at": happened_at,
        "happened_by": happened_by,
        "recorded_at": recorded_at,
        "source": rng.choice(SOURCES),
        "grade": rng.choice(GRADES),
        "method": rng.choice(METHODS),
        "due": rng.choice((None, instants.near(rng))),
    }


def draw_people(rng: Random) -> list[Row]:
    present = [person for person in PEOPLE if not one_in(rng, 4)]
    return [
        {"person_id": person, "source": "s1", "ethnicity": rng.choice((None, "A1", "Unknown", "declined"))}
        for person in present
    ]


class Systems(NamedTuple):
    """What the record systems can record, and when they did; and whether all of that is without holes."""

    abilities: list[Row]
    coverage: list[Row]
    are_complete: bool


def draw_systems(rng: Random, instants: Instants, as_at: datetime) -> Systems:
    """Record systems: complete two times in three, else with holes."""
    is_complete = not one_in(rng, 3)
    abilities: list[Row] = [
        {"source": source, "case_type": case_type, "event": event}
        for source in SOURCES
        for case_type in (CASE_TYPE, OTHER_TYPE)
        for event in EVENT_NAMES
        if is_complete or not one_in(rng, 4)
    ]
    abilities += [
        {"source": "s1", "case_type": CASE_TYPE, "field": "from_care"},
        {"source": "s1", "field": "ethnicity"},
        {"source": "s2", "case_type": CASE_TYPE, "event": "reached", "field": "method"},
        {"source": "s1", "case_type": CASE_TYPE, "event": "graded", "field": "grade"},
    ][: 4 if is_complete else rng.randint(0, 4)]
    coverage: list[Row] = []
    for source in SOURCES:
        gap_from = instants.near(rng) if not is_complete and one_in(rng, 3) else None
        length = rng.choice((timedelta(0), timedelta(hours=1), timedelta(days=2)))
        coverage.append(
            {
                "source": source,
                "kept_by": rng.choice(("force", "council", None)),
                "taken_at": as_at if is_complete else rng.choice((as_at, instants.near(rng), None)),
                "gap_from": gap_from,
                "gap_to": gap_from and gap_from + length,
            }
        )
    return Systems(abilities, coverage, is_complete)


def draw_case_sources(rng: Random, case_ids: Sequence[str], systems: Systems) -> list[Row]:
    """Which system holds each case: all of them, or the second one three times in four."""
    return [
        {"case_id": case_id, "source": source}
        for case_id in case_ids
        for source in SOURCES
        if systems.are_complete or source == "s1" or not one_in(rng, 4)
    ]


def tables_of(rows: Mapping[str, list[Row]]) -> dict[str, pl.DataFrame]:
    """Rows of each table as frames; events are numbered in the order given."""
    numbered = [{"event_id": number, **row} for number, row in enumerate(rows["events"])]
    return {
        "cases": _frame(rows["cases"], tables.CASES, {"from_care": pl.String, "grade": pl.String, "due": INSTANT}),
        "events": _frame(numbered, tables.EVENTS, {"grade": pl.String, "method": pl.String, "due": INSTANT}),
        "people": _frame(rows["people"], tables.PEOPLE, {}),
        "abilities": _frame(rows["abilities"], tables.ABILITIES, {}),
        "coverage": _frame(rows["coverage"], tables.COVERAGE, {}),
        "case_sources": _frame(rows["case_sources"], tables.CASE_SOURCES, {}),
    }


def _frame(rows: list[Row], schema: pl.Schema, attributes: dict[str, Any]) -> pl.DataFrame:
    whole = {**schema, **attributes}
    columns = {name: [row.get(name) for row in rows] for name in whole}
    return pl.DataFrame(columns, schema=whole)
