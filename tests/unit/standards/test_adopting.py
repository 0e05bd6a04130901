"""The draft of a force's settings: it loads as it is, and says what is to be set and to be confirmed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.standards.drafts import DUTY, all_standards, draft_of, lines_of_duties, read, with_value
from wardline.obligations import Standing
from wardline.standards import draft_force, look_up_standard, resolve


@pytest.fixture(scope="module")
def standards():
    return all_standards()


@pytest.fixture(scope="module")
def draft(standards):
    return draft_of(standards)


def test_it_loads_as_it_is_and_changes_nothing(draft, standards):
    force = read(draft.text)
    assert (force.name, force.nation, force.zone) == ("Teesmouth", "England", "Europe/London")
    assert force.limits == force.confirmed == {}
    assert all(one.shipped_limit is None for one in resolve(standards, force))


def test_every_line_taken_together_confirms_everything(draft, standards):
    text = draft.text
    for match in reversed(lines_of_duties(text)):
        text = with_value(text, match)
    force = read(text)
    assert {one.standing for one in resolve(standards, force)} == {Standing.BINDING}


def test_every_limit_and_every_assumed_duty_has_its_line(draft, standards):
    duties = [(standard.full_name(one), one) for standard in standards for one in standard.obligations]
    limits, _, confirmed = draft.text.partition("\nconfirmed:\n")
    assert {match[1] for match in lines_of_duties(limits)} == {name for name, one in duties if one.time_limit}
    assert {match[1] for match in lines_of_duties(confirmed)} == {
        name for name, one in duties if one.basis.kind.is_to_be_confirmed
    }


def test_what_is_to_be_set_stands_apart(draft):
    before, _, after = draft.text.partition("# STILL TO BE SET")
    assert "to be set" not in [match[2] for match in lines_of_duties(before)]
    limits = after.partition("\nconfirmed:\n")[0]
    said = {match[2] for match in lines_of_duties(limits)}
    by_grade = (
        "{by: grade, of: risk_graded, high: 15 minutes, medium: 60 minutes, low: to be set, very low: to be set, "
        "unknown: 60 minutes}"
    )
    assert said == {"to be set", by_grade}


def test_it_says_what_would_be_confirmed_and_what_is_ours_in_it():
    text = draft_force(
        "A", "England", "Europe/London", [look_up_standard("england/missing-children", relative_to=Path())]
    )
    said = re.sub(r"\n  # ", " ", text.text)
    assert "To be confirmed: After each ‘reported’, ‘risk graded’ must follow within 15 minutes" in said
    assert "What is ours in it: National guidance asks call" in said


def test_no_line_of_it_is_longer_than_a_screen_but_those_of_limits(draft):
    assert [line for line in draft.text.splitlines() if len(line) > 120 and not DUTY.match(line)] == []


@pytest.mark.parametrize("name", ["Kent: the force", "#1 force", "no", "'quoted'", "Heddlu Dyfed-Powys · 2"])
def test_a_name_that_yaml_could_take_for_something_else_stays_a_name(name, standards):
    assert read(draft_force(name, "none", "Europe/London", standards[:1]).text).name == name
