"""What a mapping that cannot be read is told: where, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardline.errors import DocumentError, ProblemKind
from wardline.record_systems import parse_mapping, read_mapping
from wardline.record_systems.rows.case_index import check_joins

BAD = Path(__file__).parents[3] / "fixtures" / "bad"
GOOD = Path(__file__).parents[3] / "fixtures" / "good"

SAID = {
    "mapping_taken_at_no_time": (
        ProblemKind.UNREADABLE_TIME_SETTING,
        1,
        11,
        '"yesterday" is not a date, and not a date and time.',
    ),
    "mapping_that_does_not_say_what_a_row_is": (ProblemKind.MISSING_KEY, 3, 5, "`each row is` is missing here."),
    "mapping_that_makes_cases_of_another_system": (
        ProblemKind.WRONG_VALUE,
        3,
        5,
        "These rows belong to another system's cases, so they cannot make any.",
    ),
    "mapping_whose_rows_are_an_unknown_thing": (
        ProblemKind.UNKNOWN_NAME,
        4,
        18,
        "A row cannot be `a caes`. Did you mean `a case`?",
    ),
    "mapping_whose_system_holds_a_colon": (
        ProblemKind.WRONG_VALUE,
        1,
        16,
        "The name of a record system contains a colon or a slash.",
    ),
    "mapping_whose_system_has_a_long_name": (
        ProblemKind.WRONG_VALUE,
        1,
        16,
        "The name of a record system has at most 60 letters, on one line.",
    ),
    "mapping_with_a_case_of_another_system": (
        ProblemKind.WRONG_VALUE,
        6,
        14,
        "A row that is a case has its own id, not another system's.",
    ),
    "mapping_with_a_day_that_does_not_exist": (ProblemKind.UNREADABLE_TIME_SETTING, 1, 15, "This is not a date."),
    "mapping_with_a_filter_without_values": (
        ProblemKind.WRONG_VALUE,
        7,
        17,
        "Columns and the values they must have are expected here.",
    ),
    "mapping_with_a_format_of_a_text": (ProblemKind.WRONG_VALUE, 7, 23, "A `format` is for times only."),
    "mapping_with_a_gap_that_ends_before_it_begins": (
        ProblemKind.UNREADABLE_TIME_SETTING,
        1,
        8,
        "This gap ends before it begins.",
    ),
    "mapping_with_a_header_row_of_zero": (ProblemKind.WRONG_VALUE, 3, 39, "A whole number from 1 is expected here."),
    "mapping_with_a_missing_key": (ProblemKind.MISSING_KEY, 3, 5, "`case id` is missing here."),
    "mapping_with_a_name_that_standards_cannot_use": (
        ProblemKind.WRONG_VALUE,
        7,
        27,
        "`Risk graded` is not a name that standards can use.",
    ),
    "mapping_with_a_separator_of_two_characters": (ProblemKind.WRONG_VALUE, 7, 16, "A separator is one character."),
    "mapping_with_a_time_format_without_a_year": (
        ProblemKind.UNREADABLE_TIME_SETTING,
        7,
        18,
        "This time format lacks a year (%Y or %y).",
    ),
    "mapping_with_a_time_given_twice": (ProblemKind.WRONG_VALUE, 7, 21, "The time of this event is given twice."),
    "mapping_with_a_time_in_no_column": (
        ProblemKind.MISSING_KEY,
        7,
        16,
        "This does not say which column the time is in.",
    ),
    "mapping_with_a_time_of_day_without_a_date": (
        ProblemKind.MISSING_KEY,
        7,
        21,
        "`date` is missing here: a time of day alone does not say which day.",
    ),
    "mapping_with_an_attribute_named_like_a_column_of_ours": (
        ProblemKind.WRONG_VALUE,
        7,
        17,
        "`case_id` is a column that the table `cases` always has.",
    ),
    "mapping_with_an_attribute_of_two_types": (
        ProblemKind.WRONG_VALUE,
        12,
        18,
        "`age` is a text here and a number above.",
    ),
    "mapping_with_an_event_of_no_name": (ProblemKind.MISSING_KEY, 3, 63, "This does not say which event a row is."),
    "mapping_with_an_event_that_never_happens": (
        ProblemKind.MISSING_KEY,
        7,
        21,
        "Nothing says when this event happened, or whether it did.",
    ),
    "mapping_with_an_events_key_mistaken": (
        ProblemKind.UNKNOWN_KEY,
        7,
        21,
        "`recorded_at` is not a key that is known here. Did you mean `recorded at`?",
    ),
    "mapping_with_an_unknown_encoding": (
        ProblemKind.UNKNOWN_NAME,
        7,
        15,
        "`utf-9` is not an encoding that is known here.",
    ),
    "mapping_with_an_unknown_keeper": (ProblemKind.WRONG_VALUE, 1, 10, "This word is not one of those expected here."),
    "mapping_with_an_unknown_key": (
        ProblemKind.UNKNOWN_KEY,
        7,
        5,
        "`openned at` is not a key that is known here. Did you mean `opened at`?",
    ),
    "mapping_with_an_unknown_time_zone": (
        ProblemKind.UNKNOWN_NAME,
        1,
        12,
        "No time zone is called `Europe/Londn`. Did you mean `Europe/London`?",
    ),
    "mapping_with_an_unreadable_time_format": (
        ProblemKind.UNREADABLE_TIME_SETTING,
        7,
        18,
        "`%q` cannot be read in a time format.",
    ),
    "mapping_with_a_file_name_too_long": (
        ProblemKind.WRONG_VALUE,
        3,
        12,
        "This is not a file name or pattern relative to the folder of exports.",
    ),
    "mapping_with_files_above": (
        ProblemKind.WRONG_VALUE,
        3,
        12,
        "This is not a file name or pattern relative to the folder of exports.",
    ),
    "mapping_with_files_elsewhere": (
        ProblemKind.WRONG_VALUE,
        3,
        12,
        "This is not a file name or pattern relative to the folder of exports.",
    ),
    "mapping_with_matching_and_no_system": (
        ProblemKind.MISSING_KEY,
        3,
        52,
        "`of` is missing here: `matching` is about another system's cases.",
    ),
    "mapping_with_values_of_a_number": (
        ProblemKind.WRONG_VALUE,
        7,
        23,
        "`values` give words, so the attribute is text.",
    ),
    "mapping_with_a_database_of_no_address": (
        ProblemKind.WRONG_VALUE,
        3,
        40,
        "This is not the address of a database that can be read.",
    ),
    "mapping_with_a_password_written_down": (
        ProblemKind.WRONG_VALUE,
        3,
        40,
        "A password is written down here, and a mapping is kept with every dive.",
    ),
    "mapping_with_a_query_and_files": (
        ProblemKind.MISSING_KEY,
        3,
        12,
        "This does not say where the rows come from, or says it twice.",
    ),
    "mapping_with_a_query_of_no_database": (
        ProblemKind.MISSING_KEY,
        3,
        12,
        "A query and its database belong together, and one of them is missing here.",
    ),
    "mapping_with_a_query_that_reads_nothing": (
        ProblemKind.WRONG_VALUE,
        3,
        20,
        "A query that reads rows is expected here.",
    ),
    "mapping_with_a_separator_of_a_query": (ProblemKind.WRONG_VALUE, 3, 5, "`encoding` and `separator` are for files."),
    "mapping_with_a_sheet_of_a_query": (ProblemKind.WRONG_VALUE, 3, 12, "`sheet` and `header row` are for files."),
    "mapping_without_tables": (ProblemKind.MISSING_KEY, 1, 1, "`tables` is missing here."),
}


@pytest.mark.parametrize("name", SAID)
def test_a_mapping_that_cannot_be_read_is_told_where_and_why(name: str) -> None:
    kind, line, column, what = SAID[name]
    with pytest.raises(DocumentError) as caught:
        read_mapping(BAD / f"{name}.yaml")
    [problem] = caught.value.problems
    assert problem.where is not None
    assert (problem.kind, problem.where.line, problem.where.column, problem.what) == (kind, line, column, what)
    assert problem.remedy


def test_every_bad_mapping_is_tested() -> None:
    assert {path.stem for path in BAD.glob("mapping_*.yaml")} == set(SAID)


def test_all_problems_of_a_mapping_are_told_at_once() -> None:
    text = """
