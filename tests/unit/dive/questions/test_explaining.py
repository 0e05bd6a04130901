"""A case of a dive in words: which case is meant, what is said first, and what each finding rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl
import pytest

from tests.unit.dive.made_up import SEND, at, findings, log, obligations
from wardline.dive.questions.explaining import explained
from wardline.errors import UsageError
from wardline.events import EventLog
from wardline.obligations import ResolvedObligation
from wardline.reports.wording import MADE_UP_SENTENCE
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
ABLE = [("a", "reported", None), ("a", "officer_deployed", None)]
REPORTED = {"case_id": "a:1", "event": "reported", "happened_at": at("02 18:00")}
DEPLOYED = {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("02 20:30")}
BY_GRADE = "when: reported\nthen: officer_deployed\nwithin: {by: grade, of: graded, high: 1 hour, unknown: 2 hours}"


@dataclass(frozen=True)
class AtHand:
    """Findings with the log and the obligations that they are of."""

    event_log: EventLog
    findings: pl.LazyFrame
    obligations: Sequence[ResolvedObligation]
    as_at: datetime
    is_made_up: bool
    calendar: Calendar = field(default_factory=lambda: Calendar("UTC"))


def told(case="a:1", *, text=SEND, as_at=AS_AT, is_made_up=False, **tables):
    of = log(**{"events": [REPORTED, DEPLOYED], "able": ABLE, **tables})
    resolved = obligations(text)
    return explained(case, AtHand(of, findings(resolved, of, as_at), resolved, as_at, is_made_up))


def first_lines(text):
    return [part.splitlines()[0] for part in text.split("\n\n")]


def test_the_case_comes_first_then_its_events_then_what_was_found():
    told_of = told()
    places = [told_of.index(part) for part in ("Case a:1 (", "2 Jun 2025, 20:30", "One thing (our/standard/one)")]
    assert places == sorted(places) and places[0] == 0


@pytest.mark.parametrize("is_made_up", [False, True])
def test_a_case_that_did_not_exist_yet_says_so_right_below_its_name(is_made_up):
    lines = first_lines(told(as_at=at("01 00:00"), events=[], is_made_up=is_made_up))
    assert (lines[0] == MADE_UP_SENTENCE) == is_made_up
    case, remark = lines[is_made_up : 2 + is_made_up]
    assert case.startswith("Case a:1 (")
    assert remark == "This case did not exist yet at that time."


def test_a_case_that_exists_is_not_said_not_to():
    assert "did not exist" not in told() and MADE_UP_SENTENCE not in told()


# WHICH CASE IS MEANT

CASES = [{"case_id": case_id} for case_id in ("a:1", "b:1", "a:17", "a:2044", "a:2045", "a:E9")]


def refused(case):
    with pytest.raises(UsageError) as raised:
        told(case, cases=CASES)
    (problem,) = raised.value.problems
    return problem.what, problem.remedy


def test_a_number_that_one_system_has_will_do_and_a_full_one_is_never_taken_for_another():
    assert told("17", cases=CASES).startswith("Case a:17 (")
    assert told("b:1", cases=CASES).startswith("Case b:1 (")


def test_of_a_number_that_two_systems_have_both_are_named():
    what, remedy = refused("1")
    assert "Several record systems" in what
    assert "a:1" in remedy and "b:1" in remedy and "a:17" not in remedy


def test_cases_in_which_the_text_occurs_are_named_whatever_its_capitals():
    assert refused("204")[1].count("a:204") == 2
    assert "a:E9" in refused("e9")[1]


def test_a_slip_of_the_finger_names_those_that_are_near_and_no_others():
    what, remedy = refused("a:2O44")
    assert "no case called “a:2O44”" in what
    assert "a:2044" in remedy and "a:E9" not in remedy
    assert "a:2045" in refused("a:20455")[1]
    assert "a:" not in refused("quite another")[1]


# WHAT A FINDING RESTS ON


@pytest.mark.parametrize(("keeps_history", "field"), [(True, "grade"), (False, "grade"), (False, "other")])
def test_a_limit_by_a_grade_of_which_only_the_last_is_kept_says_so(keeps_history, field):
    graded = {"case_id": "a:1", "event": "graded", "happened_at": at("02 18:00"), "grade": "high"}
    able = [*ABLE, ("a", "graded", None), ("a", "graded", field, keeps_history)]
    said = told(text=BY_GRADE, events=[REPORTED, graded, DEPLOYED], able=able)
    other = told(text=BY_GRADE, events=[REPORTED, graded, DEPLOYED], able=[*able[:3], ("a", "graded", field, True)])
    assert (said == other) == (keeps_history or field == "other")


def test_a_case_to_which_nothing_applies_says_that_nothing_was_owed():
    assert "Nothing that these standards ask for was owed" in told(events=[])
