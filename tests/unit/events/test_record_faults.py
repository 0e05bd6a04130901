"""Record faults of cases and of their order in time, each by examples worked by hand, and the table of all of them.

Times are UTC; cases are of one system, `s`, unless said.
"""

from datetime import date

from tests.architecture.repository import ROOT
from tests.unit.events.made_up import AS_AT, at, case, event, faults, log
from wardline.events import RECORD_FAULTS, RecordFault, record_faults
from wardline.time_limits import Calendar


def test_a_log_without_faults_gives_an_empty_table_of_the_same_columns():
    found = record_faults(log(), as_at=AS_AT)
    assert found.is_empty() and found.schema == RECORD_FAULTS


# OVERLAPPING EPISODES


def test_an_episode_that_opens_before_the_one_before_it_closed_overlaps():
    assert faults([case("s:1", "02 10:00", "02 12:00"), case("s:2", "02 11:59", "02 14:00")]) == [
        ("OVERLAPPING", "s:2", "s:1")
    ]


def test_an_episode_that_opens_as_the_one_before_it_closes_does_not_overlap():
    assert faults([case("s:1", "02 10:00", "02 12:00"), case("s:2", "02 12:00", "02 14:00")]) == []


def test_episodes_of_two_children_of_two_types_or_of_no_known_child_do_not_overlap():
    assert faults([case("s:1", "02 10:00", "02 12:00"), case("s:2", "02 11:00", "02 14:00", person="p2")]) == []
    assert (
        faults([case("s:1", "02 10:00", "02 12:00"), case("s:2", "02 11:00", "02 14:00", case_type="referral")]) == []
    )
    assert (
        faults([case("s:1", "02 10:00", "02 12:00", person=None), case("s:2", "02 11:00", "02 14:00", person=None)])
        == []
    )


def test_an_episode_is_held_against_the_earlier_one_that_closes_last():
    assert faults(
        [
            case("s:1", "02 10:00", "06 10:00"),
            case("s:2", "03 10:00", "03 12:00"),
            case("s:3", "04 10:00", "04 12:00"),
            case("s:4", "06 10:00", "06 12:00"),
        ]
    ) == [("OVERLAPPING", "s:2", "s:1"), ("OVERLAPPING", "s:3", "s:1")]


def test_an_open_episode_overlaps_with_every_later_one():
    assert faults(
        [case("s:1", "02 10:00"), case("s:2", "03 10:00", "03 12:00"), case("s:3", "20 10:00", "20 12:00")]
    ) == [("OVERLAPPING", "s:2", "s:1"), ("OVERLAPPING", "s:3", "s:1")]


def test_an_episode_that_closes_after_as_at_is_open_then():
    cases = [case("s:1", "02 10:00", "20 12:00"), case("s:2", "03 10:00")]
    assert faults(cases) == [("OVERLAPPING", "s:2", "s:1")]
    assert faults(cases, as_at=at("10 00:00")) == [("OPENED_TWICE", "s:2", "s:1")]


def test_an_episode_that_opens_after_as_at_is_not_looked_at():
    assert faults([case("s:1", "02 10:00"), case("s:2", "03 10:00")], as_at=at("02 12:00")) == []


def test_a_fault_between_two_systems_belongs_to_neither():
    found = record_faults(
        log([case("s:1", "02 10:00", "02 12:00"), case("t:2", "02 11:00", "02 14:00", source="t")]), as_at=AS_AT
    )
    assert found.select("source", "case_id", "other_case_id").rows() == [(None, "t:2", "s:1")]


def test_dates_without_a_time_overlap_only_where_they_must():
    # 4 June as a date: it opens at its first instant at the earliest, and closes with its last at the latest.
    until_the_4th = case("s:1", "03 00:00", "04 23:59:59.999999")
    assert faults([until_the_4th, case("s:2", "04 00:00", "05 23:59:59.999999")]) == []
    assert faults([until_the_4th, case("s:2", "04 10:00", "05 23:59:59.999999")]) == []
    assert faults([until_the_4th, case("s:2", "03 10:00", "05 23:59:59.999999")]) == [("OVERLAPPING", "s:2", "s:1")]
    assert faults([case("s:1", "03 00:00", "04 10:00"), case("s:2", "04 00:00", "05 23:59:59.999999")]) == []


