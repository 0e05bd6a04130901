"""One small export for each reason of the fixed list, and that no reason is without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, CASES_AND_LOG, at, read, read_all
from wardline.record_systems import RejectReason

PERSONS = """
record system: compact
tables:
  - files: "persons*.csv"
    each row is: a person
    person id: No
    given name: Name
"""
WITH_VALUES = (
    CASES
    + """
    attributes: {from_care: {column: Home, values: {CH: yes}}, age: {column: Age, type: number}}
"""
)
DATE_AND_TIME = (
    CASES
    + """
    events: {found: {date: Day, time: Clock}}
"""
)
DAY_OF = (
    CASES
    + """
    events: {found: {time: Clock, day of: Day, next day if earlier: yes}}
"""
)
CONTROL_ROOM = """
record system: control-room
tables:
  - files: incidents.csv
    each row is: events of a case
    case id: {of: compact, column: No}
    events: {officer_arrived: Time}
"""
ONE_CASE = "No,Reported\nE1,2025-01-01 10:00\n"

EXAMPLES = {
    RejectReason.EMPTY_ROW: (CASES, {"episodes.csv": ONE_CASE + ",\n"}, ("episodes.csv", 3, None)),
    RejectReason.UNEVEN_ROW: (CASES, {"episodes.csv": ONE_CASE + "E2,2025-01-01 10:00,x\n"}, ("episodes.csv", 3, None)),
    RejectReason.SWALLOWED_CELLS: (
        CASES + "    attributes: {home: Home}\n",
        {"episodes.csv": 'No,Reported,Home\nE2,2025-01-01 10:00,CH\n"E1,2025-01-01 10:00",CH\n'},
        ("episodes.csv", 3, None),
    ),
    RejectReason.HEADER_ROW: (CASES, {"episodes.csv": ONE_CASE + "No,Reported\n"}, ("episodes.csv", 3, None)),
    RejectReason.SEPARATOR_ROW: (CASES, {"episodes.csv": ONE_CASE + "sep=,\n"}, ("episodes.csv", 3, None)),
    RejectReason.RULE_ROW: (CASES, {"episodes.csv": "No,Reported\n---,--------\n"}, ("episodes.csv", 2, None)),
    RejectReason.TOTAL_ROW: (CASES, {"episodes.csv": ONE_CASE + "Total,1\n"}, ("episodes.csv", 3, None)),
    RejectReason.NO_CASE_ID: (CASES, {"episodes.csv": ONE_CASE + ",2025-01-01 10:00\n"}, ("episodes.csv", 3, None)),
    RejectReason.CASE_OF_NOBODY: (
        CASES,
        {"episodes.csv": ONE_CASE + "TBC,2025-01-01 10:00\n"},
        ("episodes.csv", 3, None),
    ),
    RejectReason.NO_PERSON_ID: (PERSONS, {"persons.csv": "No,Name\nP1,Ada\n,Ben\n"}, ("persons.csv", 3, None)),
    RejectReason.ERROR_ID: (CASES, {"episodes.csv": ONE_CASE + "#N/A,2025-01-01 10:00\n"}, ("episodes.csv", 3, None)),
    RejectReason.NO_EVENT_NAME: (
        CASES_AND_LOG,
        {"episodes.csv": ONE_CASE, "log.csv": "No,Action,Time\nE1,,2025-01-01 11:00\n"},
        ("log.csv", 2, None),
    ),
    RejectReason.SAME_ROW: (CASES, {"episodes.csv": ONE_CASE + "E1, 2025-01-01 10:00\n"}, ("episodes.csv", 2, None)),
    RejectReason.WHOLE_ROW: (
        CASES + "    closed at: Found\n",
        {"episodes.csv": "No,Reported,Found\nE1,2025-01-01 10:00,2025-01-01 11:00\nE1,2025-01-01 10:00\n"},
        ("episodes.csv", 3, None),
    ),
    RejectReason.LATER_CASE: (
        CASES,
        {"episodes-a.csv": ONE_CASE, "episodes-b.csv": "No,Reported\nE1,2025-01-01 10:05\n"},
        ("episodes-a.csv", 2, None),
    ),
    RejectReason.LATER_PERSON: (PERSONS, {"persons.csv": "No,Name\nP1,Ada\nP1,Ada B\n"}, ("persons.csv", 2, None)),
    RejectReason.NO_CASE: (
        CASES_AND_LOG,
        {"episodes.csv": ONE_CASE, "log.csv": "No,Action,Time\nE2,R,2025-01-01 11:00\n"},
        ("log.csv", 2, None),
    ),
    RejectReason.UNREADABLE_TIME: (CASES, {"episodes.csv": "No,Reported\nE1,soon\n"}, ("episodes.csv", 2, "Reported")),
    RejectReason.CLOCK_WITHOUT_DATE: (
        DATE_AND_TIME,
        {"episodes.csv": "No,Reported,Day,Clock\nE1,2025-01-01 10:00,,11:00\n"},
        ("episodes.csv", 2, "Clock"),
    ),
    RejectReason.CLOCK_OF_UNREADABLE_DAY: (
        DAY_OF,
        {"episodes.csv": "No,Reported,Day,Clock\nE1,2025-01-01 10:00,Monday,11:00\n"},
        ("episodes.csv", 2, "Clock"),
    ),
    RejectReason.CLOCK_OF_TWO_DAYS: (
        DAY_OF,
        {"episodes.csv": "No,Reported,Day,Clock\nE1,2025-01-01 10:00,2025-01-01,11:00\n"},
        ("episodes.csv", 2, "Clock"),
    ),
    RejectReason.UNREADABLE_ASIDE: (
        PERSONS + "    date of birth: Born\n",
        {"persons.csv": "No,Name,Born\nP1,Ada,about 2010\n"},
        ("persons.csv", 2, "Born"),
    ),
    RejectReason.UNREADABLE_NUMBER: (
        WITH_VALUES,
        {"episodes.csv": "No,Reported,Home,Age\nE1,2025-01-01 10:00,CH,ten\n"},
        ("episodes.csv", 2, "Age"),
    ),
    RejectReason.ERROR_CELL: (
        CASES + "    attributes: {home: Home}\n",
        {"episodes.csv": "No,Reported,Home\nE1,2025-01-01 10:00,#REF!\n"},
        ("episodes.csv", 2, "Home"),
    ),
    RejectReason.UNLISTED_VALUE: (
        WITH_VALUES,
        {"episodes.csv": "No,Reported,Home,Age\nE1,2025-01-01 10:00,FC,10\n"},
        ("episodes.csv", 2, "Home"),
    ),
    RejectReason.PERSON_OF_NOBODY: (
        CASES + "    person: Person\n",
        {"episodes.csv": "No,Reported,Person\nE1,2025-01-01 10:00,UNKNOWN\n"},
        ("episodes.csv", 2, "Person"),
    ),
    RejectReason.PERSON_IS_THE_CASE: (
        CASES + "    person: No\n",
        {"episodes.csv": ONE_CASE},
        ("episodes.csv", 2, "No"),
    ),
}
# What takes two systems, or many rows: tried below and in test_numbers_of_nobody.py.
OF_MANY_ROWS = {RejectReason.NOT_MATCHED, RejectReason.PERSON_OF_MANY_CASES}


@pytest.mark.parametrize("reason", EXAMPLES)
def test_each_reason_is_given_at_its_row_and_column(reason: RejectReason, tmp_path: Path) -> None:
    mapping, files, place = EXAMPLES[reason]
    found = read(tmp_path, mapping, files)
    assert found.rejects() == [(*place, reason.value)]
    assert found.rows("rejects", "what") == [("cell" if reason.is_of_a_cell else "row",)]
    rejected = found.count(place[0]).rejected
    assert rejected == (0 if reason.is_of_a_cell else 1)


def test_a_row_that_matches_no_case_of_the_other_system_is_rejected(tmp_path: Path) -> None:
    found = read_all(
        tmp_path, {CASES: {"episodes.csv": ONE_CASE}, CONTROL_ROOM: {"incidents.csv": "No,Time\nE2,2025-01-01 11:00\n"}}
    )
    assert found.rejects() == [("incidents.csv", 2, None, RejectReason.NOT_MATCHED.value)]


def test_every_reason_has_an_example() -> None:
    assert set(EXAMPLES) | OF_MANY_ROWS == set(RejectReason)


def test_an_unreadable_cell_is_emptied_and_its_row_stays(tmp_path: Path) -> None:
    found = read(tmp_path, WITH_VALUES, {"episodes.csv": "No,Reported,Home,Age\nE1,soon,FC,ten\n"})
    assert found.rows("cases", "case_id", "opened_at", "from_care", "age") == [("compact:E1", None, None, None)]
    assert found.count("episodes.csv").kept == 1
    assert [reject[2] for reject in found.rejects()] == ["Age", "Home", "Reported"]


def test_a_cell_that_several_events_read_is_rejected_once(tmp_path: Path) -> None:
    mapping = CASES + "    events: {reported: Reported, logged: {at: Reported, recorded at: Reported}}\n"
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported\nE1,soon\n"})
    assert found.rejects() == [("episodes.csv", 2, "Reported", RejectReason.UNREADABLE_TIME.value)]
    assert found.rows("events", "event", "happened_at", "recorded_at") == [
        ("reported", None, None),
        ("logged", None, None),
    ]


def test_rows_around_one_of_another_width_keep_their_numbers(tmp_path: Path) -> None:
    text = "No,Reported\nE1,2025-01-01 10:00\nE2,,x\nE3,2025-01-01 10:00\nE4,a,b\n\nE5,2025-01-01 10:00\nE6,a,b\n"
    found = read(tmp_path, CASES, {"episodes.csv": text})
    assert found.rows("cases", "case_id", "source_row") == [("compact:E1", 2), ("compact:E3", 4), ("compact:E5", 7)]
    assert [reject[1:] for reject in found.rejects()] == [
        (3, None, RejectReason.UNEVEN_ROW.value),
        (5, None, RejectReason.UNEVEN_ROW.value),
        (6, None, RejectReason.EMPTY_ROW.value),
        (8, None, RejectReason.UNEVEN_ROW.value),
    ]
    count = found.count("episodes.csv")
    assert (count.rows_in, count.kept, count.left_out, count.rejected) == (7, 3, 0, 4)


def test_of_three_exports_the_last_says_how_a_case_is_even_where_it_repeats_the_first(tmp_path: Path) -> None:
    first, second = "No,Reported\nE1,2025-01-01 10:00\n", "No,Reported\nE1,2025-01-01 10:05\n"
    found = read(tmp_path, CASES, {"episodes1.csv": first, "episodes2.csv": second, "episodes3.csv": first})
    assert found.rows("cases", "opened_at", "source_file") == [(at("2025-01-01 10:00"), "episodes3.csv")]
    assert found.rejects() == [
        ("episodes1.csv", 2, None, RejectReason.SAME_ROW.value),
        ("episodes2.csv", 2, None, RejectReason.LATER_CASE.value),
    ]


def test_a_case_that_is_overruled_gives_no_events_either(tmp_path: Path) -> None:
    mapping = CASES + "    events: {reported: Reported}\n"
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported\nE1,2025-01-01 10:00\nE1,2025-01-01 10:05\n"})
    assert found.rows("events", "event_id", "happened_at") == [(0, at("2025-01-01 10:05"))]


def test_cells_that_join_to_the_same_text_are_not_the_same_row(tmp_path: Path) -> None:
    mapping = CASES_AND_LOG.replace("at: Time", "at: Time\n    attributes: {one: A, two: B}")
    log = "No,Action,Time,A,B\nE1,R,2025-01-01 11:00,ab,c\nE1,R,2025-01-01 11:00,a,bc\nE1,R,2025-01-01 11:00,abc,\n"
    found = read(tmp_path, mapping, {"episodes.csv": ONE_CASE, "log.csv": log})
    assert found.rows("events", "one", "two") == [("ab", "c"), ("a", "bc"), ("abc", None)]


def test_an_event_that_is_not_listed_is_left_out_and_counted(tmp_path: Path) -> None:
    log = "No,Action,Time\nE1,R,2025-01-01 11:00\nE1,Q,2025-01-01 12:00\n"
    found = read(tmp_path, CASES_AND_LOG, {"episodes.csv": ONE_CASE, "log.csv": log})
    count = found.count("log.csv")
    assert (count.rows_in, count.kept, count.left_out, count.rejected) == (2, 1, 1, 0)
    assert found.remarks() == [
        "compact, log.csv: Rows left out, because the mapping does not list the event in column Action: 1."
    ]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#NAME?", "#NOT CALCULATED", "Err:502", "#######"])
def test_the_errors_of_a_spreadsheet_are_no_values_wherever_they_stand(error: str, tmp_path: Path) -> None:
    mapping = CASES + "    person: Person\n    attributes: {home: Home, age: {column: Age, type: number}}\n"
    mapping += "    events: {found: {at: Found}}\n"
    header = "No,Reported,Person,Home,Age,Found\n"
    found = read(tmp_path, mapping, {"episodes.csv": f"{header}E1,{','.join([error] * 5)}\n{error},,,,,\n"})
    assert found.rows("cases", "case_id", "opened_at", "person_id", "home", "age") == [
        ("compact:E1", None, None, None, None)
    ]
    assert found.rows("events", "event", "happened_at") == [("found", None)]
    assert [(reject[1], reject[2]) for reject in found.rejects()] == [
        *((2, column) for column in ("Age", "Found", "Home", "Person", "Reported")),
        (3, None),
    ]


def test_a_text_like_an_error_is_a_text(tmp_path: Path) -> None:
    mapping = CASES + "    attributes: {home: Home, way: {column: Way, values: {'#N/A': none}}}\n"
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported,Home,Way\nE1,,#2 Err: home,#N/A\n"})
    assert found.rows("cases", "home", "way") == [("#2 Err: home", "none")]
    assert found.rejects() == []


def test_an_event_is_not_named_by_an_error(tmp_path: Path) -> None:
    mapping = CASES_AND_LOG.replace("{column: Action, values: {R: risk_reviewed}}", "{column: Action}")
    found = read(tmp_path, mapping, {"episodes.csv": ONE_CASE, "log.csv": "No,Action,Time\nE1,#N/A,\n"})
    assert found.rejects() == [("log.csv", 2, None, RejectReason.NO_EVENT_NAME.value)]


@pytest.mark.parametrize("written", ["TRUE", "true", "True"])
@pytest.mark.parametrize("said", ["TRUE", "true", "True"])
def test_what_a_box_holds_is_one_value_however_it_is_written(written: str, said: str, tmp_path: Path) -> None:
    mapping = CASES + f"    only where: {{Child: {said}}}\n"
    mapping += f"    attributes: {{home: {{column: Home, values: {{{said}: yes}}}}}}\n"
    mapping += f"    events: {{found: {{happened if: {{Found: {said}}}}}}}\n"
    rows = f"E1,,{written},{written},{written}\nE2,,{written},,no\nE3,,no,,{written}\n"
    found = read(tmp_path, mapping, {"episodes.csv": f"No,Reported,Child,Home,Found\n{rows}"})
    assert found.rows("cases", "case_id", "home") == [("compact:E1", "yes"), ("compact:E2", None)]
    assert found.rows("events", "case_id") == [("compact:E1",)]


def test_a_way_to_write_it_that_the_mapping_gives_has_its_own_meaning(tmp_path: Path) -> None:
    mapping = CASES + "    attributes: {home: {column: Home, values: {TRUE: yes, true: perhaps}}}\n"
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported,Home\nE1,,true\nE2,,True\n"})
    assert found.rows("cases", "home") == [("perhaps",), ("yes",)]


NOTES = """
  - files: notes.csv
    each row is: a note
    case id: No
    text: Text
    written at: {date: Day, time: Clock}
