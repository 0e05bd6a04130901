"""What the records can and cannot show of an investigation, obligation by obligation."""

from __future__ import annotations

from wardline.simulation.careful_reader import Reader, Response
from wardline.simulation.children import KnownChild
from wardline.simulation.clock import HOUR
from wardline.simulation.investigations import ONLINE_GROUP
from wardline.simulation.parameters import STOCK_REASON
from wardline.simulation.records import CRIME, Entry, Investigation
from wardline.simulation.truth import BY_NOTHING, CRIME_RECORDING, LATE, MISSED, ONLINE, Failing, Truth
from wardline.simulation.truth_of_measures import count_device_decision

__all__ = ["read_investigation"]

SEVEN_DAYS, TWO_WORKING_DAYS = "7 days", "2 working days"
SIGNED_OFF = {
    "no suspect identified",
    "evidential difficulties",
    "victim does not support",
    "not in public interest",
    "other body",
}
NOT_FOR_CHILDREN = {"passed to fraud reporting", "advice only"}
FIRST_STEPS = (
    ("device-decision-before-closing", ("device_decision",), "no reasoned device decision"),
    ("suspect-enquiries-before-closing", ("suspect_enquiry", "suspect_identified"), "no suspect enquiry"),
    ("other-children-before-closing", ("other_children_considered", "other_children_none"), "other children forgotten"),
    ("referral-before-closing", ("referral_made",), "no referral"),
    ("child-view-before-closing", ("child_view_recorded",), "the child's view not recorded"),
    ("sign-off-before-closing", ("supervisor_sign_off",), "no sign-off by a supervisor"),
)


def read_investigation(known: KnownChild, case: Investigation, reader: Reader, truth: Truth) -> None:
    """Tell what a careful reader of the exports finds in this investigation."""
    reading = _Reading(case, reader, truth)
    reading.recording_and_support(has_ethnicity=bool(known.records_in(CRIME)[0].ethnicity))
    if case.offence_group == ONLINE_GROUP:
        reading.online()


class _Reading:
    """One investigation and what is said of it."""

    def __init__(self, case: Investigation, reader: Reader, truth: Truth) -> None:
        self.case = case
        self.at = case.opened_at
        self.reader = reader
        self.truth = truth
        self.case_id = f"{CRIME}:{case.number}"
        self.entries: dict[str, list[Entry]] = {}
        for entry in case.entries:
            self.entries.setdefault(entry.event, []).append(entry)
        self.closed = next(iter(self.entries.get("investigation_closed", [])), None)

    def recording_and_support(self, *, has_ethnicity: bool) -> None:
        self._within(24 * HOUR, "crime_recorded", f"{CRIME_RECORDING}/crime-recorded", "crime recorded late")
        shown = self.reader.after(
            self.at,
            self.reader.clock.deadline(TWO_WORKING_DAYS, self.at),
            self._done("support_referred"),
            excused_at=[entry.at for entry in self.entries.get("support_declined", [])],
        )
        self._say(shown, f"{CRIME_RECORDING}/support-referral", "no support offered")
        for entry in self.entries.get("suspect_identified", []):
            if not entry.attributes["ethnicity"]:
                self._say(MISSED, f"{CRIME_RECORDING}/suspect-ethnicity", "ethnicity not recorded", entry.at)
        if self.closed is None:
            return
        if not has_ethnicity:
            self._say(MISSED, f"{CRIME_RECORDING}/child-ethnicity", "ethnicity not recorded", self.closed.at)
        if self.closed.attributes["closed_as"] in SIGNED_OFF:
            shown = self.reader.before(self.closed.at, self._done("supervisor_sign_off"))
            obligation = f"{CRIME_RECORDING}/supervisor-signs-off"
            self._say(shown, obligation, "no sign-off by a supervisor", self.closed.at)

    def online(self) -> None:
        self._device_decision()
        enquiries = ("suspect_enquiry", "suspect_identified")
        shown = self.reader.after_days(
            self.at,
            self.reader.clock.deadline(SEVEN_DAYS, self.at),
            self._done(*enquiries),
            has_untimed=self._has_untimed(*enquiries),
        )
        self._say(shown, f"{ONLINE}/suspect-enquiries", "no suspect enquiry")
        self._within(24 * HOUR, "referral_made", f"{ONLINE}/referral", "no referral")
        for entry in self.entries.get("crime_recorded", []):
            if entry.attributes["offence"] == "fraud":
                self._say(MISSED, f"{ONLINE}/not-closed-as-fraud", "closed with a leaflet", entry.at)
        if self.closed is None:
            return
        if self.closed.attributes["closed_as"] in NOT_FOR_CHILDREN:
            self._say(MISSED, f"{ONLINE}/not-closed-as-fraud", "closed with a leaflet", self.closed.at)
        for obligation, steps, failing in FIRST_STEPS:
            shown = self.reader.before(self.closed.at, self._done(*steps), has_untimed=self._has_untimed(*steps))
            self._say(shown, f"{ONLINE}/{obligation}", failing, self.closed.at)

    def _device_decision(self) -> None:
        failing, obligation = "no reasoned device decision", f"{ONLINE}/device-decision"
        shown = self._within(24 * HOUR, "device_decision", obligation, failing)
        decisions = self.entries.get("device_decision", [])
        for entry in decisions:
            if not entry.attributes["reason"]:
                self._say(MISSED, f"{ONLINE}/device-decision-reasoned", failing, entry.at)
        officers = [Response(one.at, one.at) for one in decisions if one.attributes["reason"] != STOCK_REASON]
        really = self.reader.after(self.at, self.at + 24 * HOUR, officers)
        count_device_decision(self.at, self.case.district, really, self.reader, self.truth)
        if really in (LATE, MISSED) and shown != really:
            why = "the crime system filled in a decision that nobody had made"
            self.truth.tell(Failing(failing, obligation, self.case_id, self.at, really, BY_NOTHING, why))

    def _within(self, limit: int, event: str, obligation: str, failing: str) -> str:
        shown = self.reader.after(self.at, self.at + limit, self._done(event))
        self._say(shown, obligation, failing)
        return shown

    def _done(self, *events: str) -> list[Response]:
        """When any of these events happened, of those with a time that can be read."""
        entries = [entry for event in events for entry in self.entries.get(event, []) if not entry.is_unreadable]
        return [self.reader.instants(entry) for entry in entries]

    def _has_untimed(self, *events: str) -> bool:
        return any(entry.is_unreadable for event in events for entry in self.entries.get(event, []))

    def _say(self, shown: str, obligation: str, failing: str, at: int | None = None) -> None:
        self.truth.judged(shown, failing, obligation, self.case_id, self.at if at is None else at)
