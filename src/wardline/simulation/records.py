"""What happens in the made-up force, as plain records: the world makes them, the export writers write them.

An instant is a whole number of seconds since 1 January 1970 in UTC (`clock.py` turns it into local time). Whole
numbers, because a simulation of ten million events adds minutes to instants all day long. Every time that a
missing-person, crime or safeguarding system holds is a whole minute; the control room's have seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

__all__ = [
    "CONTROL_ROOM",
    "CRIME",
    "MISSING",
    "OUTCOME_EVENTS",
    "SAFEGUARDING",
    "SYSTEMS",
    "Child",
    "Entry",
    "Episode",
    "Incident",
    "Investigation",
    "Note",
    "PersonRecord",
    "Referral",
]

CONTROL_ROOM, MISSING, CRIME, SAFEGUARDING = "control-room", "missing", "crime", "safeguarding"
SYSTEMS = (CONTROL_ROOM, MISSING, CRIME, SAFEGUARDING)
OUTCOME_EVENTS = ("support_offered", "support_taken_up", "victim_withdrew")  # what became of a child


@dataclass(slots=True)
class Child:
    """A made-up child, as the child really is; what each system holds of the child are its person records."""

    number: int
    given_name: str
    family_name: str
    born_on: date
    sex: str  # female or male
    ethnicity: str  # as the child would say it; never empty
    postcode: str
    phone: str
    from_care: bool
    district: str
    family: int  # siblings share it
    twin_of: int | None  # the number of a child of the same family born on the same day
    is_exploited: bool  # the truth
    is_flagged: bool  # whether the systems carry the flag
    has_second_record: bool  # the missing-person system knows the child under two person numbers
    seed: int  # of the force, so that what is drawn for a child elsewhere is drawn alike
    records: dict[str, tuple[PersonRecord, ...]] = field(default_factory=dict)  # what each system holds, once drawn


@dataclass(slots=True)
class PersonRecord:
    """What one system holds of a child, with that system's mistakes. An empty text is an empty cell."""

    system: str
    number: str
    child: int
    given_name: str
    family_name: str
    born_on: date | None
    sex: str
    ethnicity: str
    postcode: str
    phone: str
    address: str = ""
    mistakes: tuple[str, ...] = ()  # in words, for truth/children.csv


@dataclass(slots=True)
class Entry:
    """One event that a system holds, in our words. `at` is when it is said to have happened, `typed_at` when it was
    typed. It is written unless `is_unrecorded`: typed in the months in which the system recorded nothing."""

    event: str
    at: int
    typed_at: int
    attributes: dict[str, str] = field(default_factory=dict)
    is_unrecorded: bool = False
    is_unreadable: bool = False  # the time is typed so that it cannot be read
    is_date_only: bool = False  # only the day is typed


@dataclass(slots=True)
class Note:
    """A piece of free text in a case."""

    at: int
    text: str


@dataclass(slots=True)
class Incident:
    """A job of the control room. A later call about the same child carries the first one's number as its master."""

    number: str
    master_number: str
    kind: str  # missing child | sighting | crime report
    grade: str  # emergency | priority | standard
    opened_at: int
    deployed_at: int | None
    arrived_at: int | None
    closed_at: int | None


@dataclass(slots=True)
class Episode:
    """A child reported missing: a row of the missing-person system, and the control room's incidents about it.

    `incident_no` is what stands on the missing-person system: the master number, or nothing, or another number; then
    nothing joins. With `has_last_grade_only` the system holds one grade, the last, at the time of the first grading:
    `entries` holds just that one `risk_graded`.
    """

    number: str
    child: Child
    person_number: str  # of the person record that the missing-person system names
    district: str
    opened_at: int
    closed_at: int | None
    incident_no: str
    has_last_grade_only: bool
    incidents: list[Incident]
    entries: list[Entry]
    notes: list[Note]


@dataclass(slots=True)
class Investigation:
    """An investigation of a crime against a child, on the crime system."""

    number: str
    child: Child
    person_number: str
    district: str
    offence_group: str  # online exploitation | contact abuse | other
    opened_at: int
    closed_at: int | None
    incident_no: str  # or nothing
    incidents: list[Incident]
    entries: list[Entry]
    notes: list[Note]


@dataclass(slots=True)
class Referral:
    """A child referred to the safeguarding partners, on the safeguarding system."""

    number: str
    child: Child
    person_number: str
    district: str
    referral_kind: str  # exploitation | other
    crime_no: str  # the investigation it came from, or nothing
    opened_at: int
    closed_at: int | None
    entries: list[Entry]
    notes: list[Note]
