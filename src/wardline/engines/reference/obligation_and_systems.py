"""An obligation made ready to be checked: its calendar, the systems that can show it, and the findings it writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from wardline.engines.reference.case_files import CaseFile, Event, Finding, Group, RecordSystems
from wardline.engines.reference.triggering import Occasion, is_in_dates
from wardline.findings import Outcome, Reason
from wardline.obligations import Owner, Record, RecordOf, ResolvedObligation, limit_in_words
from wardline.time_limits import Calendar

__all__ = ["Concluded", "ObligationAndSystems", "Taken"]


Wanted: TypeAlias = set[tuple[str | None, str | None]]
"""Events, or fields of an event or of a case or person (without an event)."""


class Taken(NamedTuple):
    """The event that was taken as a response or as an exemption; a case's closing exempts without an event."""

    event_id: int | None
    happened_at: datetime | None
    recorded_at: datetime | None

    @classmethod
    def of(cls, event: Event) -> Taken:
        return cls(event.event_id, event.happened_at, event.recorded_at)


class Concluded(NamedTuple):
    """What is concluded about one occasion, before it is written as a finding."""

    outcome: Outcome
    reason: Reason | None = None
    limit: str | None = None
    deadline: datetime | None = None
    response: Taken | None = None
    exemption: Taken | None = None
    late_by: timedelta | None = None
    is_counted: bool = False


class ObligationAndSystems:
    """One resolved obligation and the record systems that its evidence may stand in."""

    def __init__(self, resolved: ResolvedObligation, systems: RecordSystems) -> None:
        self.resolved = resolved
        self.calendar = Calendar(resolved.zone, resolved.nation)
        self.systems = systems
        shipped = resolved.shipped_limit
        self._shipped_limit = None if shipped is None else limit_in_words(shipped)
        self._able = _Ability(systems, *self._evidence())

    def judges(self, case: CaseFile) -> bool:
        """Whether the case is of the standard's type and fits `for`."""
        return case.case_type == self.resolved.case_type and all(
            case.attributes.get(one.attribute) in one.values for one in self.resolved.obligation.only_for
        )

    def is_owed_in(self, occasion: Occasion, period: tuple[date, date] | None) -> bool:
        """Whether the occasion is one to judge: of a case that is judged, in the dates in force and the period."""
        return self.judges(occasion.case) and is_in_dates(occasion, self.resolved, self.calendar, period)

    def lacks_child(self, occasion: Occasion) -> bool:
        """Whether a child's cases are to be counted together and the case says of no child."""
        return self.resolved.obligation.per_child and occasion.case.person_id is None

    def able(self, group: Group) -> frozenset[str]:
        """The systems that could have recorded the evidence of a case in the group."""
        return self._able.of(group.case_types)

    def why_not_recorded(self, group: Group) -> Reason | None:
        """Why no system that holds the group could have shown the evidence, or None where one could."""
        return _why_not(self.able(group), group)

    def why_trigger_not_recorded(self, group: Group) -> Reason | None:
        """Why no system that holds the group could have shown what the obligation is triggered by, whoever keeps it."""
        wanted: Wanted = {(pattern.event, None) for pattern in self.resolved.obligation.triggers()}
        return _why_not(_Ability(self.systems, wanted, Owner.FORCE, False).of(group.case_types), group)

    def is_uncertain(self, group: Group, start: datetime, end: datetime) -> bool:
        """Whether a system that could have shown the evidence had a gap from start to end, or was read before."""
        showing = self.able(group) & group.sources
        return any(self.systems.recording_times_of(source).is_uncertain(start, end) for source in showing)

    def would_show(self, group: Group, start: datetime, end: datetime) -> bool:
        """Whether a failing from start to end would have shown: items 8 and 10 of rule 5, asked alone."""
        return self.why_not_recorded(group) is None and not self.is_uncertain(group, start, end)

    def findings(self, concluded: Sequence[tuple[Occasion, Concluded]]) -> list[Finding]:
        """The findings of one group, numbered within each case and instant by their trigger event."""
        in_order = sorted(concluded, key=lambda pair: -1 if (event := pair[0].trigger_event) is None else event)
        numbers: dict[tuple[str, datetime | None], int] = {}
        written = []
        for occasion, what in in_order:
            same = (occasion.case.case_id, occasion.happened_at)
            numbers[same] = numbers.get(same, 0) + 1
            written.append(self._finding(occasion, what, numbers[same]))
        return written

    def _finding(self, occasion: Occasion, what: Concluded, ordinal: int) -> Finding:
        nothing = Taken(None, None, None)
        # Without the trigger's time nothing says which response was its own.
        response, exemption = (
            (nothing, nothing)
            if occasion.starts and occasion.happened_at is None
            else (what.response or nothing, what.exemption or nothing)
        )
        return Finding(
            standard=self.resolved.standard,
            version=self.resolved.version,
            obligation=self.resolved.obligation.id,
            case_id=occasion.case.case_id,
            child_id=occasion.case.person_id,
            trigger_event=occasion.trigger_event,
            ordinal=ordinal,
            triggered_at=occasion.happened_at,
            limit=what.limit,
            shipped_limit=self._shipped_limit,
            deadline=what.deadline,
            outcome=what.outcome.value,
            reason=None if what.reason is None else what.reason.value,
            response_event=response.event_id,
            responded_at=response.happened_at,
            response_recorded_at=response.recorded_at,
            exemption_event=exemption.event_id,
            exempted_at=exemption.happened_at,
            exemption_recorded_at=exemption.recorded_at,
            late_by=what.late_by if what.outcome is Outcome.LATE else None,
            counted=what.is_counted,
            standing=self.resolved.standing.value,
        )

    def _evidence(self) -> tuple[Wanted, Owner, bool]:
        """What this obligation looks for, who must keep it, and whether it stands in person records."""
        obligation = self.resolved.obligation
        if isinstance(obligation, Record):
            # Whoever keeps it: the question is only whether the field is there.
            record = obligation.record
            return {(record.event, record.field)}, Owner.FORCE, record.of is RecordOf.PERSON
        patterns = obligation.responses() or obligation.triggers()
        return {(pattern.event, None) for pattern in patterns}, obligation.owed_by, False


class _Ability:
    """The systems that can record an event or a field, by the case types of a group."""

    def __init__(self, systems: RecordSystems, wanted: Wanted, owner: Owner, is_of_person: bool) -> None:
        able: dict[str | None, set[str]] = {}
        for ability in systems.abilities:
            is_theirs = owner is Owner.FORCE or systems.recording_times_of(ability.source).kept_by == owner.value
            if is_theirs and (ability.event, ability.field) in wanted and (ability.case_type is None) == is_of_person:
                able.setdefault(ability.case_type, set()).add(ability.source)
        self._of_type = able

    def of(self, case_types: frozenset[str | None]) -> frozenset[str]:
        return frozenset().union(*(self._of_type.get(case_type, ()) for case_type in (*case_types, None)))


def _why_not(able: frozenset[str], group: Group) -> Reason | None:
    if able & group.sources:
        return None
    return Reason.NOT_JOINED if able else Reason.NOT_RECORDED_HERE
