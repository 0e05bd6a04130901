"""Every key of a mapping, seen in the tables."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.unit.record_systems.reading_texts import CASES, at, read, read_all

ROWS = "No,Reported,Kind,Home,Person,Part\n"


def episodes(*rows: str) -> dict[str, str | bytes]:
    return {"episodes.csv": ROWS + "".join(f"{row}\n" for row in rows)}


def test_only_where_keeps_the_rows_that_fit_every_condition(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        CASES + "    only where: {Kind: [Child, Young person], Home: ''}\n",
        episodes(
            "E1,2025-01-01,Child,,P,1",
            "E2,2025-01-01,Adult,,P,1",
            "E3,2025-01-01,Young person,CH,P,1",
            "E4,2025-01-01,Young person,,P,1",
            "E5,2025-01-01,,,P,1",
        ),
    )
    assert found.rows("cases", "case_id") == [("compact:E1",), ("compact:E4",)]
    assert found.count("episodes.csv").left_out == 3


def test_leave_out_where_leaves_out_the_rows_that_fit_every_condition(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        CASES + "    leave out where: {Kind: Adult, Home: CH}\n",
        episodes("E1,2025-01-01,Adult,CH,P,1", "E2,2025-01-01,Adult,,P,1", "E3,2025-01-01,Child,CH,P,1"),
    )
    assert found.rows("cases", "case_id") == [("compact:E2",), ("compact:E3",)]


def test_several_id_columns_are_joined_by_a_slash(tmp_path: Path) -> None:
    mapping = CASES.replace("case id: No", "case id: [No, Part]") + "    person: [Person, Part]\n"
    found = read(tmp_path, mapping, episodes("E1,2025-01-01,,,P1,1", "E1,2025-01-01,,,P1,2", "E1,2025-01-01,,,P1,"))
    assert found.rows("cases", "case_id", "person_id") == [
        ("compact:E1/1", "compact:P1/1"),
        ("compact:E1/2", "compact:P1/2"),
    ]
    assert found.count("episodes.csv").rejected == 1


def test_a_case_without_a_person_has_none(tmp_path: Path) -> None:
    found = read(tmp_path, CASES + "    person: Person\n", episodes("E1,2025-01-01,,,,1"))
    assert found.rows("cases", "person_id", "case_type") == [(None, "missing episode")]


def test_empty_values_are_empty_and_spaces_around_cells_and_headers_do_not_count(tmp_path: Path) -> None:
    mapping = CASES + '    empty: ["NULL", "-"]\n    attributes: {home: Home, kind: Kind}\n'
    found = read(
        tmp_path, mapping, {"episodes.csv": " No ,Reported,  Kind,Home\n E1 ,2025-01-01, NULL ,-\nE2,,  x y ,\n"}
    )
    assert found.rows("cases", "case_id", "opened_at", "kind", "home") == [
        ("compact:E1", at("2025-01-01 00:00"), None, None),
        ("compact:E2", None, "x y", None),
    ]


def test_values_give_words_and_may_empty_a_cell_without_a_reject(tmp_path: Path) -> None:
    mapping = CASES + "    attributes: {from_care: {column: Home, values: {CH: yes, PH: no, U: }}}\n"
    found = read(
        tmp_path,
        mapping,
        episodes("E1,2025-01-01,,CH,P,1", "E2,2025-01-01,,PH,P,1", "E3,2025-01-01,,U,P,1", "E4,2025-01-01,,,P,1"),
    )
    assert found.rows("cases", "from_care") == [("yes",), ("no",), (None,), (None,)]
    assert found.rejects() == []


def test_attributes_have_the_type_that_the_mapping_gives_them(tmp_path: Path) -> None:
    mapping = CASES + "    attributes: {part: {column: Part, type: number}, day: {column: Kind, type: time}, a: Home}\n"
    found = read(tmp_path, mapping, episodes("E1,2025-01-01,2025-01-02 10:00,x,P,2.5"))
    cases = found.table("cases")
    assert cases.columns[-3:] == ["a", "day", "part"]
    assert cases.schema["part"] == pl.Float64()
    assert cases.select("a", "day", "part").row(0) == ("x", at("2025-01-02 10:00"), 2.5)


def test_makes_cases_opens_the_cases_that_no_other_row_opens(tmp_path: Path) -> None:
    mapping = (
        CASES
        + """
  - files: log.csv
    each row is: an event
    case id: No
    event: call_made
    at: Time
    makes cases: referral
