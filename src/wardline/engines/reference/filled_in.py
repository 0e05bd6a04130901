"""Record: a field is filled in by the time an event happens (docs/reference/meaning.md, rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wardline.engines.reference.by_event import (
    At,
    Conclusion,
    any_before,
    cannot_tell,
    earliest,
    favourable,
    favourably_and_not,
    with_cases_without,
)
from wardline.engines.reference.case_files import Event, Finding, Group
from wardline.engines.reference.obligation_and_systems import Concluded, ObligationAndSystems, Taken
from wardline.engines.reference.triggering import Occasion, triggered_occasions
from wardline.findings import Outcome, Reason
from wardline.obligations import Record, RecordOf

__all__ = ["check_record"]

NOT_FILLED_IN = {"", "unknown", "not stated"}


def check_record(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind record."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Record)
    record = obligation.record
    triggered = triggered_occasions(obligation.by, group, to_check.resolved, to_check.calendar)
    exemptions = group.matching(obligation.exemptions)
    holders = [] if record.event is None else group.named([record.event])
    is_held_untimed = any(
        one.happened_at is None and _is_filled_in(one.attributes.get(record.field)) for one in holders
    )

    def conclude(occasion: Occasion) -> Concluded:
        if not occasion.starts:
            return without(occasion)
        if lacks_child(occasion):
            judged = cannot_tell(Reason.NO_CHILD)
        elif occasion.happened_at is None:
            judged = cannot_tell(Reason.TRIGGER_WITHOUT_TIME)
        else:
            judged = favourably_and_not(occasion, lambda at: judge(at, occasion))
        is_counted = occasion.happened_at is not None and would_show(occasion)
        return Concluded(*judged, deadline=occasion.latest, exemption=earliest(exemptions), is_counted=is_counted)

    def without(occasion: Occasion) -> Concluded:
        """Of a case in which the event is not recorded: it is owed until the case is closed, and then no more."""
        closed_at = group.closed_at(occasion.case)
        if lacks_child(occasion):
            return Concluded(*cannot_tell(Reason.NO_CHILD))
        if (why := to_check.why_trigger_not_recorded(group)) is not None:
            return Concluded(*cannot_tell(why), is_counted=would_show(occasion))
        if closed_at is None:
            return Concluded(Outcome.NOT_YET_DUE, is_counted=would_show(occasion))
        return Concluded(Outcome.EXEMPT, exemption=Taken(None, closed_at, None), is_counted=would_show(occasion))

    def lacks_child(occasion: Occasion) -> bool:
        is_of_nobody = record.of is RecordOf.PERSON and occasion.case.person_id is None
        return is_of_nobody or to_check.lacks_child(occasion)

    def would_show(occasion: Occasion) -> bool:
        """Whether the field is mapped where it could be filled in."""
        is_joined = record.of is not RecordOf.PERSON or bool(occasion.case.persons)
        return not lacks_child(occasion) and is_joined and to_check.why_not_recorded(group) is None

    def judge(at: At, occasion: Occasion) -> Conclusion:
        if any(_is_filled_in(value) for value in values(at, occasion)):
            return Outcome.MET, None
        if any_before(exemptions.timed, at):
            return Outcome.EXEMPT, None
        is_incomplete = exemptions.untimed or any_before(exemptions.partial, favourable(occasion))
        if is_incomplete or is_held_untimed:
            return cannot_tell(Reason.EVIDENCE_INCOMPLETE)
        if not to_check.able(group) & group.sources:
            return cannot_tell(Reason.NOT_RECORDED_HERE)
        if record.of is RecordOf.PERSON and not occasion.case.persons:
            return cannot_tell(Reason.NOT_JOINED)
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

    occasions = with_cases_without(triggered, group)
    return to_check.findings([(one, conclude(one)) for one in occasions if to_check.is_owed_in(one, period)])


def _latest(events: Sequence[Event]) -> list[Event]:
    """Those of the latest `happened_at`."""
    return [one for one in events if one.happened_at == events[-1].happened_at]


def _is_filled_in(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and value.strip().lower() in NOT_FILLED_IN)
