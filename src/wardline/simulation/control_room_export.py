"""The control room's exports: one row for each incident, with whatever else it dealt with, and the subjects named in
them.

Semicolons, seconds, and the last priority only. The master number ties a later call to the first about the same child.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.local_times import LocalTimes
from wardline.simulation.period_files import CsvFiles
from wardline.simulation.person_records import person_number, person_records
from wardline.simulation.records import CONTROL_ROOM, Child, Episode, Incident, Investigation

__all__ = ["ControlRoomExport"]

INCIDENT_COLUMNS = (
    "IncidentNumber",
    "MasterNumber",
    "OpeningCode",
    "Priority",
    "Created",
    "Dispatched",
    "AtScene",
    "DispatchKeyed",
    "AtSceneKeyed",
    "Closed",
    "Beat",
    "SubjectRef",
    "Result",
)
SUBJECT_COLUMNS = ("SubjectRef", "Surname", "Forename", "Born", "Sex", "Postcode", "Telephone")

OPENING_CODES = {"missing child": "MISC", "sighting": "MISS", "crime report": "CRIM"}
PRIORITIES = {"emergency": "I", "priority": "P", "standard": "S"}
RESULTS = {"missing child": "MISPER RECORD", "sighting": "LINKED TO MASTER", "crime report": "CRIME RECORDED"}
BEATS = {"Northbank": "N", "Saltholme": "S", "Ferryhill Cross": "F", "Eastmoor": "E"}

# Beside each incident about a child stand so many that are about something else. A force's own log would hold
# twenty times as many; an export for a dive is asked for by opening code, and takes in what lies near.
OTHERS_PER_INCIDENT = 1.2
OTHER_CODES = ("MISA", "CONC", "ASBO", "RTCO", "THFT", "DOMV", "HOAX")
KEYED_LATE = 0.07  # of an incident's times, our choice: nobody pressed the button, and it was keyed when there was time
NUMBERS_OF_OTHERS_FROM = 50_000


class ControlRoomExport:
    """Writes incidents, and of each child among their subjects one record."""

    def __init__(self, folder: Path, clock: Clock, source: Random) -> None:
        folder.mkdir(parents=True)
        self._times = LocalTimes(clock, "%d/%m/%Y")
        self._days = LocalTimes(clock, "%Y%m%d")
        self._source = source
        self._incidents = CsvFiles(folder, "incidents", INCIDENT_COLUMNS, separator=";", doubled=source)
        self._subjects = CsvFiles(folder, "subjects", SUBJECT_COLUMNS, separator=";")
        self._known: set[int] = set()
        self._others = 0
        self.files = (self._incidents, self._subjects)

    def write(self, case: Episode | Investigation, period: str) -> None:
        """Write the incidents of a case."""
        for incident in case.incidents:
            self._write_incident(incident, case, period)
            self._write_others(incident.opened_at, case.district, period)
        if case.incidents and case.child.number not in self._known:
            self._known.add(case.child.number)
            self._write_subject(case.child, period)

    def finish(self, period: str) -> None:
        """Finish the last files."""
        for files in self.files:
            files.finish(period)

    def close(self) -> None:
        """Let go of the files at hand, where the writing is given up."""
        for files in self.files:
            files.close()

    def _write_incident(self, incident: Incident, case: Episode | Investigation, period: str) -> None:
        self._incidents.write(
            period,
            (
                incident.number,
                incident.master_number,
                OPENING_CODES[incident.kind],
                PRIORITIES[incident.grade],
                self._time(incident.opened_at),
                self._time(incident.deployed_at),
                self._time(incident.arrived_at),
                self._keyed(incident.deployed_at, incident),
                self._keyed(incident.arrived_at, incident),
                self._time(incident.closed_at),
                f"{BEATS[case.district]}{1 + case.child.family % 9}",
                person_number(case.child, CONTROL_ROOM),
                RESULTS[incident.kind],
            ),
        )

    def _write_others(self, near: int, district: str, period: str) -> None:
        """Incidents of other kinds, created in the hours before this one; no case is theirs."""
        draw = self._source.random
        count = int(OTHERS_PER_INCIDENT) + (draw() < OTHERS_PER_INCIDENT % 1)
        for _ in range(count):
            created = near - int(draw() * 3 * HOUR)
            dispatched = created + int(draw() * HOUR)
            closed = dispatched + int(draw() * 2 * HOUR)
            number = self._number_of_other(created)
            code = OTHER_CODES[int(draw() * len(OTHER_CODES))]
            at_scene = dispatched + 6 * MINUTE
            times = (created, dispatched, at_scene, dispatched, at_scene, closed)
            beat = f"{BEATS[district]}{1 + int(draw() * 9)}"
            row = (number, number, code, "PS"[int(draw() * 2)], *map(self._time, times), beat, "", "CLOSED")
            self._incidents.write(period, row, is_aside=True)

    def _number_of_other(self, created: int) -> str:
        self._others += 1
        return f"TC-{self._days.day(created)}-{NUMBERS_OF_OTHERS_FROM + self._others}"

    def _write_subject(self, child: Child, period: str) -> None:
        record = person_records(child, CONTROL_ROOM)[0]
        born = record.born_on.strftime("%d/%m/%Y") if record.born_on else ""
        self._subjects.write(
            period,
            (
                record.number,
                record.family_name.upper(),
                record.given_name,
                born,
                record.sex[:1].upper(),
                record.postcode.replace(" ", ""),
                record.phone,
            ),
        )

    def _keyed(self, at: int | None, incident: Incident) -> str:
        """When a time was keyed in: mostly as it happened, now and then before the incident was closed."""
        if at is None or self._source.random() >= KEYED_LATE or incident.closed_at is None or incident.closed_at < at:
            return self._time(at)
        return self._time(at + int(self._source.random() * (incident.closed_at - at)))

    def _time(self, at: int | None) -> str:
        return "" if at is None else self._times.with_seconds(at)