"""
    )
    log = "No,Time\nE2,2025-01-02\nE1,2025-01-02 10:00\nE2,2025-01-03\n"
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported\nE1,2025-01-01\n", "log.csv": log})
    assert found.rows("cases", "case_id", "case_type", "opened_at", "source_file", "source_row") == [
        ("compact:E1", "missing episode", at("2025-01-01 00:00"), "episodes.csv", 2),
        ("compact:E2", "referral", None, "log.csv", 2),
    ]
    assert found.table("events")["case_id"].to_list() == ["compact:E2", "compact:E1", "compact:E2"]
    assert set(found.rows("abilities", "case_type", "event")) >= {
        ("missing episode", "call_made"),
        ("referral", "call_made"),
    }


def test_an_event_may_be_named_by_its_column_alone(tmp_path: Path) -> None:
    mapping = (
        CASES
        + """
  - {files: log.csv, each row is: an event, case id: No, event: {column: Action}, at: Time}
"""
    )
    found = read(
        tmp_path,
        mapping,
        {
            "episodes.csv": "No,Reported\nE1,2025-01-01\n",
            "log.csv": "No,Action,Time\nE1,seen,2025-01-02\nE1,told,2025-01-02\n",
        },
    )
    assert found.rows("events", "event") == [("seen",), ("told",)]
    assert ("missing episode", "told") in found.rows("abilities", "case_type", "event")


def test_a_text_that_can_be_no_name_is_no_event(tmp_path: Path) -> None:
    mapping = CASES + "  - {files: log.csv, each row is: an event, case id: No, event: {column: Action}, at: Time}\n"
    texts = ["seen", "Seen", "Zebedee Smith went home", "=seen", "#N/A", ""]
    log = "".join(f"E1,{text},2025-01-02 1{at}:00\n" for at, text in enumerate(texts))
    files: dict[str, str | bytes] = {
        "episodes.csv": "No,Reported\nE1,2025-01-01\n",
        "log.csv": "No,Action,Time\n" + log,
    }
    found = read(tmp_path, mapping, files)
    assert found.rows("events", "event") == [("seen",)]
    count = found.count("log.csv")
    assert (count.rows_in, count.kept, count.left_out, count.rejected) == (6, 1, 3, 2)
    assert [one for one in found.remarks() if "does not list the event in column Action: 3." in one]


def test_every_field_of_a_person_record_is_read(tmp_path: Path) -> None:
    mapping = """
record system: compact
tables:
  - files: persons.csv
    each row is: a person
    person id: [No, Part]
    given name: A
    family name: B
    date of birth: C
    sex: {column: D, values: {F: female}}
    ethnicity: E
    postcode: F
    phone: G
    attributes: {language: H}
"""
    found = read(
        tmp_path, mapping, {"persons.csv": "No,Part,A,B,C,D,E,F,G,H\nP1,2,Ada,Example,2010-02-14,F,x,AB1 2CD,000,en\n"}
    )
    [row] = found.table("people").rows()
    assert [str(cell) for cell in row] == [
        "compact:P1/2",
        "Ada",
        "Example",
        "2010-02-14",
        "female",
        "x",
        "AB1 2CD",
        "000",
        "compact",
        "persons.csv",
        "2",
        "en",
    ]
    assert ("date_of_birth",) in found.rows("abilities", "field")


def test_notes_belong_to_cases_and_are_numbered(tmp_path: Path) -> None:
    mapping = (
        CASES
        + """
  - {files: notes.csv, each row is: a note, case id: No, written at: Time, text: Entry, attributes: {author: Role}}
"""
    )
    notes = 'No,Time,Entry,Role\nE1,2025-01-02 10:00,"one, and\nmore",PC\nE9,2025-01-02,lost,PC\nE1,,two,PS\n'
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported\nE1,2025-01-01\n", "notes.csv": notes})
    assert found.rows("notes", "note_id", "case_id", "written_at", "text", "source_row", "author") == [
        (0, "compact:E1", at("2025-01-02 10:00"), "one, and\nmore", 2, "PC"),
        (1, "compact:E1", None, "two", 4, "PS"),
    ]


def test_coverage_says_who_keeps_a_system_when_it_was_taken_and_where_it_has_gaps(tmp_path: Path) -> None:
    mapping = CASES.replace(
        "record system: compact",
        """record system: compact
