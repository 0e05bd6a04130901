"""A word or sign for nobody is the id of no case, and joins no rows to the cases of another system."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, CASES_OF_A_LOG, read, read_all
from wardline.record_systems import RejectReason
from wardline.record_systems.rows.ids_of_rows import NO_CASE_AT_ALL

PAGE = (Path(__file__).parents[4] / "docs/reference/mappings.md").read_text()

WITH_INCIDENT = CASES + "    attributes: {incident_no: Inc}\n"
OF_TWO_PARTS = CASES.replace("case id: No", "case id: [Crime, Victim]")
CONTROL_ROOM = """
record system: control-room
tables:
  - files: incidents.csv
    each row is: events of a case
    case id: {of: compact, matching: incident_no, column: Inc}
    events: {officer_deployed: Sent}
"""
NOT_MATCHED, CASE_OF_NOBODY = RejectReason.NOT_MATCHED.value, RejectReason.CASE_OF_NOBODY.value


@pytest.mark.parametrize("word", ["UNKNOWN", "0", "0000", "N/A", "tbc", "-", "?", "999999", "Unknown 2", "-1"])
def test_a_row_that_names_no_incident_joins_no_case_that_names_none_either(word: str, tmp_path: Path) -> None:
    cases = f"No,Reported,Inc\nE1,2025-01-01 10:00,{word}\nE2,2025-01-01 10:05,{word}\n"
    sent = f"Inc,Sent\n{word},2025-01-01 11:00\n"
    found = read_all(
        tmp_path, {WITH_INCIDENT: {"episodes.csv": cases}, CONTROL_ROOM: {"incidents.csv": f"{sent}I-1,\n"}}
    )
    assert found.rows("events", "event") == []
    assert found.rejects() == [("incidents.csv", 2, None, NOT_MATCHED), ("incidents.csv", 3, None, NOT_MATCHED)]
    assert {source for (source,) in found.rows("case_sources", "source")} == {"compact"}
    assert len(found.rows("cases", "case_id")) == 2


def test_one_incident_of_two_children_is_joined_to_both(tmp_path: Path) -> None:
    cases = "No,Reported,Inc\nE1,2025-01-01 10:00,I-00\nE2,2025-01-01 10:05,I-00\nE3,2025-01-01 10:05,NK1\n"
    sent = "Inc,Sent\nI-00,2025-01-01 11:00\nNK1,2025-01-01 11:00\n"
    found = read_all(tmp_path, {WITH_INCIDENT: {"episodes.csv": cases}, CONTROL_ROOM: {"incidents.csv": sent}})
    assert found.rows("events", "case_id") == [("compact:E1",), ("compact:E2",), ("compact:E3",)]


def test_a_row_that_names_no_incident_and_is_left_out_shows_of_no_case_that_it_is_held(tmp_path: Path) -> None:
    mapping = CONTROL_ROOM + "    leave out where: {Kind: call}\n"
    found = read_all(
        tmp_path,
        {
            WITH_INCIDENT: {"episodes.csv": "No,Reported,Inc\nE1,2025-01-01 10:00,UNKNOWN\nE2,2025-01-01 10:00,I-2\n"},
            mapping: {"incidents.csv": "Inc,Sent,Kind\nUNKNOWN,,call\nI-2,,call\n"},
        },
    )
    assert found.table("case_sources").filter(source="control-room")["case_id"].to_list() == ["compact:E2"]


def test_cases_of_no_number_are_not_one_case(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        CASES,
        {
            "episodes-1.csv": "No,Reported\nTBC,2025-01-01 10:00\nE1,2025-01-01 10:00\n",
            "episodes-2.csv": "No,Reported\nTBC,2025-01-09 10:00\n",
        },
    )
    assert found.rows("cases", "case_id") == [("compact:E1",)]
    assert found.rejects() == [("episodes-1.csv", 2, None, CASE_OF_NOBODY), ("episodes-2.csv", 2, None, CASE_OF_NOBODY)]
    assert RejectReason.CASE_OF_NOBODY.may_hide_a_child


@pytest.mark.parametrize(
    "word",
    ["UNKNOWN", "Not known", "not-known", "N/A", "n.a.", "NULL", "None", "T.B.C.", "-", "--?", "?", "Not Yet Issued"],
)
def test_what_says_that_there_is_no_case_is_none(word: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASES, {"episodes.csv": f"No,Reported\n{word},2025-01-01 10:00\nE1,2025-01-01 10:00\n"})
    assert found.rows("cases", "case_id") == [("compact:E1",)]
    assert found.rejects() == [("episodes.csv", 2, None, CASE_OF_NOBODY)]


@pytest.mark.parametrize(
    "word",
    [
        *("0", "00", "-1", "X", "A", "x", "NO", "UK", "test", "99999999", "P000"),
        *("Unknown 2", "NK1", "Nonato", "Ø", "北"),
    ],
)
def test_what_may_be_the_number_of_a_case_is_one(word: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASES, {"episodes.csv": f"No,Reported\n{word},2025-01-01 10:00\n1,2025-01-01 10:00\n"})
    assert found.rows("cases", "case_id") == [(f"compact:{word}",), ("compact:1",)]
    assert found.rejects() == []


def test_rows_of_another_system_are_joined_by_any_case_id_that_is_one(tmp_path: Path) -> None:
    by_case_id = CONTROL_ROOM.replace("matching: incident_no, ", "")
    cases = "No,Reported\n0,2025-01-01 10:00\nUNKNOWN,2025-01-01 10:05\n"
    sent = "Inc,Sent\n0,2025-01-01 11:00\nUNKNOWN,2025-01-01 11:00\n"
    found = read_all(tmp_path, {CASES: {"episodes.csv": cases}, by_case_id: {"incidents.csv": sent}})
    assert found.rows("events", "case_id") == [("compact:0",)]
    assert found.rejects() == [("episodes.csv", 3, None, CASE_OF_NOBODY), ("incidents.csv", 3, None, NOT_MATCHED)]


@pytest.mark.parametrize("word", NO_CASE_AT_ALL)
def test_the_page_on_mappings_says_which_words_are_no_case(word: str) -> None:
    part = PAGE[PAGE.index("`case id`\n: The column of the case's number") :]
    part = part[: part.index("are cases.")]
    assert word.removeprefix("not") in re.sub(r"[^a-z`]", "", part).split("`")


def test_entries_of_no_number_make_no_case_together(tmp_path: Path) -> None:
    mapping = CASES_OF_A_LOG + "    event: reported\n    at: Time\n"
    log = "No,Time\nunknown,2025-01-01 10:00\nE1,2025-01-01 10:00\nunknown,2025-01-02 10:00\n"
    found = read(tmp_path, mapping, {"episodes.csv": log})
    assert found.rows("cases", "case_id") == [("compact:E1",)]
    assert [(row, reason) for _, row, _, reason in found.rejects()] == [(2, CASE_OF_NOBODY), (4, CASE_OF_NOBODY)]


def test_of_a_case_id_of_several_columns_every_part_must_be_such_a_word(tmp_path: Path) -> None:
    rows = "C1,UNKNOWN,2025-01-01 10:00\nC2,0,2025-01-01 10:00\nTBC,-,2025-01-01 10:00\n"
    found = read(tmp_path, OF_TWO_PARTS, {"episodes.csv": f"Crime,Victim,Reported\n{rows}"})
    assert found.rows("cases", "case_id") == [("compact:C1/UNKNOWN",), ("compact:C2/0",)]
    assert found.rejects() == [("episodes.csv", 4, None, CASE_OF_NOBODY)]


def test_a_person_record_without_a_number_stays_as_it_is(tmp_path: Path) -> None:
    persons = "record system: compact\ntables:\n  - {files: p.csv, each row is: a person, person id: No, sex: Sex}\n"
    found = read(tmp_path, persons, {"p.csv": "No,Sex\nUNKNOWN,F\n"})
    assert found.rows("people", "person_id") == [("compact:UNKNOWN",)]
