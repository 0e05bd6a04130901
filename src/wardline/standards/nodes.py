"""Shapes to nodes: what a shape of the language means as an obligation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardline.obligations import (
    Basis,
    Condition,
    EventPattern,
    Example,
    LimitTable,
    MostDangerousFirst,
    Never,
    Obligation,
    Precede,
    Record,
    RecordField,
    RecordOf,
    Repeat,
    Respond,
    Reviewed,
    TimeLimit,
    Trigger,
)
from wardline.standards import language as shapes
from wardline.time_limits import TimeIn

__all__ = ["danger_from", "limit_from", "obligation_from", "patterns_from"]


def obligation_from(keys: shapes.ObligationKeys) -> Obligation:
    """The obligation that its shape says."""
    shared: dict[str, Any] = {
        "id": keys.id,
        "title": keys.title,
        "topic": keys.topic,
        "owed_by": keys.owed_by,
        "basis": Basis(**keys.basis.model_dump()),
        "only_for": _conditions(keys.only_for),
        "exemptions": patterns_from(keys.unless),
        "first_only": keys.first_only,
        "per_child": keys.per is not None,
        "since_opening": keys.since is not None,
        "severity": keys.severity,
        "needs": keys.needs,
        "gaming": keys.gaming,
        "good_reasons": keys.good_reasons,
        "reviewed": None if keys.reviewed is None else Reviewed(keys.reviewed.by, keys.reviewed.on.isoformat()),
        "safeguarding": keys.safeguarding,
        "examples": tuple(_example(example) for example in keys.examples),
    }
    match keys:
        case shapes.RespondKeys():
            return Respond(
                **shared,
                trigger=_trigger(keys.when),
                response=patterns_from(keys.then),
                within=limit_from(keys.within),
                counted_from=patterns_from(keys.counted_from),
                owed_after=keys.owed_after,
            )
        case shapes.PrecedeKeys():
            return Precede(**shared, before=_trigger(keys.before), first=patterns_from(keys.first))
        case shapes.NeverKeys():
            return Never(**shared, never=_trigger(keys.never), settled_by=_patterns_or_none(keys.settled_by))
        case shapes.RepeatKeys():
            return Repeat(
                **shared,
                start=_trigger(keys.start),
                response=patterns_from(keys.then),
                every=limit_from(keys.every),
                until=_patterns_or_none(keys.until),
            )
        case shapes.RecordKeys():
            return Record(**shared, record=_record_field(keys.record), by=_trigger(keys.by))
    assert False, f"no kind has the shape {type(keys).__name__}"


def limit_from(shape: Any) -> TimeLimit:
    """The time limit that its shape says."""
    match shape:
        case shapes.TimeInKeys():
            return TimeIn(shape.attribute)
        case shapes.LimitTableKeys():
            return LimitTable(shape.by, tuple((shape.model_extra or {}).items()), shape.unknown, shape.of)
    limit: TimeLimit = shape
    return limit


def danger_from(keys: shapes.MostDangerousFirstKeys | None) -> MostDangerousFirst | None:
    """By what the open cases of a standard are put in order, as its shape says."""
    return None if keys is None else MostDangerousFirst(keys.by, keys.values, keys.of)


def _trigger(keys: shapes.TriggerKeys) -> Trigger:
    return Trigger(patterns_from(keys.event), keys.nth, keys.within)


def patterns_from(keys: tuple[shapes.PatternKeys, ...]) -> tuple[EventPattern, ...]:
    """The event patterns that their shapes say."""
    return tuple(EventPattern(pattern.event, _conditions(pattern.model_extra or {})) for pattern in keys)


def _patterns_or_none(keys: tuple[shapes.PatternKeys, ...] | None) -> tuple[EventPattern, ...] | None:
    return None if keys is None else patterns_from(keys)


def _conditions(values: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple(Condition(attribute, tuple(allowed)) for attribute, allowed in values.items())


def _record_field(keys: shapes.RecordFieldKeys) -> RecordField:
    if keys.case is not None:
        return RecordField(RecordOf.CASE, keys.case)
    if keys.person is not None:
        return RecordField(RecordOf.PERSON, keys.person)
    assert keys.field is not None
    return RecordField(RecordOf.EVENT, keys.field, keys.event)


def _example(keys: shapes.ExampleKeys) -> Example:
    return Example(keys.name, keys.events, keys.as_at, keys.expect, tuple(keys.case.items()))
