"""A few cases of the made-up force, built by hand, for the tests of what is written about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock
from wardline.simulation.crime_export import ACTIONS
from wardline.simulation.missing_export import ACTION_CODES
from wardline.simulation.names import DISTRICTS, household
from wardline.simulation.person_records import person_records
from wardline.simulation.records import (
    CRIME,
    MISSING,
    SAFEGUARDING,
    Child,
    Entry,
    Episode,
    Incident,
    Investigation,
    Note,
    Referral,
)
from wardline.simulation.safeguarding_export import STEP_WORDS

CLOCK = Clock()
MIDDAY = 12 * HOUR


def child(number: int, **changed: object) -> Child:
    """A made-up child; families are of two."""
    home = household(f"1/{number // 2}")
    facts: dict = {
        "number": number,
        "seed": 1,
        "given_name": ("Bryony", "Callum")[number % 2],
        "family_name": home.family_name,
        "born_on": date(2009 + number % 6, 1 + number % 12, 1 + number % 28),
        "sex": ("female", "male")[number % 2],
        "ethnicity": ("White British", "Black", "Asian", "Mixed")[number % 4],
        "postcode": home.postcode,
        "phone": home.phone,
        "from_care": number % 3 == 0,
        "district": DISTRICTS[number % len(DISTRICTS)],
        "family": number // 2,
        "twin_of": None,
        "is_exploited": False,
        "is_flagged": number % 5 == 0,
        "has_second_record": number % 7 == 0,
    }
    return Child(**{**facts, **changed})


def day_at(number: int) -> int:
    """Noon of one day in four of 2024 and 2025, clock changes and New Year among them."""
    return CLOCK.at(date(2024, 1, 2).toordinal() + 4 * number, MIDDAY)


def episode(number: int, **changed: object) -> Episode:
    """An episode in which everything happened that the missing-person system knows a code for."""
    whose, at = child(number), day_at(number)
    incident_no = f"TC-{CLOCK.day_text(at, '%Y%m%d')}-00001"
    steps = {event: at + (10 + n) * MINUTE for n, event in enumerate(ACTION_CODES)}
    said = {"risk_graded": {"grade": "medium"}, "interviewed": {"method": "telephone"}}
    entries = [Entry("reported", at, at + 2 * MINUTE)]
    entries += [Entry(event, then, then + MINUTE, said.get(event, {})) for event, then in steps.items()]
    entries += [Entry("child_found", at + 5 * HOUR, at + 6 * HOUR)]
    facts: dict = {
        "number": f"M{CLOCK.day_text(at, '%y')}-{number:06}",
        "child": whose,
        "person_number": person_records(whose, MISSING)[-1].number,
        "district": whose.district,
        "opened_at": at,
        "closed_at": at + 8 * HOUR,
        "incident_no": incident_no,
        "has_last_grade_only": False,
        "incidents": [
            Incident(incident_no, incident_no, "missing child", "priority", at, at + 600 + 7, at + 1800 + 9, at + DAY),
            Incident(f"{incident_no}8", incident_no, "sighting", "standard", at + HOUR, None, at + 2 * HOUR, at + DAY),
        ],
        "entries": entries,
        "notes": [Note(at + MINUTE, "Call from a friend’s parent; “all well”, she says.")],
    }
    return Episode(**{**facts, **changed})


def investigation(number: int, **changed: object) -> Investigation:
    """An investigation in which everything happened that the crime system knows a word for."""
    whose, at = child(number), day_at(number)
    said = {"device_decision": {"decision": "not taken", "reason": "screenshots given, and enough"}}
    entries = [
        Entry("crime_reported", at, at + 2 * MINUTE),
        Entry("crime_recorded", at + HOUR, at + HOUR, {"offence": "blackmail"}),
        *(
            Entry(event, at + 2 * HOUR + n * MINUTE, at + 3 * HOUR, said.get(event, {}))
            for n, event in enumerate(ACTIONS)
        ),
        Entry("suspect_identified", at + DAY, at + DAY, {"ethnicity": "", "nationality": "British"}),
        Entry("suspect_risk_graded", at + DAY, at + DAY, {"kirat": "very high"}),
        Entry("enforcement_action", at + 2 * DAY, at + 2 * DAY),
        Entry("investigation_closed", at + 9 * DAY, at + 9 * DAY, {"closed_as": "victim does not support"}),
    ]
    facts: dict = {
        "number": f"TC{number:07}-{CLOCK.day_text(at, '%y')}",
        "child": whose,
        "person_number": person_records(whose, CRIME)[-1].number,
        "district": whose.district,
        "offence_group": "online exploitation",
        "opened_at": at,
        "closed_at": at + 9 * DAY,
        "entries": entries,
        "notes": [Note(at + MINUTE, "Seen with mother.")],
        "incident_no": "",
        "incidents": [],
    }
    return Investigation(**{**facts, **changed})


def referral(number: int, **changed: object) -> Referral:
    """A referral in which everything happened that the safeguarding hub knows a word for."""
    whose, at = child(number), day_at(number)
    entries = [
        Entry("referral_sent", at, at + 2 * MINUTE),
        Entry("triaged", at + HOUR, at + HOUR),
        *(Entry(event, at + 2 * HOUR + n * MINUTE, at + 3 * HOUR) for n, event in enumerate(STEP_WORDS)),
        Entry("referral_closed", at + 30 * DAY, at + 30 * DAY),
    ]
    facts: dict = {
        "number": f"SG{CLOCK.day_text(at, '%y')}-{number:05}",
        "child": whose,
        "person_number": person_records(whose, SAFEGUARDING)[-1].number,
        "district": whose.district,
        "referral_kind": "exploitation",
        "crime_no": "",
        "opened_at": at,
        "closed_at": at + 30 * DAY,
        "entries": entries,
        "notes": [Note(at + MINUTE, "Rang the council.")],
    }
    return Referral(**{**facts, **changed})


def cases(count: int) -> Iterator[Episode | Investigation | Referral]:
    """Cases of all kinds, in the order in which they were opened."""
    for number in range(count):
        yield episode(number)
        yield investigation(number)
        yield referral(number)
