"""Values written otherwise than in the mapping, and a case that one file gives twice: both are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, read

LOG = """
record system: log
tables:
  - files: "*"
    each row is: an event
    case id: No
    makes cases: missing episode
    at: At
    event: {column: Action, values: {Child reported: reported, Note: }}
"""
LOG_ROW = "E2,{},2025-01-01 10:00\n"
NEARLY = (
    "Cells in column {} that differ from a value of the mapping in capital letters or spaces only, so that they do "
    "not fit it: 1. Add them to its values, if the same is meant."
)


def remarks(tmp_path: Path, mapping: str, text: str) -> list[str]:
    """What was counted that is about values."""
    return [
        one.partition(": ")[2] for one in read(tmp_path, mapping, {"episodes.csv": text}).remarks() if "Cells" in one
    ]


@pytest.mark.parametrize("written", ["CHILD REPORTED", "child reported", "Child  reported", "Child\u00a0Reported"])
def test_an_event_whose_name_is_written_otherwise_is_said(tmp_path, written):
    text = "No,Action,At\n" + LOG_ROW.format("Child reported") + LOG_ROW.format(written)
    assert remarks(tmp_path, LOG, text) == [NEARLY.format("Action")]


@pytest.mark.parametrize("written", ["Child reported", " Child reported ", "Note", "Child was reported", ""])
def test_nothing_is_said_of_what_fits_or_is_another_word(tmp_path, written):
    text = "No,Action,At\n" + LOG_ROW.format("Child reported") + LOG_ROW.format(written)
    assert remarks(tmp_path, LOG, text) == []


@pytest.mark.parametrize("key", ["only where: {Type: [Child, '']}", "leave out where: {Type: Child}"])
def test_a_row_that_would_be_chosen_is_said(tmp_path, key):
    text = "No,Type,Reported\nE1,Child,2025-01-01 10:00\nE2,CHILD,2025-01-01 10:00\nE3,,2025-01-01 10:00\n"
    assert remarks(tmp_path, CASES + f"    {key}\n", text) == [NEARLY.format("Type")]


def test_an_event_that_would_have_happened_is_said_in_rows_that_are_kept(tmp_path):
    mapping = CASES + "    only where: {Type: C}\n    events: {seen: {at: Reported, happened if: {Seen: Yes}}}\n"
    text = "No,Type,Seen,Reported\nE1,C,Yes,2025-01-01 10:00\nE2,C,YES,2025-01-01 10:00\nE3,A,YES,2025-01-01 10:00\n"
    assert remarks(tmp_path, mapping, text) == [NEARLY.format("Seen")]


def test_a_box_fits_in_any_letter_case(tmp_path):
    text = "No,Type,Reported\nE1,TRUE,2025-01-01 10:00\nE2,True,2025-01-01 10:00\nE3,true,2025-01-01 10:00\n"
    assert remarks(tmp_path, CASES + "    only where: {Type: TRUE}\n", text) == []


E1, E1_ELSE, E2 = "E1,2025-01-01 10:00,P\n", "E1,2025-01-01 10:00,Q\n", "E2,2025-01-01 10:00,P\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"episodes.csv": E1 + E2 + E1_ELSE}, ["compact, episodes.csv: Rows whose case a later row"]),
        ({"episodes.csv": E1 + E1}, []),  # the same row twice says nothing else
        ({"episodes-1.csv": E1 + E2, "episodes-2.csv": E1_ELSE}, []),  # the next export brings the case up to date
        (
            {"episodes-1.csv": E1 + E1_ELSE, "episodes-2.csv": "E1,2025-01-01 10:00,R\n"},
            ["compact, episodes-1.csv: Rows whose case a later row"],
        ),
    ],
)
def test_a_case_that_one_file_gives_differently_is_said(tmp_path, files, said):
    texts = {name: "No,Reported,Place\n" + rows for name, rows in files.items()}
    found = read(tmp_path, CASES + "    attributes: {place: Place}\n", texts).remarks()
    assert [one.partition(" of the same")[0] for one in found] == said
    assert all("which are rejected: 1." in one for one in found)
