"""Which standards cannot be held together: the same twice, and versions that share a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wardline.standards import clashes, read_standard
from wardline.time_limits import day_before

ONE = replace(read_standard(Path("tests/fixtures/good/standard_of_a_statute.yaml")), in_force_to=date(2025, 3, 31))
TWO = replace(ONE, version="2", in_force_from=date(2025, 4, 1), in_force_to=date(2025, 6, 30))
THREE = replace(ONE, version="3", in_force_from=date(2025, 7, 1), in_force_to=None)


@pytest.mark.parametrize("standards", [[ONE], [ONE, TWO, THREE], [THREE, ONE, TWO], [ONE, replace(ONE, name="other")]])
def test_versions_that_share_no_day_and_other_standards_stand_together(standards):
    assert list(clashes(standards)) == []


def test_the_same_version_twice_is_told_of_the_second():
    ((index, what, remedy),) = clashes([ONE, TWO, TWO])
    assert index == 2
    assert what == "This names version 2 of the standard `our-own/answers` a second time."
    assert remedy.startswith("Take one of them out")


def test_a_name_that_differs_in_capital_letters_only_is_the_same():
    ((index, what, _),) = clashes([ONE, replace(TWO, name="Our-own/Answers")])
    assert (index, what) == (1, "This names the standard `Our-own/Answers` a second time.")


@pytest.mark.parametrize("turned", [False, True])
def test_versions_that_share_a_day_are_told_with_the_line_to_write(turned):
    standards = [replace(ONE, in_force_to=None), TWO]
    ((index, what, remedy),) = clashes(standards[::-1] if turned else standards)
    assert index == 1
    assert "Versions 1 and 2 of `our-own/answers` are both in force from 2025-04-01 to 2025-06-30" in what
    assert remedy == "End version 1 the day before: `in force: {from: 2025-01-01, to: 2025-03-31}`."


def test_the_last_day_of_one_may_not_be_the_first_of_the_next():
    ((_, what, _),) = clashes([replace(ONE, in_force_to=date(2025, 4, 1)), TWO])
    assert "from 2025-04-01 to 2025-04-01" in what


def test_two_that_begin_on_one_day_cannot_be_told_apart():
    ((_, _, remedy),) = clashes([ONE, replace(ONE, version="2")])
    assert remedy.startswith("Give the newer one a later day")


def test_before_the_first_day_there_is_none():
    assert day_before(date(2025, 3, 1)) == date(2025, 2, 28)
    assert day_before(date.min) == date.min
