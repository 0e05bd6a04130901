"""Repeat: while a period lasts, the response again and again (docs/reference/meaning.md, rule 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple

from wardline.engines.reference.case_files import CaseFile, Event, Finding, Group, Matching
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
    triggered = triggered_occasions(
        obligation.start,
        group,
        case_type=to_check.resolved.case_type,
        first_only=obligation.first_only,
        calendar=to_check.calendar,
    )
    sought = Sought(
        responses=group.matching(obligation.response),
        exemptions=group.matching(obligation.exemptions),
        until=None if obligation.until is None else group.matching(obligation.until),
    )
    owed = [
        (occasion, lasting)
        for lasting in _periods(triggered.occasions, sought, group)
        for occasion in _occasions(lasting, sought)
    ]
    owed += [(occasion, Period(occasion, None)) for occasion in triggered.occasions if occasion.happened_at is None]
    return to_check.findings(
        [
            (
                occasion,
                conclude_by_deadline(
                    to_check, group, occasion, obligation.every, partial(_gather, obligation, occasion, lasting, sought)
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


def _occasions(period: Period, sought: Sought) -> Iterator[Occasion]:
    """The period's trigger, and each response after it that still leaves time before its end."""
    yield period.start
    begins = period.start.happened_at
    for at, responses in groupby(sought.responses.timed, key=lambda event: event.happened_at):
        assert at is not None and begins is not None
        if at > begins and period.runs_at(at):
            yield Occasion(period.start.case, list(responses), period.start.starts)


def _gather(
    obligation: Repeat, occasion: Occasion, period: Period, sought: Sought, whole_days: Calendar | None
) -> InWindow:
    also_trigger = (*obligation.triggers(), *obligation.response)
    window = Window(occasion, also_trigger, whole_days=whole_days)
    unless_window = Window(occasion, also_trigger, since_opening=obligation.since_opening, whole_days=whole_days)
    starts_at = occasion.happened_at
    assert starts_at is not None

    def answering(events: Iterable[Event]) -> list[Event]:
        return [
            one for one in events if one.happened_at is not None and one.happened_at > starts_at and period.answers(one)
        ]

    exemptions = unless_window.seen(sought.exemptions.timed)
    if period.until is not None:
        exemptions.append(window.see(period.until))
    untils = () if sought.until is None else sought.until.partial
    is_incomplete = (
        sought.has_untimed
        or bool(answering(sought.responses.partial))
        or any(unless_window.holds(one) and period.answers(one) for one in sought.exemptions.partial)
        or any(window.holds(one) and period.answers(one) for one in untils)
    )
    responses = [window.see(one) for one in answering(sought.responses.timed)]
    return InWindow(responses, sorted(exemptions, key=_order), is_incomplete)


def _order(seen: Seen) -> tuple[datetime | None, bool, int | None]:
    # The closing of a case has no `event_id` and comes after events of its instant.
    return (seen.event.happened_at, seen.event.event_id is None, seen.event.event_id)
