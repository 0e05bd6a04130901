"""The days in the names of files, and a case that a file of an earlier day gives because its name comes later."""

from __future__ import annotations

import pytest

from tests.unit.record_systems.reading_texts import HEADER, WITH_PERSON, read
from wardline.record_systems.rows.rejects import RemarkKind
from wardline.table_files.days_in_names import bears_a_later_day, day_in_name

MAPPING = WITH_PERSON.replace("episodes*", "*")
OPEN, CLOSED = "1,2025-03-12 10:00,P1,high,\n", "1,2025-03-12 10:00,P1,high,2025-03-12 23:00\n"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2025-04-01.csv", (2025, 4, 1)),
        ("episodes_20250401_0200.csv", (2025, 4, 1)),
        ("01-04-2025.csv", (2025, 4, 1)),
        ("export 1.4.2025.xlsx", (2025, 4, 1)),
        ("01042025.csv", (2025, 4, 1)),
        ("04-28-2025.csv", (2025, 4, 28)),
        ("2025-01-01 to 2025-03-31.csv", (2025, 3, 31)),
        ("1st April 2025.csv", (2025, 4, 1)),
        ("e-1APR2025.csv", (2025, 4, 1)),
        ("04-2025.csv", (2025, 4, None)),
        ("2025-04.csv", (2025, 4, None)),
        ("e.xlsx, sheet Sept 2024", (2024, 9, None)),
        ("April.csv", (None, 4, None)),
        ("episodes-10.csv", None),
        ("mayor.csv", None),
        ("99-99-2025.csv", None),
        ("2025.csv", None),
    ],
)
def test_the_last_day_in_a_name_is_read_as_people_write_it(name, day):
    assert day_in_name(name) == day


@pytest.mark.parametrize(
    ("one", "other", "is_later"),
    [
        ("01-04-2025.csv", "28-03-2025.csv", True),
        ("april.csv", "march.csv", True),
        ("28-03-2025.csv", "01-04-2025.csv", False),
        ("april.csv", "april.csv", False),
        ("april-2025.csv", "march.csv", False),  # the one without a year may be of another year
        ("e.csv", "march.csv", False),
    ],
)
def test_days_are_held_against_each_other_where_both_say_as_much(one, other, is_later):
    assert bears_a_later_day(day_in_name(one), day_in_name(other)) is is_later


def given_by_older(tmp_path, files):
    found = read(tmp_path, MAPPING, {name: HEADER + rows for name, rows in files.items()})
    return {one.file: one.count for one in found.reading.remarks if one.kind is RemarkKind.GIVEN_BY_OLDER}


@pytest.mark.parametrize(
    ("newer", "older"),
    [("01-04-2025.csv", "28-03-2025.csv"), ("april.csv", "march.csv"), ("1 Apr 2025.csv", "28 Mar 2025.csv")],
)
def test_a_case_that_a_file_of_an_earlier_day_gives_is_said(tmp_path, newer, older):
    assert given_by_older(tmp_path, {older: CLOSED, newer: OPEN}) == {newer: 1}


@pytest.mark.parametrize(
    ("newer", "older"),
    [("2025-04-01.csv", "2025-03-28.csv"), ("28-04-2025.csv", "01-03-2025.csv"), ("e-10.csv", "e-9.csv")],
)
def test_one_that_comes_in_the_order_of_days_is_not(tmp_path, newer, older):
    assert given_by_older(tmp_path, {older: CLOSED, newer: OPEN}) == {}


def test_the_same_row_in_both_is_not(tmp_path):
    assert given_by_older(tmp_path, {"28-03-2025.csv": OPEN, "01-04-2025.csv": OPEN}) == {}


def test_it_may_hide_a_child():
    assert RemarkKind.GIVEN_BY_OLDER.may_hide_a_child
