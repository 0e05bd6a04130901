"""What the reference engine works on: plain records of cases, events and record systems, and the findings it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from wardline.obligations import EventPattern, Owner

__all__ = ["Ability", "CaseFile", "Event", "Finding", "Group", "Matching", "RecordSystems", "RecordingTimes", "matches"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something recorded as having happened; its interval runs from `happened_at` to `latest`.

    Attributes are texts, a number as a standard writes it (`3`, `2.5`), or times.
    """

    event_id: int | None  # None: the closing of a case, where that ends something
    case_id: str
    event: str
    happened_at: datetime | None
    happened_by: datetime | None = None
    recorded_at: datetime | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)

    @property
    def latest(self) -> datetime | None:
        """The latest instant at which it can have happened."""
        return self.happened_by if self.happened_by is not None else self.happened_at

    @property
    def is_exact(self) -> bool:
        """Whether it can have happened at one instant only."""
        return self.happened_by is None or self.happened_by == self.happened_at

    def is_known(self, as_at: datetime) -> bool:
        """Neither its happening nor its recording lies after as at; an empty time is not after."""
        return not _is_after(self.happened_at, as_at) and not _is_after(self.recorded_at, as_at)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is recorded about one case: its facts, its events, the systems that hold a piece of it."""

    case_id: str
    case_type: str | None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    person_id: str | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
    events: Sequence[Event] = ()
    sources: frozenset[str] = frozenset()
    persons: Sequence[Mapping[str, object]] = ()  # the person records of `person_id`


class Ability(NamedTuple):
    """One thing that a record system is able to record, as in the table `abilities`."""

    source: str
    case_type: str | None
    event: str | None
    field: str | None


@dataclass(frozen=True, slots=True)
class RecordingTimes:
    """When a record system recorded: until its export was taken, but for its gaps (both ends included)."""

    kept_by: str = Owner.FORCE.value
    taken_at: datetime | None = None
    gaps: tuple[tuple[datetime, datetime], ...] = ()

    def is_uncertain(self, start: datetime, end: datetime) -> bool:
        """Whether the time from start to end touches a gap, or ends after the export was taken."""
        is_after_taken = self.taken_at is not None and end > self.taken_at
        return is_after_taken or any(start <= gap_to and end >= gap_from for gap_from, gap_to in self.gaps)


@dataclass(frozen=True)
class RecordSystems:
    """What each record system is able to record, and when it did."""

    abilities: tuple[Ability, ...] = ()
    coverage: Mapping[str, RecordingTimes] = field(default_factory=dict)

    def recording_times_of(self, source: str) -> RecordingTimes:
        """When a system recorded; the force's, without gaps, where nothing is said of it."""
        return self.coverage.get(source, RecordingTimes())


class Matching(NamedTuple):
    """The known events of a group that match patterns, in order of (`happened_at`, `event_id`)."""

    timed: tuple[Event, ...]
    partial: tuple[Event, ...]  # timed; they match but for an empty attribute
    untimed: tuple[Event, ...]  # without a time, in full or but for an empty attribute


class Group:
    """The cases whose events count together, as they are known as at an instant: one case, or all of one child."""

    def __init__(self, case_files: Iterable[CaseFile], as_at: datetime) -> None:
        self.as_at = as_at
        self.cases: dict[str, CaseFile] = {}
        events: list[Event] = []
        for case in case_files:
            known = [event for event in case.events if event.is_known(as_at)]
            if not _is_after(case.opened_at, as_at) and (case.opened_at is not None or known):
                self.cases[case.case_id] = case
                events += known
        self.by_name: dict[str, list[Event]] = {}
        for event in sorted(events, key=_order):
            self.by_name.setdefault(event.event, []).append(event)
        self.sources = frozenset(source for case in self.cases.values() for source in case.sources)
        self.case_types = frozenset(case.case_type for case in self.cases.values())

    def closed_at(self, case: CaseFile) -> datetime | None:
        """When the case was closed, as far as is known as at; an end before its beginning does not say."""
        at, opened_at = case.closed_at, case.opened_at
        ends_before_it_begins = at is not None and opened_at is not None and at < opened_at
        return None if _is_after(at, self.as_at) or ends_before_it_begins else at

    def named(self, names: Iterable[str]) -> list[Event]:
        """The events of these names in order, untimed ones last."""
        found = [self.by_name[name] for name in dict.fromkeys(names) if name in self.by_name]
        return found[0] if len(found) == 1 else sorted((event for events in found for event in events), key=_order)

    def matching(self, patterns: Sequence[EventPattern]) -> Matching:
        """The events that match any of the patterns, and those that do but for an empty attribute."""
        timed: list[Event] = []
        partial: list[Event] = []
        untimed: list[Event] = []
        for event in self.named(pattern.event for pattern in patterns):
            full = matches(event, patterns)
            if full or matches(event, patterns, or_empty=True):
                (untimed if event.happened_at is None else timed if full else partial).append(event)
        return Matching(tuple(timed), tuple(partial), tuple(untimed))


def matches(event: Event, patterns: Sequence[EventPattern], *, or_empty: bool = False) -> bool:
    """Whether the event matches any of the patterns; with `or_empty` an empty attribute fits any value."""
    for pattern in patterns:
        if pattern.event == event.event and _fits(event, pattern, or_empty):
            return True
    return False


class Finding(NamedTuple):
    """What is concluded about one occasion; the fields are the columns of the findings table, in its order."""

    standard: str
    version: str
    obligation: str
    case_id: str
    child_id: str | None
    trigger_event: int | None
    ordinal: int
    triggered_at: datetime | None
    limit: str | None
    shipped_limit: str | None
    deadline: datetime | None
    outcome: str
    reason: str | None
    response_event: int | None
    responded_at: datetime | None
    response_recorded_at: datetime | None
    exemption_event: int | None
    exempted_at: datetime | None
    exemption_recorded_at: datetime | None
    late_by: timedelta | None
    counted: bool
    standing: str


def _fits(event: Event, pattern: EventPattern, or_empty: bool) -> bool:
    for one in pattern.conditions:
        value = event.attributes.get(one.attribute)
        if value not in one.values and not (or_empty and value is None):
            return False
    return True


def _is_after(instant: datetime | None, as_at: datetime) -> bool:
    return instant is not None and instant > as_at


def _order(event: Event) -> tuple[bool, datetime | None, int | None]:
    # Untimed ones come last, among themselves by `event_id`; None is never compared with an instant.
    return (event.happened_at is None, event.happened_at, event.event_id)
