"""Which events count for an occasion, and at which instant each stands (docs/reference/meaning.md, rules 3 and 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from wardline.engines.reference.case_files import Event, matches
from wardline.engines.reference.due_by import DueBy, end_of_local_day
from wardline.engines.reference.triggering import Occasion
from wardline.obligations import EventPattern
from wardline.time_limits import Calendar

__all__ = ["Seen", "Window"]


class Interval(NamedTuple):
    """The earliest and the latest instant at which something can have happened."""

    earliest: datetime
    latest: datetime

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    def by_whole_days(self, calendar: Calendar) -> Interval:
        """An inexact interval widened to the local days that it touches; an exact one as it is."""
        if self.is_exact:
            return self
        start = calendar.start_of(calendar.local_date(self.earliest))
        return Interval(start, end_of_local_day(self.latest, calendar))


class Seen(NamedTuple):
    """An event in a window: the earliest instant at which it can count, not before the trigger at its latest, and the
    latest, or None where it may lie before the trigger."""

    event: Event
    favourably_at: datetime
    unfavourably_at: datetime | None

    @property
    def is_sure(self) -> bool:
        """Whether it counts at one instant only."""
        return self.favourably_at == self.unfavourably_at


class Window:
    """The time in which evidence counts for an occasion whose trigger has a time: from its instant on.

    An event that also matches one of `also_trigger` counts only if strictly later than the trigger. With
    `since_opening` earlier evidence counts too. Where it is due by a limit in days, inexact times are widened to local
    days.
    """

    def __init__(
        self,
        occasion: Occasion,
        also_trigger: Sequence[EventPattern],
        *,
        due: DueBy | None,
        calendar: Calendar,
        since_opening: bool = False,
    ) -> None:
        assert occasion.happened_at is not None and occasion.latest is not None
        self._occasion = occasion
        self._begins = occasion.happened_at
        self._also_trigger = also_trigger
        self._since_opening = since_opening
        self._calendar = calendar
        self._is_in_days = due is not None and due.is_in_days
        self._is_a_day_or_longer = due is not None and due.is_a_day_or_longer
        self._trigger = self._interval(occasion.happened_at, occasion.latest)

    def holds(self, event: Event) -> bool:
        """Whether an event that has a time lies in the window."""
        assert event.happened_at is not None
        if matches(event, self._also_trigger):
            # Such an event goes by its `happened_at` alone, or an inexact trigger would answer itself.
            return event.happened_at != self._begins if self._since_opening else event.happened_at > self._begins
        return self._since_opening or self._interval_of(event).latest >= self._trigger.earliest

    def takes_as_after(self, event: Event) -> bool:
        """Whether a response is taken as after the trigger though it is known by its day only: it is the day of an
        exact trigger, and there is a day or longer.
        """
        assert event.happened_at is not None
        day = self._calendar.local_date(event.happened_at)
        return (
            self._is_a_day_or_longer
            and self._occasion.is_exact
            and day == self._calendar.local_date(self._begins)
            and (event.happened_at, event.latest) == (self._calendar.start_of(day), self._calendar.end_of(day))
        )

    def see_response(self, event: Event) -> Seen:
        """A response in the window, with the instants at which it can count."""
        seen = self.see(event)
        is_taken_as_after = seen.unfavourably_at is None and self.takes_as_after(event)
        return seen._replace(unfavourably_at=self._interval_of(event).latest) if is_taken_as_after else seen

    def see(self, event: Event) -> Seen:
        """An event in the window, with the instants at which it can count."""
        interval = self._interval_of(event)
        if self._since_opening:
            return Seen(event, interval.earliest, interval.latest)
        # It may lie before the trigger if it may begin before the trigger's latest; exact times leave no doubt.
        both_exact = interval.is_exact and self._trigger.is_exact
        is_surely_after = both_exact or interval.earliest >= self._trigger.latest
        return Seen(event, max(interval.earliest, self._trigger.latest), interval.latest if is_surely_after else None)

    def seen(self, events: Iterable[Event]) -> list[Seen]:
        """Those of some events that lie in the window, in the same order."""
        return [self.see(event) for event in events if self.holds(event)]

    def seen_responses(self, events: Iterable[Event]) -> list[Seen]:
        """Those of some responses that lie in the window, in the same order."""
        return [self.see_response(event) for event in events if self.holds(event)]

    def _interval_of(self, event: Event) -> Interval:
        assert event.happened_at is not None and event.latest is not None
        return self._interval(event.happened_at, event.latest)

    def _interval(self, earliest: datetime, latest: datetime) -> Interval:
        interval = Interval(earliest, latest)
        return interval.by_whole_days(self._calendar) if self._is_in_days else interval
