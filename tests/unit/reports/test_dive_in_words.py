"""What whoever ran a dive is told at its end."""

from dataclasses import replace
from pathlib import Path

import pytest

from wardline.measures import Count, Counted, ListCounts, NeverJudged, RejectKind, WhyNeverJudged
from wardline.reports.dive_in_words import DiveResult, summary_in_words


def on_the_list(children, cases, unnamed, not_recorded_here=0):
    return ListCounts(
        children=Count(Counted.CHILD, children),
        cases=Count(Counted.CASE, cases),
        cases_without_child=Count(Counted.CASE, unnamed),
        of_both=Count(Counted.CHILD_OR_CASE, children + unnamed),
        not_recorded_here=Count(Counted.CASE, not_recorded_here),
        first=(),
    )


def rejected(what, column, reason, many):
    return RejectKind("compact", what, column, reason, Count(Counted.REJECT, many))


DONE = DiveResult(
    folder=Path("out"),
    report=Path("out/report.html"),
    list_of_children=Path("out/children-to-check-today.csv"),
    reading=(),
    remarks=(),
    case_count=5,
    finding_count=9,
    to_check=on_the_list(0, 0, 0),
    not_read=(),
    tables_not_read=(),
    doubtful=(),
    never_judged=(),
    key_file=Path("wardline.key"),
    key_was_made=False,
    others_may_read_key=False,
    is_made_up=False,
)


@pytest.mark.parametrize(
    ("children", "cases", "unnamed", "said"),
    [
        (1, 1, 0, "1 child to check today, in 1 case. Somebody must look today:"),
        (2, 3, 0, "2 children to check today, in 3 cases. Somebody must look today:"),
        (2, 4, 1, "2 children to check today, in 3 cases; 1 more case names no child. Somebody must look today:"),
        (1, 3, 2, "1 child to check today, in 1 case; 2 more cases name no child. Somebody must look today:"),
        (0, 1, 1, "1 case to check today; it names no child. Somebody must look today:"),
        (0, 42, 42, "42 cases to check today; they name no child. Somebody must look today:"),
    ],
)
def test_children_are_counted_where_they_are_known_and_cases_where_not(children, cases, unnamed, said):
    result = replace(DONE, to_check=on_the_list(children, cases, unnamed))
    assert said in summary_in_words(result).splitlines()


def test_made_up_records_are_said_to_be_before_anything_else():
    assert summary_in_words(replace(DONE, is_made_up=True)).startswith(
        "Made-up data. No real child, officer or force.\n"
    )
    assert "ade-up" not in summary_in_words(DONE)


def test_nobody_to_check_is_said_too():
    assert "No child to check today: no open case is past a deadline" in summary_in_words(DONE)


NOT_READ = (
    rejected("row", None, "The case id is empty.", 1_204),
    rejected("cell", "Sent", "The time cannot be read.", 1),
)
WHAT_WAS_NOT_READ = (
    "Children may be missing from the list, because not everything was read:\n"
    "  compact: 1,204 rows. The case id is empty.\n"
    "  compact: 1 cell of column Sent. The time cannot be read."
)


def test_that_nobody_is_to_be_checked_is_not_said_where_not_everything_could_be_read():
    said = summary_in_words(replace(DONE, not_read=NOT_READ))
    assert "No child to check today" not in said
    assert f"we cannot be sure that there is none.\n{WHAT_WAS_NOT_READ}" in said


def test_nor_where_a_file_or_a_sheet_was_not_read():
    said = summary_in_words(replace(DONE, tables_not_read=("compact: Files that no table reads: FEB.CSV.",)))
    assert "No child to check today" not in said
    assert "not everything was read:\n  compact: Files that no table reads: FEB.CSV." in said


def test_a_list_says_what_may_be_missing_from_it():
    said = summary_in_words(replace(DONE, to_check=on_the_list(1, 1, 0), not_read=NOT_READ))
    assert "children-to-check-today.csv\n" + WHAT_WAS_NOT_READ in said
    assert "may be missing" not in summary_in_words(replace(DONE, to_check=on_the_list(1, 1, 0)))


NONE_CANNOT_BE_SAID = "No child is on the list to check today, but we cannot be sure that there is none.\n"
SHORTENED = "compact, e.csv: Numbers that a spreadsheet has shortened: 1."


@pytest.mark.parametrize(
    ("in_doubt", "said"),
    [
        ({"doubtful": (SHORTENED,)}, f"what was seen in the files:\n  {SHORTENED}"),
        ({"to_check": on_the_list(0, 0, 0, not_recorded_here=1)}, "1 open case is past a deadline for something"),
        (
            {"never_judged": (NeverJudged("missing episode", WhyNeverJudged.NOTHING_STARTS, Count(Counted.CASE, 1)),)},
            "1 open case (missing episode) was not judged, and cannot be on the list: no record, while the standards",
        ),
        (
            {"never_judged": (NeverJudged("missing episode", WhyNeverJudged.BEGINS_LATER, Count(Counted.CASE, 2)),)},
            "2 open cases (missing episode) were not judged, and cannot be on the list: the records say that such a",
        ),
        (
            {"never_judged": (NeverJudged("mising episode", WhyNeverJudged.OTHER_TYPE, Count(Counted.CASE, 1_204)),)},
            "1,204 open cases (mising episode) were not judged, and cannot be on the list: no standard here is about",
        ),
    ],
)
def test_that_nobody_is_to_be_checked_is_not_said_where_anything_may_hide_a_child(in_doubt, said):
    words = summary_in_words(replace(DONE, **in_doubt))
    assert "No child to check today" not in words
    assert NONE_CANNOT_BE_SAID in words and said in words
    assert said in summary_in_words(replace(DONE, **{"to_check": on_the_list(1, 1, 0, not_recorded_here=1)} | in_doubt))


def test_that_nobody_is_to_be_checked_is_not_said_where_nothing_was_owed():
    said = summary_in_words(replace(DONE, finding_count=0))
    assert (
        "No child to check today" not in said
        and "We cannot say whether any child must be checked today: nothing was found to be owed" in said
    )


@pytest.mark.parametrize(("many", "said"), [(1, "1 open case is past a deadline"), (2, "2 open cases are past")])
def test_cases_of_which_nothing_read_could_tell_are_counted(many, said):
    assert said in summary_in_words(replace(DONE, to_check=on_the_list(0, 0, 0, not_recorded_here=many)))
    assert "these records cannot tell" not in summary_in_words(DONE)


def test_a_dive_in_which_nothing_was_owed_says_where_to_look():
    assert "Nothing was found to be owed" not in summary_in_words(DONE)
    assert "Nothing was found to be owed" in summary_in_words(replace(DONE, finding_count=0))


def test_a_dive_without_a_case_does_not_speak_of_dates():
    said = summary_in_words(replace(DONE, finding_count=0, case_count=0))
    assert "No case was read" in said and "Nothing was found to be owed" not in said
    assert "No case was read" not in summary_in_words(DONE)
