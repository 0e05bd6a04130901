"""The safeguarding hub's workbooks, one for each quarter: the referrals, what was done about each, and the children.

Two lines of heading above the columns, times that are times in some columns and texts in others, and a council's words
for what happened. The force keeps it.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from wardline.simulation.clock import Clock
from wardline.simulation.local_times import LocalTimes
from wardline.simulation.names import draw_family_name, draw_given_name, draw_postcode
from wardline.simulation.period_files import ADULTS_IN_PART, Workbooks
from wardline.simulation.person_records import person_records
from wardline.simulation.records import SAFEGUARDING, Entry, PersonRecord, Referral

__all__ = ["SafeguardingExport"]

REFERRALS, STEPS, CHILDREN, NOTES = "Referrals", "Chronology", "Children", "Notes"
SHEETS = {
    REFERRALS: (
        "Reference",
        "Person ref",
        "Adult or child",
        "About",
        "Area",
        "Crime ref",
        "Date and time sent",
        "Entered",
        "Triaged",
        "Closed",
    ),
    STEPS: ("Reference", "Adult or child", "What was done", "When", "Entered on"),
    CHILDREN: ("Person ref", "First name", "Last name", "Born", "Gender", "Ethnicity", "Address", "Postcode", "Tel."),
    NOTES: ("Reference", "Written", "Text"),
}
ABOUT = {"exploitation": "Exploitation (CSE/CCE)", "other": "Other concern"}
AREAS = {
    "Northbank": "Northbank",
    "Saltholme": "Saltholme & Coast",
    "Ferryhill Cross": "Ferryhill X",
    "Eastmoor": "Eastmoor",
}
STEP_WORDS = {
    "referral_shared": "Shared with partners",
    "not_shareable": "Not to be shared (reason on file)",
    "reply_received": "Reply from council",
    "reply_chased": "Council chased for reply",
    "council_decided": "Council decision",
    "threshold_not_met": "Threshold not met",
    "strategy_discussion_asked": "Strategy discussion asked for",
    "strategy_discussion_held": "Strategy discussion",
    "police_attended": "Police at strategy discussion",
    "information_sent": "Information sent to council",
    "conference_held": "Child protection conference",
    "trafficking_indicated": "Signs of trafficking noted",
    "nrm_referral": "NRM referral",
    "nrm_referred_by_other": "NRM referral by other agency",
    "panel_review": "Panel review",
    "panel_closed": "Closed to panel",
}
IN_THE_ROW = ("referral_sent", "triaged", "referral_closed")
ADULTS_PER_REFERRAL = 0.25  # our choice: enough for the mapping to have something to leave out
DAYS_TO_1970 = 25_569  # workbooks count days from the end of 1899


class SafeguardingExport:
    """Writes referrals, their steps and their children, and some referrals about adults."""

    def __init__(self, folder: Path, clock: Clock, source: Random, part: int) -> None:
        folder.mkdir(parents=True)
        self._times = LocalTimes(clock, "%d.%m.%Y")
        self._source = source
        self._books = Workbooks(folder, "referrals", "Teesmouth safeguarding hub", SHEETS)
        self._known: set[int] = set()
        self._adults = part * ADULTS_IN_PART
        self.row_counts = self._books.row_counts

    def write(self, referral: Referral, period: str) -> None:
        """Write a referral with its steps, and the child if the hub does not know the child yet."""
        if referral.child.number not in self._known:
            self._known.add(referral.child.number)
            for record in person_records(referral.child, SAFEGUARDING):
                self._write_child(record, period)
        held = [entry for entry in referral.entries if not entry.is_unrecorded]
        self._write_referral(referral, {entry.event: entry for entry in reversed(held)}, period)
        for entry in held:
            if entry.event in STEP_WORDS:
                self._books.write(
                    period,
                    STEPS,
                    (
                        referral.number,
                        "Child",
                        STEP_WORDS[entry.event],
                        self._as_text(entry),
                        self._as_time(entry.typed_at),
                    ),
                )
        for note in referral.notes:
            self._books.write(period, NOTES, (referral.number, self._as_time(note.at), note.text))
        if self._source.random() < ADULTS_PER_REFERRAL:
            self._write_adult(referral.opened_at, period)

    def finish(self, period: str) -> None:
        """Finish the last workbook."""
        self._books.finish(period)

    def close(self) -> None:
        """Let go of the workbook at hand, where the writing is given up."""
        self._books.close()

    def _write_referral(self, referral: Referral, first: dict[str, Entry], period: str) -> None:
        sent, triaged, closed = (first.get(event) for event in IN_THE_ROW)
        self._books.write(
            period,
            REFERRALS,
            (
                referral.number,
                referral.person_number,
                "Child",
                ABOUT[referral.referral_kind],
                AREAS[referral.district],
                referral.crime_no,
                None if sent is None else self._as_time(sent.at),
                None if sent is None else self._as_time(sent.typed_at),
                None if triaged is None else self._as_text(triaged),
                None if closed is None else self._as_text(closed),
            ),
        )

    def _write_child(self, record: PersonRecord, period: str) -> None:
        self._books.write(
            period,
            CHILDREN,
            (
                record.number,
                record.given_name,
                record.family_name,
                record.born_on.strftime("%d.%m.%Y") if record.born_on else None,
                record.sex.capitalize(),
                record.ethnicity,
                record.address,
                record.postcode,
                record.phone,
            ),
        )

    def _write_adult(self, sent: int, period: str) -> None:
        draw = self._source.random
        self._adults += 1
        number, person = f"SA{period[2:4]}-{self._adults:05}", f"A{self._adults:07}"
        name = (draw_given_name(self._source, "male"), draw_family_name(self._source))
        self._books.write(
            period, CHILDREN, (person, *name, None, "Male", None, None, draw_postcode(self._source), None)
        )
        area = tuple(AREAS.values())[int(draw() * len(AREAS))]
        at = self._as_time(sent)
        self._books.write(period, REFERRALS, (number, person, "Adult", ABOUT["other"], area, None, at, at, None, None))
        self._books.write(period, STEPS, (number, "Adult", STEP_WORDS["referral_shared"], self._times.text(sent), at))

    def _as_time(self, at: int) -> float:
        """An instant as a workbook holds it: days of the local clock."""
        return self._times.days(at) + DAYS_TO_1970

    def _as_text(self, entry: Entry) -> str:
        return self._times.typed(entry.at, is_date_only=entry.is_date_only, is_unreadable=entry.is_unreadable)
