"""The life of an investigation of a crime against a child: who did what, when, and what the crime system made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from wardline.simulation.careful_reader import Reader
from wardline.simulation.children import KnownChild
from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock
from wardline.simulation.diaries import Diary
from wardline.simulation.draws import clear, draw_share
from wardline.simulation.notes import NotesOfCase
from wardline.simulation.parameters import (
    CLOSED_AS,
    DEVICE_DECISION_IN_TIME,
    DEVICE_DECISION_LATE,
    DEVICE_REASON_SHARE,
    ENQUIRY_DATE_ONLY_SHARE,
    ENQUIRY_MADE_SHARE,
    ENQUIRY_UNREADABLE_SHARE,
    FRAUD_REPORTING_SHARE,
    LEAFLET_SHARE,
    NOT_RECORDED_SHARE,
    OFFENCES,
    RECORDED_LATE_SHARE,
    RECORDING_CHANGED_ON,
    REFERRAL_MADE_SHARE,
    REPORTED_BY_CALL_SHARE,
    STEP_AFTER_CLOSING_SHARE,
    STEP_BEFORE_CLOSING_SHARE,
    STOCK_REASON,
    SUPPORT_DECLINED_SHARE,
    SUPPORT_SHARE,
    SUSPECT_ETHNICITY_SHARE,
    SUSPECT_IDENTIFIED_SHARE,
)
from wardline.simulation.records import CRIME, Incident, Investigation
from wardline.simulation.truth import Truth
from wardline.simulation.truth_of_measures import count_investigation
from wardline.simulation.typing_in import EntriesOfCase
from wardline.simulation.what_became_of_children import follow_investigation

__all__ = ["ONLINE_GROUP", "InvestigationPlan", "write_investigation"]

ONLINE_GROUP = "online exploitation"
ADVICE_ONLY, FRAUD_REPORTING = "advice only", "passed to fraud reporting"
DEVICE_DECISIONS = ("examine", "ask for screenshots", "do not take")
DEVICE_REASONS = (
    "account data and screenshots are enough, the child agrees",
    "messages were deleted, the child and a parent agree to a copy being taken",
    "taking it would leave the child without a phone, nothing on it is needed",
)
CHANGED_ON = date.fromisoformat(RECORDING_CHANGED_ON).toordinal()


@dataclass(slots=True)
class InvestigationPlan:
    """A crime that is reported."""

    known: KnownChild
    offence_group: str
    reported_at: int


def write_investigation(
    plan: InvestigationPlan,
    number: str,
    number_of: Callable[[str, int], str],
    reader: Reader,
    source: Random,
    outcomes: Random,
    detectives: Diary,
    truth: Truth,
) -> Investigation:
    """The investigation as the crime system holds it. What becomes of the child is drawn from `outcomes`."""
    clock, end = reader.clock, reader.end
    life = _Life(plan, clock, source, detectives, EntriesOfCase(source, end))
    life.live()
    notes = NotesOfCase(plan.known.child, number, source, end, truth, CRIME)
    notes.write(plan.reported_at, life.closed_at)
    incident = None
    if source.random() < REPORTED_BY_CALL_SHARE:
        incident_no = number_of("incident", plan.reported_at)
        opened_at = plan.reported_at
        incident = Incident(incident_no, incident_no, "crime report", "priority", opened_at, None, None, opened_at)
    further = EntriesOfCase(outcomes, end)
    outcome = follow_investigation(
        plan.reported_at, life.closed_at, life.closed_as, life.typed.entries, further, clock, outcomes
    )
    count_investigation(plan.reported_at, outcome, plan.known.child.district, reader, truth)
    return Investigation(
        number=number,
        child=plan.known.child,
        person_number=plan.known.records_in(CRIME)[0].number,
        district=plan.known.child.district,
        offence_group=plan.offence_group,
        opened_at=plan.reported_at,
        closed_at=life.closed_at if life.closed_at < end else None,
        incident_no=incident.number if incident else "",
        incidents=[incident] if incident else [],
        entries=[*life.typed.entries, *further.entries],
        notes=notes.notes,
    )


class _Life:
    """One investigation, step by step."""

    def __init__(
        self, plan: InvestigationPlan, clock: Clock, source: Random, detectives: Diary, typed: EntriesOfCase
    ) -> None:
        self.plan = plan
        self.at = plan.reported_at
        self.clock = clock
        self.source = source
        self.detectives = detectives
        self.typed = typed
        self.closed_at = 0
        self.closed_as = ""

    def live(self) -> None:
        self.typed.add("crime_reported", self.at, typed_at=self.at)
        is_online = self.plan.offence_group == ONLINE_GROUP
        kind = self.source.random()
        if is_online and kind < LEAFLET_SHARE + FRAUD_REPORTING_SHARE:
            self._send_away(ADVICE_ONLY if kind < LEAFLET_SHARE else FRAUD_REPORTING)
            return
        self.closed_at = self._office_hours(self.at + int(self.source.uniform(12, 110)) * DAY)
        self._record()
        if is_online:
            self._decide_about_device()
            for step in ("child_view_recorded", self._about_other_children()):
                self._step(step)
        self._look_for_suspect()
        self._refer()
        self._support()
        self._step("supervisor_sign_off")
        self._close(draw_share(self.source, CLOSED_AS))

    def _send_away(self, closed_as: str) -> None:
        """Advice, a leaflet, and nothing else: what must not happen to a child who is blackmailed over images."""
        self.closed_at = self._after(1, 40)
        if self.clock.day(self.at) >= CHANGED_ON:
            self._fill_in_device_decision()
        if closed_as == FRAUD_REPORTING:
            self._add("crime_recorded", self._after(0.2, 0.9), {"offence": "fraud"})
        self._close(closed_as)

    def _record(self) -> None:
        offence = draw_share(self.source, OFFENCES[self.plan.offence_group])
        kind = self.source.random()
        if kind >= NOT_RECORDED_SHARE:
            is_late = kind < NOT_RECORDED_SHARE + RECORDED_LATE_SHARE
            self._add("crime_recorded", self._after(25, 90) if is_late else self._after(0.5, 20), {"offence": offence})

    def _decide_about_device(self) -> None:
        if self.clock.day(self.at) >= CHANGED_ON:
            self._fill_in_device_decision()
        kind = self.source.random()
        if kind >= DEVICE_DECISION_IN_TIME + DEVICE_DECISION_LATE:
            return
        at = self._after(1, 22) if kind < DEVICE_DECISION_IN_TIME else self._after(26, 140)
        reason = self.source.choice(DEVICE_REASONS) if self.source.random() < DEVICE_REASON_SHARE else ""
        self._add("device_decision", at, {"decision": self.source.choice(DEVICE_DECISIONS), "reason": reason})

    def _fill_in_device_decision(self) -> None:
        """The crime system does this itself when the crime is created; nobody has decided anything."""
        said = {"decision": "do not take", "reason": STOCK_REASON}
        self.typed.add("device_decision", self.at + MINUTE, attributes=said, typed_at=self.at + MINUTE)

    def _look_for_suspect(self) -> None:
        source = self.source
        if source.random() < ENQUIRY_MADE_SHARE:
            at = self.detectives.book(self._after(3, 130))
            is_unreadable = source.random() < ENQUIRY_UNREADABLE_SHARE
            is_date_only = not is_unreadable and source.random() < ENQUIRY_DATE_ONLY_SHARE
            self.typed.add("suspect_enquiry", at, is_unreadable=is_unreadable, is_date_only=is_date_only)
        if source.random() < SUSPECT_IDENTIFIED_SHARE[self.plan.offence_group]:
            ethnicity = source.choice(("White", "Asian", "Black", "Mixed"))
            said = {
                "ethnicity": ethnicity if source.random() < SUSPECT_ETHNICITY_SHARE else "",
                "nationality": "British",
            }
            self._add("suspect_identified", self._before_closing(), said)

    def _refer(self) -> None:
        if self.source.random() < REFERRAL_MADE_SHARE:
            self._add("referral_made", self._after(1, 22) if self.source.random() < 0.8 else self._after(26, 200))

    def _support(self) -> None:
        kind = self.source.random()
        if kind < SUPPORT_SHARE:
            self._add("support_referred", self._office_hours(self._after(2, 70)))
        elif kind < SUPPORT_SHARE + SUPPORT_DECLINED_SHARE:
            self._add("support_declined", self._office_hours(self._after(2, 40)))

    def _about_other_children(self) -> str:
        return "other_children_considered" if self.source.random() < 0.6 else "other_children_none"

    def _step(self, event: str) -> None:
        """Something that should stand on file before an investigation is closed."""
        kind = self.source.random()
        if kind < STEP_BEFORE_CLOSING_SHARE:
            self._add(event, self._before_closing())
        elif kind < STEP_BEFORE_CLOSING_SHARE + STEP_AFTER_CLOSING_SHARE:
            self._add(event, self._office_hours(self.closed_at + int(self.source.uniform(1, 9)) * DAY))

    def _close(self, closed_as: str) -> None:
        self.closed_as = closed_as
        self.typed.add(
            "investigation_closed", self.closed_at, attributes={"closed_as": closed_as}, typed_at=self.closed_at
        )

    def _add(self, event: str, at: int, said: dict[str, str] | None = None) -> None:
        self.typed.add(event, at, attributes=said)

    def _after(self, fewest_hours: float, most_hours: float) -> int:
        hours = self.source.uniform(fewest_hours, most_hours)
        return clear(self.clock, self.at + int(hours * 60) * MINUTE)

    def _before_closing(self) -> int:
        """Some time between the second day and the last evening before closing."""
        part = 0.05 + 0.9 * self.source.random()
        return clear(self.clock, self.at + int((self.closed_at - self.at) * part) // MINUTE * MINUTE)

    def _office_hours(self, at: int) -> int:
        """The same day's office hours, or those of the next working day."""
        clock = self.clock
        day = clock.day(at)
        while not clock.is_working_day(day):
            day += 1
        return max(at, clock.at(day, 9 * HOUR + int(self.source.random() * 8 * 60) * MINUTE))
