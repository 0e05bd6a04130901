"""Which children somebody must look at today."""

import csv

from tests.unit.dive.made_up import SEND, at, findings, log, obligations
from wardline.dive.counted.children_to_check import children_to_check, count_children, write_children_to_check
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
ABLE = [("a", "reported", None), ("a", "officer_deployed", None)]
REPORTED = {"case_id": "a:1", "event": "reported", "happened_at": at("02 18:00")}


def listed(text=SEND, as_at=AS_AT, **tables):
    of = log(**{"events": [REPORTED], "able": ABLE, **tables})
    resolved = obligations(text)
    return children_to_check(findings(resolved, of, as_at), resolved, of, as_at=as_at)


def test_an_open_case_past_a_deadline_without_a_record_is_listed():
    assert listed().rows() == [("a:1", "p", "our/standard/one", at("02 19:00"))]


def test_an_open_case_whose_deadline_is_still_to_come_is_not():
    assert listed(as_at=at("02 18:30")).height == 0


def test_a_late_response_is_not_listed():
    late = {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("03 18:00")}
    assert listed(events=[REPORTED, late]).height == 0


def test_a_closed_case_is_listed_only_for_a_step_that_protects_the_child():
    closed = [{"case_id": "a:1", "closed_at": at("03 00:00")}]
    assert listed(cases=closed).height == 0
    assert listed(f"{SEND}\nsafeguarding: yes", cases=closed).height == 1


def test_a_case_closed_only_after_as_at_is_open():
    assert listed(cases=[{"case_id": "a:1", "closed_at": at("12 00:00")}]).height == 1


def test_a_gap_in_the_records_does_not_hold_an_open_case_back():
    gap = {"source": "a", "gap_from": at("02 00:00"), "gap_to": at("03 00:00")}
    assert listed(systems=[gap]).height == 1


def test_what_no_system_could_ever_show_is_not_listed():
    assert listed(able=ABLE[:1]).height == 0


def test_a_response_without_a_time_is_a_record():
    untimed = {"case_id": "a:1", "event": "officer_deployed", "happened_at": None}
    assert listed(events=[REPORTED, untimed]).height == 0


def test_a_never_asks_for_no_step():
    assert listed("never: reported").height == 0


def test_the_earliest_deadline_stands_first_and_a_child_counts_once_beside_the_cases_that_name_none():
    cases = [{"case_id": "a:1"}, {"case_id": "a:2"}, {"case_id": "a:3", "person_id": None}]
    events = [REPORTED, {**REPORTED, "case_id": "a:2", "happened_at": at("01 09:00")}, {**REPORTED, "case_id": "a:3"}]
    found = listed(cases=cases, events=events)
    assert found["case"].to_list() == ["a:2", "a:1", "a:3"]
    assert count_children(found) == (1, 1)
    assert count_children(found.clear()) == (0, 0)


def test_the_file_gives_local_times_and_its_four_columns_even_when_empty(tmp_path):
    path = tmp_path / "list.csv"
    write_children_to_check(listed(), path, Calendar("Europe/London"))
    assert list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())) == [
        ["case", "child", "obligation", "deadline"],
        ["a:1", "p", "our/standard/one", "2025-06-02 20:00"],
    ]
    write_children_to_check(listed(as_at=at("02 18:30")), path, Calendar("Europe/London"))
    assert path.read_bytes() == b"\xef\xbb\xbfcase,child,obligation,deadline\r\n"
