"""A case as values: its events by both clocks, and each finding with its sentence."""

from __future__ import annotations

from tests.unit.dive.made_up import SEND, at, findings, log, obligations
from tests.unit.dive.questions.test_explaining import ABLE, AS_AT, DEPLOYED, REPORTED, AtHand
from wardline.dive import open_case
from wardline.dive.questions.explaining import explained


def at_hand(**tables):
    of = log(**{"events": [REPORTED, DEPLOYED], "able": ABLE, **tables})
    resolved = obligations(SEND)
    return AtHand(of, findings(resolved, of, AS_AT), resolved, AS_AT, False)


def test_a_case_that_is_not_there_is_none():
    assert open_case("a:2", at_hand()) is None
    assert open_case("1", at_hand()) is None


def test_events_come_in_the_order_in_which_they_happened_those_without_a_time_last():
    untimed = {"case_id": "a:1", "event": "child_found", "happened_at": None}
    case = open_case("a:1", at_hand(events=[untimed, DEPLOYED, REPORTED]))
    assert [one.event for one in case.events] == ["reported", "officer_deployed", "child_found"]
    assert case.events[0].happened_at == at("02 18:00") and case.events[2].happened_at is None


def test_what_came_after_the_dive_looked_is_only_counted():
    later = {"case_id": "a:1", "event": "child_found", "happened_at": at("11 09:00")}
    case = open_case("a:1", at_hand(events=[REPORTED, later]))
    assert [one.event for one in case.events] == ["reported"] and case.later == 1


def test_only_a_time_that_is_not_exact_has_a_latest():
    rough = REPORTED | {"happened_by": at("02 19:00")}
    case = open_case("a:1", at_hand(events=[rough, DEPLOYED | {"happened_by": DEPLOYED["happened_at"]}]))
    assert [one.latest for one in case.events] == [at("02 19:00"), None]


def test_each_finding_has_its_obligation_and_the_same_sentence_as_the_text():
    dive = at_hand()
    case = open_case("a:1", dive)
    (found,) = case.findings
    assert found.item in dive.obligations and found.row["outcome"] in found.why.lower().replace("recorded ", "")
    assert f"  {found.why}" in explained("a:1", dive)
