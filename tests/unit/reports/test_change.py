from datetime import timedelta

from tests.unit.reports.made_up import START, finding, report
from wardline.reports.headline import change_in_sentence

MIDDLE = START + timedelta(days=183)  # the first of October


def sides(earlier, later):
    """So many in time of so many, before and after the middle of the period."""
    rows = []
    for at, (met, whole) in ((START, earlier), (MIDDLE, later)):
        rows += [
            finding(
                case=f"compact:{len(rows) + one}",
                child=f"compact:p{len(rows) + one}",
                at=at,
                outcome="met" if one < met else "missed",
            )
            for one in range(whole)
        ]
    return rows


def said(*findings, **settings):
    return change_in_sentence(report(findings, **settings).figures.headlines[0].halves)


def test_a_clearly_larger_share_is_said_and_no_reason_with_it():
    assert said(*sides((50, 100), (80, 100))) == (
        "From 1 October 2024 on it was 80%, before that 50%: a larger share. These figures do not "
        "show whether more was done in time, or more was written down."
    )


def test_a_clearly_smaller_share_is_said_too():
    assert "From 1 October 2024 on it was 50%, before that 80%: a smaller share." in said(*sides((80, 100), (50, 100)))


def test_where_the_intervals_touch_there_is_no_clear_difference():
    assert said(*sides((50, 100), (55, 100))).endswith("before that 50%: no clear difference.")


def test_too_few_on_one_side_are_not_compared():
    assert said(*sides((5, 9), (80, 100))) == ""
    assert said() == ""


def test_without_a_period_the_middle_lies_between_the_first_and_the_last():
    halves = report(sides((6, 10), (8, 10)), period=None).figures.headlines[0].halves
    assert (f"{halves.later_from}", halves.earlier.part.value, halves.later.part.value) == ("2024-07-01", 6, 8)


def test_repeats_of_one_child_make_the_intervals_wider():
    """The same shares, of two children on each side: what differs may be these children, and no more."""
    rows = sides((50, 100), (80, 100))
    of_four = [one | {"child_id": f"compact:p{at // 50}"} for at, one in enumerate(rows)]
    assert said(*rows).startswith("From 1 October 2024 on it was 80%, before that 50%: a larger share.")
    assert said(*of_four).endswith("no clear difference.")
