"""Small worlds with dangerous edges: a few obligations, and a log whose times lie on and beside their deadlines.

A world is drawn in the order in which it can go wrong: first the obligations, then events whose times are taken
*relative* to what was drawn before (on a deadline, a microsecond beside it, at the instant of another event, across a
clock change, inexact, empty, after as at). Uniform times almost never touch a boundary, so they prove little.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st

from wardline import events as tables
from wardline.events import EventLog, event_log
from wardline.obligations import (
    Basis,
    BasisKind,
    Condition,
    EventPattern,
    LimitTable,
    Never,
    Owner,
    Precede,
    Record,
    RecordField,
    RecordOf,
    Repeat,
    ResolvedObligation,
    Respond,
    Standing,
    TimeLimit,
    Topic,
    Trigger,
)
from wardline.time_limits import (
    Calendar,
    CountingTheFirst,
    Length,
    SameDay,
    SingleLimit,
    TimeIn,
    ToBeSet,
    Unit,
    deadline,
)

ZONE = "Europe/London"
CALENDAR = Calendar(ZONE, "England")
KINDS = ("respond", "precede", "never", "repeat", "record")
CASE_TYPE = "missing episode"
OTHER_TYPE = "referral"
EVENT_NAMES = ("reported", "reached", "found", "graded")
GRADES = ("high", "high", "low", "low", "odd", None)  # `odd` is listed in no table
METHODS = ("visit", "visit", "phone", None)
PEOPLE = ("s1:p1", "s1:p2", "s1:p3")
SOURCES = ("s1", "s2")
MICROSECOND = timedelta(microseconds=1)

ANCHORS = (
    datetime(2025, 6, 2, 9, tzinfo=UTC),  # an ordinary Monday
    datetime(2025, 3, 30, 0, 30, tzinfo=UTC),  # half an hour before the clocks go forward
    datetime(2025, 10, 26, 0, 15, tzinfo=UTC),  # in the first of the two hours called one o'clock
    datetime(2024, 2, 29, 22, 30, tzinfo=UTC),  # a leap day
    datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),  # the last microsecond of a year
    datetime(2025, 4, 17, 16, tzinfo=UTC),  # the Thursday before Easter
)
SINGLE_LIMITS: tuple[SingleLimit, ...] = (
    Length(15, Unit.MINUTES),
    Length(60, Unit.MINUTES),
    Length(8, Unit.HOURS),
    Length(0, Unit.MINUTES),
    Length(1, Unit.DAYS),
    Length(2, Unit.WORKING_DAYS),
    Length(1, Unit.WEEKS),
    Length(1, Unit.MONTHS),
    SameDay(),
    CountingTheFirst(3),
)
BASIS = Basis(BasisKind.FORCE_POLICY, "A policy")


@dataclass(frozen=True)
class World:
    """What one comparison of engines is made on."""

    obligations: tuple[ResolvedObligation, ...]
    tables: dict[str, pl.DataFrame]
    as_at: datetime
    period: tuple[date, date] | None

    @property
    def log(self) -> EventLog:
        return event_log(self.tables)


def worlds(*, kinds: tuple[str, ...] = KINDS) -> st.SearchStrategy[World]:
    """Worlds with one or two obligations of the given kinds.

    They are drawn from a seed: uniform draws reach far more of the rare edges than ones that may be shrunk draw by
    draw. A world on which engines differ is made smaller by `reducing.reduced` instead.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: world_of(Random(seed), kinds))


def world_of(rng: Random, kinds: tuple[str, ...] = KINDS) -> World:
    """A world with one or two obligations of the given kinds."""
    obligations = tuple(resolved_obligation(rng, kinds, number) for number in range(rng.randint(1, 2)))
    anchor = rng.choice(ANCHORS)
    instants = Instants(anchor, tuple(_limits_in(obligations)))
    cases = [_case(rng, instants, number) for number in range(rng.randint(2, 6))]
    names = _names_for(obligations)
    happenings = [_event(rng, instants, case["case_id"], names) for case in cases for _ in range(rng.randint(1, 8))]
    rng.shuffle(happenings)
    as_at = rng.choice((instants.near(rng), instants.due(rng))) if one_in(rng, 3) else anchor + timedelta(days=90)
    drawn = {
        "cases": _frame(cases, tables.CASES, {"from_care": pl.String, "grade": pl.String, "due": tables.INSTANT}),
        "events": _frame(
            _numbered(happenings), tables.EVENTS, {"grade": pl.String, "method": pl.String, "due": tables.INSTANT}
        ),
        "people": _frame(_people(rng), tables.PEOPLE, {}),
        **_what_systems_can_do(rng, instants, [case["case_id"] for case in cases], as_at),
    }
    periods = ((date(2024, 1, 1), date(2025, 6, 2)), (date(2025, 10, 26), date(2025, 10, 26)))
    period = rng.choice(periods) if one_in(rng, 8) else None
    return World(obligations, drawn, as_at, period)


