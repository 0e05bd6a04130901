"""What the records show of one occasion, as a careful reader would say it: the simulation's own few lines.

It knows only what the made-up force's records can hold: triggers at exact minutes, responses of which only the day or
no time at all can be read, and what was never typed. It is written apart from the engines, so that comparing proves
something.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardline.simulation.clock import HOUR, Clock
from wardline.simulation.records import Entry
from wardline.simulation.truth import LATE, MET, MISSED

__all__ = ["NOT_OWED", "Reader", "Response"]

NOT_OWED = ""  # also what is not yet due: no failing either way
TIME_NOT_EXACT, EVIDENCE_INCOMPLETE = "time_not_exact", "evidence_incomplete"
ALMOST_NOTHING = 1e-6  # a day ends with its last microsecond


@dataclass(slots=True)
class Response:
    """When something was done: exactly then, or at some instant from `first` to `last`."""

    first: float
    last: float


@dataclass(frozen=True)
class Reader:
    """Reads by a clock, and as the exports were taken at `end`."""

    clock: Clock
    end: int

    def instants(self, entry: Entry) -> Response:
        """When an entry says that it happened: the instant, or the whole day."""
        if not entry.is_date_only:
            return self.logged(entry.at)
        day = self.clock.day(entry.at)
        return Response(self.clock.start_of(day), self.clock.start_of(day + 1) - ALMOST_NOTHING)

    def logged(self, at: int) -> Response:
        """An instant written in local time: two are meant in the hour that the clocks show twice."""
        if not self.clock.is_shown_twice(at):
            return Response(at, at)
        first = at - HOUR if self.clock.is_shown_twice(at - HOUR) else at
        return Response(first, first + HOUR)

    def after(
        self,
        at: int,
        by: float,
        responses: Iterable[Response],
        *,
        excused_at: Iterable[int] = (),
        has_untimed: bool = False,
        untold: str = "",
        counts_before: bool = False,
    ) -> str:
        """Whether one of the responses followed on what happened `at`, by an instant, unless excused by then.

        `untold` is why nothing could be concluded from finding no response at all. With `counts_before` a response
        from before counts as well.
        """
        known = [response for response in responses if counts_before or response.last >= at]
        excused = any(excuse <= by for excuse in excused_at)
        kindly = self._judged([one.first for one in known], by, excused, has_untimed, untold)
        certain = [one.last for one in known if counts_before or one.first >= at]
        sternly = self._judged(certain, by, excused, has_untimed, untold)
        if kindly == sternly or {kindly, sternly} <= {untold, EVIDENCE_INCOMPLETE}:
            return kindly
        return TIME_NOT_EXACT

    def after_days(
        self,
        at: int,
        by: float,
        responses: Iterable[Response],
        *,
        excused_at: Iterable[int] = (),
        has_untimed: bool = False,
        untold: str = "",
    ) -> str:
        """The same where the time is counted in days: a day without a time of day is read kindly."""
        known = [max(one.first, at) for one in responses if one.last >= at]
        return self._judged(known, by, any(excuse <= by for excuse in excused_at), has_untimed, untold)

    def before(self, at: int, responses: Iterable[Response], *, has_untimed: bool = False) -> str:
        """Whether one of the responses stands at or before what happened `at`."""
        known = list(responses)
        kindly = any(one.first <= at for one in known)
        if kindly != any(one.last <= at for one in known):
            return TIME_NOT_EXACT
        if kindly:
            return MET
        return EVIDENCE_INCOMPLETE if has_untimed else LATE if known else MISSED

    def _judged(self, responses: list[float], by: float, excused: bool, has_untimed: bool, untold: str) -> str:
        if any(response <= by for response in responses):
            return MET
        if excused:
            return NOT_OWED
        if has_untimed:
            return EVIDENCE_INCOMPLETE
        if responses:
            return LATE
        if untold:
            return untold
        return NOT_OWED if by > self.end else MISSED
