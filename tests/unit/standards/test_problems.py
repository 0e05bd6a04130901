"""What somebody sees who made a slip in a standard or a force's settings: one fixture for each."""

from pathlib import Path

import pytest

from wardline.errors import DocumentError, ProblemKind
from wardline.standards import find_standard, look_up_standard, read_force, read_standard, resolve

BAD = Path("tests/fixtures/bad")
STATUTE = Path("tests/fixtures/good/standard_of_a_statute.yaml")
K = ProblemKind

# Fixture, kind, line, what the sentence holds.
STANDARDS = [
    ("that_is_empty", K.EMPTY_FILE, None, "empty"),
    ("of_comments_only", K.EMPTY_FILE, None, "contains only comments"),
    ("in_latin_1", K.WRONG_ENCODING, None, "not written in UTF-8"),
    ("that_is_a_list", K.WRONG_VALUE, 1, "Keys with values"),
    ("with_a_tab", K.UNREADABLE_YAML, 7, "there is a tab here"),
    ("with_a_list_before_a_colon", K.UNREADABLE_YAML, 6, "before a colon"),
    ("that_holds_itself", K.UNREADABLE_YAML, None, "nested too deeply"),
    ("with_a_long_name", K.WRONG_VALUE, 1, "cannot be a name"),
    ("of_two_documents", K.UNREADABLE_YAML, 6, "a second document begins here"),
    ("with_an_unknown_key", K.UNKNOWN_KEY, 2, "Did you mean `title`?"),
    ("with_an_unknown_key_in_an_obligation", K.UNKNOWN_KEY, 14, "Did you mean `unless`?"),
    ("with_a_missing_key", K.MISSING_KEY, 1, "`version` is missing"),
    ("with_an_unknown_topic", K.UNKNOWN_NAME, 9, "Did you mean `initial response`?"),
    ("with_an_unknown_owner", K.UNKNOWN_NAME, 10, "`polic` is not known here"),
    ("with_an_unknown_kind_of_basis", K.UNKNOWN_NAME, 14, "Did you mean `force policy`?"),
    ("with_an_id_that_cannot_be_a_name", K.WRONG_VALUE, 7, "cannot be a name"),
    ("with_a_day_that_does_not_exist", K.UNREADABLE_TIME_SETTING, 4, "not a date"),
    ("that_is_never_in_force", K.NEVER_MET, 4, "`to` lies before `from`"),
    ("with_two_obligations_of_one_id", K.WRONG_VALUE, 15, "Two obligations are called `attend`"),
    ("without_obligations", K.WRONG_VALUE, 6, "Nothing is named here"),
    ("with_a_limit_without_a_unit", K.LENGTH_OF_TIME, 13, '"15" is not a length of time'),
    ("with_a_limit_table_without_by", K.MISSING_KEY, 13, "`by` is missing"),
    ("with_a_limit_table_without_values", K.NEVER_MET, 13, "the attribute decides nothing"),
    ("with_keys_of_another_kind", K.UNKNOWN_KEY, 14, "`every` does not go with `when`"),
    ("with_keys_of_two_kinds", K.UNKNOWN_KEY, 14, "two different kinds"),
    ("that_does_not_say_what_must_happen", K.MISSING_KEY, 7, "does not say what must happen"),
    ("with_a_leading_key_mistaken", K.MISSING_KEY, 11, "Did you mean `when`?"),
    ("with_nth_and_no_time_to_count_in", K.MISSING_KEY, 11, "`nth` is used here without `in`"),
    ("with_nth_inside_a_list", K.UNKNOWN_KEY, 11, "cannot be used inside a list"),
    ("with_nth_in_a_time_that_is_no_length", K.LENGTH_OF_TIME, 11, "cannot be counted back"),
    ("with_an_empty_response", K.NEVER_MET, 12, "nothing could ever satisfy this"),
    ("with_an_attribute_without_values", K.NEVER_MET, 12, "nothing could ever match"),
    ("with_an_exemption_that_is_the_trigger", K.NEVER_MET, 14, "would make itself not owed"),
    ("with_an_exemption_that_is_the_response", K.NEVER_MET, 14, "is under both `then` and `unless`"),
    ("with_no_time_for_the_same_event_again", K.NEVER_MET, 13, "only a later one would count"),
    ("with_a_precede_of_itself", K.NEVER_MET, 12, "cannot come before itself"),
    ("with_a_never_settled_by_itself", K.NEVER_MET, 12, "cannot settle"),
    ("with_a_repeat_that_ends_where_it_begins", K.NEVER_MET, 14, "both begins and ends it"),
    ("with_a_repeat_without_time", K.NEVER_MET, 13, "Nothing can happen again within"),
    ("with_a_later_start_of_a_limit_by_grading", K.NEVER_MET, 14, "cannot begin later"),
    ("with_an_nth_counted_from_another_event", K.NEVER_MET, 14, "these are counted by their own times"),
    ("with_a_repeat_that_is_owed_later", K.UNKNOWN_KEY, 14, "`owed after` does not go with `from`"),
    ("with_a_count_in_no_time", K.NEVER_MET, 11, "never 2 of them"),
    ("with_a_record_of_nothing", K.MISSING_KEY, 11, "does not say which field"),
    ("per_something_else", K.UNKNOWN_NAME, 14, "Only `child`"),
    ("with_neither_yes_nor_no", K.WRONG_VALUE, 14, "`yes` or `no`"),
    (
        "with_a_failing_example",
        K.FAILING_EXAMPLES,
        20,
        "expected: recorded late by 50 minutes; found: recorded late by 1 hour.",
    ),
    ("with_an_event_line_without_a_time", K.WRONG_VALUE, 18, "does not begin with a time"),
    ("with_an_event_line_without_a_name", K.WRONG_VALUE, 17, "No event is named"),
    ("with_an_attribute_without_a_value_in_an_example", K.WRONG_VALUE, 18, "`role` is not an attribute"),
    ("with_a_time_that_does_not_exist_in_an_example", K.WRONG_VALUE, 18, "no such time as 25:00"),
    ("with_an_unreadable_as_at_in_an_example", K.WRONG_VALUE, 19, '"tonight" is not a time'),
    ("with_an_expectation_that_cannot_be", K.WRONG_VALUE, 20, "Did you mean `recorded late`?"),
    ("with_an_expectation_of_no_elapsed_time", K.WRONG_VALUE, 20, '"ages" is not an elapsed time'),
    ("with_an_expectation_of_an_unknown_reason", K.WRONG_VALUE, 20, "Did you mean `limit_unknown`?"),
]
FORCES = [
    ("of_an_unknown_nation", K.UNKNOWN_NAME, 2, "Did you mean `England`?"),
    ("in_an_unknown_time_zone", K.UNKNOWN_NAME, 3, "is not a time zone"),
    ("without_a_time_zone", K.MISSING_KEY, 1, "`time zone` is missing"),
    ("with_a_confirmation_without_a_date", K.MISSING_KEY, 5, "`on` is missing"),
    ("with_a_confirmation_without_a_name", K.WRONG_VALUE, 5, "nobody has confirmed this"),
    ("with_a_confirmation_by_a_blank", K.WRONG_VALUE, 5, "nobody has confirmed this"),
    ("with_a_confirmation_on_no_day", K.UNREADABLE_TIME_SETTING, 5, "not a date"),
    ("with_a_question_by_nobody", K.WRONG_VALUE, 5, "nobody asks this"),
    ("with_a_question_about_a_statute", K.WRONG_VALUE, 5, "it is owed, whoever asks"),
    (
        "with_a_question_about_an_unknown_obligation",
        K.UNKNOWN_NAME,
        5,
        "Did you mean `england/missing-children/circulated",
    ),
    ("with_a_question_about_a_limit_that_has_none", K.WRONG_VALUE, 5, "no time limit that could be set"),
    ("with_a_question_whose_limit_is_no_length", K.LENGTH_OF_TIME, 5, "not a length of time"),
    ("with_a_confirmation_of_an_unknown_obligation", K.UNKNOWN_NAME, 5, "Did you mean `england/missing-children/first"),
    ("with_a_limit_looser_than_a_statute", K.MISSING_KEY, 5, "looser than that of a statute (A made-up Act): 70 days"),
    ("with_a_count_of_no_month", K.UNREADABLE_TIME_SETTING, 4, "`April` is not a month"),
    ("with_no_investigators_in_a_month", K.WRONG_VALUE, 4, "A whole number from 1 is expected here."),
    ("with_no_elapsed_time", K.LENGTH_OF_TIME, 4, "is not an elapsed time"),
    ("with_a_limit_for_an_unknown_obligation", K.UNKNOWN_NAME, 5, "Did you mean `england/missing-children/attend`?"),
    ("with_a_looser_limit_without_a_reason", K.MISSING_KEY, 5, "30 minutes, shipped 15 minutes"),
    ("with_a_looser_table_without_a_reason", K.MISSING_KEY, 5, "high: 20 minutes, shipped 15 minutes."),
    ("with_a_limit_for_what_has_none", K.WRONG_VALUE, 5, "has no time limit"),
    ("with_a_limit_that_can_never_be_met", K.NEVER_MET, 5, "Nothing can happen again"),
    ("of_no_nation_that_counts_working_days", K.WRONG_VALUE, 2, "counts working days"),
]


