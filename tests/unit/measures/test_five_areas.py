"""The five areas: each by one step, and a figure only where it is fair."""

from dataclasses import replace

import pytest

from tests.unit.reports.made_up import ATTEND, HANDOVER, INTERVIEW, NOT_CLOSED, finding, respond, tables
from wardline.measures import NoFigure, figures_of
from wardline.obligations import Owner, Standing, Topic

SEARCH = respond("search", "The home is searched", topic=Topic.INITIAL_RESPONSE)
STRATEGY = respond("strategy", "Police meet the council", topic=Topic.PARTNERSHIP_WORKING)


def areas(findings=(), obligations=(ATTEND, SEARCH)):
    return {one.area: one for one in figures_of(tables(findings, obligations)).areas}


def found(item, many, **further):
    return [finding(item, f"compact:{at}", **further) for at in range(many)]


def test_all_five_stand_in_one_order_whatever_is_owed():
    assert list(areas()) == [
        Topic.INITIAL_RESPONSE,
        Topic.RISK_ASSESSMENT_AND_REFERRAL,
        Topic.INVESTIGATION,
        Topic.PARTNERSHIP_WORKING,
        Topic.LEADERSHIP,
    ]


def test_leadership_has_no_figure_even_where_something_of_it_was_done_in_time():
    plan = respond("plan", "A plan is sent", topic=Topic.LEADERSHIP)
    one = areas(found(plan, 40, wait=5), (plan,))[Topic.LEADERSHIP]
    assert (one.silence, one.item) == (NoFigure.NOT_FROM_RECORDS, None)


def test_the_step_that_protects_the_child_is_taken_although_another_is_listed_first():
    one = areas(found(SEARCH, 40, wait=5) + found(ATTEND, 12, wait=5), (SEARCH, ATTEND))[Topic.INITIAL_RESPONSE]
    assert one.item is ATTEND
    assert (one.outcomes.met.value, one.outcomes.judged.value) == (12, 12)
    assert (one.protecting.value, one.not_fair.value) == (1, 0)


@pytest.mark.parametrize(
    ("of_attend", "why"),
    [
        (found(ATTEND, 9, wait=5), "nine are too few"),
        (
            found(ATTEND, 39, wait=5) + found(ATTEND, 10, outcome="cannot_tell", reason="not_joined"),
            "of more than a fifth we cannot tell",
        ),
    ],
)
def test_where_its_figure_is_not_fair_the_next_speaks_and_it_is_counted(of_attend, why):
    one = areas(of_attend + found(SEARCH, 10, wait=5))[Topic.INITIAL_RESPONSE]
    assert one.item is SEARCH, why
    assert (one.protecting.value, one.not_fair.value) == (1, 1)


def test_a_fifth_that_we_cannot_tell_is_still_fair():
    findings = found(ATTEND, 40, wait=5) + found(ATTEND, 10, outcome="cannot_tell", reason="not_joined")
    assert areas(findings)[Topic.INITIAL_RESPONSE].silence is None


@pytest.mark.parametrize(
    ("findings", "obligations", "silence"),
    [
        ([], (NOT_CLOSED,), NoFigure.NOTHING_OWED),
        ([], (replace(ATTEND, standing=Standing.ASSUMED),), NoFigure.ALL_ASSUMED),
        ([], (ATTEND,), NoFigure.NO_OCCASION),
        (found(ATTEND, 9, wait=5), (ATTEND,), NoFigure.TOO_FEW),
        (
            found(ATTEND, 8, wait=5) + found(ATTEND, 2, outcome="cannot_tell", reason="not_joined"),
            (ATTEND,),
            NoFigure.TOO_FEW,
        ),
        (
            found(ATTEND, 7, wait=5) + found(ATTEND, 2, outcome="cannot_tell", reason="not_joined"),
            (ATTEND,),
            NoFigure.TOO_MANY_NOT_TOLD,
        ),
        (found(ATTEND, 20, outcome="cannot_tell", reason="not_joined"), (ATTEND,), NoFigure.TOO_MANY_NOT_TOLD),
    ],
)
def test_why_there_is_no_figure(findings, obligations, silence):
    one = areas(findings, obligations)[Topic.INITIAL_RESPONSE]
    assert one.silence is silence


def test_what_others_owe_and_what_is_asked_are_no_figure_of_the_force():
    assert INTERVIEW.obligation.owed_by is Owner.COUNCIL
    assert areas(found(INTERVIEW, 40, wait=5), (INTERVIEW,))[Topic.RISK_ASSESSMENT_AND_REFERRAL].item is None
    asked = replace(STRATEGY, standing=Standing.ASKED)
    assert areas(found(asked, 40, wait=5), (asked,))[Topic.PARTNERSHIP_WORKING].silence is NoFigure.NOTHING_OWED
    assert HANDOVER.standing is Standing.ASSUMED
