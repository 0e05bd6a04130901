"""Record faults between episodes and between entries, beside the plainest way of looking for them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.events.made_up import AS_AT, case, event, faults, log
from wardline.events import record_faults

short_cases = st.lists(st.tuples(st.sampled_from(["p1", "p2"]), st.integers(1, 9), st.integers(0, 5)), max_size=7)


@settings(max_examples=200)
@given(short_cases)
def test_an_episode_is_listed_beside_another_just_where_some_earlier_one_has_not_closed(drawn):
    cases = [
        case(f"s:{number}", f"02 10:{opened:02}", f"02 10:{opened + length:02}" if length else None, person=person)
        for number, (person, opened, length) in enumerate(drawn)
    ]
    expected = set()
    for later in cases:
        for earlier in cases:
            comes_before = (earlier["opened_at"], earlier["case_id"]) < (later["opened_at"], later["case_id"])
            still_runs = earlier["closed_at"] is None or earlier["closed_at"] > later["opened_at"]
            if comes_before and still_runs and earlier["person_id"] == later["person_id"]:
                expected.add(later["case_id"])
    found = faults(cases)
    assert {one for _, one, _ in found} == expected
    people = {one["case_id"]: one["person_id"] for one in cases}
    assert all(one != other and people[one] == people[other] for _, one, other in found)
    assert len(found) == len(expected)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["s:0", "s:1"])), max_size=60))
def test_a_case_is_listed_just_where_ten_of_one_event_lie_within_ten_minutes(drawn):
    events = [
        event(number, case_id, "risk_reviewed", "01 10:07", recorded=f"02 {10 + minute // 60}:{minute % 60:02}")
        for number, (minute, case_id) in enumerate(drawn)
    ]
    crowded = {
        case_id
        for start, case_id in drawn
        if sum(one == case_id and 0 <= minute - start <= 10 for minute, one in drawn) >= 10
    }
    found = record_faults(log(events=events), as_at=AS_AT)
    assert set(found["case_id"].drop_nulls()) == crowded
