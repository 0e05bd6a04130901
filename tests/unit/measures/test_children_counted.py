"""Children by how many cases each is named in: numbers that add up, and no child among them."""

from tests.unit.reports.made_up import ATTEND, HANDOVER, finding, tables
from wardline.measures import children_of_cases
from wardline.measures.children_counted import BANDS

CASES_OF = {"p1": 1, "p2": 2, "p3": 3, "p4": 4, "p5": 12}


def dive():
    findings = [
        finding(item, case=f"compact:{child}-{at}", child=child)
        for child, many in CASES_OF.items()
        for at in range(many)
        for item in (ATTEND, HANDOVER)  # two findings of one case count the case once
    ]
    return tables([*findings, finding(case="compact:nobody", child=None)])


def test_each_child_is_in_the_band_of_its_number_of_cases():
    (found,) = children_of_cases(dive())
    assert dict(zip(BANDS, [(a.value, b.value) for a, b in found.by_cases], strict=True)) == {
        (1, 1): (1, 1),
        (2, 2): (1, 2),
        (3, 4): (2, 7),
        (5, 9): (0, 0),
        (10, None): (1, 12),
    }


def test_cases_children_and_cases_without_one_are_counted_with_their_rows():
    made = dive()
    (found,) = children_of_cases(made)
    for count, value in ((found.cases, 23), (found.children, 5), (found.cases_without_child, 1)):
        assert count.value == value
        assert made.count(count.rows) == value


def test_those_in_three_cases_or_more():
    (found,) = children_of_cases(dive())
    assert found.with_at_least(3).value == 3
    assert found.with_at_least(1).value == 5


def test_nothing_is_counted_where_nothing_was_found():
    assert children_of_cases(tables([])) == ()


def test_where_no_case_names_a_child_there_are_none():
    (found,) = children_of_cases(tables([finding(child=None)]))
    assert (found.children.value, found.cases_without_child.value) == (0, 1)
    assert all(not children and not cases for children, cases in found.by_cases)
