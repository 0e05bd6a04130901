"""A small made-up dive, written where a test wants it: two record systems, one standard, everything in it once."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wardline.cli import main

# Values that may stand in the exports and in the tables `people` and `notes`, and nowhere else.
MARKERS = (
    "Zebedee",
    "Quixworth",
    "07700900123",
    "ZZ99 9ZY",
    "ZZ999ZY",
    "2011-05-17",
    "17/05/2011",
    "PN4471",
    "whispered about a red kite",
    "0000-marker-email",
)

EPISODES = """\
EpisodeNo,PersonNo,ReportedTime,CreatedTime,Risk,FoundTime,ClosedTime,Care,IncidentRef
E1,PN4471,02/06/2025 18:00,02/06/2025 18:04,H,02/06/2025 23:00,03/06/2025 09:00,Y,INC-1
E2,PN4471,03/06/2025 12:00,03/06/2025 12:01,M,,,Y,INC-2
E3,PN8832,04/06/2025 08:00,04/06/2025 08:30,L,04/06/2025 09:00,04/06/2025 10:00,N,INC-3
E4,,05/06/2025 21:00,05/06/2025 21:01,,,,,INC-4
"""
INCIDENTS = """\
IncidentNo,DeployedTime,ArrivedTime
INC-1,02/06/2025 20:50,02/06/2025 21:10
INC-3,04/06/2025 08:20,
INC-9,04/06/2025 08:20,04/06/2025 08:30
"""
PERSONS = """\
PersonNo,Forename,Surname,DOB,Phone,Postcode
PN4471,Zebedee,Quixworth,17/05/2011,07700900123,ZZ99 9ZY
PN8832,Ada,Quixworth,01/02/2012,,ZZ999ZY
"""
NOTES = """\
EpisodeNo,EntryTime,Entry
E1,02/06/2025 19:00,Zebedee whispered about a red kite (0000-marker-email)
"""
FILES = {
    "dive.yaml": """\
dive: A small dive
question: Are children reported missing reached in time?
as at: 2025-06-10
period: {from: 2025-06-01, to: 2025-06-30}
force: force.yaml
sources:
  - {mapping: mappings/compact.yaml, files: exports/compact}
  - {mapping: mappings/control-room.yaml, files: exports/control-room}
standards: [pace.yaml]
""",
    "force.yaml": "force: Made-up Constabulary\nnation: England\ntime zone: Europe/London\n",
    "pace.yaml": """\
standard: our-own/pace
title: How soon somebody is sent
version: "1"
in force: {from: 2025-01-01}
case type: missing episode
obligations:
  - id: send
    title: Police are sent in time for the risk
    topic: initial response
    owed by: force
    when: reported
    then: [officer_deployed, officer_arrived]
    within: {by: grade, of: risk_graded, high: 15 minutes, medium: 60 minutes, low: 8 hours, unknown: 60 minutes}
    unless: child_found
    safeguarding: yes
    basis: {kind: force policy, title: Our response policy}
  - id: ethnicity
    title: The child's ethnicity is filled in
    topic: initial response
    owed by: force
    record: {person: ethnicity}
    by: reported
    basis: {kind: assumed, title: Our own thought}
""",
    "mappings/compact.yaml": """\
record system: compact
title: Missing-person system
time zone: Europe/London
tables:
  - files: "episodes*.csv"
    each row is: a case
    case type: missing episode
    case id: EpisodeNo
    opened at: ReportedTime
    closed at: ClosedTime
    person: PersonNo
    attributes:
      incident_no: IncidentRef
      from_care: {column: Care, values: {Y: yes, N: no}}
    events:
      reported: {at: ReportedTime, recorded at: CreatedTime}
      risk_graded: {at: ReportedTime, grade: {column: Risk, values: {H: high, M: medium, L: low}}}
      child_found: {at: FoundTime}
    time format: "%d/%m/%Y %H:%M"
  - files: "persons.csv"
    each row is: a person
    person id: PersonNo
    given name: Forename
    family name: Surname
    date of birth: {column: DOB, format: "%d/%m/%Y"}
    phone: Phone
    postcode: Postcode
  - files: "notes.csv"
    each row is: a note
    case id: EpisodeNo
    written at: EntryTime
    text: Entry
    time format: "%d/%m/%Y %H:%M"
""",
    "mappings/control-room.yaml": """\
record system: control-room
title: Command and control
time zone: Europe/London
tables:
  - files: "incidents*.csv"
    each row is: events of a case
    case id: {of: compact, matching: incident_no, column: IncidentNo}
    events: {officer_deployed: {at: DeployedTime}, officer_arrived: {at: ArrivedTime}}
    time format: "%d/%m/%Y %H:%M"
""",
    "exports/compact/episodes.csv": EPISODES,
    "exports/compact/persons.csv": PERSONS,
    "exports/compact/notes.csv": NOTES,
    "exports/control-room/incidents.csv": INCIDENTS,
    "wardline.key": "5a" * 32 + "\n",
}


def write_dive(folder: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the dive into a folder, some of its files changed (None: left out); return the dive file."""
    for name, text in {**FILES, **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        elif text is not None:
            path.write_text(text, encoding="utf-8")
    (folder / "wardline.key").chmod(0o600)
    return folder / "dive.yaml"


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """One file of the dive with one thing in it said otherwise."""
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new)}


def wardline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which is sooner done."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def wardline_alone(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a person would."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "wardline.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )
