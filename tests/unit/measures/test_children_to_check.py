"""Which children somebody must look at today."""

import csv
from datetime import UTC, datetime

import polars as pl
import pytest

from tests.unit.dive.made_up import SEND, at, findings, log, measured, obligations
from wardline.dive.counted.list_for_today import write_lists_for_today
from wardline.findings import Reason
from wardline.measures import count_children, every_count, list_by_child
from wardline.reports.lists_in_words import COLUMNS_OF_A_LIST
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
ABLE = [("a", "reported", None), ("a", "officer_deployed", None)]
REPORTED = {"case_id": "a:1", "event": "reported", "happened_at": at("02 18:00")}


def lists(text=SEND, as_at=AS_AT, **tables):
    of = log(**{"events": [REPORTED], "able": ABLE, **tables})
    return lists_from(findings(obligations(text), of, as_at), of, text, as_at)


def listed(text=SEND, as_at=AS_AT, **tables):
    return lists(text, as_at, **tables).to_check


def lists_from(rows, of, text=SEND, as_at=AS_AT):
    """The lists; whoever counts the first finds the rows again by the filters of the counts."""
    tables = measured(of, text, as_at=as_at, findings=rows)
    made = tables.lists_for_today
    counts = count_children(made.to_check, made.not_recorded_here)
    assert [tables.count(one.rows) for one in every_count(counts)] == [one.value for one in every_count(counts)]
    assert set(tables.rows(counts.cases.rows).collect()["case_id"]) == set(made.to_check["case"])
    return made


def listed_from(rows, of, text=SEND, as_at=AS_AT):
    return lists_from(rows, of, text, as_at).to_check


def test_an_open_case_past_a_deadline_without_a_record_is_listed():
    found = listed()
    assert found.select("case", "child", "obligation", "deadline").rows() == [
        ("a:1", "p", "our/standard/one", at("02 19:00"))
    ]
    assert found.select("title", "owed_by", "is_open", "is_safeguarding", "standing", "outcome").rows() == [
        ("One thing", "force", True, False, "binding", "missed")
    ]
    assert found.select("since", "overdue", "last_event", "last_at").rows() == [
        (at("02 18:00"), AS_AT - at("02 19:00"), "reported", at("02 18:00"))
    ]


def test_an_open_case_whose_deadline_is_still_to_come_is_not():
    assert listed(as_at=at("02 18:30")).height == 0


def test_a_late_response_is_not_listed():
    late = {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("03 18:00")}
    assert listed(events=[REPORTED, late]).height == 0


def test_two_reports_without_a_time_are_two_occasions_as_the_count_says():
    untimed = REPORTED | {"happened_at": None}
    found = listed(events=[untimed, untimed])
    assert (found.height, found["case"].to_list()) == (2, ["a:1", "a:1"])
    assert count_children(found, 0).first[0].occasions.value == 2


PROTECTS = f"{SEND}\nsafeguarding: yes"


def test_a_closed_case_is_listed_only_for_a_step_that_protects_the_child():
    closed = [{"case_id": "a:1", "closed_at": at("03 00:00")}]
    assert listed(cases=closed).height == 0
    assert listed(PROTECTS, cases=closed).height == 1


@pytest.mark.parametrize(("closed", "is_lately"), [("03 00:00", True), ("02 23:59:59.999999", False)])
def test_a_case_closed_more_than_seven_days_ago_is_on_the_list_for_audits(closed, is_lately):
    made = lists(PROTECTS, cases=[{"case_id": "a:1", "closed_at": at(closed)}])
    assert (made.to_check.height, made.closed_without_a_record.height) == ((1, 0) if is_lately else (0, 1))


@pytest.mark.parametrize(
    ("as_at", "is_due"), [("01 18:59:59.999999", False), ("01 19:00", True), ("02 18:59:59.999999", True)]
)
def test_what_falls_due_in_the_next_24_hours_is_a_list_of_its_own(as_at, is_due):
    reported = {**REPORTED, "happened_at": at("01 17:00")}
    made = lists(
        SEND.replace("1 hour", "26 hours"),
        at(as_at),
        events=[reported],
        cases=[{"case_id": "a:1", "opened_at": at("01 17:00")}],
    )
    assert (made.to_check.height, made.due_next.height) == (0, 1 if is_due else 0)


def test_what_was_done_in_time_is_not_due_next():
    sent = {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("02 18:10")}
    assert lists(as_at=at("02 18:30"), events=[REPORTED, sent]).due_next.height == 0
    assert lists(as_at=at("02 18:30"), cases=[{"case_id": "a:1", "closed_at": at("02 18:20")}]).due_next.height == 0


def test_an_entry_without_a_time_is_due_next_as_well():
    untimed = {"case_id": "a:1", "event": "officer_deployed", "happened_at": None}
    made = lists(as_at=at("02 18:30"), events=[REPORTED, untimed])
    assert made.due_next.select("case", "reason").rows() == [("a:1", "evidence_incomplete")]


