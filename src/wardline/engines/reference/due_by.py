"""The deadline: trigger plus limit, and what later gradings make of it (docs/reference/meaning.md, rule 4)."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import NamedTuple, TypeAlias

from wardline.engines.reference.case_files import Event, Group
from wardline.engines.reference.triggering import Occasion
from wardline.obligations import LimitTable, TimeLimit
from wardline.time_limits import (
    Calendar,
    NoHolidays,
    SingleLimit,
    TimeIn,
    ToBeSet,
    deadline,
    is_a_day_or_longer,
    is_in_days_or_longer,
)

__all__ = ["DueBy", "Start", "due_by", "end_of_local_day", "favourable_start", "unfavourable_start"]

ListedLimit: TypeAlias = SingleLimit | ToBeSet | None


class Start(NamedTuple):
    """From when a limit counts. One in days or longer counts an inexact trigger from the end of its last local day."""

    for_hours: datetime
    for_days: datetime


class DueBy(NamedTuple):
    """A deadline and the length that led to it."""

    deadline: datetime
    limit: SingleLimit | TimeIn

    @property
    def is_in_days(self) -> bool:
        """Whether evidence is held against it by whole local days where it is inexact."""
        return not isinstance(self.limit, TimeIn) and is_in_days_or_longer(self.limit)

    @property
    def is_a_day_or_longer(self) -> bool:
        """Whether a response known by its day only is taken as after an exact trigger of that day."""
        return not isinstance(self.limit, TimeIn) and is_a_day_or_longer(self.limit)


def favourable_start(occasion: Occasion, calendar: Calendar) -> Start:
    """The trigger as late as it can have been."""
    assert occasion.latest is not None
    return Start(occasion.latest, _for_days(occasion, calendar))


def unfavourable_start(occasion: Occasion, calendar: Calendar) -> Start:
    """The trigger as early as it can have been; limits in days or longer are judged only once, favourably."""
    assert occasion.happened_at is not None
    return Start(occasion.happened_at, _for_days(occasion, calendar))


def end_of_local_day(instant: datetime, calendar: Calendar) -> datetime:
    """The last microsecond of the local day of an instant."""
    return calendar.end_of(calendar.local_date(instant))


def due_by(
    limit: TimeLimit, occasion: Occasion, group: Group, start: Start, calendar: Calendar, *, is_repeat: bool
) -> DueBy | None:
    """The deadline of an occasion whose trigger has a time, or None where the limit is unknown."""
    match limit:
        case LimitTable(of=None):
            listed = [_listed(limit, _attribute(event, limit.by, occasion)) for event in occasion.limit_events]
            return _earliest([_counted(one, start, calendar) for one in listed])
        case LimitTable():
            if is_repeat and (held := _gradings_held(limit, occasion, group)):
                return _due_by_gradings_held(limit, held, occasion, group, start, calendar)
            return _due_by_gradings(limit, occasion, group, start, calendar)
        case TimeIn(attribute):
            instants = [_attribute(event, attribute, occasion) for event in occasion.limit_events]
            return _earliest([DueBy(instant, limit) for instant in instants if isinstance(instant, datetime)])
    return _counted(limit, start, calendar)


def _due_by_gradings(
    table: LimitTable, occasion: Occasion, group: Group, start: Start, calendar: Calendar
) -> DueBy | None:
    """The first grading sets the limit, counted from the trigger; later ones only bring the deadline forward.

    A first one whose own limit is still to be set leaves the limit unknown until a later one sets it, from itself.
    """
    held = _counted(table.unknown, start, calendar)
    is_first = True
    for graded_at, gradings in groupby(_gradings(table, occasion, group), key=lambda event: event.happened_at):
        assert graded_at is not None
        limits = [_listed(table, event.attributes.get(table.by)) for event in gradings]
        if is_first:
            set_by_first = _earliest([_counted(limit, start, calendar) for limit in limits])
            is_late = held is not None and graded_at > held.deadline
            held = _earliest([held, set_by_first]) if is_late else set_by_first
            is_first = False
        else:
            from_itself = Start(graded_at, graded_at)
            held = _earliest([held, *(_counted(limit, from_itself, calendar) for limit in limits)])
    return held


def _gradings_held(table: LimitTable, occasion: Occasion, group: Group) -> list[Event]:
    """The gradings that the occasion's case holds as it starts: the last before it, several at one instant."""
    starts_at = occasion.happened_at
    assert starts_at is not None
    gradings = _listed_gradings(table, group)
    before = [one for one in gradings if one.case_id == occasion.case.case_id and _at(one) <= starts_at]
    return [one for one in before if _at(one) == _at(before[-1])]


def _due_by_gradings_held(
    table: LimitTable, held: list[Event], occasion: Occasion, group: Group, start: Start, calendar: Calendar
) -> DueBy | None:
    """In a repeat the grading that the case holds sets the limit; later ones only bring the deadline forward."""
    starts_at = occasion.happened_at
    assert starts_at is not None
    from_start = [_counted(_listed(table, one.attributes.get(table.by)), start, calendar) for one in held]
    later = [one for one in _listed_gradings(table, group) if _at(one) > starts_at]
    from_themselves = [
        _counted(_listed(table, one.attributes.get(table.by)), Start(_at(one), _at(one)), calendar) for one in later
    ]
    return _earliest([*from_start, *from_themselves])


def _gradings(table: LimitTable, occasion: Occasion, group: Group) -> list[Event]:
    """The gradings at or after the trigger whose value is listed."""
    assert occasion.happened_at is not None
    return [event for event in _listed_gradings(table, group) if _at(event) >= occasion.happened_at]


def _listed_gradings(table: LimitTable, group: Group) -> list[Event]:
    assert table.of is not None
    listed = {value for value, _ in table.limits}
    return [
        event
        for event in group.named([table.of])
        if event.happened_at is not None and event.attributes.get(table.by) in listed
    ]


def _at(event: Event) -> datetime:
    assert event.happened_at is not None
    return event.happened_at


def _attribute(event: Event, attribute: str, occasion: Occasion) -> object:
    """The trigger's attribute, or the case's where that is empty."""
    value = event.attributes.get(attribute)
    return value if value is not None else occasion.case.attributes.get(attribute)


def _listed(table: LimitTable, value: object) -> ListedLimit:
    return dict[object, ListedLimit](table.limits).get(value, table.unknown)


def _counted(limit: ListedLimit, start: Start, calendar: Calendar) -> DueBy | None:
    if limit is None or isinstance(limit, ToBeSet):
        return None
    try:
        counted_from = start.for_days if is_in_days_or_longer(limit) else start.for_hours
        return DueBy(deadline(limit, counted_from, calendar), limit)
    except NoHolidays:
        return None  # working days of a year whose bank holidays nobody knows yet


def _earliest(deadlines: list[DueBy | None]) -> DueBy | None:
    """The earliest of those that are known; of equal ones the first named."""
    return min((one for one in deadlines if one is not None), key=lambda one: one.deadline, default=None)


def _for_days(occasion: Occasion, calendar: Calendar) -> datetime:
    assert occasion.latest is not None
    return occasion.latest if occasion.is_exact else end_of_local_day(occasion.latest, calendar)
