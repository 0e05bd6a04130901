"""What must be recorded for an obligation to be judged: read off the obligation, before there is any data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from wardline.obligations import EventPattern, LimitTable, Never, Obligation, Record, RecordOf, Repeat, name_in_words
from wardline.time_limits import TimeIn

__all__ = ["LOOKED_FOR", "Need", "Part", "needs"]


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


# What a finding looks for: where another than the force owes the duty, only that body's own systems can show it.
LOOKED_FOR = (Part.RESPONSE, Part.BANNED)


@dataclass(frozen=True)
class Need:
    """One thing that a record system must hold: an event, a field of an event, of a case or of a person record.

    `of_case_too` says that the field may as well stand in the case, as the attribute of a limit may.
    """

    part: Part
    of: RecordOf
    event: str | None = None
    field: str | None = None
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


def needs(obligation: Obligation) -> tuple[Need, ...]:
    """Everything that must be recorded for the obligation to be judged, each once, in the order of its keys."""
    found = [
        *(Need(Part.CASES, RecordOf.CASE, field=condition.attribute) for condition in obligation.only_for),
        *_of_patterns(Part.BANNED if isinstance(obligation, Never) else Part.TRIGGER, obligation.triggers()),
        *_of_record(obligation),
        *_of_patterns(Part.RESPONSE, obligation.responses()),
        *_of_limit(obligation),
        *_of_patterns(Part.EXEMPTION, obligation.exemptions),
    ]
    match obligation:
        case Repeat(until=tuple() as until):
            found += _of_patterns(Part.SETTLED, until)
        case Never(settled_by=tuple() as settled_by):
            found += _of_patterns(Part.SETTLED, settled_by)
    return tuple(dict.fromkeys(found))


def _of_patterns(part: Part, patterns: Iterable[EventPattern]) -> Iterator[Need]:
    for pattern in patterns:
        yield Need(part, RecordOf.EVENT, pattern.event)
        for condition in pattern.conditions:
            yield Need(part, RecordOf.EVENT, pattern.event, condition.attribute)


def _of_record(obligation: Obligation) -> Iterator[Need]:
    if isinstance(obligation, Record):
        record = obligation.record
        yield Need(Part.FIELD, record.of, record.event, record.field)


def _of_limit(obligation: Obligation) -> Iterator[Need]:
    match obligation.time_limit:
        case LimitTable(of=str() as event, by=attribute):
            yield Need(Part.LIMIT, RecordOf.EVENT, event)
            yield Need(Part.LIMIT, RecordOf.EVENT, event, attribute)
        case LimitTable(by=attribute) | TimeIn(attribute=attribute):
            for event in dict.fromkeys(pattern.event for pattern in obligation.triggers()):
                yield Need(Part.LIMIT, RecordOf.EVENT, event, attribute, of_case_too=True)
