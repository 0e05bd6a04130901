"""What each record system says of a child who it is: the child's own particulars, with the mistakes of real life.

Every system that holds a piece has one record of the child, sometimes two. Each record is typed anew, so that no two
need agree, and the mistakes are drawn from the child's own source: the same child has the same records each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from wardline.simulation.names import SHORTENED, draw_address, draw_phone, draw_postcode, household
from wardline.simulation.records import MISSING, Child, PersonRecord

__all__ = ["person_number", "person_records"]

# Shares of records with each mistake. They are ours, chosen so that linking is neither idle nor hopeless; only for the
# ethnicity (empty in 30 to 50 %) and the missing dates of birth is there a range to lie in (domain 8.6, 8.1).
GIVEN_NAME_MISSPELT = 0.05
FAMILY_NAME_MISSPELT = 0.06
SHORT_GIVEN_NAME = 0.05
NAMES_SWAPPED = 0.015
GIVEN_NAME_MISSING = 0.01
BIRTH_DATE_MISSING = {"control-room": 0.30, "missing": 0.055, "crime": 0.02, "safeguarding": 0.02}
DAY_AND_MONTH_SWAPPED = 0.02
BIRTH_YEAR_MISTYPED = 0.01
MOVED = 0.12
POSTCODE_MISTYPED = 0.03
POSTCODE_MISSING = {"control-room": 0.35, "missing": 0.10, "crime": 0.06, "safeguarding": 0.04}
OTHER_PHONE = 0.20
PHONE_MISSING = {"control-room": 0.25, "missing": 0.35, "crime": 0.45, "safeguarding": 0.50}
ETHNICITY_EMPTY = {"control-room": 0.50, "missing": 0.42, "crime": 0.38, "safeguarding": 0.30}
LAST_DAY_THAT_COULD_BE_A_MONTH = 12
PERSON_NUMBERS = 10**8
# Coprime to how many there are, so that no two children share one and their order tells nothing.
STRIDES = {"control-room": 61_803_401, "missing": 38_196_603, "crime": 71_828_189, "safeguarding": 41_421_357}
PREFIXES = {"control-room": "S", "missing": "P", "crime": "N", "safeguarding": ""}


def person_number(child: Child, system: str) -> str:
    """The number of a child's first record in one system."""
    return _person_number(system, 2 * child.number)


def person_records(child: Child, system: str) -> tuple[PersonRecord, ...]:
    """The record of a child in one system, or the two where the missing-person system knows the child twice."""
    if system in child.records:
        return child.records[system]
    source = Random(f"{child.seed}/{child.number}/{system}")
    is_twice = system == MISSING and child.has_second_record
    ordinals = range(2 * child.number, 2 * child.number + 1 + is_twice)
    records = tuple(_typed(child, system, _person_number(system, ordinal), source) for ordinal in ordinals)
    child.records[system] = records
    return records


def _person_number(system: str, ordinal: int) -> str:
    return f"{PREFIXES[system]}{(ordinal * STRIDES[system] + STRIDES[system] // 3) % PERSON_NUMBERS:08}"


def _typed(child: Child, system: str, number: str, source: Random) -> PersonRecord:
    """One record as somebody typed it."""
    record = PersonRecord(
        system,
        number,
        child.number,
        child.given_name,
        child.family_name,
        child.born_on,
        child.sex,
        child.ethnicity,
        child.postcode,
        child.phone,
        household(f"{child.seed}/{child.family}").address,
    )
    record.mistakes = tuple(_mistakes(record, source.random, source))
    return record


def _mistakes(record: PersonRecord, draw: Callable[[], float], source: Random) -> Iterator[str]:
    """Make the mistakes of one record, and say each in the words of truth/children.csv. (The order is fixed.)"""
    system, born = record.system, record.born_on
    assert born is not None, "a mistake is made in what is known"
    if draw() < SHORT_GIVEN_NAME and record.given_name in SHORTENED:
        record.given_name = SHORTENED[record.given_name]
        yield "given name shortened"
    if draw() < GIVEN_NAME_MISSPELT:
        record.given_name = _misspelt(record.given_name, source)
        yield "given name misspelt"
    if draw() < FAMILY_NAME_MISSPELT:
        record.family_name = _misspelt(record.family_name, source)
        yield "family name misspelt"
    if draw() < NAMES_SWAPPED:
        record.given_name, record.family_name = record.family_name, record.given_name
        yield "names swapped"
    if draw() < GIVEN_NAME_MISSING:
        record.given_name = ""
        yield "given name missing"
    if draw() < BIRTH_DATE_MISSING[system]:
        record.born_on = None
        yield "date of birth missing"
    elif draw() < DAY_AND_MONTH_SWAPPED and born.day <= LAST_DAY_THAT_COULD_BE_A_MONTH and born.day != born.month:
        record.born_on = date(born.year, born.day, born.month)
        yield "day and month of birth swapped"
    elif draw() < BIRTH_YEAR_MISTYPED:
        # A year earlier, so that nobody seems to have gone missing before birth; 29 February has none.
        record.born_on = date(born.year - 1, born.month, min(born.day, 28))
        yield "year of birth mistyped"
    if draw() < MOVED:
        record.address, record.postcode = draw_address(source), draw_postcode(source)
        yield "another address"
    elif draw() < POSTCODE_MISTYPED:
        record.postcode = _misspelt(record.postcode[:3], source) + record.postcode[3:]
        yield "postcode mistyped"
    if draw() < POSTCODE_MISSING[system]:
        record.postcode = ""
        yield "postcode missing"
    if draw() < PHONE_MISSING[system]:
        record.phone = ""
        yield "telephone missing"
    elif draw() < OTHER_PHONE:
        record.phone = draw_phone(source)
        yield "another telephone"
    if draw() < ETHNICITY_EMPTY[system]:
        record.ethnicity = ""
        yield "ethnicity empty"


def _misspelt(name: str, source: Random) -> str:
    """The name with two letters swapped, one doubled or one left out."""
    at = int(source.random() * (len(name) - 1))
    kind = source.random()
    if kind < 1 / 3:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind < 2 / 3:
        return name[: at + 1] + name[at] + name[at + 1 :]
    return name[:at] + name[at + 1 :] if at else name[:-1]