record system: compact
kept by: nobody
time zone: Atlantis
taken at: soon
tables:
  - {files: a.csv, each row is: a cas}
  - {files: b.csv, each row is: a person}
  - {files: c.csv, each row is: a note, case id: No, txt: Entry}
"""
    with pytest.raises(DocumentError) as caught:
        parse_mapping(text)
    lines = sorted(problem.where.line for problem in caught.value.problems if problem.where and problem.where.line)
    assert lines == [3, 4, 7, 8, 9]


def test_zone_and_time_are_told_together_with_the_tables() -> None:
    with pytest.raises(DocumentError) as caught:
        parse_mapping("record system: a\ntaken at: soon\ntables: [{files: a.csv, each row is: a cas}]\n")
    assert len(caught.value.problems) == 2


def test_the_example_of_the_design_is_read() -> None:
    mapping = read_mapping(GOOD / "compact.mapping.yaml")
    assert mapping.system == "compact"
    assert mapping.case_types() == ("missing episode",)
    assert [type(table).__name__ for table in mapping.tables] == ["CaseTable", "EventTable", "PersonTable", "NoteTable"]
    assert read_mapping(GOOD / "control-room.mapping.yaml").tables[0].case_id.matching == "incident_no"


CASES = """
record system: compact
tables:
  - {files: a.csv, each row is: a case, case type: x, case id: No, attributes: {incident_no: I, age: {column: A, type: number}}}
"""  # noqa: E501


def other(case_id: str, attributes: str = "{}") -> str:
    return f"""
record system: control-room
tables:
  - {{files: b.csv, each row is: an event, case id: {case_id}, event: seen, at: T}}
  - {{files: c.csv, each row is: a case, case type: y, case id: No, attributes: {attributes}}}
"""


@pytest.mark.parametrize(
    ("case_id", "attributes", "said"),
    [
        ("{of: compakt, column: No}", "{}", "No source is called `compakt`. Did you mean `compact`?"),
        (
            "{of: compact, matching: incident, column: No}",
            "{}",
            "The cases of `compact` have no attribute `incident`. Did you mean `incident_no`?",
        ),
        ("{of: compact, matching: age, column: No}", "{}", "`age` is a number, and only texts are matched."),
        ("No", "{age: Age}", "`age` is a text here and a number in `compact`."),
    ],
)
def test_mappings_that_do_not_fit_together_are_told_so(case_id: str, attributes: str, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        check_joins([parse_mapping(CASES), parse_mapping(other(case_id, attributes))])
    [problem] = caught.value.problems
    assert problem.what == said
    assert problem.where is not None and problem.where.line is not None


def test_two_sources_of_one_name_are_told_so() -> None:
    with pytest.raises(DocumentError, match="Two sources are called `compact`"):
        check_joins([parse_mapping(CASES), parse_mapping(CASES)])
