"""In which order children are looked at: the still missing first, then by danger, then what is overdue longest."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from tests.unit.dive.made_up import at, findings, log, obligations
from wardline.measures import lists_for_today
from wardline.obligations import EventPattern, MostDangerousFirst

AS_AT = at("10 00:00")
TEXT = """\
- {id: send, when: reported, then: officer_deployed, within: 1 hour, safeguarding: yes}
- {id: tell, when: reported, then: council_told, within: 1 hour}
- {id: review, from: reported, then: risk_reviewed, every: 100 days, until: child_found}
"""
ABLE = [
    ("a", name, None)
    for name in ("reported", "officer_deployed", "council_told", "risk_reviewed", "child_found", "risk_graded")
]
ABLE += [("a", "risk_graded", "grade")]
AT_RISK = {
    "at_risk_until": (EventPattern("child_found"),),
    "most_dangerous_first": MostDangerousFirst("grade", ("high", "medium", "low"), of="risk_graded"),
}


def event(case, name, when, **further):
    return {"case_id": f"a:{case}", "event": name, "happened_at": None if when is None else at(when), **further}


def case(name, **further):
    return {"case_id": f"a:{name}", "person_id": f"p{name}", **further}


def to_check(cases, events, text=TEXT, **standard):
    of = log(
        cases=cases, events=[*(event(one["case_id"][2:], "reported", "02 18:00") for one in cases), *events], able=ABLE
    )
    items = obligations(text, **{**AT_RISK, **standard})
    return lists_for_today(findings(items, of, AS_AT), items, of, as_at=AS_AT).to_check


def cases_in_order(found):
    return found["case"].unique(maintain_order=True).to_list()


def test_the_still_missing_come_before_those_who_were_found_however_graded():
    events = [event(1, "risk_graded", "02 18:05", grade="high"), event(1, "child_found", "03 09:00")]
    found = to_check([case(1), case(2)], events)
    assert cases_in_order(found) == ["a:2", "a:1"]
    assert dict(found.select("case", "is_at_risk").unique().iter_rows()) == {"a:1": False, "a:2": True}


def test_those_at_the_same_risk_come_by_their_grade_and_one_without_a_grade_after_the_most_dangerous():
    events = [
        event(1, "risk_graded", "02 18:05", grade="low"),
        event(2, "risk_graded", "02 18:05", grade="medium"),
        event(4, "risk_graded", "02 18:05", grade="high"),
        event(5, "risk_graded", "02 18:05", grade="purple"),
    ]
    found = to_check([case(name) for name in (1, 2, 3, 4, 5)], events)
    assert cases_in_order(found) == ["a:4", "a:3", "a:5", "a:2", "a:1"]
    assert dict(found.select("case", "grade").unique().iter_rows()) == {
        "a:1": "low", "a:2": "medium", "a:3": None, "a:4": "high", "a:5": None
    }  # fmt: skip


def test_the_last_grade_counts_and_one_that_is_not_listed_is_passed_over():
    events = [
        event(1, "risk_graded", "02 18:05", grade="high"),
        event(1, "risk_graded", "02 19:05", grade="low"),
        event(1, "risk_graded", "02 20:05", grade=None),
        event(1, "risk_graded", "10 20:05", grade="medium"),
    ]
    assert to_check([case(1)], events)["grade"].unique().to_list() == ["low"]


def test_a_step_that_protects_the_child_comes_before_one_that_does_not():
    assert to_check([case(1)], [])["obligation"].to_list() == ["our/standard/send", "our/standard/tell"]


def test_the_rows_of_one_child_stay_together():
    cases = [case(1), case(2, person_id="p3"), case(3)]
    events = [
        event(1, "risk_graded", "02 18:05", grade="medium"),
        event(2, "risk_graded", "02 18:05", grade="low"),
        event(3, "risk_graded", "02 18:05", grade="high"),
    ]
    found = to_check(cases, events)
    assert found["child"].to_list() == ["p3"] * 4 + ["p1"] * 2
    assert cases_in_order(found) == ["a:3", "a:2", "a:1"]


def test_closed_cases_come_last():
    cases = [case(1, closed_at=at("09 00:00")), case(2)]
    events = [event(1, "risk_graded", "02 18:05", grade="high"), event(2, "child_found", "03 09:00")]
    assert cases_in_order(to_check(cases, events)) == ["a:2", "a:1"]


@pytest.mark.parametrize(
    ("events", "is_at_risk"),
    [
        ([], True),
        ([event(1, "child_found", "03 09:00")], False),
        ([event(1, "child_found", "02 18:00")], False),
        # An entry without a time, a zero date of a database, and one that is not known as at, end nothing.
        ([event(1, "child_found", None)], True),
        ([event(1, "child_found", "01 00:00")], True),
        ([event(1, "child_found", "11 00:00")], True),
        ([event(1, "child_found", "09 00:00", recorded_at=at("11 00:00"))], True),
        # Reported missing again in the same case.
        ([event(1, "child_found", "03 09:00"), event(1, "reported", "04 09:00")], True),
        ([event(1, "child_found", "03 09:00"), event(1, "reported", "03 09:00")], False),
        # Graded once more after the return: that is no new start.
        ([event(1, "child_found", "03 09:00"), event(1, "risk_graded", "04 09:00", grade="low")], False),
        # Found on a day, at a time of day that nobody wrote down.
        ([event(1, "child_found", "03 00:00", happened_by=at("03 23:59"))], False),
    ],
)
def test_a_child_is_missing_until_the_return_is_recorded_with_a_time(events, is_at_risk):
    assert to_check([case(1)], events)["is_at_risk"].unique().to_list() == [is_at_risk]


def test_where_a_standard_does_not_say_until_when_a_child_is_at_risk_nothing_is_said_of_it():
    found = to_check([case(1)], [event(1, "child_found", "03 09:00")], at_risk_until=())
    assert found["is_at_risk"].unique().to_list() == [None]


def test_the_danger_may_stand_in_the_case_itself():
    by_case = MostDangerousFirst("level", ("red", "green"))
    cases = [case(1, level="green"), case(2, level="red"), case(3, level=None)]
    found = to_check(cases, [], most_dangerous_first=by_case)
    assert cases_in_order(found) == ["a:2", "a:3", "a:1"]
    assert found["grade"].unique(maintain_order=True).to_list() == ["red", None, "green"]


def test_an_attribute_that_no_mapping_holds_grades_nobody():
    absent = MostDangerousFirst("level", ("red", "green"))
    assert to_check([case(1)], [], most_dangerous_first=absent)["grade"].unique().to_list() == [None]


def test_a_row_says_where_and_how_old_the_child_is_where_the_records_do():
    people = pl.DataFrame({"person_id": ["p1"], "date_of_birth": [date(2010, 6, 10)]})
    of = log(
        cases=[case(1, district="North"), case(2, district=None)],
        events=[event(1, "reported", "02 18:00"), event(2, "reported", "02 18:00")],
        able=ABLE,
        people=people,
    )
    items = obligations(TEXT, **AT_RISK)
    found = lists_for_today(findings(items, of, AS_AT), items, of, as_at=AS_AT).to_check
    assert set(found.select("case", "district", "age").iter_rows()) == {("a:1", "North", 15), ("a:2", None, None)}


DAY_OF = {"happened_by": at("03 23:59:59.999999")}


@pytest.mark.parametrize(
    ("events", "is_at_risk"),
    [
        ([event(1, "child_found", "03 00:00", **DAY_OF)], False),
        ([event(1, "child_found", "03 00:00", **DAY_OF), event(1, "reported", "03 18:00")], True),
        ([event(1, "child_found", "03 19:00"), event(1, "reported", "03 18:00")], False),
        (
            [event(1, "child_found", "02 00:00", happened_by=at("02 23:59:59.999999"))],
            False,
        ),  # of the first report's day
        ([event(1, "reported", "02 18:00"), event(1, "child_found", "02 18:00")], False),  # one report twice
        ([event(1, "child_found", "03 00:00", **DAY_OF), event(1, "reported", "04 00:00")], True),
    ],
)
def test_a_child_found_on_some_day_and_reported_again_that_day_may_be_missing_still(events, is_at_risk):
    found = to_check([case(1)], events, TEXT)
    assert found["is_at_risk"].unique().to_list() == [is_at_risk]


def test_the_grade_is_that_of_the_latest_version_of_the_standard():
    order = MostDangerousFirst("grade", ("critical", "high", "medium", "low"), of="risk_graded")
    items = obligations(TEXT, **AT_RISK)
    older = [replace(one, in_force_to=date(2025, 5, 31)) for one in items]
    newer = [replace(one, version="2", in_force_from=date(2025, 6, 1), most_dangerous_first=order) for one in items]
    of = log(
        cases=[case(1), case(2)],
        events=[
            *(event(one, "reported", "02 18:00") for one in (1, 2)),
            event(1, "risk_graded", "02 18:05", grade="low"),
            event(1, "risk_graded", "03 18:05", grade="critical"),
            event(2, "risk_graded", "02 18:05", grade="medium"),
        ],
        able=ABLE,
    )
    for both in ([*older, *newer], [*newer, *older]):
        listed = lists_for_today(findings(both, of, AS_AT), both, of, as_at=AS_AT).to_check
        assert listed.select("case", "grade").unique(maintain_order=True).rows() == [
            ("a:1", "critical"),
            ("a:2", "medium"),
        ]
