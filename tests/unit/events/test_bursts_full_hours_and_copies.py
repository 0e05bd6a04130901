"""Record faults that show how entries were written: in one burst, on the full hour, or copied from case to case.

Times are UTC; cases are of one system, `s`, unless said.
"""

import polars as pl

from tests.unit.events.made_up import AS_AT, at, case, event, faults, log, said_of
from wardline.events import CASES, EVENTS, NOTES, EventLog, log_of_tables, record_faults
from wardline.time_limits import Calendar

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
