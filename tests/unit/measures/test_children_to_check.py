"""Which children somebody must look at today."""

import csv
from datetime import UTC, datetime

import polars as pl
import pytest

from tests.unit.dive.made_up import SEND, at, findings, log, measured, obligations
from wardline.dive.counted.list_for_today import write_children_to_check
from wardline.findings import Reason
from wardline.measures import count_children, every_count, list_by_child
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
ABLE = [("a", "reported", None), ("a", "officer_deployed", None)]
REPORTED = {"case_id": "a:1", "event": "reported", "happened_at": at("02 18:00")}


def listed(text=SEND, as_at=AS_AT, **tables):
    of = log(**{"events": [REPORTED], "able": ABLE, **tables})
    return listed_from(findings(obligations(text), of, as_at), of, text, as_at)


def listed_from(rows, of, text=SEND, as_at=AS_AT):
    """The list; whoever counts it finds the rows again by the filters of the counts."""
    tables = measured(of, text, as_at=as_at, findings=rows)
    counts = count_children(tables.children_to_check)
    assert [tables.count(one.rows) for one in every_count(counts)] == [one.value for one in every_count(counts)]
    assert set(tables.rows(counts.cases.rows).collect()["case_id"]) == set(tables.children_to_check["case"])
    return tables.children_to_check


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


@pytest.mark.parametrize(
    ("as_at", "is_listed"), [("02 18:59:59.999999", False), ("02 19:00", False), ("02 19:00:00.000001", True)]
)
def test_what_falls_in_a_gap_is_listed_once_its_deadline_has_passed_and_not_before(as_at, is_listed):
    # The deadline is 19:00. Beside a gap it cannot be told, also before the time is up where the export is older.
    rows = findings(obligations(SEND), log(events=[REPORTED], able=ABLE), AS_AT).with_columns(
        outcome=pl.lit("cannot_tell"), reason=pl.lit("record_gap")
    )
    found = listed_from(rows, log(events=[REPORTED], able=ABLE), as_at=at(as_at))
    assert (found.height == 1) == is_listed


@pytest.mark.parametrize(
    ("closed", "is_listed"), [("09 23:59:59.999999", False), ("10 00:00", False), ("10 00:00:00.000001", True)]
)
def test_a_case_is_closed_from_the_instant_of_its_closing(closed, is_listed):
    assert (listed(cases=[{"case_id": "a:1", "closed_at": at(closed)}]).height == 1) == is_listed


@pytest.mark.parametrize("reason", [one.value for one in Reason])
def test_only_reasons_that_may_hide_a_child_bring_it_to_the_list(reason):
    of = log(events=[REPORTED], able=ABLE)
    rows = findings(obligations(SEND), of, AS_AT).with_columns(outcome=pl.lit("cannot_tell"), reason=pl.lit(reason))
    found = listed_from(rows, of)
    assert (found.height == 1) == (reason in {"evidence_incomplete", "record_gap", "not_joined", "time_not_exact"})


def test_what_no_system_could_ever_show_is_not_listed():
    assert listed(able=ABLE[:1]).height == 0


@pytest.mark.parametrize("event", ["officer_deployed", "child_found"])
def test_an_entry_without_a_time_does_not_take_a_child_from_the_list(event):
    # "Found: still missing" is an entry of a time cell that holds no time.
    untimed = {"case_id": "a:1", "event": event, "happened_at": None}
    unless_found = f"{SEND}\nunless: child_found"
    able = [*ABLE, ("a", "child_found", None)]
    assert listed(unless_found, events=[REPORTED, untimed], able=able).height == 1
    found = {**untimed, "happened_at": at("02 18:10")}
    assert listed(unless_found, events=[REPORTED, found], able=able).height == 0


@pytest.mark.parametrize("zero", ["1899-12-30", "1900-01-01", "1970-01-01", "2024-06-03", "2025-06-01"])
def test_a_case_that_ended_before_it_began_is_not_known_to_be_closed(zero):
    case = {"case_id": "a:1", "opened_at": at("02 18:00"), "closed_at": datetime.fromisoformat(f"{zero}T00:00Z")}
    assert listed(cases=[case]).height == 1


def test_a_case_that_ended_at_the_instant_at_which_it_began_is_closed():
    assert listed(cases=[{"case_id": "a:1", "opened_at": at("02 18:00"), "closed_at": at("02 18:00")}]).height == 0


def test_a_never_asks_for_no_step():
    assert listed("never: reported").height == 0


def test_of_an_open_case_only_a_step_that_somebody_can_still_take_is_listed():
    # Somebody was sent before the risk was graded: nobody can change that today.
    tables = {
        "events": [REPORTED, {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("02 18:30")}],
        "able": [*ABLE, ("a", "risk_graded", None)],
    }
    graded_first = "before: officer_deployed\nfirst: risk_graded\nsafeguarding: yes"
    closed = [{"case_id": "a:1", "closed_at": at("03 00:00")}]
    assert listed(graded_first, **tables).height == 0
    assert listed(graded_first, **tables, cases=closed).height == 1


def test_the_earliest_deadline_stands_first_and_a_child_counts_once_beside_the_cases_that_name_none():
    cases = [{"case_id": "a:1"}, {"case_id": "a:2"}, {"case_id": "a:3", "person_id": None}]
    events = [REPORTED, {**REPORTED, "case_id": "a:2", "happened_at": at("01 09:00")}, {**REPORTED, "case_id": "a:3"}]
    found = listed(cases=cases, events=events)
    assert found["case"].to_list() == ["a:2", "a:1", "a:3"]
    assert numbers(found) == [1, 3, 1]
    assert numbers(found.clear()) == [0, 0, 0]


def numbers(listed):
    counts = count_children(listed)
    return [one.value for one in (counts.children, counts.cases, counts.cases_without_child)]


def test_the_file_gives_local_times_and_its_four_columns_even_when_empty(tmp_path):
    path = tmp_path / "list.csv"
    write_children_to_check(listed(), path, Calendar("Europe/London"))
    assert list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())) == [
        ["case", "child", "obligation", "deadline"],
        ["a:1", "p", "our/standard/one", "2025-06-02 20:00"],
    ]
    write_children_to_check(listed(as_at=at("02 18:30")), path, Calendar("Europe/London"))
    assert path.read_bytes() == b"\xef\xbb\xbfcase,child,obligation,deadline\r\n"


def test_each_child_is_listed_once_in_the_order_of_the_list_and_a_case_without_one_by_itself():
    deadlines = [datetime(2025, 3, day, tzinfo=UTC) for day in (2, 1, 5, 6, 7)]
    of_list = pl.DataFrame(
        {
            "child": ["B", "B", None, None, "A"],
            "case": ["b1", "b1", "x", "y", "a1"],
            "obligation": ["o", "p", "o", "o", "o"],
            "deadline": deadlines,
        }
    )
    assert list_by_child(of_list).rows() == [
        ("B", ["b1"], 2, deadlines[1]),
        (None, ["x"], 1, deadlines[2]),
        (None, ["y"], 1, deadlines[3]),
        ("A", ["a1"], 1, deadlines[4]),
    ]
