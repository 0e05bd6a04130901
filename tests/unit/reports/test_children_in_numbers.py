"""How many children, in words and in a table."""

from tests.unit.reports.made_up import as_rows, finding, report, tables
from wardline.measures import children_of_cases
from wardline.reports.children_in_numbers import (
    children_by_cases,
    children_in_a_sentence,
    facts_of_children,
    found_of_children,
)


def children(*cases, without=0):
    findings = [
        finding(case=f"compact:{child}-{at}", child=f"p{child}")
        for child, many in enumerate(cases)
        for at in range(many)
    ]
    (found,) = children_of_cases(
        tables([*findings, *(finding(case=f"compact:n{at}", child=None) for at in range(without))])
    )
    return found


def test_how_many_children_and_how_many_of_them_again_and_again():
    assert (
        children_in_a_sentence(children(1, 2, 3, 12))
        == "18 missing episodes name 4 children; 2 of them are in three or more."
    )


def test_one_and_none_are_said_as_people_say_them():
    assert children_in_a_sentence(children(3)) == "3 missing episodes name 1 child; 1 of them is in three or more."
    assert (
        children_in_a_sentence(children(1, 1))
        == "2 missing episodes name 2 children; none of them are in three or more."
    )


def test_cases_that_name_no_child_are_said():
    assert children_in_a_sentence(children(1, without=2)).endswith(" 2 cases name no child.")
    assert children_in_a_sentence(children(without=1)) == "1 missing episode names no child."


def test_without_a_child_there_is_no_table_and_no_figure():
    assert children_by_cases(children(without=2)) is None
    assert facts_of_children(children(without=2)) == ()


def test_each_row_has_its_part_of_all_children():
    rows = as_rows(children_by_cases(children(1, 1, 1, 5)))
    assert [(row["Missing episodes"], row["Children"], row["Of all children named"]) for row in rows] == [
        ("1", "3", "75%"),
        ("2", "0", "0%"),
        ("3 to 4", "0", "0%"),
        ("5 to 9", "1", "25%"),
        ("10 or more", "0", "0%"),
    ]


def test_the_facts_are_those_of_the_table():
    assert [one.figure for one in facts_of_children(children(1, 3))] == ["2", "1"]


def test_late_or_without_a_record_is_said_of_person_records():
    made = report(
        [finding(outcome="missed", child="p1"), finding(case="compact:2", outcome="late", wait=20, child=None)]
    )
    assert found_of_children(made.figures.children) == (
        "Over everything that was owed, 1 person record (the same child may have one in each system) and 1 case that "
        "names no child have at least one step that was recorded late, or of which no record was found."
    )
    assert found_of_children(report([finding(wait=5)]).figures.children).startswith("For no child")
