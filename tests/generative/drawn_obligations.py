"""Obligations of every kind, with every key and every form of a time limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from tests.generative.instants import ZONE, one_in
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
from wardline.time_limits import CountingTheFirst, Length, SameDay, SingleLimit, TimeIn, ToBeSet, Unit

KINDS = ("respond", "precede", "never", "repeat", "record")
CASE_TYPE = "missing episode"
EVENT_NAMES = ("reported", "reached", "found", "graded")
SINGLE_LIMITS: tuple[SingleLimit, ...] = (
    Length(15, Unit.MINUTES),
    Length(60, Unit.MINUTES),
    Length(8, Unit.HOURS),
    Length(24, Unit.HOURS),
    Length(72, Unit.HOURS),
    Length(0, Unit.MINUTES),
    Length(1, Unit.DAYS),
    Length(2, Unit.WORKING_DAYS),
    Length(1, Unit.WEEKS),
    Length(1, Unit.MONTHS),
    SameDay(),
    CountingTheFirst(3),
)
BASIS = Basis(BasisKind.FORCE_POLICY, "A policy")


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
            listed = (*SINGLE_LIMITS, *SINGLE_LIMITS[:3], ToBeSet(), ToBeSet(), ToBeSet())
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
            return respond(rng, shared)
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


def respond(rng: Random, shared: dict[str, Any]) -> Respond:
    """A respond; now and then owed only later, or counted from other events, where the language lets it be."""
    started, limit = trigger(rng), time_limit(rng)
    begins_later = not (isinstance(limit, TimeIn) or (isinstance(limit, LimitTable) and limit.of is not None))
    later = (Length(45, Unit.MINUTES), Length(1, Unit.DAYS), Length(2, Unit.WORKING_DAYS))
    return Respond(
        **shared,
        trigger=started,
        response=patterns(rng, "reached"),
        within=limit,
        owed_after=rng.choice(later) if begins_later and one_in(rng, 2 if isinstance(limit, ToBeSet) else 4) else None,
        counted_from=patterns(rng, "graded")
        if started.nth is None and one_in(rng, 2 if shared["per_child"] else 3)
        else (),
    )


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


def limits_in(resolved: Sequence[ResolvedObligation]) -> list[SingleLimit]:
    """The single limits that a deadline of these obligations may be counted by."""
    found: list[SingleLimit] = []
    for one in resolved:
        limit = one.obligation.time_limit
        singles = [value for _, value in limit.limits] + [limit.unknown] if isinstance(limit, LimitTable) else [limit]
        found += [single for single in singles if isinstance(single, Length | SameDay | CountingTheFirst)]
    return found