def test_which_instants_are_dates_follows_the_local_day():
    # In London, 3 June begins on the 2nd at 23:00 UTC.
    cases = [case("s:1", "01 10:00", "03 22:59:59.999999"), case("s:2", "03 12:00", "04 12:00")]
    assert faults(cases, calendar=Calendar("Europe/London")) == []
    assert faults(cases) == [("OVERLAPPING", "s:2", "s:1")]


# OPENED TWICE


def test_two_episodes_that_open_at_one_instant_were_opened_twice():
    assert faults([case("s:1", "02 10:00", "02 12:00"), case("s:2", "02 10:00", "02 14:00")]) == [
        ("OPENED_TWICE", "s:2", "s:1")
    ]


def test_two_episodes_that_are_both_open_were_opened_twice():
    assert faults([case("s:1", "02 10:00"), case("s:2", "03 10:00")]) == [("OPENED_TWICE", "s:2", "s:1")]


def test_two_short_episodes_on_one_date_were_not_opened_twice():
    dated = [case(f"s:{number}", "04 00:00", "04 23:59:59.999999") for number in (1, 2)]
    assert faults(dated) == []


def test_two_open_episodes_of_one_date_were_opened_twice():
    assert faults([case("s:1", "04 00:00"), case("s:2", "04 00:00")]) == [("OPENED_TWICE", "s:2", "s:1")]


# AN END BEFORE ITS START, BEFORE BIRTH


def test_a_case_that_closes_before_it_opens_is_listed_and_one_that_closes_at_once_is_not():
    assert faults([case("s:1", "02 10:00", "02 09:59"), case("s:2", "03 10:00", "03 10:00")]) == [
        ("END_BEFORE_START", "s:1", None)
    ]


def test_a_case_of_one_date_does_not_end_before_it_starts():
    assert faults([case("s:1", "02 10:00", "02 23:59:59.999999")]) == []


def test_a_case_that_closed_by_as_at_but_opens_after_it_ends_before_its_start():
    assert faults([case("s:1", "20 10:00", "02 10:00")], as_at=at("10 00:00")) == [("END_BEFORE_START", "s:1", None)]


def test_a_case_that_closes_and_never_opened_is_listed_where_others_of_its_system_opened():
    cases = [case("s:1", None, "02 10:00"), case("s:2", "03 10:00", "03 11:00"), case("s:3", None)]
    assert faults(cases) == [("END_WITHOUT_START", "s:1", None)]
    assert faults([cases[0], cases[2]]) == []  # a system that never says when a case opened
    assert faults([cases[0], {**cases[1], "source": "t"}]) == []
    assert faults(cases, as_at=at("02 09:00")) == []


def test_a_case_that_opens_before_the_childs_birth_is_listed():
    people = [{"person_id": f"p{day}", "date_of_birth": date(2025, 6, day)} for day in (1, 2, 3)]
    people.append({"person_id": "p4", "date_of_birth": None})
    cases = [case(f"s:{number}", "02 10:00", person=f"p{number}") for number in (1, 2, 3, 4, 5)]
    assert faults(cases, people=people) == [("BEFORE_BIRTH", "s:3", None)]


def test_birth_is_held_against_the_local_date_of_opening():
    tables = {"cases": [case("s:1", "02 23:30")], "people": [{"person_id": "p1", "date_of_birth": date(2025, 6, 3)}]}
    assert faults(**tables, calendar=Calendar("Europe/London")) == []
    assert faults(**tables) == [("BEFORE_BIRTH", "s:1", None)]


