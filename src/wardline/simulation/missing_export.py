"""The missing-person system's exports: episodes, their action log, the persons and the notes.

Days before months, no seconds, and the codes of a system that is twenty years old. The episode's row holds the last
risk only; where the log holds no gradings, as in the first months after a new version, that is all there is.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.local_times import UNREADABLE, LocalTimes
from wardline.simulation.names import draw_family_name, draw_given_name, draw_phone, draw_postcode
from wardline.simulation.period_files import ADULTS_IN_PART, CsvFiles
from wardline.simulation.person_records import person_records
from wardline.simulation.records import MISSING, OUTCOME_EVENTS, Entry, Episode, PersonRecord

__all__ = ["MissingExport"]

EPISODE_COLUMNS = (
    "EpisodeNo",
    "CandCRef",
    "PersonURN",
    "AdultChild",
    "Reported",
    "Keyed",
    "DistCode",
    "LivesAt",
    "ExploitInd",
    "LastRisk",
    "RiskSet",
    "FoundDate",
    "FoundTime",
    "FoundKeyed",
    "Harm",
    "Closed",
)
ACTION_COLUMNS = ("EpisodeNo", "AdultChild", "Code", "Done", "Entered", "Risk", "How", "Officer")
PERSON_COLUMNS = ("PersonURN", "Forename", "Surname", "DOB", "Gender", "SDE", "Address", "Postcode", "Mobile")
NOTE_COLUMNS = ("EpisodeNo", "AdultChild", "EntryNo", "EntryTime", "Entry")

DISTRICT_CODES = {"Northbank": "NB", "Saltholme": "SA", "Ferryhill Cross": "FX", "Eastmoor": "EM"}
RISK_CODES = {"high": "H", "medium": "M", "low": "L", "very low": "V"}
METHOD_CODES = {"face to face": "F", "telephone": "T"}
HARM_CODES = {"none": "N", "injured": "I", "victim of crime": "V", "exploited": "E"}
ETHNICITY_CODES = {
    "White British": "W1",
    "White Irish": "W2",
    "White other": "W9",
    "Mixed": "M9",
    "Asian": "A9",
    "Black": "B9",
    "Other": "O9",
}
CARE_CODES = ("CH", "CH", "FC")  # children's home, foster care
HOME_CODES = ("PH", "PH", "PH", "RE")  # parental home, relative
ACTION_CODES = {
    "risk_graded": "RGRD",
    "history_checked": "HIST",
    "report_cancelled": "CANC",
    "whereabouts_known": "WKNO",
    "transferred_to_other_force": "TRFR",
    "risk_reviewed": "RREV",
    "inspector_review": "INSP",
    "inspector_endorsed": "INEN",
    "senior_review": "SENR",
    "social_worker_told": "SWTL",
    "reported_by_council": "LARP",
    "circulated": "CIRC",
    "national_bureau_told": "NATB",
    "strategy_discussion": "STRD",
    "interviewed": "PREV",
    "telephone_agreed": "TELA",
    "interview_declined": "PDEC",
    "taken_to_hospital": "HOSP",
    "taken_into_custody": "CUST",
    "interviewed_by_other_force": "OFIN",
    "council_told": "LATL",
    "support_offered": "SUPO",
    "support_taken_up": "SUPT",
    "return_interview_offered": "RHIO",
    "return_interview_done": "RHID",
    "return_interview_declined": "RHIX",
    "return_interview_linked": "RHIL",
    "exploitation_assessed": "EXAS",
    "exploitation_not_indicated": "EXNO",
}
# Steps of which no standard speaks; the mapping does not list them, and they are counted as left out.
ORDINARY_CODES = ("ENQY", "PHON", "CCTV")
ORDINARY_STEPS_PER_EPISODE = 0.5
ADULTS_PER_EPISODE = 0.59  # 2,337 adults beside 3,946 children reported missing in a year (domain 8.1)


class MissingExport:
    """Writes episodes with all that belongs to them, and episodes of adults beside them."""

    def __init__(self, folder: Path, clock: Clock, source: Random, part: int) -> None:
        folder.mkdir(parents=True)
        self._times = LocalTimes(clock, "%d/%m/%Y")
        self._source = source
        self._episodes = CsvFiles(folder, "episodes", EPISODE_COLUMNS, encoding="utf-8-sig")
        self._actions = CsvFiles(folder, "actions", ACTION_COLUMNS, encoding="utf-8-sig", doubled=source)
        self._persons = CsvFiles(folder, "persons", PERSON_COLUMNS, encoding="utf-8-sig")
        self._notes = CsvFiles(folder, "notes", NOTE_COLUMNS, encoding="cp1252")
        self._known: set[int] = set()
        self._adults = part * ADULTS_IN_PART
        self.files = (self._episodes, self._actions, self._persons, self._notes)

    def write(self, episode: Episode, period: str) -> None:
        """Write an episode, its log, its notes, and the child if the system does not know the child yet."""
        child = episode.child
        if child.number not in self._known:
            self._known.add(child.number)
            for record in person_records(child, MISSING):
                self._write_person(record, period)
        self._write_episode(episode, period)
        for entry in episode.entries:
            if entry.event in ACTION_CODES and not entry.is_unrecorded and not _is_in_row(entry, episode):
                self._write_action(entry, episode, period)
        for number, note in enumerate(episode.notes, start=1):
            self._notes.write(period, (episode.number, "C", number, self._times.text(note.at), note.text))
        self._write_what_else(episode, period)

    def finish(self, period: str) -> None:
        """Finish the last files."""
        for files in self.files:
            files.finish(period)

    def close(self) -> None:
        """Let go of the files at hand, where the writing is given up."""
        for files in self.files:
            files.close()

    def _write_episode(self, episode: Episode, period: str) -> None:
        times, child = self._times, episode.child
        first = {entry.event: entry for entry in reversed(episode.entries)}
        reported, found, graded = first["reported"], first.get("child_found"), first.get("risk_graded")
        gradings = [entry for entry in episode.entries if entry.event == "risk_graded" and not entry.is_unrecorded]
        last_risk = max(gradings, key=lambda entry: entry.at).attributes["grade"] if gradings else ""
        homes = CARE_CODES if child.from_care else HOME_CODES
        if found is None or found.is_unrecorded:
            found_cells = ("", "", "", "")
        else:
            found_at = "" if found.is_date_only else _time_of_day(times.time_of_day(found.at), found)
            harm = HARM_CODES.get(found.attributes.get("harm", ""), "")
            found_cells = (times.day(found.at), found_at, times.text(found.typed_at), harm)
        self._episodes.write(
            period,
            (
                episode.number,
                episode.incident_no,
                episode.person_number,
                "C",
                self._time(reported),
                times.text(reported.typed_at),
                DISTRICT_CODES[episode.district],
                homes[child.number % len(homes)],
                "Y" if child.is_flagged else "N",
                RISK_CODES.get(last_risk, ""),
                self._time(graded) if graded is not None and episode.has_last_grade_only else "",
                *found_cells,
                "" if episode.closed_at is None else times.text(episode.closed_at),
            ),
        )

    def _write_action(self, entry: Entry, episode: Episode, period: str) -> None:
        attributes = entry.attributes
        self._actions.write(
            period,
            (
                episode.number,
                "C",
                ACTION_CODES[entry.event],
                self._time(entry),
                self._times.text(entry.typed_at),
                RISK_CODES.get(attributes.get("grade", ""), ""),
                METHOD_CODES.get(attributes.get("method", ""), ""),
                _officer(entry.typed_at // MINUTE + episode.child.family),
            ),
            is_aside=entry.event in OUTCOME_EVENTS,
        )

    def _write_what_else(self, episode: Episode, period: str) -> None:
        """A step of which no standard speaks, and somebody else's episode, now and then."""
        draw = self._source.random
        if draw() < ORDINARY_STEPS_PER_EPISODE:
            done = episode.opened_at + int(draw() * 4 * HOUR)
            code = ORDINARY_CODES[int(draw() * len(ORDINARY_CODES))]
            typed = self._times.text(done + int(draw() * HOUR))
            self._actions.write(
                period,
                (episode.number, "C", code, self._times.text(done), typed, "", "", _officer(done)),
                is_aside=True,
            )
        if draw() < ADULTS_PER_EPISODE:
            self._write_adult(episode.opened_at, period)

    def _write_adult(self, reported: int, period: str) -> None:
        draw, times = self._source.random, self._times
        self._adults += 1
        number, person = f"A{period[2:4]}-{self._adults:06}", f"PA{self._adults:07}"
        found = reported + int(draw() ** 3 * 72 * HOUR) + MINUTE
        risk = "HMML"[int(draw() * 4)]
        self._persons.write(
            period,
            (
                person,
                draw_given_name(self._source, "female" if draw() < 1 / 2 else "male"),
                draw_family_name(self._source),
                f"{1 + int(draw() * 28):02}/{1 + int(draw() * 12):02}/{1940 + int(draw() * 60)}",
                "FM"[int(draw() * 2)],
                "",
                "",
                draw_postcode(self._source),
                draw_phone(self._source),
            ),
        )
        starts = (times.text(reported), times.text(reported + 4 * MINUTE))
        where = tuple(DISTRICT_CODES.values())[int(draw() * len(DISTRICT_CODES))]
        ends = (times.day(found), times.time_of_day(found), times.text(found), "", times.text(found + HOUR))
        self._episodes.write(period, (number, "", person, "A", *starts, where, "PH", "N", risk, "", *ends))
        graded = times.text(reported + 6 * MINUTE)
        self._actions.write(period, (number, "A", "RGRD", graded, graded, risk, "", _officer(reported)), is_aside=True)

    def _write_person(self, record: PersonRecord, period: str) -> None:
        self._persons.write(
            period,
            (
                record.number,
                record.given_name,
                record.family_name,
                record.born_on.strftime("%d/%m/%Y") if record.born_on else "",
                record.sex[:1].upper(),
                ETHNICITY_CODES.get(record.ethnicity, ""),
                record.address,
                record.postcode,
                record.phone,
            ),
        )

    def _time(self, entry: Entry) -> str:
        return self._times.typed(entry.at, is_date_only=entry.is_date_only, is_unreadable=entry.is_unreadable)


def _is_in_row(entry: Entry, episode: Episode) -> bool:
    return entry.event == "risk_graded" and episode.has_last_grade_only


def _time_of_day(text: str, entry: Entry) -> str:
    return text.replace(":", UNREADABLE) if entry.is_unreadable else text


def _officer(number: int) -> str:
    return f"TC{1000 + number * 7 % 1400}"
