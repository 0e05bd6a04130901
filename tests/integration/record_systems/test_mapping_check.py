"""What the check of a mapping says that a dive would not: events that never occur, and columns that are not used."""

from __future__ import annotations

from pathlib import Path

from tests.unit.record_systems.reading_texts import CASES, write
from wardline.record_systems import check_mapping, parse_mapping

LOG = """
  - files: log.csv
    each row is: an event
    case id: No
    event: {column: Action, values: {S: sent, G: graded}}
    at: At
"""


def said(tmp_path: Path, mapping: str, files: dict[str, str | bytes]) -> list[str]:
    text = check_mapping(parse_mapping(mapping), write(tmp_path / "exports", files)).to_text()
    return [line.strip() for line in text.splitlines()]


def test_events_that_never_occur_are_shown_with_none(tmp_path: Path) -> None:
    events = "    events: {declined: {happened if: {Declined: 'Y'}}, found: {at: Found}}\n"
    files: dict[str, str | bytes] = {
        "episodes.csv": "No,Reported,Declined,Found\nE1,2025-01-01 10:00,yes,2025-01-01 12:00\n",
        "log.csv": "No,Action,At\nE1,S,2025-01-01 11:00\n",
    }
    lines = said(tmp_path, CASES + events + LOG, files)
    assert "declined: 0, no times" in lines and "graded: 0, no times" in lines
    assert "found: 1, from 2025-01-01 12:00 to 2025-01-01 12:00" in lines


def test_a_column_that_is_not_used_is_said_once(tmp_path: Path) -> None:
    lines = said(tmp_path, CASES, {"episodes.csv": "No,Reported,Place\nE1,2025-01-01 10:00,home\n"})
    assert [line for line in lines if "Place" in line] == ["Place     not used"]


def test_where_a_column_names_events_a_text_that_could_be_somebodys_is_not_shown(tmp_path: Path) -> None:
    log = LOG.replace("event: {column: Action, values: {S: sent, G: graded}}", "event: {column: Action}")
    texts = ["sent"] * 3 + ["zebedee", "call07700900123", "call07700900123"]
    rows = "".join(f"E1,{text},2025-01-01 1{at}:00\n" for at, text in enumerate(texts))
    files: dict[str, str | bytes] = {
        "episodes.csv": "No,Reported\nE1,2025-01-01 10:00\n",
        "log.csv": "No,Action,At\n" + rows,
    }
    lines = said(tmp_path, CASES + log, files)
    assert lines[lines.index("Events") + 1 :] == [
        "others, whose names are not shown: 3, from 2025-01-01 13:00 to 2025-01-01 15:00",
        "sent: 3, from 2025-01-01 10:00 to 2025-01-01 12:00",
    ]


def test_no_event_that_the_mapping_does_not_list_is_shown_with_a_name_in_it(tmp_path: Path) -> None:
    texts = [
        *["Spoke to mum Sarah Zebrowski"] * 5,
        *["Zebrowski"] * 4,
        *["zebrowski"] * 4,
        *["Sarah_Zebrowski"] * 3,
        *["RREV"] * 3,
        *["graded_2"] * 3,
        *["S review"] * 3,  # `S` is in the mapping
        "RARE",
    ]
    files: dict[str, str | bytes] = {
        "episodes.csv": "No,Reported\nE1,2025-01-01 10:00\n",
        "log.csv": "No,Action,At\n" + "".join(f"E1,{text},2025-01-01 11:00\n" for text in texts),
    }
    lines = said(tmp_path, CASES + LOG, files)
    assert [line.partition("log.csv: ")[2] for line in lines[lines.index("Also counted") + 1 :]] == [
        "Rows left out, because the mapping does not list the event in column Action: 26.",
        "Of these rows, Action: RREV: 3.",
        "Of these rows, Action: S review: 3.",
        "Of these rows, Action: graded_2: 3.",
        "Of these rows, Action holds others, whose texts are not shown: 17.",
    ]
    assert "ebrowski" not in "".join(lines)


def test_the_words_of_one_value_of_the_mapping_may_be_shown_in_another(tmp_path: Path) -> None:
    log = LOG.replace("S: sent", "Rhubarb done: sent")
    files: dict[str, str | bytes] = {
        "episodes.csv": "No,Reported\nE1,2025-01-01 10:00\n",
        "log.csv": "No,Action,At\n" + "E1,Rhubarb refused,2025-01-01 11:00\n" * 3,
    }
    assert "log.csv: Of these rows, Action: Rhubarb refused: 3." in said(tmp_path, CASES + log, files)