class Instants:
    """Draws instants that lie on, beside and between those drawn before and the deadlines that follow from them."""

    def __init__(self, anchor: datetime, limits: tuple[SingleLimit, ...]) -> None:
        self.anchor = anchor
        self.limits = limits or (Length(60, Unit.MINUTES),)
        self.known = [anchor]

    def near(self, rng: Random) -> datetime:
        """An instant, not remembered."""
        start = rng.choice(self.known)
        moved = rng.choice(
            ("same", "deadline", "deadline", "minutes", "deadline of deadline", "hour", "local midnight")
        )
        match moved:
            case "deadline":
                start = deadline(rng.choice(self.limits), start, CALENDAR)
            case "deadline of deadline":
                limit = rng.choice(self.limits)
                start = deadline(limit, deadline(limit, start, CALENDAR), CALENDAR)
            case "minutes":
                start += timedelta(minutes=rng.randint(1, 200))
            case "hour":
                start += timedelta(hours=rng.choice((-1, 1, 24, 25)))
            case "local midnight":
                start = CALENDAR.start_of(CALENDAR.local_date(start))
        return start + rng.choice((0, 0, 0, 1, -1)) * MICROSECOND

    def due(self, rng: Random) -> datetime:
        """An instant exactly on a deadline that follows from a known one."""
        return deadline(rng.choice(self.limits), rng.choice(self.known), CALENDAR)

    def remembered(self, rng: Random) -> datetime:
        """An instant from which later ones may be drawn."""
        instant = self.near(rng)
        self.known.append(instant)
        return instant


# OBLIGATIONS


def pattern(rng: Random, likely: str) -> EventPattern:
    """An event, most often the likely one, one time in four with a condition on an attribute that may be empty."""
    name = likely if not one_in(rng, 3) else rng.choice(EVENT_NAMES)
    condition = (
        rng.choice(
            (
                (Condition("grade", ("high",)),),
                (Condition("grade", ("high", "low")),),
                (Condition("grade", ("high", "low")),),
                (Condition("grade", ("high",)), Condition("method", ("visit",))),
                (Condition("nowhere", ("x",)),),
            )
        )
        if one_in(rng, 4)
        else ()
    )
    return EventPattern(name, condition)


def patterns(rng: Random, likely: str, least: int = 1) -> tuple[EventPattern, ...]:
    """One or two patterns (with `least=0`, perhaps none)."""
    drawn = [pattern(rng, likely) for _ in range(rng.randint(least, 2))]
    return tuple(dict.fromkeys(drawn))


def one_in(rng: Random, count: int) -> bool:
    """True one time in so many."""
    return rng.randint(1, count) == count


def trigger(rng: Random, likely: str = "reported") -> Trigger:
    """A trigger, one time in seven the second or third event within a time."""
    if not one_in(rng, 7):
        return Trigger(patterns(rng, likely))
    within = rng.choice((Length(60, Unit.MINUTES), Length(1, Unit.DAYS), Length(90, Unit.DAYS)))
    return Trigger(patterns(rng, likely), nth=rng.randint(2, 3), within=within)


def time_limit(rng: Random) -> TimeLimit:
    """Every form of a time limit, the plain lengths most often."""
    match rng.choice(("single", "single", "table", "table", "of", "of", "time in", "to be set")):
        case "single":
            return rng.choice(SINGLE_LIMITS)
        case "time in":
            return TimeIn("due")
        case "to be set":
            return ToBeSet()
        case form:
            listed = (*SINGLE_LIMITS, *SINGLE_LIMITS[:3], ToBeSet())
            unknown = None if one_in(rng, 3) else rng.choice(SINGLE_LIMITS)
            limits = tuple((value, rng.choice(listed)) for value in ("high", "low"))
            return LimitTable("grade", limits, unknown, of="graded" if form == "of" else None)


