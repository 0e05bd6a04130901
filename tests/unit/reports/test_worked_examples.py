"""Worked examples in words: times as people say them, and reasons for not telling."""

from wardline.obligations import Example
from wardline.reports.worked_examples import example_in_words
from wardline.standards import read_obligations

(ABOUT_SOME,) = read_obligations(
    "for: {offence_group: [online exploitation, other]}\nwhen: reported\nthen: seen\nwithin: 1 hour",
    defaults={
        "id": "o",
        "title": "T",
        "topic": "initial response",
        "owed by": "force",
        "basis": {"kind": "force policy", "title": "P"},
    },
)


def told(events="", as_at="23:00", expect=(), case=()):
    return example_in_words(Example("n", events, as_at, expect, case), ABOUT_SOME)


def test_that_the_case_is_one_that_it_is_about_goes_without_saying():
    assert told(case=(("offence_group", "other"), ("district", "north"))).about == ("district: north",)
    assert told(case=(("offence_group", "contact abuse"),)).about == ("offence group: contact abuse",)


def test_a_day_is_said_where_it_changes():
    happened = told(
        '18:00 reported\n18:05 risk_graded grade=high\n2025-06-03 09:15 interviewed method="video call" by=police'
    ).happened
    assert happened == (
        "Mon 2 Jun, 18:00 reported",
        "18:05 risk graded (grade: high)",
        "Tue 3 Jun, 09:15 interviewed (method: video call; by: police)",
    )


def test_lines_are_in_the_order_of_time_and_the_closing_of_the_case_is_one_of_them():
    one = told("20:00 seen\n18:00 reported", case=(("closed at", "19:00"), ("from_care", "yes"), ("district", "")))
    assert one.happened == ("Mon 2 Jun, 18:00 reported", "19:00 (the case is closed)", "20:00 seen")
    assert one.about == ("from care: yes", "district: empty")


def test_a_day_without_a_time_of_day_is_said_as_such():
    assert told("2025-06-03 seen").happened == ("Tue 3 Jun seen",)
    assert told("2025-06-03 09:00 reported\n2025-06-04 seen\n2025-06-04 found").happened[1:] == (
        "Wed 4 Jun seen",
        "some time found",
    )


def test_years_are_said_where_it_is_not_all_of_the_usual_one():
    one = told("2024-12-31 10:00:30 published", as_at="2025-03-01")
    assert one.happened == ("Tue 31 Dec 2024, 10:00:30 published",)
    assert one.seen_from == "the start of Sat 1 Mar 2025"
    assert told("18:00 reported").seen_from == "Mon 2 Jun, 23:00"


def test_what_is_found_is_said_in_words():
    assert told(expect=("recorded late by 2 hours", "cannot tell (limit_unknown)", "cannot tell")).says == (
        "recorded late by 2 hours",
        "cannot tell: it is not known how long there was",
        "cannot tell",
    )
    assert told(expect=()).says == told(expect=("no occasion",)).says == ("nothing is owed here",)


def test_where_nothing_is_recorded_that_is_said():
    assert told().happened == ("(nothing is recorded)",)