def the_one_problem(read):
    with pytest.raises(DocumentError) as raised:
        read()
    assert len(raised.value.problems) == 1, str(raised.value)
    return raised.value.problems[0]


def assert_says(problem, kind, line, words):
    assert problem.kind is kind
    assert problem.where.line == line
    assert words in problem.what
    assert problem.remedy.endswith((".", "…"))


@pytest.mark.parametrize(("name", "kind", "line", "words"), STANDARDS)
def test_a_slip_in_a_standard_is_told_once_at_its_line(name, kind, line, words):
    assert_says(the_one_problem(lambda: read_standard(BAD / f"standard_{name}.yaml")), kind, line, words)


@pytest.mark.parametrize(("name", "kind", "line", "words"), FORCES)
def test_a_slip_in_a_force_s_settings_is_told_once_at_its_line(name, kind, line, words):
    standards = [look_up_standard("england/missing-children", relative_to=Path()), read_standard(STATUTE)]
    problem = the_one_problem(lambda: resolve(standards, read_force(BAD / f"force_{name}.yaml")))
    assert_says(problem, kind, line, words)


def test_every_fixture_of_this_part_is_told():
    present = {path.stem for path in BAD.glob("standard_*.yaml")} | {path.stem for path in BAD.glob("force_*.yaml")}
    assert present == {f"standard_{row[0]}" for row in STANDARDS} | {f"force_{row[0]}" for row in FORCES}


def test_a_name_that_does_not_ship_is_told_with_the_nearest():
    problem = the_one_problem(lambda: find_standard("england/missing-childern", relative_to=Path()))
    assert "Did you mean `england/missing-children`?" in problem.what


def test_a_file_that_is_not_there_is_told():
    assert the_one_problem(lambda: find_standard("gone.yaml", relative_to=BAD)).kind is K.MISSING_FILE
