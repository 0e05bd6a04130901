"""One obligation on a page of its own: every word and figure as the report has it."""

import pytest

from tests.unit.reports.made_up import ATTEND, INTERVIEW, NOT_CLOSED, finding, report, tables
from wardline.measures import Share, shares_of_obligations
from wardline.reports.obligation_on_page import obligation_on_page


def on_page(findings, item=ATTEND, **further):
    made = report(findings, **further)
    found = next(one for standard in made.figures.standards for one in standard.found if one.item == item)
    shares = shares_of_obligations(tables(findings), made.figures.obligations)
    return obligation_on_page(made, found, "one", share=shares.get(item.key))


def many(*outcomes, item=ATTEND, **further):
    return [
        finding(item, f"compact:{at}", outcome=one, wait=5, child=f"p{at}", **further)
        for at, one in enumerate(outcomes)
    ]


def test_the_share_is_said_with_its_parts_and_its_interval():
    page = on_page(many(*["met"] * 15, *["missed"] * 5))
    assert (page.figure, page.share) == ("75%", "recorded in time: 15 of 20")
    assert page.interval == "95% interval 53% to 89%"


def test_of_a_few_no_percentage_is_given():
    page = on_page(many("met", "met", "missed"))
    assert (page.figure, page.share, page.interval) == ("2 of 3", "recorded in time", "")


def test_every_outcome_is_there_and_they_add_up_to_all_occasions():
    page = on_page(many("met", "late", "missed", "exempt", "not_yet_due", "cannot_tell"))
    assert [(one.words, one.many) for one in page.outcomes] == [
        ("Recorded in time", "1"),
        ("Recorded late", "1"),
        ("No record found", "1"),
        ("Not yet due", "1"),
        ("Not owed", "1"),
        ("Cannot tell", "1"),
    ]
    assert page.all_of_them.many == "6"


def test_what_is_in_no_share_is_said_apart():
    page = on_page([*many("met"), finding(case="compact:9", wait=5, counted=False)])
    assert ("Not counted: a failing would not have shown", "1") in [(one.words, one.many) for one in page.outcomes]


def test_without_anything_to_judge_there_is_no_figure():
    page = on_page(many("cannot_tell"))
    assert (page.figure, page.bar) == ("", None)
    assert page.in_full.in_a_sentence == "Of 1 occasion: cannot tell 1."


@pytest.mark.parametrize(
    ("item", "words"),
    [(INTERVIEW, ("Owed by the council: none of these figures is part of the force's.",)), (NOT_CLOSED, ())],
)
def test_whose_duty_it_is_is_said_where_it_is_not_the_forces(item, words):
    assert on_page(many("met", item=item), item).notes == words


def test_the_share_is_the_one_that_is_given():
    made = report(many("met", "late"))
    found = made.figures.standards[0].found[0]
    outcomes = made.figures.obligations[ATTEND.key]
    page = obligation_on_page(made, found, "one", share=Share(outcomes.met, outcomes.judged))
    assert page.judged == outcomes.judged
