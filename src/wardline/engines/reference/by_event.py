"""Precede and never, judged at the event itself (docs/reference/meaning.md, rules 8 and 9). Record uses it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from wardline.engines.reference.case_files import CaseFile, Event, Finding, Group, Matching, matches
from wardline.engines.reference.obligation_and_systems import Concluded, ObligationAndSystems, Taken
from wardline.engines.reference.triggering import Occasion, TriggeredOccasions, triggered_occasions
from wardline.findings import Outcome, Reason
from wardline.obligations import EventPattern, Never, Precede

__all__ = [
    "At",
    "Conclusion",
    "any_before",
    "cannot_tell",
    "check_never",
    "check_precede",
    "earliest",
    "favourable",
    "favourably_and_not",
    "with_cases_without",
]

ALWAYS = datetime.min.replace(tzinfo=UTC)  # since when, where it is not known when a case was opened

Conclusion = tuple[Outcome, Reason | None]


class At(NamedTuple):
    """One of the two instants at which E is judged, and which end of other intervals is held against it."""

    instant: datetime
    is_favourable: bool

    def is_after(self, event: Event) -> bool:
        """Whether an event that has a time counts as at or before E."""
        at = event.happened_at if self.is_favourable else event.latest
        return at is not None and at <= self.instant


def check_precede(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind precede."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Precede)
    triggered = triggered_occasions(obligation.before, group, to_check.resolved, to_check.calendar)
    responses = group.matching(obligation.first)
    exemptions = group.matching(obligation.exemptions)

    def conclude(occasion: Occasion) -> Concluded:
        if occasion.happened_at is None:
            return Concluded(
                *cannot_tell(Reason.NO_CHILD if to_check.lacks_child(occasion) else Reason.TRIGGER_WITHOUT_TIME)
            )
        # An event that is also an E answers nothing at its own instant: it cannot precede itself.
        there = [one for one in responses.timed if not _is_own(one, occasion, obligation.triggers())]
        partial = [one for one in responses.partial if not _is_own(one, occasion, obligation.triggers())]
        is_incomplete = bool(responses.untimed or exemptions.untimed) or any_before(
            (*partial, *exemptions.partial), favourable(occasion)
        )

        def judge(at: At) -> Conclusion:
            if to_check.lacks_child(occasion):
                return cannot_tell(Reason.NO_CHILD)
            if any_before(there, at):
                return Outcome.MET, None
            if any_before(exemptions.timed, at):
                return Outcome.EXEMPT, None
            if is_incomplete:
                return cannot_tell(Reason.EVIDENCE_INCOMPLETE)
            if there:
                return Outcome.LATE, None
            if (why := to_check.why_not_recorded(group)) is not None:
                return cannot_tell(why)
            if to_check.is_uncertain(group, _recordable_from(occasion), favourable(occasion).instant):
                return cannot_tell(Reason.RECORD_GAP)
            return Outcome.MISSED, None

        judged = favourably_and_not(occasion, judge)
        at = favourable(occasion)
        before = [one for one in there if at.is_after(one)]
        response = before[-1] if before else there[0] if there else None
        late_by = None if response is None or response.happened_at is None else response.happened_at - at.instant
        return Concluded(
            *judged,
            deadline=at.instant,
            late_by=late_by,
            response=None if response is None else Taken.of(response),
            exemption=earliest(exemptions),
            is_counted=not to_check.lacks_child(occasion)
            and to_check.would_show(group, _recordable_from(occasion), at.instant),
        )

    return to_check.findings([(one, conclude(one)) for one in triggered.occasions if to_check.is_owed_in(one, period)])


def check_never(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind never."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Never)
    triggered = triggered_occasions(obligation.never, group, to_check.resolved, to_check.calendar)
    exemptions = group.matching(obligation.exemptions)
    of_event = group.matching(obligation.never.patterns)
    settling = None if obligation.settled_by is None else group.matching(obligation.settled_by)

    def conclude(occasion: Occasion) -> Concluded:
        if to_check.lacks_child(occasion):
            judged = cannot_tell(Reason.NO_CHILD)
        elif not occasion.starts:
            judged = without(occasion.case)
        elif occasion.happened_at is None:
            is_any = exemptions.timed or exemptions.partial or exemptions.untimed
            judged = cannot_tell(Reason.EVIDENCE_INCOMPLETE) if is_any else (Outcome.MISSED, None)
        else:
            judged = favourably_and_not(occasion, lambda at: judge(at, occasion))
        return Concluded(
            *judged,
            deadline=occasion.latest,
            exemption=earliest(exemptions) if occasion.starts else None,
            is_counted=not to_check.lacks_child(occasion)
            and to_check.would_show(group, occasion.case.opened_at or ALWAYS, settled_at(occasion.case)),
        )

    def judge(at: At, occasion: Occasion) -> Conclusion:
        if any_before(exemptions.timed, at):
            return Outcome.EXEMPT, None
        if exemptions.untimed or any_before(exemptions.partial, favourable(occasion)):
            return cannot_tell(Reason.EVIDENCE_INCOMPLETE)
        return Outcome.MISSED, None

    def without(case: CaseFile) -> Conclusion:
        if (why := to_check.why_not_recorded(group)) is not None:
            return cannot_tell(why)
        # With `nth`, an event without a time might be the one that made up the number.
        if any(one.case_id == case.case_id for one in (*of_event.partial, *of_event.untimed)):
            return cannot_tell(Reason.EVIDENCE_INCOMPLETE)
        is_settled = group.closed_at(case) is not None if settling is None else bool(settling_of(case))
        return (Outcome.MET if is_settled else Outcome.NOT_YET_DUE), None

    def settling_of(case: CaseFile) -> list[Event]:
        """The events of a case that settle it, in order, untimed ones last."""
        assert settling is not None
        return [
            one
            for one in (*settling.timed, *settling.untimed)
            if one.case_id == case.case_id and matches(one, obligation.settled_by or ())
        ]

    def settled_at(case: CaseFile) -> datetime:
        """Until when the event would have been seen: until the case was settled, else until as at."""
        if settling is None:
            return group.closed_at(case) or group.as_at
        settled_by = settling_of(case)
        return settled_by[0].latest or group.as_at if settled_by else group.as_at

    occasions = with_cases_without(triggered, group)
    return to_check.findings([(one, conclude(one)) for one in occasions if to_check.is_owed_in(one, period)])


def with_cases_without(triggered: TriggeredOccasions, group: Group) -> Iterable[Occasion]:
    """The occasions, and one for each case in which the event did not happen."""
    without = [Occasion(case) for case_id, case in group.cases.items() if case_id not in triggered.case_ids]
    return [*triggered.occasions, *without]


def favourably_and_not(occasion: Occasion, judge: Callable[[At], Conclusion]) -> Conclusion:
    """What both ends of the intervals come to, or that the time is not exact where they differ."""
    assert occasion.happened_at is not None
    best = judge(favourable(occasion))
    worst = judge(At(occasion.happened_at, is_favourable=False))
    return best if best[0] is worst[0] else (Outcome.CANNOT_TELL, Reason.TIME_NOT_EXACT)


def favourable(occasion: Occasion) -> At:
    """E as late as it can have been, and other events as early."""
    assert occasion.latest is not None
    return At(occasion.latest, is_favourable=True)


def _recordable_from(occasion: Occasion) -> datetime:
    """From when what had to come first could have been recorded: the opening of the case, or E where that is
    unknown.
    """
    assert occasion.happened_at is not None
    opened_at = occasion.case.opened_at
    return occasion.happened_at if opened_at is None else min(opened_at, occasion.happened_at)


def _is_own(event: Event, occasion: Occasion, triggers: Sequence[EventPattern]) -> bool:
    return event.happened_at == occasion.happened_at and matches(event, triggers)


def any_before(events: Iterable[Event], at: At) -> bool:
    """Whether any of some events counts as at or before E."""
    return any(at.is_after(event) for event in events)


def earliest(exemptions: Matching) -> Taken | None:
    """The earliest exemption that has a time."""
    return Taken.of(exemptions.timed[0]) if exemptions.timed else None


def cannot_tell(reason: Reason) -> Conclusion:
    """That we cannot tell, and why."""
    return Outcome.CANNOT_TELL, reason
