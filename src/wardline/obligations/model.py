"""The nodes of an obligation: frozen, hashable, checked when made. They know no YAML and no data.

Definitions
-----------
An *occasion* is one time that an obligation was owed. A *window* opens at the occasion's trigger (with
`since_opening`, at the start of the case) and has no end of its own. An event *matches* a pattern if it has its
name and, for each condition, one of its values; it *matches but for an empty attribute* if it would match were a
value that is empty the right one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from wardline.time_limits import Length, SingleLimit, TimeIn, ToBeSet

__all__ = [
    "Basis",
    "BasisKind",
    "Condition",
    "EventPattern",
    "Example",
    "LimitTable",
    "MostDangerousFirst",
    "Never",
    "Obligation",
    "Owner",
    "Precede",
    "Record",
    "RecordField",
    "RecordOf",
    "Repeat",
    "ResolvedObligation",
    "Respond",
    "Reviewed",
    "Standing",
    "TimeLimit",
    "Topic",
    "Trigger",
]


class Topic(Enum):
    """The inspectorate's five graded topics."""

    LEADERSHIP = "leadership"
    PARTNERSHIP_WORKING = "partnership working"
    INITIAL_RESPONSE = "initial response"
    RISK_ASSESSMENT_AND_REFERRAL = "risk assessment and referral"
    INVESTIGATION = "investigation"


class Owner(Enum):
    """Who owes the obligation, and who keeps a record system."""

    FORCE = "force"
    COUNCIL = "council"
    HEALTH = "health"
    CARER = "carer"
    OVERSIGHT_BODY = "oversight body"


class BasisKind(Enum):
    """What sort of sentence an obligation rests on."""

    STATUTE = "statute"
    NATIONAL_GUIDANCE = "national guidance"
    INSPECTORATE = "inspectorate"
    FORCE_POLICY = "force policy"
    ANOTHER_FORCES_POLICY = "another force's policy"
    ASSUMED = "assumed"

    @property
    def is_to_be_confirmed(self) -> bool:
        """Whether it binds nobody before this force has said so: nobody wrote it, or only another force did."""
        return self in (BasisKind.ANOTHER_FORCES_POLICY, BasisKind.ASSUMED)


