"""Repeat: while a period lasts, the response again and again (docs/reference/meaning.md, rule 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple

from wardline.engines.reference.case_files import CaseFile, Event, Finding, Group, Matching, matches
from wardline.engines.reference.due_by import DueBy, due_by, favourable_start
from wardline.engines.reference.obligation_and_systems import ObligationAndSystems
from wardline.engines.reference.respond import InWindow, conclude_by_deadline
from wardline.engines.reference.triggering import Occasion, triggered_occasions
from wardline.engines.reference.windows import Seen, Window
from wardline.obligations import Repeat
from wardline.time_limits import Calendar

__all__ = ["check_repeat"]


class Period(NamedTuple):
    """From a trigger to the next `until` strictly after it, or without an end."""

    start: Occasion
    until: Event | None

    @property
    def ends(self) -> datetime | None:
        """The instant of its end."""
        return None if self.until is None else self.until.happened_at

    def runs_at(self, instant: datetime) -> bool:
        """Whether the instant is before the period's end."""
        return self.ends is None or instant < self.ends

    def answers(self, event: Event) -> bool:
        """Whether an event that has a time is not after the period's end."""
        return event.happened_at is not None and (self.ends is None or event.happened_at <= self.ends)


class Sought(NamedTuple):
    """The events of a group that the obligation speaks of. `until` is None where the closing of a case ends a
    period.
    """

    responses: Matching
    exemptions: Matching
    until: Matching | None

    @property
    def has_untimed(self) -> bool:
        untils = () if self.until is None else self.until.untimed
        return bool(self.responses.untimed or self.exemptions.untimed or untils)


def check_repeat(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind repeat."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Repeat)
    triggered = triggered_occasions(obligation.start, group, to_check.resolved, to_check.calendar)
    sought = Sought(
        responses=group.matching(obligation.response),
        exemptions=group.matching(obligation.exemptions),
        until=None if obligation.until is None else group.matching(obligation.until),
    )
    owed = [
        (occasion, lasting)
        for lasting in _periods(triggered.occasions, sought, group)
        for occasion in _occasions(lasting, sought, _taking_as_after(to_check, obligation, lasting.start, group))
    ]
    owed += [(occasion, Period(occasion, None)) for occasion in triggered.occasions if occasion.happened_at is None]
    return to_check.findings(
        [
            (
                occasion,
                conclude_by_deadline(
                    to_check,
                    group,
                    occasion,
                    obligation.every,
                    partial(_gather, obligation, occasion, lasting, sought, to_check.calendar),
                ),
            )
            for occasion, lasting in owed
            if to_check.is_owed_in(occasion, period)
        ]
    )


def _periods(triggers: Iterable[Occasion], sought: Sought, group: Group) -> list[Period]:
    """The periods of a group, in order; a trigger inside one, or at the instant of an `until`, begins none.

    Where closings end periods, each trigger goes by the closing of its own case. So a child who is reported missing
    again at the very instant at which another of the child's cases is closed is owed it.
    """
    periods: list[Period] = []
    for trigger in triggers:
        at = trigger.happened_at
        if at is None or (periods and periods[-1].runs_at(at)):
            continue
        untils = _closing(trigger.case, group) if sought.until is None else sought.until.timed
        if any(until.happened_at == at for until in untils):
            continue
        later = [until for until in untils if until.happened_at is not None and until.happened_at > at]
        periods.append(Period(trigger, later[0] if later else None))
    return periods


def _closing(case: CaseFile, group: Group) -> Sequence[Event]:
    """The closing of a case as if it were an event; it has no `event_id`."""
    closed_at = group.closed_at(case)
    return () if closed_at is None else (Event(None, case.case_id, "", closed_at),)


def _taking_as_after(
    to_check: ObligationAndSystems, obligation: Repeat, start: Occasion, group: Group
) -> Callable[[Event], bool]:
    """Says of a response whether it is taken as after the period's trigger, being known by that day only."""
    calendar = to_check.calendar
    due = due_by(obligation.every, start, group, favourable_start(start, calendar), calendar, is_repeat=True)
    window = Window(start, obligation.triggers(), due=due, calendar=calendar)
    return lambda response: _is_taken_as_after(response, window, obligation)


def _is_taken_as_after(response: Event, window: Window, obligation: Repeat) -> bool:
    """A response that is itself a trigger counts at its own time."""
    return window.takes_as_after(response) and not matches(response, obligation.triggers())


def _occasions(period: Period, sought: Sought, is_taken_as_after: Callable[[Event], bool]) -> Iterator[Occasion]:
    """The period's trigger, and each response after it that still leaves time before its end."""
    yield period.start
    begins = period.start.happened_at
    for at, responses in groupby(sought.responses.timed, key=lambda event: event.happened_at):
        assert at is not None and begins is not None
        after = [one for one in responses if at > begins or is_taken_as_after(one)]
        if after and period.runs_at(at):
            yield Occasion(period.start.case, after, period.start.starts)


def _gather(
    obligation: Repeat, occasion: Occasion, period: Period, sought: Sought, calendar: Calendar, due: DueBy | None
) -> InWindow:
    also_trigger = (*obligation.triggers(), *obligation.response)
    window = Window(occasion, also_trigger, due=due, calendar=calendar)
    unless_window = Window(occasion, also_trigger, due=due, calendar=calendar, since_opening=obligation.since_opening)
    starts_at, period_starts_at = occasion.happened_at, period.start.happened_at
    assert starts_at is not None and period_starts_at is not None
    is_first = occasion is period.start

    def answers(one: Event) -> bool:
        assert one.happened_at is not None
        is_after = one.happened_at > max(starts_at, period_starts_at)
        is_after = is_after or (is_first and _is_taken_as_after(one, window, obligation))
        return is_after and period.answers(one)

    def is_in_period(one: Event) -> bool:
        """An occasion that a response of the trigger's own day began looks no further back than the trigger."""
        assert one.latest is not None
        return is_first or one.latest >= period_starts_at

    def may_exempt(one: Event) -> bool:
        return obligation.since_opening or is_in_period(one)

    exemptions = unless_window.seen(one for one in sought.exemptions.timed if may_exempt(one))
    if period.until is not None:
        exemptions.append(window.see(period.until))
    ends = () if sought.until is None else sought.until.partial
    is_incomplete = (
        sought.has_untimed
        or any(answers(one) for one in sought.responses.partial)
        or any(
            unless_window.holds(one) and period.answers(one) and may_exempt(one) for one in sought.exemptions.partial
        )
        or any(window.holds(one) and period.answers(one) and is_in_period(one) for one in ends)
    )
    responses = [window.see_response(one) for one in sought.responses.timed if answers(one)]
    return InWindow(responses, sorted(exemptions, key=_order), is_incomplete)


def _order(seen: Seen) -> tuple[datetime | None, bool, int | None]:
    # The closing of a case has no `event_id` and comes after events of its instant.
    return (seen.event.happened_at, seen.event.event_id is None, seen.event.event_id)
