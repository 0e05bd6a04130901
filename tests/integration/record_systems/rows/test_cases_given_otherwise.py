"""A case number that comes again in another file with another person, type or time of opening may be two children's."""

from __future__ import annotations

import pytest

from tests.unit.record_systems.reading_texts import CASES, HEADER, WITH_PERSON, read
from wardline.record_systems.rows.rejects import RemarkKind

WITHOUT_OPENING = CASES.replace(
    "    opened at: Reported\n", "    events: {reported: {at: Reported}, seen: {at: Sent}}\n"
)
OF_TWO_TYPES = (
    WITH_PERSON.replace("episodes*", "missing*")
    + """
  - files: "crimes*.csv"
    each row is: a case
    case type: exploitation investigation
    case id: No
    opened at: Reported
"""
)
EARLIER = "1,2025-01-01 10:00,P1,high,\n"


def given_otherwise(tmp_path, mapping, files):
    """Of which file it is said, and of how many rows."""
    found = read(tmp_path, mapping, {name: HEADER + rows for name, rows in files.items()})
    return {remark.file: remark.count for remark in found.reading.remarks if remark.kind is RemarkKind.GIVEN_OTHERWISE}


@pytest.mark.parametrize(
    "later",
    [
        "1,2025-01-01 10:00,P2,high,\n",  # another person
        "1,2025-02-01 10:00,P1,high,\n",  # another time
        "1,2025-02-01 10:00,,high,\n",
        "1,2025-01-01 10:01,P1,high,\n",
        "1,2024-12-31,P1,high,\n",
    ],
)
def test_another_child_or_time_in_a_later_file_is_said(tmp_path, later):
    files = {"episodes-1.csv": EARLIER, "episodes-2.csv": later}
    assert given_otherwise(tmp_path, WITH_PERSON, files) == {"episodes-1.csv": 1}


@pytest.mark.parametrize(
    "later",
    [
        EARLIER,
        "1,2025-01-01 10:00,P1,low,2025-01-01 11:00\n",  # the case is brought up to date
        "1,2025-01-01 10:00,,low,\n",
        "1,,P1,low,\n",
        "1,2025-01-01 10:00,UNKNOWN,low,\n",
        "1,2025-01-01,P1,low,\n",  # within the day
        "1,2025-01-01 10:00:40,P1,low,\n",  # the same minute
        "1,2025-01-01T10:00Z,p-1,low,\n",
        "1,about ten,P1,low,\n",
        "2,2025-01-01 10:00,P2,high,\n",
    ],
)
def test_a_later_export_of_the_same_case_is_not(tmp_path, later):
    files = {"episodes-1.csv": EARLIER, "episodes-2.csv": later}
    assert given_otherwise(tmp_path, WITH_PERSON, files) == {}


def test_every_row_is_held_against_the_one_that_is_kept(tmp_path):
    files = {
        "episodes-1.csv": EARLIER + "2,2025-01-01 10:00,P5,high,\n",
        "episodes-2.csv": "1,2025-01-01 10:00,P2,high,\n2,2025-01-01 10:00,P5,low,\n",
        "episodes-3.csv": "1,2025-01-01 10:00,P1,low,\n",
    }
    assert given_otherwise(tmp_path, WITH_PERSON, files) == {"episodes-2.csv": 1}


def test_without_a_time_of_opening_the_first_event_tells(tmp_path):
    files = {
        "episodes-1.csv": "1,2025-01-01 10:00,,,\n2,2025-01-01 10:00,,,\n",
        "episodes-2.csv": "1,2025-01-01 10:00,,,2025-01-01 11:00\n2,2025-01-03 10:00,,,\n",
    }
    assert given_otherwise(tmp_path, WITHOUT_OPENING, files) == {"episodes-1.csv": 1}


def test_a_number_that_two_kinds_of_case_share_is_said(tmp_path):
    files = {"missing.csv": EARLIER, "crimes.csv": EARLIER.replace("high", "low")}
    assert given_otherwise(tmp_path, OF_TWO_TYPES, files) == {"missing.csv": 1}


def test_what_was_read_to_compare_is_not_counted_twice(tmp_path):
    files = {"episodes-1.csv": "1,2025-01-01,P1,,\n", "episodes-2.csv": "1,2025-01-02,P2,,\n"}
    found = read(tmp_path, WITH_PERSON, {name: HEADER + rows for name, rows in files.items()})
    counted = [(one.file, one.count) for one in found.reading.remarks if one.kind is RemarkKind.WHOLE_DAY]
    assert counted == [("episodes-2.csv", 1)]


def test_the_later_of_ten_files_counts(tmp_path):
    files = {"episodes-10.csv": "1,2025-01-01 10:00,P1,low,\n", "episodes-9.csv": EARLIER}
    found = read(tmp_path, WITH_PERSON, {name: HEADER + rows for name, rows in files.items()})
    assert found.rows("cases", "source_file", "grade") == [("episodes-10.csv", "low")]


def test_it_may_hide_a_child():
    assert RemarkKind.GIVEN_OTHERWISE.may_hide_a_child