def test_of_two_dates_of_birth_on_record_the_earlier_decides():
    people = [{"person_id": "p1", "date_of_birth": born} for born in (date(2025, 6, 3), date(2010, 6, 3))]
    assert faults([case("s:1", "02 10:00")], people=people) == []


# ARRIVAL BEFORE CALL


def test_an_event_before_its_case_opened_is_listed_with_its_event():
    found = record_faults(
        log(
            [case("s:1", "02 10:00")],
            [
                event(0, "s:1", "officer_arrived", "02 09:32"),
                event(1, "s:1", "officer_deployed", "02 10:00"),
                event(2, "s:1", "child_found", None),
            ],
        ),
        as_at=AS_AT,
    )
    assert found.select("source", "fault", "case_id", "event_id", "happened_at", "what_it_says").rows() == [
        ("s", "Arrival before call", "s:1", 0, at("02 09:32"), "`officer_arrived` happens before the case opens.")
    ]


def test_an_inexact_event_is_early_only_if_its_last_instant_is():
    events = [
        event(0, "s:1", "child_found", "02 00:00", by="02 23:59:59.999999"),
        event(1, "s:1", "child_found", "01 00:00", by="01 23:59:59.999999"),
    ]
    assert record_faults(log([case("s:1", "02 10:00")], events), as_at=AS_AT)["event_id"].to_list() == [1]


def test_an_event_that_is_not_known_as_at_is_not_looked_at():
    events = [event(0, "s:1", "officer_arrived", "02 09:32", recorded="02 18:00")]
    assert faults([case("s:1", "02 10:00")], events, as_at=at("02 12:00")) == []
    assert faults([case("s:1", "02 10:00")], events) == [("BEFORE_THE_CALL", "s:1", None)]


def test_an_event_that_belongs_before_the_opening_is_not_listed():
    cases = [case(f"s:{number:02}", "02 10:00", person=f"p{number}") for number in range(30)]
    seen = [event(number, f"s:{number:02}", "last_seen", "02 09:32") for number in range(30)]
    assert faults(cases, seen) == []
    assert len(faults(cases[1:], seen[1:])) == 29  # too few to say so
    half_late = [one | ({"happened_at": at("02 11:32")} if one["event_id"] % 2 else {}) for one in seen]
    assert len(faults(cases, half_late)) == 15


# THE TABLE


def test_faults_are_listed_by_system_then_kind_then_case_whatever_the_order_of_rows():
    cases = [
        case("t:1", "02 10:00", "02 09:00", source="t", person="t1"),
        case("s:3", "02 10:00", "02 09:00", person="p3"),
        case("s:2", "02 11:00", "02 14:00"),
        case("s:1", "02 10:00", "02 12:00"),
        case("s:0", "02 10:00", "02 09:00", person="p0"),
    ]
    expected = [
        ("OVERLAPPING", "s:2", "s:1"),
        ("END_BEFORE_START", "s:0", None),
        ("END_BEFORE_START", "s:3", None),
        ("END_BEFORE_START", "t:1", None),
    ]
    assert faults(cases) == faults(cases[::-1]) == expected


def test_no_persons_data_stands_in_the_table():
    people = [{"person_id": "MARKER-p1", "given_name": "MARKER", "date_of_birth": date(2025, 6, 3)}]
    cases = [case("s:1", "02 10:00", "02 09:00", person="MARKER-p1"), case("s:2", "02 10:00", person="MARKER-p1")]
    found = record_faults(log(cases, people=people), as_at=AS_AT)
    assert set(found["fault"]) >= {"Opened twice", "Before birth", "An end before its start"}
    assert "MARKER" not in found.write_json()


def test_every_fault_and_column_is_described_in_the_reference():
    page = (ROOT / "docs" / "reference" / "record-faults.md").read_text(encoding="utf-8")
    assert [fault.value for fault in RecordFault if f"| {fault.value} |" not in page] == []
    assert [column for column in RECORD_FAULTS.names() if f"`{column}`" not in page] == []
