"""What an obligation names, and what for: the events and fields that must be recorded for it to be judged.

It is read off the obligation, before there is any data, and stated here for everything outside the engines: the
definition is in docs/reference/meaning.md ("What an obligation names").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from wardline.obligations.model import (
    Condition,
    EventPattern,
    LimitTable,
    Never,
    Obligation,
    Record,
    RecordOf,
    Repeat,
    Respond,
)
from wardline.obligations.sentences import name_in_words
from wardline.time_limits import TimeIn

__all__ = ["LOOKED_FOR", "NamedFields", "Need", "Part", "named_by", "needs"]


class Part(Enum):
    """What a need is for; the value is how it is said."""

    TRIGGER = "what starts it"
    BANNED = "what must not happen"
    RESPONSE = "what satisfies it"
    EXEMPTION = "what makes it not owed"
    LIMIT = "how long there is"
    CASES = "which cases it is about"
    FIELD = "what is to be filled in"
    SETTLED = "what settles it"
    COUNTED_FROM = "from when it is counted"


# What a finding looks for: where somebody other than the force owes it, only that body's own systems can show it.
LOOKED_FOR = (Part.RESPONSE, Part.BANNED)


@dataclass(frozen=True)
class Need:
    """One thing that a record system must hold: an event, a field of an event, of a case or of a person record.

    `values` are those of the field that are told apart; none where any value will do. `of_case_too` says that the
    field may as well be one of the case, as the attribute of a limit may.
    """

    part: Part
    of: RecordOf
    event: str | None = None
    field: str | None = None
    values: tuple[str, ...] = ()
    of_case_too: bool = False

    def in_words(self) -> str:
        """What it is, as the sentence of an obligation says it: `the grade of ‘risk graded’`."""
        event, field = f"‘{name_in_words(self.event or '')}’", name_in_words(self.field or "")
        match self.of:
            case RecordOf.CASE:
                return f"the case's {field}"
            case RecordOf.PERSON:
                return f"the child's {field}"
            case RecordOf.EVENT if self.field is None:
                return event
            case RecordOf.EVENT:
                return f"the {field} of {event}"
            case _:
                assert False, f"{self.of} is not known here"


@dataclass(frozen=True)
class NamedFields:
    """What some obligations name: events, and fields of events, of cases and of person records, in alphabetical order.

    What is recorded beside these can change no finding of theirs.
    """

    events: tuple[str, ...]
    of_events: tuple[str, ...]
    of_cases: tuple[str, ...]
    of_persons: tuple[str, ...]


def needs(obligation: Obligation) -> tuple[Need, ...]:
    """Everything that must be recorded for the obligation to be judged, each once, in the order of its keys."""
    found = [
        *(_of_condition(Part.CASES, RecordOf.CASE, None, condition) for condition in obligation.only_for),
        *_of_patterns(Part.BANNED if isinstance(obligation, Never) else Part.TRIGGER, obligation.triggers()),
        *_of_record(obligation),
        *_of_patterns(Part.RESPONSE, obligation.responses()),
        *_of_limit(obligation),
        *_of_patterns(Part.EXEMPTION, obligation.exemptions),
    ]
    match obligation:
        case Respond(counted_from=counted_from):
            found += _of_patterns(Part.COUNTED_FROM, counted_from)
        case Repeat(until=tuple() as until):
            found += _of_patterns(Part.SETTLED, until)
        case Never(settled_by=tuple() as settled_by):
            found += _of_patterns(Part.SETTLED, settled_by)
    return tuple(_each_once(found))


def named_by(obligations: Iterable[Obligation]) -> NamedFields:
    """What the obligations name, together."""
    wanted = [need for obligation in obligations for need in needs(obligation)]

    def fields(of: RecordOf) -> tuple[str, ...]:
        found = {
            need.field
            for need in wanted
            if need.field is not None and (need.of is of or (of is RecordOf.CASE and need.of_case_too))
        }
        return tuple(sorted(found))

    return NamedFields(
        events=tuple(sorted({need.event for need in wanted if need.event is not None})),
        of_events=fields(RecordOf.EVENT),
        of_cases=fields(RecordOf.CASE),
        of_persons=fields(RecordOf.PERSON),
    )


def _each_once(found: Iterable[Need]) -> Iterator[Need]:
    """One need for each thing, with the values of all."""
    values: dict[Need, tuple[str, ...]] = {}
    for need in found:
        thing = replace(need, values=())
        values[thing] = (*values.get(thing, ()), *need.values)
    for thing, told_apart in values.items():
        yield replace(thing, values=tuple(dict.fromkeys(told_apart)))


def _of_condition(part: Part, of: RecordOf, event: str | None, condition: Condition) -> Need:
    return Need(part, of, event, condition.attribute, condition.values)


def _of_patterns(part: Part, patterns: Iterable[EventPattern]) -> Iterator[Need]:
    for pattern in patterns:
        yield Need(part, RecordOf.EVENT, pattern.event)
        for condition in pattern.conditions:
            yield _of_condition(part, RecordOf.EVENT, pattern.event, condition)


def _of_record(obligation: Obligation) -> Iterator[Need]:
    if isinstance(obligation, Record):
        record = obligation.record
        yield Need(Part.FIELD, record.of, record.event, record.field)


def _of_limit(obligation: Obligation) -> Iterator[Need]:
    limit = obligation.time_limit
    values = tuple(value for value, _ in limit.limits) if isinstance(limit, LimitTable) else ()
    match limit:
        case LimitTable(of=str() as event, by=attribute):
            yield Need(Part.LIMIT, RecordOf.EVENT, event)
            yield Need(Part.LIMIT, RecordOf.EVENT, event, attribute, values)
        case LimitTable(by=attribute) | TimeIn(attribute=attribute):
            for event in dict.fromkeys(pattern.event for pattern in obligation.triggers()):
                yield Need(Part.LIMIT, RecordOf.EVENT, event, attribute, values, of_case_too=True)