title: The system
kept by: council
taken at: 2025-03-30 03:00
gaps: [{from: 2025-03-30, to: 2025-03-30, note: upgrade}, {from: 2025-01-01, to: 2025-01-02}]""",
    )
    found = read(tmp_path, mapping, episodes("E1,2025-01-01,,,P,1"))
    said = ("compact", "The system", "council", at("2025-03-30 02:00"))
    assert found.table("coverage").rows() == [
        (*said, at("2025-03-30 00:00"), at("2025-03-30 22:59:59.999999"), "upgrade"),
        (*said, at("2025-01-01 00:00"), at("2025-01-02 23:59:59.999999"), None),
    ]


def test_without_more_a_system_is_the_forces_and_was_taken_at_as_at(tmp_path: Path) -> None:
    found = read(tmp_path, CASES, episodes("E1,2025-01-01,,,P,1"))
    assert found.table("coverage").rows() == [("compact", "compact", "force", at("2025-04-01 00:00"), None, None, None)]


def test_abilities_say_what_a_system_can_record_and_which_columns_keep_no_history(tmp_path: Path) -> None:
    mapping = (
        CASES
        + """
    attributes: {home: Home}
    events:
      graded: {at: Kind, grade: {column: Home, keeps history: no}, by: Person}
      moved: {at: Part, keeps history: no, to: Home}
"""
    )
    found = read(tmp_path, mapping, episodes("E1,2025-01-01,2025-01-01,x,P,2025-01-01"))
    assert found.rows("abilities", "event", "field", "keeps_history") == [
        (None, "opened_at", True),
        (None, "home", True),
        ("graded", None, True),
        ("graded", "grade", False),
        ("graded", "by", True),
        ("moved", None, False),
        ("moved", "to", False),
    ]


CONTROL_ROOM = """
record system: control-room
tables:
  - files: "incidents*.csv"
    each row is: events of a case
    case id: {of: compact, matching: incident, column: Incident}
    events: {sent: Sent, arrived: {at: Arrived}}
"""


def test_a_row_may_belong_to_several_cases_and_a_case_may_have_several_rows(tmp_path: Path) -> None:
    found = read_all(
        tmp_path,
        {
            CONTROL_ROOM: {
                "incidents.csv": "Incident,Sent,Arrived\nI1,2025-01-01 10:00,2025-01-01 11:00\nI2,,\n"
                "I1,2025-01-01 12:00,\nI9,2025-01-01 12:00,\n"
            },
            CASES + "    attributes: {incident: Home}\n    events: {reported: Reported}\n": episodes(
                "E2,2025-01-01,,I1,P,1", "E1,2025-01-01,,I1,P,1", "E3,2025-01-01,,I2,P,1", "E4,2025-01-01,,,P,1"
            ),
        },
    )
    assert found.rows("events", "event_id", "case_id", "event", "source_row")[:6] == [
        (0, "compact:E1", "sent", 2),
        (1, "compact:E2", "sent", 2),
        (2, "compact:E1", "arrived", 2),
        (3, "compact:E2", "arrived", 2),
        (4, "compact:E1", "sent", 4),
        (5, "compact:E2", "sent", 4),
    ]
    assert found.rows("case_sources", "case_id", "source") == [
        ("compact:E1", "control-room"),
        ("compact:E2", "control-room"),
        ("compact:E3", "control-room"),
        ("compact:E2", "compact"),
        ("compact:E1", "compact"),
        ("compact:E3", "compact"),
        ("compact:E4", "compact"),
    ]
    count = found.count("incidents.csv")
    assert (count.rows_in, count.kept, count.rejected) == (4, 3, 1)
    assert ("control-room", "missing episode", "arrived") in found.rows("abilities", "source", "case_type", "event")


LOG = """
record system: log
tables:
  - files: "log*.csv"
    each row is: an event
    only where: {Kind: [Entry, Note]}
    leave out where: {Kind: Note}
    case id: {of: compact, matching: incident, column: Incident}
    event: {column: Action, values: {Sent: sent}}
    at: When
