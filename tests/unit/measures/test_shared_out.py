"""Which occasions a share is out of, and which a wait; and that the rows of each figure are those that were counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.reports.made_up import AS_AT, ATTEND, NOT_CLOSED, finding, tables
from wardline.findings import Outcome
from wardline.measures import Counted
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import count_findings


def outcomes(item, *findings):
    made = tables(findings)
    found = count_findings(made).of(item)
    for count in (found.occasions, found.judged, found.not_met, found.met, found.late, found.missed, found.not_counted):
        assert made.count(count.rows) == count.value
    return found


def test_of_those_who_were_reached_only_those_are_shared_out_of_whom_a_failing_would_have_shown():
    hidden = {"counted": False}
    found = outcomes(
        ATTEND,
        finding(wait=5),
        finding(wait=5, **hidden),
        finding(outcome="late", wait=90, **hidden),
        finding(outcome="missed"),
    )
    assert (found.met.value, found.late.value, found.missed.value, found.judged.value) == (1, 0, 1, 2)
    assert (found.not_counted.value, found.occasions.value) == (2, 4)


@pytest.mark.parametrize(("after", "is_in_share"), [(timedelta(0), True), (timedelta(microseconds=1), False)])
def test_what_is_due_only_after_as_at_is_in_no_share_though_it_has_a_wait(after, is_in_share):
    made = tables([finding(wait=5, deadline=AS_AT + after)])
    assert count_findings(made).of(ATTEND).judged.value == is_in_share
    assert made.count(occasions_of(ATTEND).with_value("counts_as_wait", True)) == 1


def test_what_would_not_have_shown_has_no_wait():
    made = tables([finding(wait=5, counted=False), finding(wait=5)])
    assert made.count(occasions_of(ATTEND).with_value("counts_as_wait", True)) == 1


def never(case, outcome, **further):
    return finding(NOT_CLOSED, case=case, outcome=outcome, limit=None, deadline=None, **further)


@pytest.mark.parametrize(
    ("of_case", "expected"),
    [
        (["exempt", "missed", "missed"], "missed"),
        (["exempt", "cannot_tell"], "cannot_tell"),
        (["exempt", "exempt"], "exempt"),
        (["met"], "met"),
    ],
)
def test_a_never_is_shared_out_by_case(of_case, expected):
    found = outcomes(NOT_CLOSED, *[never("compact:1", one) for one in of_case], never("compact:2", "met"))
    assert (found.occasions.value, found.occasions.counted) == (2, Counted.CASE)
    values = {outcome.value: found.of(outcome).value for outcome in Outcome if found.of(outcome)}
    assert values == ({"met": 2} if expected == "met" else {expected: 1, "met": 1})


def test_a_case_of_a_never_is_counted_if_all_its_occasions_are():
    found = outcomes(
        NOT_CLOSED,
        never("compact:1", "missed"),
        never("compact:1", "missed", counted=False),
        never("compact:2", "missed"),
    )
    assert (found.missed.value, found.not_counted.value) == (1, 1)
