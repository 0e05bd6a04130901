"""What somebody sees who made a slip in a file of measures: one fixture for each."""

from pathlib import Path

import pytest

from wardline.errors import DocumentError, ProblemKind
from wardline.measures.declared import look_up_measures, shipped_measures
from wardline.measures.examples_of_measures import find_measures

BAD = Path("tests/fixtures/bad")
GOOD = Path("tests/fixtures/good/measures_of_our_own.yaml")
K = ProblemKind

# Fixture, kind, line, what the sentence contains.
MEASURES = [
    ("with_an_unknown_key", K.UNKNOWN_KEY, 2, "Did you mean `title`?"),
    ("with_an_unknown_key_in_a_measure", K.UNKNOWN_KEY, 10, "Did you mean `better`?"),
    ("without_a_version", K.MISSING_KEY, 1, "`version` is missing"),
    ("with_a_name_that_cannot_be_one", K.WRONG_VALUE, 1, "cannot be a name"),
    ("without_measures", K.WRONG_VALUE, 5, "Nothing is named here"),
    ("that_does_not_say_what_is_counted", K.MISSING_KEY, 6, "does not say what is counted"),
    ("with_a_way_of_counting_mistaken", K.MISSING_KEY, 9, "Did you mean `share met`?"),
    ("that_counts_two_things", K.UNKNOWN_KEY, 10, "two different ways of counting"),
    ("with_two_measures_of_one_id", K.WRONG_VALUE, 22, "Two measures are called `reached`"),
    ("with_an_unknown_part_of_the_page", K.UNKNOWN_NAME, 8, "Did you mean `what was done`?"),
    ("better_in_an_unknown_way", K.UNKNOWN_NAME, 42, "`more` is not known here"),
    ("with_an_unknown_chart", K.UNKNOWN_NAME, 12, "Did you mean `XmR`?"),
    ("with_a_chart_of_something_else", K.WRONG_VALUE, 12, "cannot be drawn of a share"),
    ("with_a_target_above_all", K.WRONG_VALUE, 12, "No share can ever be 190 %"),
    ("with_a_target_that_is_no_share", K.WRONG_VALUE, 12, '"2 hours" is not a share'),
    ("with_a_target_that_is_no_wait", K.WRONG_VALUE, 12, "not an elapsed time"),
    ("with_a_wait_of_an_unknown_percent", K.UNKNOWN_NAME, 9, "`80` is not known here"),
    ("with_a_time_in_working_days", K.LENGTH_OF_TIME, 25, "the same on every day"),
    ("with_a_time_that_is_no_length", K.LENGTH_OF_TIME, 25, "not a length of time"),
    ("with_no_time_at_all", K.NEVER_MET, 25, "within no time"),
    ("with_no_event", K.WRONG_VALUE, 25, "Nothing is named here"),
    ("filled_in_of_nothing", K.MISSING_KEY, 25, "whose attribute"),
    ("lowered_among_one_value", K.NEVER_MET, 25, "Nothing could ever be lower"),
    ("that_need_something_unknown", K.UNKNOWN_NAME, 12, "Did you mean `linked children`?"),
    ("per_something_unknown", K.UNKNOWN_NAME, 41, "`officer` is not known here"),
    ("with_an_example_of_cases_for_findings", K.UNKNOWN_KEY, 17, "counts findings"),
    ("with_an_example_of_an_unknown_column", K.WRONG_VALUE, 18, "Did you mean `triggered`?"),
    ("with_an_example_without_a_column", K.WRONG_VALUE, 18, "`outcome` is missing"),
    ("with_an_example_of_an_unknown_outcome", K.WRONG_VALUE, 19, "Did you mean `recorded in time`?"),
    ("with_an_example_of_an_unreadable_time", K.WRONG_VALUE, 19, '"18.10" is not a time'),
    ("with_an_example_of_too_many_cells", K.WRONG_VALUE, 20, "more cells"),
    ("with_an_example_without_a_trigger", K.WRONG_VALUE, 20, "does not say when it began"),
    ("with_an_example_neither_counted_nor_not", K.WRONG_VALUE, 19, "neither yes nor no"),
    ("with_an_example_of_no_case", K.WRONG_VALUE, 32, "No case begins"),
    ("with_an_example_of_an_unreadable_event", K.WRONG_VALUE, 34, "does not begin with a time"),
    ("with_an_example_written_at_no_time", K.WRONG_VALUE, 34, '"soon" is not a time'),
    ("with_an_example_seen_on_its_first_day", K.WRONG_VALUE, 31, "whole days"),
    ("with_an_example_seen_at_no_time", K.WRONG_VALUE, 31, '"today" is not a time'),
    ("with_an_example_that_expects_another_kind", K.WRONG_VALUE, 37, '"4 hours" is not a share'),
    ("with_an_example_that_expects_an_unknown_reason", K.WRONG_VALUE, 37, "Did you mean `it is too early`?"),
    ("with_an_example_of_a_rate_for_nobody", K.MISSING_KEY, 46, "how many there are"),
    ("with_an_example_of_a_share_for_somebody", K.UNKNOWN_KEY, 37, "A rate is for each one of something"),
    ("with_an_example_that_does_not_hold", K.FAILING_EXAMPLES, 37, "expected: 2 of 2; counted: 1 of 2"),
]
OF_COMMANDS = {"of_an_unknown_obligation"}  # tests/integration/cli/test_measures.py


