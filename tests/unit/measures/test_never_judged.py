"""Open cases about which nothing was judged."""

import pytest

from tests.unit.dive.made_up import SEND, at, findings, log, obligations
from wardline.measures import WhyNeverJudged, never_judged

AS_AT = at("10 00:00")
ABLE = [("a", "reported", None), ("a", "officer_deployed", None)]


def of_cases(*cases, events=(), text=SEND):
    made = log(events=events, cases=cases, able=ABLE)
    found = findings(obligations(text), made, AS_AT)
    return [
        (one.case_type, one.why, one.cases.value)
        for one in never_judged(found.lazy(), obligations(text), made, as_at=AS_AT)
    ]


REPORTED = {"case_id": "a:1", "event": "reported", "happened_at": at("02 18:00")}
OPEN = {"case_id": "a:1"}
ONE = [("missing episode", WhyNeverJudged.NOTHING_STARTS, 1)]


def test_an_open_case_with_a_finding_is_judged():
    assert of_cases(OPEN, events=[REPORTED]) == []


@pytest.mark.parametrize(
    ("case", "events"),
    [
        (OPEN, []),  # what starts the obligation is not recorded
        (OPEN, [REPORTED | {"event": "risk_graded"}]),
        (OPEN, [REPORTED | {"happened_at": at("10 00:01")}]),  # or is not known yet
        ({"case_id": "a:1", "opened_at": None}, []),  # nor is any time
        ({"case_id": "a:1", "opened_at": None}, [REPORTED | {"event": "risk_graded"}]),
        (OPEN | {"closed_at": at("10 00:01")}, []),  # closed only later
        (OPEN | {"closed_at": at("01 00:00")}, []),  # an end before the beginning is none
    ],
)
def test_an_open_case_without_a_finding_is_counted(case, events):
    assert of_cases(case, events=events) == ONE


@pytest.mark.parametrize(
    ("case", "events"),
    [
        (OPEN | {"closed_at": at("03 00:00")}, []),
        ({"case_id": "a:1", "opened_at": None, "closed_at": at("03 00:00")}, []),
    ],
)
def test_a_closed_case_is_not_counted(case, events):
    assert of_cases(case, events=events) == []


@pytest.mark.parametrize(
    ("case", "events"),
    [
        (OPEN | {"opened_at": at("30 00:01")}, []),
        (OPEN | {"opened_at": at("30 00:01")}, [REPORTED | {"happened_at": at("30 00:01")}]),
        (OPEN | {"opened_at": None}, [REPORTED | {"happened_at": at("30 00:01")}]),
        (OPEN | {"opened_at": at("30 00:01"), "closed_at": at("03 00:00")}, []),  # an end before the beginning is none
        (OPEN | {"opened_at": at("30 00:01"), "closed_at": at("30 00:02")}, []),
    ],
)
def test_a_case_that_begins_after_as_at_is_counted_apart_as_its_year_may_be_mistyped(case, events):
    assert of_cases(case, events=events) == [("missing episode", WhyNeverJudged.BEGINS_LATER, 1)]


@pytest.mark.parametrize(
    ("case", "events"),
    [
        (OPEN | {"opened_at": at("10 00:01")}, []),
        (OPEN | {"opened_at": at("20 00:00"), "closed_at": at("21 00:00")}, []),
        (OPEN | {"opened_at": at("30 00:00")}, []),
        (OPEN | {"opened_at": None}, [REPORTED | {"happened_at": at("10 00:01")}]),
    ],
)
def test_a_case_that_begins_after_as_at_and_before_the_export_was_taken_was_not_known(case, events):
    assert of_cases(case, events=events) == []


def test_a_case_whose_entry_was_written_up_in_a_mistyped_year_is_counted():
    written_later = REPORTED | {"recorded_at": at("30 00:01")}
    assert of_cases(OPEN | {"opened_at": None}, events=[written_later]) == [
        ("missing episode", WhyNeverJudged.BEGINS_LATER, 1)
    ]


def test_a_type_that_nothing_is_about_is_counted_once_whenever_its_cases_begin():
    cases = ({"case_id": f"a:{day}", "case_type": "other", "opened_at": at(f"{day} 00:01")} for day in ("01", "30"))
    assert of_cases(*cases) == [("other", WhyNeverJudged.OTHER_TYPE, 2)]


def test_cases_of_a_type_that_no_obligation_is_about_are_counted_apart():
    cases = ({"case_id": f"a:{number}", "case_type": kind} for number, kind in enumerate(["other", "missing episode"]))
    assert of_cases(*cases) == [*ONE, ("other", WhyNeverJudged.OTHER_TYPE, 1)]
