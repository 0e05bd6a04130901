"""The crime system's exports: investigations, their actions, the suspects, the victims and the enquiry log.

Two ways to write a time, as happens where two reports of one system were built by two people; outcomes as whole labels.
A suspect's row holds the last risk only.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from wardline.simulation.clock import DAY, HOUR, Clock
from wardline.simulation.local_times import LocalTimes
from wardline.simulation.names import draw_family_name, draw_given_name, draw_phone, draw_postcode
from wardline.simulation.period_files import ADULTS_IN_PART, CsvFiles
from wardline.simulation.person_records import person_records
from wardline.simulation.records import CRIME, OUTCOME_EVENTS, Entry, Investigation, PersonRecord

__all__ = ["CrimeExport"]

INVESTIGATION_COLUMNS = (
    "CrimeNumber",
    "IncidentNumber",
    "VictimNominal",
    "VictimAge",
    "ReportedAt",
    "ReportTyped",
    "RecordedAt",
    "RecordTyped",
    "OffenceCode",
    "Qualifier",
    "PolicingDistrict",
    "Markers",
    "Outcome",
    "ClosedAt",
    "ClosureTyped",
)
ACTION_COLUMNS = ("CrimeNumber", "VictimAge", "Action", "When", "Typed", "Decision", "Reason")
SUSPECT_COLUMNS = (
    "CrimeNumber",
    "SuspectSeq",
    "IdentifiedAt",
    "IdentifiedTyped",
    "Ethnicity",
    "Nationality",
    "Kirat",
    "KiratAt",
    "KiratTyped",
    "EnforcedAt",
    "EnforcedTyped",
)
VICTIM_COLUMNS = ("Nominal", "Name1", "Name2", "BornOn", "Sex", "Ethnicity16", "Street", "PostCode", "Phone")
NOTE_COLUMNS = ("CrimeNumber", "VictimAge", "Typed", "Text")

QUALIFIERS = {"online exploitation": "CO", "contact abuse": "CC", "other": "CX"}
DISTRICT_CODES = {"Northbank": "D1", "Saltholme": "D2", "Ferryhill Cross": "D3", "Eastmoor": "D4"}
# The codes are ours; the labels of outcomes are such as forces' exports hold (domain 4.4), but for the last two.
OFFENCE_CODES = {
    "blackmail": "BLK",
    "sexual communication": "SCC",
    "indecent images": "IMG",
    "sexual assault": "SXA",
    "rape": "RPE",
    "neglect": "NEG",
    "assault": "ASL",
    "fraud": "FRD",
}
OUTCOME_LABELS = {
    "charged": ("Charge/Summonsed With Alternate Offence",),
    "no suspect identified": ("Investigation Complete: No Suspect Identified",),
    "evidential difficulties": ("Named Suspect Identified: Victim Supports Police Action But Evidential Difficulties",),
    "victim does not support": (
        "Named Suspect Identified: Evidential Difficulties - Victim Does Not Support Police Action",
        "Evidential Difficulties Victim Based - Named Suspect Not Identified",
    ),
    "not in public interest": ("Named Suspect - Further Investigation Not In Public Interest",),
    "other body": ("Other Agency Delegations",),
    "cautioned or diverted": ("Diversionary, Educational Or Intervention Activity Undertaken",),
    "passed to fraud reporting": ("Passed To Fraud Reporting",),
    "advice only": ("Advice And Leaflet Given",),
}
KIRAT_CODES = {"very high": "VH", "high": "H", "medium": "M", "low": "L"}
ETHNICITIES = {
    "White British": "W1 British",
    "White Irish": "W2 Irish",
    "White other": "W9 Any other White",
    "Mixed": "M9 Any other mixed",
    "Asian": "A9 Any other Asian",
    "Black": "B9 Any other Black",
    "Other": "O9 Any other",
}
ACTIONS = {
    "not_a_crime_recorded": "No crime, verified",
    "device_decision": "Device decision",
    "suspect_enquiry": "Suspect enquiry",
    "other_children_considered": "Other children at risk considered",
    "other_children_none": "No other children at risk, reason given",
    "referral_made": "Safeguarding referral made",
    "referred_by_other_agency": "Referral already made by other agency",
    "child_view_recorded": "Views of child recorded",
    "supervisor_sign_off": "Supervisor sign-off",
    "needs_assessed": "Victim needs assessment",
    "support_referred": "Support service referral",
    "support_declined": "Support declined",
    "support_taken_up": "Support service taken up",
    "victim_withdrew": "Victim no longer supports",
    "suspect_arrested": "Suspect arrested",
    "suspect_interviewed": "Suspect interviewed",
    "suspect_released": "Suspect released",
    "suspect_bailed": "Suspect bailed",
    "child_told": "Victim updated",
    "parent_told": "Parent or guardian updated",
    "told_by_other_agency": "Update given by other agency",
    "not_told_for_reason": "No update, reason given",
    "decided_not_to_investigate": "Decision not to investigate",
    "image_removal_offered": "Image removal offered",
    "no_image": "No image involved",
    "suspect_under_18": "Suspect under 18",
    "suspect_abroad": "Suspect abroad",
    "deconfliction": "Deconfliction",
    "joint_operation": "Joint operation",
    "suspect_in_custody": "Suspect in custody already",
    "suspect_died": "Suspect deceased",
    "suspect_linked": "Named suspect linked",
    "rationale_recorded": "Outcome rationale",
}
ORDINARY_ACTIONS = ("Exhibit booked in", "Statement typed", "File note")
ORDINARY_ACTIONS_PER_CASE = 0.7
ADULTS_PER_CASE = 0.4  # our choice: enough for the mapping to have something to leave out
CHILD, ADULT = "U18", "18+"


class CrimeExport:
    """Writes investigations with all that belongs to them, and some whose victim is an adult."""

    def __init__(self, folder: Path, clock: Clock, source: Random, part: int) -> None:
        folder.mkdir(parents=True)
        self._iso = LocalTimes(clock, "%Y-%m-%d", "T")
        self._written_out = LocalTimes(clock, "%d-%b-%Y")
        self._source = source
        self._investigations = CsvFiles(folder, "investigations", INVESTIGATION_COLUMNS)
        self._actions = CsvFiles(folder, "actions", ACTION_COLUMNS, doubled=source)
        self._suspects = CsvFiles(folder, "suspects", SUSPECT_COLUMNS)
        self._victims = CsvFiles(folder, "victims", VICTIM_COLUMNS)
        self._notes = CsvFiles(folder, "enquiry-log", NOTE_COLUMNS)
        self._known: set[int] = set()
        self._adults = part * ADULTS_IN_PART
        self.files = (self._investigations, self._actions, self._suspects, self._victims, self._notes)

    def write(self, case: Investigation, period: str) -> None:
        """Write an investigation, its actions and suspect, and the child if the system does not know the child yet."""
        if case.child.number not in self._known:
            self._known.add(case.child.number)
            for record in person_records(case.child, CRIME):
                self._write_victim(record, period)
        held = [entry for entry in case.entries if not entry.is_unrecorded]
        first = {entry.event: entry for entry in reversed(held)}
        self._write_investigation(case, first, period)
        self._write_suspect(case, first, period)
        for entry in held:
            if entry.event in ACTIONS:
                self._write_action(entry, case, period)
        for note in case.notes:
            self._notes.write(period, (case.number, CHILD, self._iso.text(note.at), note.text))
        self._write_what_else(case, period)

    def finish(self, period: str) -> None:
        """Finish the last files."""
        for files in self.files:
            files.finish(period)

    def close(self) -> None:
        """Let go of the files at hand, where the writing is given up."""
        for files in self.files:
            files.close()

    def _write_investigation(self, case: Investigation, first: dict[str, Entry], period: str) -> None:
        recorded, closed = first.get("crime_recorded"), first.get("investigation_closed")
        offence = "" if recorded is None else OFFENCE_CODES[recorded.attributes["offence"]]
        outcome = "" if closed is None else self._outcome(closed.attributes["closed_as"], case)
        self._investigations.write(
            period,
            (
                case.number,
                case.incident_no,
                case.person_number,
                CHILD,
                *self._both(first.get("crime_reported")),
                *self._both(recorded),
                offence,
                QUALIFIERS[case.offence_group],
                DISTRICT_CODES[case.district],
                "CE" if case.child.is_flagged else "NONE",
                outcome,
                *self._both(closed),
            ),
        )

    def _write_suspect(self, case: Investigation, first: dict[str, Entry], period: str) -> None:
        identified, risk, enforced = (
            first.get(event) for event in ("suspect_identified", "suspect_risk_graded", "enforcement_action")
        )
        if identified is None and risk is None and enforced is None:
            return
        said = {} if identified is None else identified.attributes
        kirat = "" if risk is None else KIRAT_CODES[risk.attributes["kirat"]]
        self._suspects.write(
            period,
            (
                case.number,
                1,
                *self._both(identified),
                said.get("ethnicity", ""),
                said.get("nationality", ""),
                kirat,
                *self._both(risk),
                *self._both(enforced),
            ),
        )

    def _write_action(self, entry: Entry, case: Investigation, period: str) -> None:
        when, typed = _typed(entry, self._written_out), self._written_out.text(entry.typed_at)
        said = entry.attributes
        row = (case.number, CHILD, ACTIONS[entry.event], when, typed, said.get("decision", ""), said.get("reason", ""))
        self._actions.write(period, row, is_aside=entry.event in OUTCOME_EVENTS)

    def _write_what_else(self, case: Investigation, period: str) -> None:
        """An action of which no standard speaks, and an investigation for an adult, now and then."""
        draw = self._source.random
        if draw() < ORDINARY_ACTIONS_PER_CASE:
            when = self._written_out.text(case.opened_at + int(draw() * 5 * DAY))
            action = ORDINARY_ACTIONS[int(draw() * len(ORDINARY_ACTIONS))]
            self._actions.write(period, (case.number, CHILD, action, when, when, "", ""), is_aside=True)
        if draw() < ADULTS_PER_CASE:
            self._write_adult(case.opened_at, period)

    def _write_adult(self, reported: int, period: str) -> None:
        draw = self._source.random
        self._adults += 1
        number, nominal = f"TC9{self._adults:06}-{period[2:4]}", f"NA{self._adults:07}"
        born = f"{1945 + int(draw() * 55)}-{1 + int(draw() * 12):02}-{1 + int(draw() * 28):02}"
        name, sex = (draw_family_name(self._source).upper(), draw_given_name(self._source, "female")), "F"
        address = (draw_postcode(self._source), draw_phone(self._source))
        self._victims.write(period, (nominal, *name, born, sex, "", "", *address))
        recorded = reported + int(draw() * 30 * HOUR)
        times = (self._iso.text(reported), self._iso.text(reported), self._iso.text(recorded), self._iso.text(recorded))
        code = ("BLK", "SXA", "FRD")[int(draw() * 3)]
        district = tuple(DISTRICT_CODES.values())[int(draw() * len(DISTRICT_CODES))]
        self._investigations.write(period, (number, "", nominal, ADULT, *times, code, "CX", district, "", "", "", ""))
        when = self._written_out.text(recorded)
        self._actions.write(period, (number, ADULT, "Supervisor sign-off", when, when, "", ""), is_aside=True)

    def _write_victim(self, record: PersonRecord, period: str) -> None:
        self._victims.write(
            period,
            (
                record.number,
                record.family_name.upper(),
                record.given_name,
                record.born_on.isoformat() if record.born_on else "",
                record.sex[:1].upper(),
                ETHNICITIES.get(record.ethnicity, ""),
                record.address,
                record.postcode,
                record.phone,
            ),
        )

    def _outcome(self, closed_as: str, case: Investigation) -> str:
        labels = OUTCOME_LABELS[closed_as]
        return labels[case.child.number % len(labels)]

    def _both(self, entry: Entry | None) -> tuple[str, str]:
        """When it happened and when it was typed, as the first report writes times."""
        if entry is None:
            return "", ""
        return _typed(entry, self._iso), self._iso.text(entry.typed_at)


def _typed(entry: Entry, times: LocalTimes) -> str:
    return times.typed(entry.at, is_date_only=entry.is_date_only, is_unreadable=entry.is_unreadable)
