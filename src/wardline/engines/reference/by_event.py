"""Precede, never and record, judged at the event itself (docs/reference/meaning.md, rules 8, 9 and 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from wardline.engines.reference.case_files import CaseFile, Event, Finding, Group, Matching, matches
from wardline.engines.reference.obligation_and_systems import Concluded, ObligationAndSystems, Taken
from wardline.engines.reference.triggering import Occasion, TriggeredOccasions, triggered_occasions
from wardline.findings import Outcome, Reason
from wardline.obligations import EventPattern, Never, Precede, Record, RecordOf

__all__ = ["check_never", "check_precede", "check_record"]

NOT_FILLED_IN = {"", "unknown", "not stated"}

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
    triggered = triggered_occasions(
        obligation.before,
        group,
        case_type=to_check.resolved.case_type,
        first_only=obligation.first_only,
        calendar=to_check.calendar,
    )
    responses = group.matching(obligation.first)
    exemptions = group.matching(obligation.exemptions)

    def conclude(occasion: Occasion) -> Concluded:
        if occasion.happened_at is None:
            return Concluded(
                *_cannot_tell(Reason.NO_CHILD if to_check.lacks_child(occasion) else Reason.TRIGGER_WITHOUT_TIME)
            )
        # An event that is also an E answers nothing at its own instant: it cannot precede itself.
        there = [one for one in responses.timed if not _is_own(one, occasion, obligation.triggers())]
        partial = [one for one in responses.partial if not _is_own(one, occasion, obligation.triggers())]
        is_incomplete = bool(responses.untimed or exemptions.untimed) or _any_before(
            (*partial, *exemptions.partial), _favourable(occasion)
        )

        def judge(at: At) -> Conclusion:
            if to_check.lacks_child(occasion):
                return _cannot_tell(Reason.NO_CHILD)
            if _any_before(there, at):
                return Outcome.MET, None
            if _any_before(exemptions.timed, at):
                return Outcome.EXEMPT, None
            if is_incomplete:
                return _cannot_tell(Reason.EVIDENCE_INCOMPLETE)
            if there:
                return Outcome.LATE, None
            if (why := to_check.why_not_recorded(group)) is not None:
                return _cannot_tell(why)
            if to_check.is_uncertain(group, _recordable_from(occasion), _favourable(occasion).instant):
                return _cannot_tell(Reason.RECORD_GAP)
            return Outcome.MISSED, None

        judged = _favourably_and_not(occasion, judge)
        at = _favourable(occasion)
        before = [one for one in there if at.is_after(one)]
        response = before[-1] if before else there[0] if there else None
        late_by = None if response is None or response.happened_at is None else response.happened_at - at.instant
        return Concluded(
            *judged,
            deadline=at.instant,
            late_by=late_by,
            response=None if response is None else Taken.of(response),
            exemption=_earliest(exemptions),
        )

    return to_check.findings([(one, conclude(one)) for one in triggered.occasions if to_check.is_owed_in(one, period)])


def check_never(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind never."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Never)
    triggered = triggered_occasions(
        obligation.never,
        group,
        case_type=to_check.resolved.case_type,
        first_only=obligation.first_only,
        calendar=to_check.calendar,
    )
    exemptions = group.matching(obligation.exemptions)
    of_event = group.matching(obligation.never.patterns)
    settling = None if obligation.settled_by is None else group.matching(obligation.settled_by)

    def conclude(occasion: Occasion) -> Concluded:
        if to_check.lacks_child(occasion):
            judged = _cannot_tell(Reason.NO_CHILD)
        elif not occasion.starts:
            judged = without(occasion.case)
        elif occasion.happened_at is None:
            is_any = exemptions.timed or exemptions.partial or exemptions.untimed
            judged = _cannot_tell(Reason.EVIDENCE_INCOMPLETE) if is_any else (Outcome.MISSED, None)
        else:
            judged = _favourably_and_not(occasion, lambda at: judge(at, occasion))
        return Concluded(*judged, deadline=occasion.latest, exemption=_earliest(exemptions))

    def judge(at: At, occasion: Occasion) -> Conclusion:
        if _any_before(exemptions.timed, at):
            return Outcome.EXEMPT, None
        if exemptions.untimed or _any_before(exemptions.partial, _favourable(occasion)):
            return _cannot_tell(Reason.EVIDENCE_INCOMPLETE)
        return Outcome.MISSED, None

    def without(case: CaseFile) -> Conclusion:
        if (why := to_check.why_not_recorded(group)) is not None:
            return _cannot_tell(why)
        # With `nth`, an event without a time might be the one that made up the number.
        if any(one.case_id == case.case_id for one in (*of_event.partial, *of_event.untimed)):
            return _cannot_tell(Reason.EVIDENCE_INCOMPLETE)
        if settling is None:
            is_settled = group.closed_at(case) is not None
        else:
            is_settled = any(
                one.case_id == case.case_id and matches(one, obligation.settled_by or ())
                for one in (*settling.timed, *settling.untimed)
            )
        return (Outcome.MET if is_settled else Outcome.NOT_YET_DUE), None

    occasions = _with_cases_without(triggered, group)
    return to_check.findings([(one, conclude(one)) for one in occasions if to_check.is_owed_in(one, period)])


def check_record(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind record."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Record)
    record = obligation.record
    triggered = triggered_occasions(
        obligation.by,
        group,
        case_type=to_check.resolved.case_type,
        first_only=obligation.first_only,
        calendar=to_check.calendar,
    )
    exemptions = group.matching(obligation.exemptions)
    holders = [] if record.event is None else group.named([record.event])
    is_held_untimed = any(
        one.happened_at is None and _is_filled_in(one.attributes.get(record.field)) for one in holders
    )

    def conclude(occasion: Occasion) -> Concluded:
        is_of_nobody = record.of is RecordOf.PERSON and occasion.case.person_id is None
        if is_of_nobody or to_check.lacks_child(occasion):
            judged = _cannot_tell(Reason.NO_CHILD)
        elif not occasion.starts:
            judged = Outcome.NOT_YET_DUE, None
        elif occasion.happened_at is None:
            judged = _cannot_tell(Reason.TRIGGER_WITHOUT_TIME)
        else:
            judged = _favourably_and_not(occasion, lambda at: judge(at, occasion))
        return Concluded(*judged, deadline=occasion.latest, exemption=_earliest(exemptions))

    def judge(at: At, occasion: Occasion) -> Conclusion:
        if any(_is_filled_in(value) for value in values(at, occasion)):
            return Outcome.MET, None
        if _any_before(exemptions.timed, at):
            return Outcome.EXEMPT, None
        is_incomplete = exemptions.untimed or _any_before(exemptions.partial, _favourable(occasion))
        if is_incomplete or is_held_untimed:
            return _cannot_tell(Reason.EVIDENCE_INCOMPLETE)
        if not to_check.able(group) & group.sources:
            return _cannot_tell(Reason.NOT_RECORDED_HERE)
        if record.of is RecordOf.PERSON and not occasion.case.persons:
            return _cannot_tell(Reason.NOT_JOINED)
        return Outcome.MISSED, None

    def values(at: At, occasion: Occasion) -> list[object]:
        """What the field holds; several values where several records could hold it at once."""
        match record.of:
            case RecordOf.CASE:
                return [occasion.case.attributes.get(record.field)]
            case RecordOf.PERSON:
                return [person.get(record.field) for person in occasion.case.persons]
            case RecordOf.EVENT:
                own = [one for one in occasion.starts if one.event == record.event]
                held_by = own or _latest([one for one in holders if at.is_after(one)])
                return [one.attributes.get(record.field) for one in held_by]

    occasions = _with_cases_without(triggered, group)
    return to_check.findings([(one, conclude(one)) for one in occasions if to_check.is_owed_in(one, period)])


def _with_cases_without(triggered: TriggeredOccasions, group: Group) -> Iterable[Occasion]:
    """The occasions, and one for each case in which the event did not happen."""
    without = [Occasion(case) for case_id, case in group.cases.items() if case_id not in triggered.case_ids]
    return [*triggered.occasions, *without]


def _favourably_and_not(occasion: Occasion, judge: Callable[[At], Conclusion]) -> Conclusion:
    assert occasion.happened_at is not None
    favourable = judge(_favourable(occasion))
    unfavourable = judge(At(occasion.happened_at, is_favourable=False))
    return favourable if favourable[0] is unfavourable[0] else (Outcome.CANNOT_TELL, Reason.TIME_NOT_EXACT)


def _favourable(occasion: Occasion) -> At:
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


def _any_before(events: Iterable[Event], at: At) -> bool:
    return any(at.is_after(event) for event in events)


def _earliest(exemptions: Matching) -> Taken | None:
    return Taken.of(exemptions.timed[0]) if exemptions.timed else None


def _latest(events: Sequence[Event]) -> list[Event]:
    """Those of the latest `happened_at`."""
    return [one for one in events if one.happened_at == events[-1].happened_at]


def _is_filled_in(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and value.strip().lower() in NOT_FILLED_IN)


def _cannot_tell(reason: Reason) -> Conclusion:
    return Outcome.CANNOT_TELL, reason
