"""Record faults, each by examples worked by hand. Times are UTC; cases are of one system, `s`, unless said."""

from datetime import date

import polars as pl

from tests.architecture.repository import ROOT
from tests.unit.events.made_up import AS_AT, at, case, event, faults, log, said_of
from wardline.events import CASES, EVENTS, NOTES, RECORD_FAULTS, EventLog, RecordFault, log_of_tables, record_faults
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


# MANY ENTRIES TYPED IN ONE BURST


def typed(count: int, minute: str, *, cases: int = 3, source: str = "s", first: int = 0, event_name=None) -> list[dict]:
    """Entries of many events, unless one is named, typed within one minute."""
    return [
        event(
            first + number,
            f"s:{(first + number) % cases}",
            event_name or f"entered_{number % 7}",
            "01 10:07",
            recorded=f"{minute}:{number % 60:02}",
            source=source,
        )
        for number in range(count)
    ]


def test_ten_entries_within_one_minute_are_a_burst_and_nine_are_not():
    assert faults(events=typed(9, "02 10:00")) == []
    found = record_faults(log(events=typed(10, "02 10:00")), as_at=AS_AT)
    assert found.select("source", "fault", "case_id", "happened_at", "what_it_says").rows() == [
        (
            "s",
            "Many entries typed in one burst",
            None,
            at("02 10:00"),
            "10 entries on 3 cases were recorded within one minute.",
        )
    ]


def test_a_burst_on_one_case_says_so_in_the_singular():
    found = record_faults(log(events=typed(10, "02 10:00", cases=1)), as_at=AS_AT)
    assert found["what_it_says"].to_list() == ["10 entries on 1 case were recorded within one minute."]


def test_entries_of_two_systems_are_no_burst_together():
    assert faults(events=typed(5, "02 10:00") + typed(5, "02 10:00", source="t", first=5)) == []


def test_a_system_that_is_as_busy_all_day_has_no_bursts():
    busy = [
        one
        for minute in range(360)
        for one in typed(12, f"02 {10 + minute // 60}:{minute % 60:02}", first=minute * 12, cases=4_320)
    ]
    assert faults(events=busy) == []
    assert [fault for fault, *_ in faults(events=busy + typed(120, "02 11:00", first=4_320))] == ["TYPED_IN_ONE_BURST"]


def reviews(times: list[str], *, cases: int = 20, first: int = 0) -> list[dict]:
    """One review for each time of typing, on so many cases in turn."""
    return [
        event(first + number, f"s:{number % cases}", "risk_reviewed", "01 10:07", recorded=time)
        for number, time in enumerate(times)
    ]


def twenty_in_six_minutes(day: str = "02", **further) -> list[dict]:
    return reviews(
        [f"{day} 10:{57 + number * 18 // 60:02}:{number * 18 % 60:02}" for number in range(10)]
        + [f"{day} 11:{number * 18 // 60:02}:{number * 18 % 60:02}" for number in range(10)],
        **further,
    )


def test_twenty_reviews_in_six_minutes_are_a_burst_wherever_the_clock_turns_ten():
    assert said_of(twenty_in_six_minutes()) == [
        (None, 0, 19, at("02 10:57"), "20 entries of `risk_reviewed` on 20 cases were recorded within 6 minutes.")
    ]


def test_twenty_reviews_of_one_case_in_six_minutes_name_the_case():
    assert said_of(twenty_in_six_minutes(cases=1)) == [
        ("s:0", 0, 19, at("02 10:57"), "20 entries of `risk_reviewed` on 1 case were recorded within 6 minutes.")
    ]


def test_a_burst_on_one_case_with_an_entry_of_another_beside_it_is_listed_once():
    beside = {**reviews(["02 10:59"], first=20)[0], "case_id": "s:other"}
    found = said_of([*twenty_in_six_minutes(cases=1), beside])
    assert [row[-1] for row in found] == ["20 entries of `risk_reviewed` on 1 case were recorded within 6 minutes."]
    two = said_of(
        twenty_in_six_minutes(cases=1) + [{**one, "case_id": "s:other"} for one in twenty_in_six_minutes(first=20)]
    )
    assert [case_id for case_id, *_ in two] == ["s:0", "s:other"]


