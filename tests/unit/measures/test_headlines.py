"""What is said first of each standard: who speaks for it, each of its figures and their rows; and all standards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.reports.made_up import (
    ATTEND,
    HANDOVER,
    INTERVIEW,
    MISSING,
    NOT_CLOSED,
    REASON,
    STANDARD_KEY,
    START,
    finding,
    respond,
    tables,
)
from wardline.measures import Count, Counted, Share, every_count
from wardline.measures.figures import Percentile
from wardline.measures.headlines import (
    AllStandards,
    HeadlineFigures,
    Silence,
    WrittenUp,
    all_standards,
    headline_figures,
    speaks_for,
)
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import count_findings
from wardline.measures.shared_out import IN_A_WAIT
from wardline.obligations import Topic
from wardline.time_limits import ToBeSet

CALLS_KEY = ("dispatch/calls", "1")
CALLS = replace(MISSING, name="dispatch/calls", version="1")


def of_calls(item):
    return replace(item, standard="dispatch/calls", version="1")


ARRIVE = of_calls(respond("arrive", "A unit arrives in time", then="unit_arrived", when="call_started"))
OF_ATTEND = occasions_of(ATTEND)
OF_JUDGED = OF_ATTEND.with_value("is_in_share", True)
OF_WAITS = OF_ATTEND.with_value("counts_as_wait", True).with_value("outcome", *IN_A_WAIT)
OF_MET = OF_JUDGED.with_value("outcome", "met")


def headline(findings=(), obligations=(ATTEND,), standard=STANDARD_KEY, **settings):
    """The figures of a standard; each of their counts finds its rows again."""
    made = tables(findings, obligations, **settings)
    found = headline_figures(made, count_findings(made), standard)
    assert [made.count(one.rows) for one in every_count(found)] == [one.value for one in every_count(found)]
    return found


@pytest.fixture
def a_year():
    """22 reports in 21 cases: in spring 9 in time and 1 late; in autumn 7 in time, 1 late, 2 without a record, 1 not
    owed, and 1 that names no child and of which we cannot tell. Beside them those of others."""
    spring = [
        finding(case=f"compact:{day}", at=days(day), wait=5, written_after=60, child=f"compact:p{day % 4}")
        for day in range(9)
    ]
    again = finding(case="compact:0", at=days(9), outcome="late", wait=30, child="compact:p0")
    fates = [
        *[{"wait": 5, "written_after": after} for after in (0, 0, 0, 120, 121, 600, None)],
        {"outcome": "late", "wait": 60, "written_after": 0},
        {"outcome": "missed"},
        {"outcome": "missed"},
        {"outcome": "exempt"},
        {"outcome": "cannot_tell", "reason": "record_gap", "child": None},
    ]
    autumn = [
        finding(case=f"compact:{100 + at}", at=days(200 + at), **{"child": "compact:p9", **fate})
        for at, fate in enumerate(fates)
    ]
    others = [finding(INTERVIEW, case="compact:300", at=days(300), limit="72 hours", child="compact:p30", wait=5)]
    return headline([*spring, again, *autumn, *others], (INTERVIEW, ATTEND, REASON))


def days(many):
    return START + timedelta(days=many)


def test_a_standard_is_told_by_the_obligation_that_speaks_for_it(a_year):
    assert (a_year.standard, a_year.item, a_year.silence) == (STANDARD_KEY, ATTEND, None)


def test_its_occasions_are_counted_by_outcome(a_year):
    found = a_year.outcomes
    assert found.occasions == Count(Counted.OCCASION, 22, OF_ATTEND)
    assert found.judged == Count(Counted.OCCASION, 20, OF_JUDGED)
    assert [one.value for one in (found.met, found.late, found.missed, found.exempt, found.cannot_tell)] == [
        *(16, 2, 2, 1, 1)
    ]


def test_its_cases_and_children_are_counted_once_and_those_that_name_no_child_beside_them(a_year):
    assert a_year.cases == Count(Counted.CASE, 21, OF_ATTEND.counted_by("case_id"))
    assert a_year.children == Count(Counted.CHILD, 5, OF_ATTEND.counted_by("child_id"))
    assert a_year.without_child == Count(Counted.OCCASION, 1, OF_ATTEND.with_value("child_id", None))


def test_its_first_and_last_day_are_those_of_all_occasions_judged_or_not(a_year):
    assert (a_year.first_day, a_year.last_day) == (date(2024, 4, 1), date(2024, 10, 29))


def test_its_waits_are_those_of_the_judged_where_none_was_called_off_later(a_year):
    whole = Count(Counted.OCCASION, 20, OF_WAITS.with_value("is_timed", True))
    assert a_year.waits.whole == whole
    assert (a_year.waits.responded.value, a_year.waits.no_response.value) == (18, 2)
    assert a_year.waits.half == Percentile(50, timedelta(minutes=5), whole)
    assert a_year.waits.nine_in_ten == Percentile(90, timedelta(minutes=60), whole)


def test_its_share_and_its_parts_allow_for_repeats_of_one_child(a_year):
    """The 20 judged are of 5 children, ten of them of one; all of autumn is of that one."""
    assert 9.9 < a_year.share.effective < 10.1
    apart = [finding(case=f"compact:{at}", child=f"compact:p{at}", wait=5) for at in range(3)]
    assert headline(apart).share.effective is None
    unnamed = [finding(case=f"compact:{at}", child=None, wait=5) for at in range(3)]
    assert headline(unnamed).share.effective is None


def share(part, whole, rows, effective=None):
    met = Count(Counted.OCCASION, part, rows.with_value("outcome", "met"))
    return Share(met, Count(Counted.OCCASION, whole, rows), effective)


def test_of_those_in_time_it_is_told_when_they_were_written_out_of_all_judged(a_year):
    assert a_year.written_up == WrittenUp(
        Share(Count(Counted.OCCASION, 13, OF_MET.with_value("written", "at the time")), a_year.outcomes.judged),
        Count(Counted.OCCASION, 16, OF_MET),
        Count(Counted.OCCASION, 1, OF_MET.with_value("written", None)),
    )


@pytest.mark.parametrize(
    ("written_after", "is_never_said"), [([None, None], True), ([None, 600], False), ([0, 600], False), ([], False)]
)
def test_when_entries_were_written_is_never_said_where_it_is_said_of_none_that_is_in_time(written_after, is_never_said):
    met = [finding(case=f"compact:{at}", wait=5, written_after=one) for at, one in enumerate(written_after)]
    found = headline([*met, finding(case="compact:9", outcome="missed")])
    assert found.written_up.is_never_said == is_never_said
    assert found.written_up.share.part.value == written_after.count(0)


def test_where_nothing_can_be_judged_nothing_is_said_of_when_it_was_written():
    found = headline(
        [finding(outcome="cannot_tell", reason="record_gap"), finding(outcome="not_yet_due", counted=False)]
    )
    assert (found.silence, found.outcomes.occasions.value, found.outcomes.judged.value) == (None, 2, 0)
    assert (found.written_up, found.waits.whole.value) == (None, 0)


def test_without_a_time_limit_there_are_no_waits_and_nothing_is_written_up():
    found = headline([finding(REASON, wait=5, limit=None, written_after=0)], (REASON,))
    assert (found.item, found.outcomes.met.value) == (REASON, 1)
    assert (found.waits, found.written_up) == (None, None)


def test_what_began_at_no_time_lies_on_no_day():
    found = headline([finding(NOT_CLOSED, case=f"compact:{at}", at=None) for at in range(20)], (NOT_CLOSED,))
    assert (found.outcomes.met.value, found.cases.value) == (20, 20)
    assert (found.first_day, found.last_day) == (None, None)


def test_a_standard_without_an_occasion_is_silent_and_says_who_would_have_spoken():
    found = headline([finding(INTERVIEW), finding(ARRIVE)], (INTERVIEW, ATTEND, ARRIVE))
    assert found == HeadlineFigures(STANDARD_KEY, ATTEND, Silence.NO_OCCASION)


@pytest.mark.parametrize(
    ("obligations", "silence"),
    [
        ((INTERVIEW,), Silence.NOT_OWED_BY_FORCE),
        ((INTERVIEW, ARRIVE), Silence.NOT_OWED_BY_FORCE),  # the force owes that by another standard
        ((HANDOVER,), Silence.ALL_ASSUMED),
        ((INTERVIEW, HANDOVER, ARRIVE), Silence.ALL_ASSUMED),
        ((ARRIVE,), Silence.NOT_OWED_BY_FORCE),  # there is nothing in it
    ],
)
def test_a_standard_of_which_nothing_may_be_counted_says_why(obligations, silence):
    findings = [finding(one, wait=5) for one in obligations]
    assert headline(findings, obligations) == HeadlineFigures(STANDARD_KEY, None, silence)


REVIEW = respond("review", "A supervisor reviews it", topic=Topic.INVESTIGATION)
SET_LATER = respond("later", "Police are sent", within=ToBeSet())
ANSWER = respond("answer", "The call is answered")


@pytest.mark.parametrize(
    ("obligations", "speaks"),
    [
        ((REASON, REVIEW, ATTEND, ANSWER), ATTEND),  # the first with a limit on the initial response
        ((REASON, REVIEW, ANSWER, ATTEND), ANSWER),
        ((REASON, SET_LATER, REVIEW), REVIEW),  # else the first with a limit
        ((SET_LATER, REASON), SET_LATER),  # else the first
        ((NOT_CLOSED, SET_LATER), NOT_CLOSED),
        ((INTERVIEW, HANDOVER, REASON), REASON),  # that the force owes, and that is not assumed
        ((ARRIVE, REASON), REASON),  # of this standard
        ((replace(ATTEND, version="2024.1"), REASON), REASON),  # and this version
        ((INTERVIEW, HANDOVER, ARRIVE), None),
    ],
)
def test_who_speaks_for_a_standard(obligations, speaks):
    assert speaks_for(tables((), obligations), STANDARD_KEY) is speaks


def every_standard(findings, obligations, standards=(MISSING, CALLS)):
    """All standards together; each of their counts finds its rows again."""
    made = tables(findings, obligations, standards=standards)
    found = all_standards(made)
    assert [made.count(one.rows) for one in every_count(found)] == [one.value for one in every_count(found)]
    return found


def test_all_standards_together_count_what_the_force_owed_and_what_was_not_as_owed():
    council = of_calls(INTERVIEW)
    findings = [
        finding(wait=5),
        finding(case="compact:2", outcome="late", wait=30),
        finding(case="compact:3", outcome="missed", child=None),
        finding(case="compact:4", outcome="exempt", child="compact:p4"),
        finding(case="compact:5", outcome="cannot_tell", reason="record_gap", child="compact:p5"),
        finding(REASON, case="compact:2", outcome="missed", limit=None),
        finding(ARRIVE, case="cad:1", outcome="missed", child="compact:p6"),
        finding(ARRIVE, case="cad:2", wait=5, child="compact:p7"),
        finding(HANDOVER, case="compact:6", outcome="late", wait=30, child="compact:p8"),
        finding(council, case="compact:7", outcome="missed", child="compact:p9"),
    ]
    found = every_standard(findings, (ATTEND, HANDOVER, REASON, ARRIVE, council))
    judged = occasions_of(ATTEND, REASON, ARRIVE).with_value("is_in_share", True)
    not_met = judged.with_value("outcome", "late", "missed")
    assert found == AllStandards(
        judged=Count(Counted.OCCASION, 6, judged),
        not_as_owed=Count(Counted.OCCASION, 4, not_met),
        late=Count(Counted.OCCASION, 1, not_met.with_value("outcome", "late")),
        without_record=Count(Counted.OCCASION, 3, not_met.with_value("outcome", "missed")),
        cases=Count(Counted.CASE, 3, not_met.counted_by("case_id")),
        children=Count(Counted.CHILD, 2, not_met.counted_by("child_id")),
    )


def test_one_standard_is_not_told_together_with_others():
    assert every_standard([finding(wait=5)], (ATTEND,), (MISSING,)) is None


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [finding(outcome="exempt"), finding(ARRIVE, outcome="not_yet_due")],
        [finding(INTERVIEW, wait=5), finding(HANDOVER, wait=5)],
    ],
)
def test_where_nothing_can_be_judged_nothing_is_said_of_all_standards(findings):
    assert every_standard(findings, (ATTEND, ARRIVE, INTERVIEW, HANDOVER)) is None


def test_where_the_force_owes_nothing_nothing_is_said_of_all_standards():
    assert every_standard([finding(INTERVIEW, wait=5)], (INTERVIEW, HANDOVER)) is None