"""


@pytest.mark.parametrize(
    "row",
    [
        "I1,Call taken,2025-01-01 10:00,Entry",  # an event that is not listed
        "I1,Sent,2025-01-01 10:00,Other",  # not among `only where`
        "I1,Sent,2025-01-01 10:00,Note",  # among `leave out where`
        "I1,Sent,at ten,Entry",  # a time that cannot be read
        "I1,Sent,,Entry",  # none
        "I1,,2025-01-01 10:00,Entry",  # rejected, as it names no event
    ],
)
def test_a_row_that_gives_no_event_shows_all_the_same_that_its_system_holds_the_case(tmp_path: Path, row: str) -> None:
    cases = CASES + "    attributes: {incident: Home}\n    events: {reported: Reported}\n"
    found = read_all(
        tmp_path,
        {
            cases: episodes("E1,2025-01-01,,I1,P,1", "E2,2025-01-01,,I2,P,1"),
            LOG: {"log.csv": f"Incident,Action,When,Kind\n{row}\n,Sent,2025-01-01 10:00,Other\nI9,x,,Other\n"},
        },
    )
    assert [one for one in found.rows("case_sources", "case_id", "source") if one[1] == "log"] == [
        ("compact:E1", "log")
    ]


def test_a_repeated_row_shows_that_its_system_holds_the_case_and_says_so_once(tmp_path: Path) -> None:
    cases = CASES + "    attributes: {incident: Home}\n    events: {reported: Reported}\n"
    same = "I1,Sent,2025-01-01 10:00,Entry\n"
    found = read_all(
        tmp_path,
        {
            cases: episodes("E1,2025-01-01,,I1,P,1"),
            LOG: {"log1.csv": f"Incident,Action,When,Kind\n{same}", "log2.csv": f"Incident,Action,When,Kind\n{same}"},
        },
    )
    assert found.count("log2.csv").rejected == 1
    assert found.rows("case_sources", "case_id", "source") == [("compact:E1", "compact"), ("compact:E1", "log")]


def test_without_matching_the_other_systems_own_number_is_matched(tmp_path: Path) -> None:
    found = read_all(
        tmp_path,
        {
            CASES: episodes("E1,2025-01-01,,,P,1"),
            CONTROL_ROOM.replace("matching: incident, ", ""): {
                "incidents.csv": "Incident,Sent,Arrived\nE1,2025-01-01,\n"
            },
        },
    )
    assert found.rows("events", "case_id", "event", "source") == [("compact:E1", "sent", "control-room")]


def test_events_and_notes_too_may_belong_to_another_systems_cases(tmp_path: Path) -> None:
    other = """
record system: control-room
tables:
  - {files: log.csv, each row is: an event, case id: {of: compact, column: No}, event: seen, at: Time}
  - {files: log.csv, each row is: a note, case id: {of: compact, column: No}, text: Entry}
"""
    found = read_all(
        tmp_path, {other: {"log.csv": "No,Time,Entry\nE1,2025-01-02,text\n"}, CASES: episodes("E1,2025-01-01,,,P,1")}
    )
    assert found.rows("events", "case_id", "source") == [("compact:E1", "control-room")]
    assert found.rows("notes", "case_id", "text") == [("compact:E1", "text")]


def test_attributes_of_all_systems_stand_in_alphabetical_order_after_the_fixed_columns(tmp_path: Path) -> None:
    found = read_all(
        tmp_path,
        {
            CASES + "    attributes: {z: Home}\n": episodes("E1,2025-01-01,,h,P,1"),
            (CASES + "    attributes: {a: Home}\n").replace("compact", "other"): episodes("E1,2025-01-01,,h,P,1"),
        },
    )
    assert found.table("cases").columns[-2:] == ["a", "z"]
    assert found.rows("cases", "case_id", "a", "z") == [("compact:E1", None, "h"), ("other:E1", "h", None)]


def test_attributes_may_be_called_as_columns_of_exports_or_of_other_tables_are(tmp_path: Path) -> None:
    mapping = CASES + (
        "    attributes: {row: Home, text: Kind, sex: Part}\n    events: {seen: {at: Reported, row: "
        "Home, order: Part, id: Kind}}\n"
    )
    found = read(tmp_path, mapping, episodes("E1,2025-01-01,a,b,P,1", "E2,2025-01-01,c,d,P,2"))
    assert found.rows("cases", "row", "text", "sex") == [("b", "a", "1"), ("d", "c", "2")]
    assert found.rows("events", "case_id", "row", "order", "id") == [
        ("compact:E1", "b", "1", "a"),
        ("compact:E2", "d", "2", "c"),
    ]