def test_two_bursts_of_one_day_are_two():
    found = said_of(twenty_in_six_minutes() + twenty_in_six_minutes("03", first=20))
    assert [(first, last) for _, first, last, *_ in found] == [(0, 19), (20, 39)]


def test_nine_reviews_in_ten_minutes_or_ten_over_a_longer_time_are_none():
    assert said_of(reviews([f"02 10:{minute:02}" for minute in range(9)])) == []
    assert said_of(reviews([f"02 10:{2 * minute:02}" for minute in range(10)])) == []
    assert len(said_of(reviews([f"02 10:{minute:02}" for minute in range(10)]))) == 1


def test_twenty_reviews_are_no_burst_where_three_in_ten_minutes_are_usual():
    usual = reviews(
        [
            f"{3 + number // 60:02} {number % 60 * 24 // 60:02}:{number % 60 * 24 % 60:02}:{seconds}"
            for number in range(600)
            for seconds in ("00", "10", "20")
        ],
        cases=600,
        first=100,
    )
    assert said_of(usual) == []
    assert said_of(usual + twenty_in_six_minutes()) == []
    forty = twenty_in_six_minutes() + twenty_in_six_minutes(first=20)
    assert [row[-1] for row in said_of(usual + forty)] == [
        "40 entries of `risk_reviewed` on 20 cases were recorded within 6 minutes."
    ]


def test_on_one_case_the_time_said_will_do_where_no_time_of_typing_is_kept():
    def dated(cases):
        return [event(n, f"s:{n % cases}", "risk_reviewed", f"02 10:{n // 2:02}") for n in range(12)]

    assert [row[-1] for row in said_of(dated(1))] == [
        "12 entries of `risk_reviewed` on 1 case were recorded within 6 minutes."
    ]
    assert said_of(dated(12)) == []


def test_a_minute_that_is_one_event_is_listed_once():
    found = said_of(typed(30, "02 10:00", cases=30, event_name="risk_reviewed"))
    assert [row[-1] for row in found] == ["30 entries of `risk_reviewed` on 30 cases were recorded within one minute."]


# TIMES HEAPED ON THE HOUR


def timed(minutes: list[int], *, by=None) -> list[dict]:
    return [
        event(number, "s:1", "interviewed", f"{1 + number % 28:02} {number // 28 % 24:02}:{minute:02}", by=by)
        for number, minute in enumerate(minutes)
    ]


def on_the_hour(full: int, other: int, *, by=None) -> list[dict]:
    return timed([0] * full + [7] * other, by=by)


def test_five_of_thirty_times_on_the_full_hour_and_none_on_another_round_one_are_heaped():
    found = record_faults(log(events=on_the_hour(5, 25)), as_at=AS_AT)
    assert found.select("source", "fault", "case_id", "happened_at", "what_it_says").rows() == [
        ("s", "Times heaped on the hour", None, None, "5 of 30 times of `interviewed` are on the full hour.")
    ]
    assert faults(events=on_the_hour(4, 26)) == []


def test_a_minority_that_writes_full_hours_shows_among_times_as_they_come():
    as_they_come = [number * 7 % 60 for number in range(1_800)]
    assert faults(events=timed(as_they_come)) == []
    assert [fault for fault, *_ in faults(events=timed(as_they_come + [0] * 150))] == ["HEAPED_ON_THE_HOUR"]
    assert faults(events=timed(as_they_come + [0] * 50)) == []  # under a twentieth of all of them


def test_who_rounds_to_five_minutes_does_not_heap_on_the_hour():
    assert faults(events=timed([number * 5 % 60 for number in range(1_200)])) == []


def test_who_rounds_to_the_half_hour_does():
    assert len(faults(events=timed([number * 30 % 60 for number in range(60)]))) == 1


def test_fewer_than_thirty_times_say_nothing_of_the_hour():
    assert faults(events=on_the_hour(29, 0)) == []


def test_dates_without_a_time_are_not_heaped():
    assert faults(events=on_the_hour(40, 0, by="30 23:59:59.999999")) == []


def test_the_full_hour_is_that_of_the_local_clock():
    kolkata = Calendar("Asia/Kolkata")  # five and a half hours from UTC
    assert faults(events=on_the_hour(30, 0), calendar=kolkata) == []