"""


def test_only_times_by_which_something_happens_or_is_owed_may_hide_a_child(tmp_path: Path) -> None:
    persons = "  - {files: persons.csv, each row is: a person, person id: No, date of birth: Born}\n"
    notes = "No,Text,Day,Clock\nE1,a,soon,10:00\nE1,b,,10:00\n"
    files = {
        "episodes.csv": "No,Reported\nE1,soon\n",
        "persons.csv": "No,Born\nP1,2010\n,1/1/2010\n",
        "notes.csv": notes,
    }
    found = read(tmp_path, CASES + persons + NOTES, files)
    hiding = {reason.value for reason in RejectReason if reason.may_hide_a_child}
    assert [(file, row, reason in hiding) for file, row, _, reason in found.rejects()] == [
        ("episodes.csv", 2, True),
        ("persons.csv", 2, False),
        ("persons.csv", 3, False),
        ("notes.csv", 2, False),
        ("notes.csv", 3, False),
    ]


@pytest.mark.parametrize(
    "error",
    [
        *("#N/A", "#NV", "#N/D", "#Н/Д", "#Δ/Υ", "#HIÁNYZIK", "#VALUE!", "#WERT!", "#¡VALOR!", "#¿NOMBRE?", "#ЗНАЧ!"),
        *(
            "#DIV/0!",
            "#DĚLENÍ_NULOU!",
            "#ZÉRÓOSZTÓ!",
            "#NAME?",
            "#ΤΙΜΗ!",
            "#NULL!",
            "#SPILL!",
            "Err:502",
            "err:508",
            "####",
        ),
    ],
)
def test_an_error_of_a_spreadsheet_in_any_language_is_no_id(error: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASES, {"episodes.csv": f"{ONE_CASE}{error},2025-01-01 10:00\n"})
    assert found.rejects() == [("episodes.csv", 3, None, RejectReason.ERROR_ID.value)]


@pytest.mark.parametrize("number", ["#12", "#A1", "#ABC", "N/A-7", "#now!", "Error:502", "#E/1"])
def test_what_only_looks_like_one_is_an_id(number: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASES, {"episodes.csv": f"{ONE_CASE}{number},2025-01-01 10:00\n"})
    assert found.rejects() == []