def obligation_of(rng: Random, kinds: tuple[str, ...], number: int) -> Any:
    """One obligation of one of the kinds, with every key."""
    shared: dict[str, Any] = {
        "id": f"o{number}",
        "title": f"Obligation {number}",
        "topic": Topic.INITIAL_RESPONSE,
        "owed_by": rng.choice((Owner.FORCE, Owner.FORCE, Owner.COUNCIL)),
        "basis": BASIS,
        "only_for": (Condition("from_care", ("yes",)),) if one_in(rng, 6) else (),
        "exemptions": patterns(rng, "found") if one_in(rng, 2) else (),
        "first_only": one_in(rng, 5),
        "per_child": one_in(rng, 4),
        "since_opening": one_in(rng, 6),
    }
    match rng.choice(kinds):
        case "respond":
            return Respond(**shared, trigger=trigger(rng), response=patterns(rng, "reached"), within=time_limit(rng))
        case "precede":
            return Precede(**shared, before=trigger(rng), first=patterns(rng, "reached"))
        case "never":
            return Never(**shared, never=trigger(rng), settled_by=None if one_in(rng, 2) else patterns(rng, "graded"))
        case "repeat":
            return Repeat(
                **shared,
                start=trigger(rng),
                response=patterns(rng, "reached"),
                every=time_limit(rng),
                until=None if one_in(rng, 2) else patterns(rng, "found"),
            )
        case "record":
            return Record(
                **shared,
                by=trigger(rng),
                record=rng.choice(
                    (
                        RecordField(RecordOf.CASE, "from_care"),
                        RecordField(RecordOf.EVENT, "method", "reached"),
                        RecordField(RecordOf.EVENT, "grade", "graded"),
                        RecordField(RecordOf.PERSON, "ethnicity"),
                        RecordField(RecordOf.CASE, "nowhere"),
                    )
                ),
            )
        case other:
            assert False, f"no kind {other}"


def resolved_obligation(rng: Random, kinds: tuple[str, ...], number: int) -> ResolvedObligation:
    """An obligation with its standard, sometimes in force for a few days only, sometimes with the force's own limit."""
    obligation = obligation_of(rng, kinds, number)
    short = ((date(2025, 3, 30), date(2025, 10, 26)), (date(2025, 6, 2), date(2025, 6, 2)))
    in_force = rng.choice(short) if one_in(rng, 8) else (date(2017, 1, 1), None)
    has_limit = obligation.time_limit is not None
    return ResolvedObligation(
        obligation=obligation,
        standard="tests/small-world",
        version="1",
        case_type=CASE_TYPE,
        in_force_from=in_force[0],
        in_force_to=in_force[1],
        standing=rng.choice(tuple(Standing)),
        shipped_limit=rng.choice((None, Length(2, Unit.HOURS))) if has_limit else None,
        zone=ZONE,
        nation="England",
    )


def _limits_in(resolved: tuple[ResolvedObligation, ...]) -> list[SingleLimit]:
    found: list[SingleLimit] = []
    for one in resolved:
        limit = one.obligation.time_limit
        singles = [value for _, value in limit.limits] + [limit.unknown] if isinstance(limit, LimitTable) else [limit]
        found += [single for single in singles if isinstance(single, Length | SameDay | CountingTheFirst)]
    return found


# THE LOG


def _case(rng: Random, instants: Instants, number: int) -> dict[str, Any]:
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


def _names_for(resolved: tuple[ResolvedObligation, ...]) -> tuple[str, ...]:
    """The names from which events are drawn: gradings more often where a limit goes by them."""
    limits = [one.obligation.time_limit for one in resolved]
    is_graded = any(isinstance(limit, LimitTable) and limit.of is not None for limit in limits)
    return (*EVENT_NAMES, *(("graded",) * 3 if is_graded else ()))


def _event(rng: Random, instants: Instants, case_id: str, names: tuple[str, ...]) -> dict[str, Any]:
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


def _people(rng: Random) -> list[dict[str, Any]]:
    present = [person for person in PEOPLE if not one_in(rng, 4)]
    return [
        {"person_id": person, "source": "s1", "ethnicity": rng.choice((None, "A1", "Unknown", "declined"))}
        for person in present
    ]


def _what_systems_can_do(
    rng: Random, instants: Instants, case_ids: list[str], as_at: datetime
) -> dict[str, pl.DataFrame]:
    """Abilities, coverage and case sources: complete half of the time, with holes the other half."""
    is_complete = not one_in(rng, 3)
    abilities = [
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
    coverage = []
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
    sources = [
        {"case_id": case_id, "source": source}
        for case_id in case_ids
        for source in SOURCES
        if is_complete or source == "s1" or not one_in(rng, 4)
    ]
    return {
        "abilities": _frame(abilities, tables.ABILITIES, {}),
        "coverage": _frame(coverage, tables.COVERAGE, {}),
        "case_sources": _frame(sources, tables.CASE_SOURCES, {}),
    }


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"event_id": number, **row} for number, row in enumerate(rows)]


def _frame(rows: list[dict[str, Any]], schema: pl.Schema, attributes: dict[str, Any]) -> pl.DataFrame:
    whole = {**schema, **attributes}
    return pl.DataFrame([{name: row.get(name) for name in whole} for row in rows], schema=whole)