# THE SAME NOTE ON MANY CASES

COPIED = "Risk reviewed, no change, enquiries continue, child to be spoken to on return."


def noted(texts: list[str], *, source: str = "s", cases: int | None = None) -> EventLog:
    """A note for each text, each on a case of its own unless there are fewer cases."""
    rows = [
        {
            "note_id": number,
            "case_id": f"s:{number % (cases or len(texts)):03}",
            "written_at": at(f"{1 + number // 24 % 28:02} {number % 24:02}:00"),
            "text": text,
            "source": source,
        }
        for number, text in enumerate(texts)
    ]
    named = [case(f"s:{number:03}", "01 00:00", "01 01:00", person=None) for number in range(cases or len(texts))]
    return log_of_tables(
        {"cases": pl.DataFrame(named, schema_overrides=CASES), "notes": pl.DataFrame(rows, schema_overrides=NOTES)}
    )


def own_words(many: int) -> list[str]:
    return [f"Note number {number} says what nobody else has said of any other child so far." for number in range(many)]


def copied_in(log_of_notes: EventLog, as_at=AS_AT) -> list[tuple]:
    found = record_faults(log_of_notes, as_at=as_at)
    assert set(found["fault"]) <= {"The same note on many cases"}
    return found.select("source", "case_id", "other_case_id", "happened_at", "what_it_says").rows()


def test_a_note_that_stands_on_eight_cases_is_listed_on_each_beside_the_first():
    found = copied_in(noted([COPIED] * 8 + own_words(20)))
    assert found[0] == ("s", "s:000", None, at("01 00:00"), "A note of 13 words appears word for word on 8 cases.")
    assert [(case_id, first) for _, case_id, first, *_ in found[1:]] == [
        (f"s:{number:03}", "s:000") for number in range(1, 8)
    ]
    assert copied_in(noted([COPIED] * 7 + own_words(20))) == []


def test_capital_letters_and_spacing_make_no_other_note():
    shapes = [COPIED.upper(), f"  {COPIED}\n", COPIED.replace(" ", "  "), COPIED, COPIED.lower()]
    assert len(copied_in(noted(shapes * 2 + own_words(20)))) == 10


def test_short_notes_may_be_alike():
    assert copied_in(noted(["Home, safe and well, and seen by an officer."] * 12 + own_words(20))) == []


def test_the_same_note_many_times_on_one_case_is_not_copied_to_many():
    assert copied_in(noted([COPIED] * 60, cases=5)) == []


def test_stock_phrases_are_no_copies_where_every_note_is_made_of_them():
    phrases = [f"Stock phrase number {number} of the eleven that everybody here uses for all." for number in range(11)]
    assert copied_in(noted(phrases * 12)) == []


def test_what_stands_on_more_than_half_of_all_cases_is_the_wording_of_a_form():
    assert copied_in(noted([COPIED] * 30 + own_words(20))) == []


def test_a_note_that_was_written_after_as_at_is_not_looked_at():
    assert copied_in(noted([COPIED] * 10 + own_words(20)), as_at=at("01 08:30")) == []


def test_a_case_that_exists_from_its_first_event_on_is_looked_at_too():
    of = noted([COPIED] * 10 + own_words(20))
    cases = of.cases.collect().with_columns(opened_at=pl.lit(None, dtype=CASES["opened_at"]), closed_at=None)
    seen = [number for number in range(30) if number != 9]
    events = pl.DataFrame(
        [{"event_id": number, "case_id": f"s:{number:03}", "event": "reported", "source": "s"} for number in seen],
        schema_overrides=EVENTS,
    )
    found = copied_in(log_of_tables({"cases": cases, "notes": of.notes, "events": events}))
    assert [row[1] for row in found] == [f"s:{number:03}" for number in range(9)]


def test_the_words_of_a_copied_note_stand_nowhere_in_the_table():
    found = record_faults(noted([f"MARKER {COPIED}"] * 10 + own_words(20)), as_at=AS_AT)
    assert found.height == 10 and "MARKER" not in found.write_json() and "enquiries" not in found.write_json()


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
