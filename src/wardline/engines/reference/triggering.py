"""When an obligation is owed: its occasions (docs/reference/meaning.md, rules 2 and 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from typing import NamedTuple

from wardline.engines.reference.case_files import CaseFile, Event, Group, matches
from wardline.obligations import EventPattern, ResolvedObligation, Trigger
from wardline.time_limits import Calendar, Length, NoHolidays, deadline

__all__ = ["Occasion", "TriggeredOccasions", "is_in_dates", "merge", "triggered_occasions"]


class Occasion:
    """One time that an obligation was owed, in one case.

    `starts` are the events at one instant that began it, smallest `event_id` first; there are none where a never or
    a record is judged without its event. `limit_events` are those whose attributes set the limit: the same, unless
    said otherwise. `happened_at` and `latest` are the earliest and latest instant at which it can have begun.
    """

    def __init__(
        self, case: CaseFile, starts: Sequence[Event] = (), limit_events: Sequence[Event] | None = None
    ) -> None:
        self.case = case
        self.starts = starts
        self.limit_events = starts if limit_events is None else limit_events
        self.trigger_event = starts[0].event_id if starts else None
        self.happened_at = starts[0].happened_at if starts else None
        self.latest = max((event.latest for event in starts if event.latest is not None), default=None)
        self.is_exact = self.happened_at == self.latest

    def later(self, length: Length, calendar: Calendar) -> Occasion | None:
        """The same as if it had begun so much later; None where nobody knows when that is."""
        assert self.happened_at is not None and self.latest is not None
        shifted = copy(self)
        try:
            shifted.happened_at = deadline(length, self.happened_at, calendar)
            shifted.latest = deadline(length, self.latest, calendar)
        except NoHolidays:
            return None
        shifted.is_exact = shifted.happened_at == shifted.latest
        return shifted


class TriggeredOccasions(NamedTuple):
    """The occasions that a trigger gives in a group, and the cases in which it fired at all."""

    occasions: list[Occasion]
    case_ids: frozenset[str]


def triggered_occasions(
    trigger: Trigger,
    group: Group,
    resolved: ResolvedObligation,
    calendar: Calendar,
    *,
    counted_from: Sequence[EventPattern] = (),
) -> TriggeredOccasions:
    """The occasions over the group's cases of the obligation's type, in order of time, untimed ones last.

    Events at one instant in one case are one. Then `nth`, then `first_only` choose among those of the whole group.
    """
    case_type, first_only = resolved.case_type, resolved.obligation.first_only
    found = group.matching(trigger.patterns)
    ours = [event for event in found.timed if group.cases[event.case_id].case_type == case_type]
    timed = _counted_from(counted_from, ours, group) if counted_from else merge(ours, group)
    untimed = [
        Occasion(group.cases[event.case_id], [event])
        for event in found.untimed
        if matches(event, trigger.patterns) and group.cases[event.case_id].case_type == case_type
    ]
    if trigger.nth is not None and trigger.within is not None:
        timed, untimed = _at_nth(timed, trigger.nth, trigger.within, calendar), []
    case_ids = frozenset(occasion.case.case_id for occasion in [*timed, *untimed])
    return TriggeredOccasions(timed[:1] if first_only else timed + untimed, case_ids)


def merge(events: Iterable[Event], group: Group) -> list[Occasion]:
    """The events of one case at one instant as one occasion, in order of (`happened_at`, smallest `event_id`)."""
    together: dict[tuple[str, datetime | None], list[Event]] = {}
    for event in events:
        together.setdefault((event.case_id, event.happened_at), []).append(event)
    return [Occasion(group.cases[case_id], same) for (case_id, _), same in together.items()]


def _counted_from(patterns: Sequence[EventPattern], triggers: Iterable[Event], group: Group) -> list[Occasion]:
    """Each trigger at the time of the event that it is counted from; those of a case that come to one instant are one.

    The limit's attribute stays the trigger's own.
    """
    together: dict[tuple[str, datetime | None], list[tuple[Event, Event]]] = {}
    for trigger in triggers:
        begun = _begun_by(patterns, trigger, group)
        together.setdefault((trigger.case_id, begun.happened_at), []).append((begun, trigger))
    occasions = [
        Occasion(group.cases[case_id], [begun for begun, _ in same], [trigger for _, trigger in same])
        for (case_id, _), same in together.items()
    ]
    return sorted(occasions, key=lambda one: (one.starts[0].happened_at, one.starts[0].event_id))


def _begun_by(patterns: Sequence[EventPattern], trigger: Event, group: Group) -> Event:
    """Of the first pattern that has any, the last event of the trigger's case at or before it; else the trigger."""
    assert trigger.happened_at is not None
    for pattern in patterns:
        earlier = [
            event
            for event in group.matching([pattern]).timed
            if event.case_id == trigger.case_id
            and event.happened_at is not None
            and event.happened_at <= trigger.happened_at
        ]
        if earlier:
            return earlier[-1]
    return trigger


def is_in_dates(
    occasion: Occasion, resolved: ResolvedObligation, calendar: Calendar, period: tuple[date, date] | None
) -> bool:
    """Whether the occasion's local date lies in the standard's dates in force and in the period.

    An occasion without a time goes by its case's opening, and is judged where that is empty too.
    """
    instant = occasion.happened_at if occasion.happened_at is not None else occasion.case.opened_at
    if instant is None:
        return True
    day = calendar.local_date(instant)
    is_in_force = resolved.in_force_from <= day and (resolved.in_force_to is None or day <= resolved.in_force_to)
    return is_in_force and (period is None or period[0] <= day <= period[1])


def _at_nth(occasions: list[Occasion], nth: int, within: Length, calendar: Calendar) -> list[Occasion]:
    """Those that bring the count in the trailing window to `nth` or more, unless one fired in that window before."""
    counted_until: dict[datetime, datetime | None] = {}
    fired: dict[datetime, Occasion] = {}
    for occasion in occasions:
        at = occasion.happened_at
        if at is None or at in counted_until:  # at one instant the group counts once, and its first event fires
            continue
        counted_until[at] = _last_counted(within, at, calendar)
        in_window = [
            earlier for earlier, until in counted_until.items() if earlier == at or (until is not None and until >= at)
        ]
        if len(in_window) >= nth and not any(earlier in fired for earlier in in_window):
            fired[at] = occasion
    return list(fired.values())


def _last_counted(within: Length, at: datetime, calendar: Calendar) -> datetime | None:
    try:
        return deadline(within, at, calendar)
    except NoHolidays:
        return None
