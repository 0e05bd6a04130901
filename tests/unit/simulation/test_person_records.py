"""Person records of made-up children: the same each time, none real, with mistakes as often as is said."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.unit.simulation.made_up_cases import child
from wardline.simulation.person_records import (
    BIRTH_DATE_MISSING,
    ETHNICITY_EMPTY,
    FAMILY_NAME_MISSPELT,
    MOVED,
    NAMES_SWAPPED,
    person_records,
)
from wardline.simulation.records import MISSING, SYSTEMS

CHILDREN = [child(number) for number in range(3000)]


@pytest.fixture(scope="module")
def records():
    return {system: [one for each in CHILDREN for one in person_records(each, system)] for system in SYSTEMS}


def test_a_child_has_the_same_records_each_time():
    assert person_records(child(7), MISSING) == person_records(child(7), MISSING)


def test_another_force_types_them_otherwise():
    ours = [person_records(child(number), MISSING) for number in range(50)]
    theirs = [person_records(child(number, seed=2), MISSING) for number in range(50)]
    assert ours != theirs


def test_only_the_missing_person_system_knows_a_child_twice():
    assert {system: len(person_records(child(7), system)) for system in SYSTEMS} == {
        system: 2 if system == MISSING else 1 for system in SYSTEMS
    }


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_two_records_of_a_system_share_a_number(records, system):
    numbers = [one.number for one in records[system]]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("system", SYSTEMS)
def test_mistakes_are_made_as_often_as_is_said(records, system):
    made = Counter(mistake for one in records[system] for mistake in one.mistakes)
    for mistake, share in (
        ("family name misspelt", FAMILY_NAME_MISSPELT),
        ("names swapped", NAMES_SWAPPED),
        ("another address", MOVED),
        ("date of birth missing", BIRTH_DATE_MISSING[system]),
        ("ethnicity empty", ETHNICITY_EMPTY[system]),
    ):
        assert made[mistake] / len(records[system]) == pytest.approx(share, abs=0.02)
        assert made[mistake] > 0


def test_ethnicity_is_empty_in_thirty_to_fifty_of_a_hundred_records():
    assert all(0.3 <= share <= 0.5 for share in ETHNICITY_EMPTY.values())


def test_a_record_without_mistakes_is_the_child_as_the_child_is(records):
    truth = {each.number: each for each in CHILDREN}
    right = [one for one in records[MISSING] if not one.mistakes]
    assert len(right) > 100
    for one in right:
        whose = truth[one.child]
        for fact in ("given_name", "family_name", "born_on", "sex", "ethnicity", "postcode", "phone"):
            assert getattr(one, fact) == getattr(whose, fact)


def test_every_difference_is_told_as_a_mistake(records):
    truth = {each.number: each for each in CHILDREN}
    facts = ("given_name", "family_name", "born_on", "sex", "ethnicity", "postcode", "phone")
    for one in records[MISSING]:
        differs = any(getattr(one, fact) != getattr(truth[one.child], fact) for fact in facts)
        assert not differs or one.mistakes


def test_nobody_seems_to_be_born_later_than_they_were_by_a_mistyped_year(records):
    truth = {each.number: each for each in CHILDREN}
    mistyped = [one for one in records[MISSING] if "year of birth mistyped" in one.mistakes]
    assert mistyped
    assert all(one.born_on < truth[one.child].born_on for one in mistyped)


def test_no_postcode_and_no_telephone_number_can_be_anybodys(records):
    everything = [one for of_system in records.values() for one in of_system]
    assert all(re.fullmatch(r"(01632 960|07700 900)\d{3}|", one.phone) for one in everything)
    unspoilt = [one for one in everything if "postcode mistyped" not in one.mistakes]
    assert all(re.fullmatch(r"ZZ\d \d[A-Z]{2}|", one.postcode) for one in unspoilt)


def test_siblings_share_a_household():
    assert child(4).postcode == child(5).postcode
    assert child(4).postcode != child(6).postcode