def test_a_step_whose_time_limit_nobody_has_set_is_listed():
    made = lists(SEND.replace("1 hour", "to be set"))
    assert made.to_check.select("case", "deadline", "overdue", "reason").rows() == [
        ("a:1", None, None, "limit_unknown")
    ]


def test_a_case_whose_start_has_no_time_is_listed():
    made = lists(events=[{**REPORTED, "happened_at": None}])
    assert made.to_check.select("case", "since", "reason").rows() == [("a:1", at("02 18:00"), "trigger_without_time")]


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
def test_every_reason_why_it_cannot_be_told_brings_a_child_to_the_list_but_that_nothing_could_show_it(reason):
    of = log(events=[REPORTED], able=ABLE)
    rows = findings(obligations(SEND), of, AS_AT).with_columns(outcome=pl.lit("cannot_tell"), reason=pl.lit(reason))
    made = lists_from(rows, of)
    is_listed = reason != "not_recorded_here"
    assert (made.to_check.height, made.not_recorded_here) == ((1, 0) if is_listed else (0, 1))


def test_what_no_system_could_ever_show_is_counted_and_not_listed():
    made = lists(able=ABLE[:1])
    assert (made.to_check.height, made.not_recorded_here) == (0, 1)


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


def test_what_is_overdue_longest_comes_first_and_a_child_counts_once_beside_the_cases_that_name_none():
    cases = [{"case_id": "a:1"}, {"case_id": "a:2"}, {"case_id": "a:3", "person_id": None}]
    events = [REPORTED, {**REPORTED, "case_id": "a:2", "happened_at": at("01 09:00")}, {**REPORTED, "case_id": "a:3"}]
    found = listed(cases=cases, events=events)
    assert found["case"].to_list() == ["a:2", "a:1", "a:3"]
    assert numbers(found) == [1, 3, 1]
    assert numbers(found.clear()) == [0, 0, 0]


def numbers(listed):
    counts = count_children(listed, 0)
    return [one.value for one in (counts.children, counts.cases, counts.cases_without_child)]


def test_the_files_give_local_times_and_their_columns_even_when_empty(tmp_path):
    made = lists()
    write_lists_for_today(made, tmp_path, Calendar("Europe/London"))
    (row,) = read(tmp_path / "children-to-check-today.csv")
    assert list(row) == list(COLUMNS_OF_A_LIST)
    assert row == {
        "what is owed": "One thing",
        "owed by": "the force",
        "open or closed": "open",
        "still missing or at risk": "",
        "grade": "",
        "district": "",
        "age": "",
        "since": "2025-06-02 19:00",
        "overdue by": "7 days 5 hours",
        "last thing recorded": "reported",
        "recorded as happening": "2025-06-02 19:00",
        "what the records say": "no record found",
        "protects the child": "no",
        "standing": "binding",
        "case": "a:1",
        "child": "p",
        "obligation": "our/standard/one",
        "deadline": "2025-06-02 20:00",
    }
    for name in ("due-next.csv", "closed-without-a-record.csv"):
        heading = ",".join(COLUMNS_OF_A_LIST).encode()
        assert (tmp_path / name).read_bytes() == b"\xef\xbb\xbf" + heading + b"\r\n"
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@x"])
def test_a_case_number_that_a_spreadsheet_would_run_is_text(begins, tmp_path):
    case = f"{begins}:1"
    made = lists(cases=[{"case_id": case}], events=[{**REPORTED, "case_id": case}], held=[(case, "a")])
    write_lists_for_today(made, tmp_path, Calendar("Europe/London"))
    (row,) = read(tmp_path / "children-to-check-today.csv")
    assert row["case"] == f"'{case}"


def read(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_each_child_is_listed_once_in_the_order_of_the_list_and_a_case_without_one_by_itself():
    deadlines = [datetime(2025, 3, day, tzinfo=UTC) for day in (2, 1, 5, 6, 7)]
    of_list = pl.DataFrame(
        {
            "child": ["B", "B", None, None, "A"],
            "case": ["b1", "b1", "x", "y", "a1"],
            "obligation": ["o", "p", "o", "o", "o"],
            "title": ["first", "second", "x", "y", "z"],
            "owed_by": "force",
            "is_open": True,
            "is_at_risk": [True, False, None, None, None],
            "grade": ["high", "low", None, None, None],
            "overdue": None,
            "deadline": deadlines,
        }
    )
    shown = list_by_child(of_list).select("child", "cases", "obligations", "earliest deadline", "title", "grade")
    assert shown.rows() == [
        ("B", ["b1"], 2, deadlines[1], "first", "high"),
        (None, ["x"], 1, deadlines[2], "x", None),
        (None, ["y"], 1, deadlines[3], "y", None),
        ("A", ["a1"], 1, deadlines[4], "z", None),
    ]
