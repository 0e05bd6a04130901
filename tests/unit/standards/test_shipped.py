"""The standards that ship have all that a shipped standard must have, and their examples hold."""

import re
from pathlib import Path

import pytest

from wardline.obligations import BasisKind, LimitTable, Never, Owner, Precede, Record, Repeat, Respond
from wardline.standards import find_standard, run_examples, shipped_standards
from wardline.time_limits import ToBeSet

REQUIRED = ("severity", "needs", "gaming", "good_reasons")
REQUIRED_OF_BASIS = ("publisher", "published", "url", "note")
STANDARDS = {name: find_standard(name, relative_to=Path()) for name in shipped_standards()}
SHIPPED = [
    pytest.param(standard, obligation, id=standard.full_name(obligation))
    for standard in STANDARDS.values()
    for obligation in standard.obligations
]


def test_a_first_standard_ships():
    assert "england/missing-children" in STANDARDS


@pytest.mark.parametrize("name", STANDARDS)
def test_a_standard_is_called_by_where_it_stands_and_lists_what_records_cannot_show(name):
    assert STANDARDS[name].name == name
    assert STANDARDS[name].not_judged_from_records


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_a_shipped_obligation_has_every_field(standard, obligation):
    assert [name for name in REQUIRED if not getattr(obligation, name)] == []
    assert [name for name in REQUIRED_OF_BASIS if not getattr(obligation.basis, name)] == []
    assert obligation.basis.url.startswith("https://")
    assert len(obligation.examples) >= 3


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_the_examples_of_a_shipped_obligation_have_names_of_their_own(standard, obligation):
    names = [example.name for example in obligation.examples]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_events_and_attributes_are_named_in_small_letters_joined_by_underscores(standard, obligation):
    names = {pattern.event for pattern in obligation.patterns()}
    names |= {condition.attribute for pattern in obligation.patterns() for condition in pattern.conditions}
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


@pytest.mark.parametrize("name", STANDARDS)
def test_every_example_holds(name):
    assert [result.example.name for result in run_examples(STANDARDS[name]) if not result.holds] == []


def test_missing_children_shows_every_kind():
    kinds = {type(obligation) for obligation in STANDARDS["england/missing-children"].obligations}
    assert kinds == {Respond, Precede, Never, Repeat, Record}


def test_no_interval_is_invented_where_none_is_published():
    reviews = next(one for one in STANDARDS["england/missing-children"].obligations if one.id == "reviews")
    assert reviews.time_limit == ToBeSet()


def test_attendance_rests_on_one_force_s_policy_and_says_what_is_assumed():
    attend = next(one for one in STANDARDS["england/missing-children"].obligations if one.id == "attend")
    assert attend.basis.kind is BasisKind.FORCE_POLICY
    assert "assumed" in attend.basis.note
    assert isinstance(attend.time_limit, LimitTable)
    assert attend.time_limit.of == "risk_graded"
    assert attend.safeguarding


def test_return_interviews_are_owed_by_the_council():
    owed = {one.id: one.owed_by for one in STANDARDS["england/missing-children"].obligations}
    assert owed["return-interview-offered"] is owed["return-interview-done"] is Owner.COUNCIL
    assert owed["attend"] is Owner.FORCE