class Standing(Enum):
    """Whether a finding may be in a headline.

    `assumed` until somebody at the force has confirmed it; `asked` where the oversight body puts it, unconfirmed, as a
    question of its own: then its figures are given, in a section that says so.
    """

    BINDING = "binding"
    ASKED = "asked"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Basis:
    """The sentence of law, guidance or local policy that an obligation rests on."""

    kind: BasisKind
    title: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Condition:
    """An attribute and the values it may have."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class EventPattern:
    """An event by its name and, where given, by values of its attributes (all conditions must hold)."""

    event: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Trigger:
    """What starts an occasion: any event that matches one of the patterns.

    With `nth` and `within`, only an event that brings the count of such events in the trailing `within`, itself
    included, to `nth` or more, unless one fired within that window before.
    """

    patterns: tuple[EventPattern, ...]
    nth: int | None = None
    within: Length | None = None

    def __post_init__(self) -> None:
        assert self.patterns, "a trigger without a pattern never fires"
        assert (self.nth is None) == (self.within is None), "nth and within go together"


@dataclass(frozen=True)
class LimitTable:
    """A limit for each value of an attribute (of the trigger, else of the case; with `of`, of that event).

    `unknown` is for an empty or unlisted value; None means that the limit is then unknown.
    """

    by: str
    limits: tuple[tuple[str, SingleLimit | ToBeSet], ...]
    unknown: SingleLimit | ToBeSet | None = None
    of: str | None = None


TimeLimit: TypeAlias = SingleLimit | TimeIn | ToBeSet | LimitTable


@dataclass(frozen=True)
class MostDangerousFirst:
    """In which order the open cases of a standard are looked at: by the value of an attribute, most dangerous first.

    The attribute `by` is the case's; with `of`, that of the last such event.
    """

    by: str
    values: tuple[str, ...]
    of: str | None = None


@dataclass(frozen=True)
class Example:
    """A worked example of a standard: events in a small notation, an instant to look from, and what is found."""

    name: str
    events: str
    as_at: str
    expect: tuple[str, ...]
    case: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reviewed:
    """Who (by role) has read the obligation and found it right, and when."""

    by: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Obligation(ABC):
    """What must happen. `exemptions` are the events that make it not owed."""

    id: str
    title: str
    topic: Topic
    owed_by: Owner
    basis: Basis
    only_for: tuple[Condition, ...] = ()
    exemptions: tuple[EventPattern, ...] = ()
    first_only: bool = False
    per_child: bool = False
    since_opening: bool = False
    severity: str | None = None
    needs: str | None = None
    gaming: str | None = None
    good_reasons: str | None = None
    reviewed: Reviewed | None = None
    safeguarding: bool = False
    examples: tuple[Example, ...] = ()

    @property
    def time_limit(self) -> TimeLimit | None:
        """How long there is, for the kinds that have a time limit."""
        return None

    @abstractmethod
    def triggers(self) -> tuple[EventPattern, ...]:
        """The patterns whose events start an occasion."""

    def responses(self) -> tuple[EventPattern, ...]:
        """The patterns whose events satisfy the obligation; none for a never and a record."""
        return ()

    def patterns(self) -> Iterator[EventPattern]:
        """Every event pattern that the obligation names."""
        yield from self.triggers()
        yield from self.responses()
        yield from self.exemptions


@dataclass(frozen=True, kw_only=True)
class Respond(Obligation):
    """After the trigger, the response within the time limit, unless an exemption. On the deadline is in time.

    `counted_from`: the trigger's time is that of the first of these of which its case has one with a time at or before
    it (of several the last); where there is none, its own. `owed_after`: the limit runs only from so long after the
    trigger; an exemption by then makes it not owed, whatever the limit.
    """

    trigger: Trigger
    response: tuple[EventPattern, ...]
    within: TimeLimit
    counted_from: tuple[EventPattern, ...] = ()
    owed_after: Length | None = None

    @property
    def time_limit(self) -> TimeLimit:
        return self.within

    def triggers(self) -> tuple[EventPattern, ...]:
        return self.trigger.patterns

    def responses(self) -> tuple[EventPattern, ...]:
        return self.response

    def patterns(self) -> Iterator[EventPattern]:
        yield from super().patterns()
        yield from self.counted_from


@dataclass(frozen=True, kw_only=True)
class Precede(Obligation):
    """Before (or at) each such event there must have been the response."""

    before: Trigger
    first: tuple[EventPattern, ...]

    def triggers(self) -> tuple[EventPattern, ...]:
        return self.before.patterns

    def responses(self) -> tuple[EventPattern, ...]:
        return self.first


@dataclass(frozen=True, kw_only=True)
class Never(Obligation):
    """The event must not happen. A case without it is settled by `settled_by` (None: once it is closed)."""

    never: Trigger
    settled_by: tuple[EventPattern, ...] | None = None

    def triggers(self) -> tuple[EventPattern, ...]:
        return self.never.patterns

    def patterns(self) -> Iterator[EventPattern]:
        yield from super().patterns()
        yield from self.settled_by or ()


@dataclass(frozen=True, kw_only=True)
class Repeat(Obligation):
    """From `start` on and while it lasts, the response at least every so often. `until` None: until closed."""

    start: Trigger
    response: tuple[EventPattern, ...]
    every: TimeLimit
    until: tuple[EventPattern, ...] | None = None

    @property
    def time_limit(self) -> TimeLimit:
        return self.every

    def triggers(self) -> tuple[EventPattern, ...]:
        return self.start.patterns

    def responses(self) -> tuple[EventPattern, ...]:
        return self.response

    def patterns(self) -> Iterator[EventPattern]:
        yield from super().patterns()
        yield from self.until or ()


class RecordOf(Enum):
    """Whose field it is."""

    CASE = "case"
    EVENT = "event"
    PERSON = "person"


@dataclass(frozen=True)
class RecordField:
    """A field that is to be filled in: of the case, of an event (named), or of the child's person record."""

    of: RecordOf
    field: str
    event: str | None = None

    def __post_init__(self) -> None:
        assert (self.of is RecordOf.EVENT) == (self.event is not None), "an event's field names its event"


@dataclass(frozen=True, kw_only=True)
class Record(Obligation):
    """The field is filled in by the time the event happens."""

    record: RecordField
    by: Trigger

    def triggers(self) -> tuple[EventPattern, ...]:
        return self.by.patterns


@dataclass(frozen=True, kw_only=True)
class ResolvedObligation:
    """An obligation as an engine takes it: with its standard, the force's own limit, and the force's calendar.

    `obligation` carries the limit that is judged by (the force's own, where it has one; the oversight body's own, where
    the obligation is asked by it); `shipped_limit` the one of the standard where that differs, else None.
    `in_force_to` None: still in force. Dates are local. `at_risk_until` and `most_dangerous_first` are the standard's,
    for the list of children to check: no finding goes by them.
    """

    obligation: Obligation
    standard: str
    version: str
    case_type: str
    in_force_from: date
    in_force_to: date | None = None
    standing: Standing = Standing.BINDING
    shipped_limit: TimeLimit | None = None
    zone: str = "Europe/London"
    nation: str | None = "England"
    at_risk_until: tuple[EventPattern, ...] = ()
    most_dangerous_first: MostDangerousFirst | None = None

    @property
    def full_name(self) -> str:
        """`standard/obligation`, as elsewhere obligations are named in full."""
        return f"{self.standard}/{self.obligation.id}"

    @property
    def key(self) -> str:
        """The full name and the version: what tells it apart where a dive holds two versions of one standard."""
        return f"{self.full_name} {self.version}"
