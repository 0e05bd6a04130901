"""What is counted beside the findings: what was left aside, and how our counts compare with the force's."""

from datetime import date

from tests.unit.dive.made_up import SEND, at, log, obligations
from wardline.dive.counted.counts import not_judged, reconcile
from wardline.reports import ReconcileRow
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
GRADED = SEND.replace("when: reported", "when: {event: reported, grade: [high, medium]}")
FOR_CARE = f"{SEND}\nfor: {{from_care: yes}}"


def reported(case="a:1", **further):
    return {"case_id": case, "event": "reported", "happened_at": at("02 18:00"), **further}


def left_aside(text, period=None, **tables):
    found = not_judged(obligations(text), log(**tables), as_at=AS_AT, period=period)
    return [(one.trigger_count, one.case_count) for one in found]


def test_a_trigger_whose_attribute_is_empty_is_counted():
    events = [reported(grade=None), reported(grade="high"), reported(grade="low")]
    assert left_aside(GRADED, events=events) == [(1, 0)]


def test_an_attribute_that_no_column_holds_is_empty_everywhere():
    assert left_aside(GRADED, events=[reported(), reported()]) == [(2, 0)]


def test_an_obligation_that_leaves_nothing_aside_is_not_listed():
    assert left_aside(SEND, events=[reported()]) == []
    assert left_aside(GRADED, events=[reported(grade="low")]) == []


def test_a_case_whose_for_attribute_is_empty_is_counted_once_and_its_triggers_are_not():
    cases = [
        {"case_id": "a:1", "from_care": None},
        {"case_id": "a:2", "from_care": "no"},
        {"case_id": "a:3", "from_care": None},
    ]
    events = [reported(), reported(), reported("a:2")]
    assert left_aside(FOR_CARE, cases=cases, events=events) == [(0, 1)]


def test_for_a_record_or_a_never_the_case_itself_is_an_occasion():
    cases = [{"case_id": "a:1", "from_care": None}, {"case_id": "a:2", "from_care": None}]
    assert left_aside("record: x\nby: reported\nfor: {from_care: yes}", cases=cases, events=[reported()]) == [(0, 2)]


def test_what_lies_outside_the_period_or_is_not_known_is_not_counted():
    events = [
        reported(grade=None),
        reported(grade=None, happened_at=at("12 00:00")),
        reported(grade=None, recorded_at=at("12 00:00")),
    ]
    assert left_aside(GRADED, events=events) == [(1, 0)]
    assert left_aside(GRADED, events=events, period=(date(2025, 6, 3), date(2025, 6, 30))) == []


def test_our_counts_stand_beside_those_of_the_force_by_local_month():
    cases = [
        {"case_id": "a:1", "opened_at": at("30 23:30")},
        {"case_id": "a:2"},
        {"case_id": "a:3", "case_type": "referral"},
    ]
    published = {"missing episode": {"2025-07": 2, "2025-06": 1, "2025-08": 0}}
    found = reconcile(published, log(cases=cases), as_at=at("30 23:59"), calendar=Calendar("Europe/London"))
    assert found == (
        ReconcileRow("missing episode", date(2025, 6, 1), 1, 1),
        ReconcileRow("missing episode", date(2025, 7, 1), 1, 2),
        ReconcileRow("missing episode", date(2025, 8, 1), 0, 0),
    )


def test_a_case_that_no_row_opens_counts_in_the_month_of_its_first_event():
    of = log(cases=[{"case_id": "a:1", "opened_at": None}], events=[reported()])
    (row,) = reconcile({"missing episode": {"2025-06": 1}}, of, as_at=AS_AT, calendar=Calendar("UTC"))
    assert row.ours == 1