def problems_of(name: str):
    with pytest.raises(DocumentError) as raised:
        find_measures(f"measures_{name}.yaml", relative_to=BAD)
    return raised.value.problems


@pytest.mark.parametrize(("name", "kind", "line", "holds"), MEASURES, ids=[one[0] for one in MEASURES])
def test_a_slip_is_told_with_its_line_and_what_to_do(name, kind, line, holds):
    first = problems_of(name)[0]
    assert (first.kind, first.where.line) == (kind, line)
    assert holds in first.what
    assert first.remedy


def test_every_fixture_of_measures_is_tested():
    fixtures = {path.stem.removeprefix("measures_") for path in BAD.glob("measures_*.yaml")}
    assert fixtures == {name for name, *_ in MEASURES} | OF_COMMANDS


def test_the_fixtures_differ_from_one_that_is_right():
    assert len(find_measures(str(GOOD), relative_to=Path()).measures) == 3


def test_all_problems_are_told_at_once_in_the_order_of_lines(tmp_path):
    text = GOOD.read_text(encoding="utf-8")
    for right, wrong in (
        ("title: What", "titel: What"),
        ("better: larger\n    by", "better: lager\n    by"),
        ("within: 8 hours", "within: 8"),
        ("expect: 2 for 4", "expect: 2 of 4"),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    (tmp_path / "measures.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        look_up_measures("measures.yaml", relative_to=tmp_path)
    lines = [problem.where.line for problem in raised.value.problems]
    assert lines == sorted(lines)
    assert [problem.what.split(".")[0] for problem in raised.value.problems] == [
        "`titel` is not a key that is known here",
        "`lager` is not known here",
        '"8" is not a length of time',
        '"2 of 4 investigators" is not a rate, which is what this measure counts',
    ]


def test_a_name_that_does_not_ship_is_told_with_the_nearest():
    with pytest.raises(DocumentError) as raised:
        look_up_measures("england/missing-child", relative_to=Path())
    assert raised.value.problems[0].kind is K.UNKNOWN_NAME
    assert "Did you mean `england/missing-children`?" in raised.value.problems[0].what
    assert "england/missing-children" in shipped_measures()


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(DocumentError) as raised:
        find_measures("nowhere.yaml", relative_to=Path())
    assert raised.value.problems[0].kind is K.MISSING_FILE


EVERY_WAY_OF_COUNTING = (
    *("share met", "share that cannot be told", "wait", "cases", "children", "share within", "share again"),
    *("share of events", "share lowered", "filled in", "written up late", "notes with"),
)


def problems_in(text: str, folder: Path) -> list[tuple[int, str]]:
    """The line and the sentence of each problem of a file of measures."""
    (folder / "measures.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        look_up_measures("measures.yaml", relative_to=folder)
    assert all(one.remedy for one in raised.value.problems)
    return [(one.where.line, one.what) for one in raised.value.problems]


def changed(*pairs: tuple[str, str]) -> str:
    text = GOOD.read_text(encoding="utf-8")
    for right, wrong in pairs:
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


@pytest.mark.parametrize("key", EVERY_WAY_OF_COUNTING)
@pytest.mark.parametrize("nothing", ["", "~"])
def test_a_way_of_counting_that_says_nothing_is_told_at_its_line(key, nothing, tmp_path):
    text = changed(("share met: england/missing-children/attend", f"{key}: {nothing}"))
    assert problems_in(text, tmp_path)[0] == (9, f"Nothing stands after `{key}`, so this does not say what is counted.")


@pytest.mark.parametrize("whose", ["{case: }", "{person: ~}", "{}"])
def test_an_attribute_of_nobody_is_told(whose, tmp_path):
    text = changed(("share within: {from: reported, then: child_found, within: 8 hours}", f"filled in: {whose}"))
    assert problems_in(text, tmp_path)[0] == (25, "This does not say whose attribute must be filled in.")


def test_an_attribute_without_a_name_is_told(tmp_path):
    text = changed(("cases: {per: investigator}", 'cases: {where: {"": x}, per: investigator}'))
    assert problems_in(text, tmp_path)[0] == (41, "There is nothing here.")


@pytest.mark.parametrize(
    ("pairs", "line", "what"),
    [
        (
            [("triggered | outcome          | responded", "triggered | outcome | outcome")],
            18,
            "`outcome` is here twice",
        ),
        ([("case=2\n", "case=1\n")], 35, "A case 1 is here already"),
        ([("          case=2\n", "          case=2 case=3\n")], 35, "`case` is here twice"),
        ([("investigators: 4", "investigators: 4\n        people: 4000")], 53, "for each investigator"),
        ([("investigators: 4", "people: 4")], 46, "how many there are"),
        ([("findings: |", "findings: ''\n        as at: |")], 16, "does not say what is recorded"),
    ],
)
def test_an_example_that_says_a_thing_twice_or_not_at_all_is_told(pairs, line, what, tmp_path):
    assert any(at == line and what in said for at, said in problems_in(changed(*pairs), tmp_path))
