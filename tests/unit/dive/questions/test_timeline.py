"""A case in words: both clocks, times that are not exact, and what is not known yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.dive.made_up import at, log
from wardline.dive.questions.timeline import case_in_words, events_in_words
from wardline.events import closed_as_at
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
UTC = Calendar("UTC")


def told(*events, calendar=UTC):
    of = log(events=[{"case_id": "a:1", "event": "reported", **event} for event in events])
    return [
        " ".join(line.split()) for line in events_in_words(of, "a:1", as_at=AS_AT, calendar=calendar).splitlines()[2:]
    ]


def last_microsecond(text):
    return at(f"{text} 23:59").replace(second=59, microsecond=999_999)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"happened_at": None}, "without a time reported when it was written up is not recorded [a]"),
        (
            {"happened_at": at("02 18:00"), "recorded_at": at("02 18:00")},
            "2 Jun 2025, 18:00 reported written up 2 Jun 2025, 18:00 [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "recorded_at": at("03 19:00")},
            "2 Jun 2025, 18:00 reported written up 3 Jun 2025, 19:00, 1 day 1 hour later [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "recorded_at": at("02 17:00")},
            "2 Jun 2025, 18:00 reported written up 2 Jun 2025, 17:00, 1 hour before it happened [a]",
        ),
        (
            {"happened_at": at("02 00:00"), "happened_by": last_microsecond("02"), "recorded_at": at("02 12:00")},
            "2 Jun 2025, no time of day reported written up 2 Jun 2025, 12:00 [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "happened_by": at("02 19:00"), "recorded_at": at("02 18:00")},
            "2 Jun 2025, 18:00 to 2 Jun 2025, 19:00 reported written up 2 Jun 2025, 18:00 [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "happened_by": at("02 19:00"), "recorded_at": at("02 19:00")},
            "2 Jun 2025, 18:00 to 2 Jun 2025, 19:00 reported written up 2 Jun 2025, 19:00 [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "happened_by": at("02 19:00"), "recorded_at": at("02 19:30")},
            "2 Jun 2025, 18:00 to 2 Jun 2025, 19:00 reported written up 2 Jun 2025, 19:30, 30 minutes later [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "happened_by": at("02 19:00")},
            "2 Jun 2025, 18:00 to 2 Jun 2025, 19:00 reported when it was written up is not recorded [a]",
        ),
        (
            {"happened_at": at("02 18:00"), "grade": "high", "source_file": "log.csv", "source_row": 7},
            "2 Jun 2025, 18:00 reported (grade=high) when it was written up is not recorded [a, log.csv row 7]",
        ),
    ],
)
def test_an_event_is_told_with_both_clocks(event, said):
    assert told(event) == [said]


def test_times_are_local():
    assert told({"happened_at": at("02 18:00")}, calendar=Calendar("Europe/London"))[0].startswith("2 Jun 2025, 19:00")


def test_events_stand_in_order_and_those_without_a_time_last():
    lines = told({"happened_at": None}, {"happened_at": at("03 09:00")}, {"happened_at": at("02 18:00")})
    assert [line.split(" reported")[0] for line in lines] == [
        "2 Jun 2025, 18:00",
        "3 Jun 2025, 09:00",
        "without a time",
    ]


def test_what_is_not_known_yet_is_only_counted():
    later = {"happened_at": at("11 09:00")}
    assert told({"happened_at": at("02 18:00")}, later, later)[-1] == (
        "2 further entries were made, or happened, after that."
    )


def test_what_happened_or_was_written_up_at_the_very_instant_from_which_we_look_is_known():
    assert len(told({"happened_at": AS_AT}, {"happened_at": at("02 18:00"), "recorded_at": AS_AT})) == 2


def test_a_case_without_an_event_says_so():
    assert told() == ["Nothing."]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({}, "Opened 2 June 2025 at 18:00; still open as at 10 June 2025."),
        ({"closed_at": at("12 00:00")}, "Opened 2 June 2025 at 18:00; still open as at 10 June 2025."),
        ({"closed_at": at("03 09:00")}, "Opened 2 June 2025 at 18:00; closed 3 June 2025 at 09:00."),
        ({"closed_at": AS_AT}, "Opened 2 June 2025 at 18:00; closed 10 June 2025."),
        (
            {"closed_at": AS_AT + timedelta(microseconds=1)},
            "Opened 2 June 2025 at 18:00; still open as at 10 June 2025.",
        ),
        ({"opened_at": None}, "When it was opened is not recorded; still open as at 10 June 2025."),
        ({"person_id": None}, "It names no child."),
        ({"from_care": "yes"}, "As the export has it: from_care: yes."),
    ],
)
def test_a_case_says_when_it_was_opened_and_whom_it_is_about(case, said):
    row = log(cases=[{"case_id": "a:1", **case}]).cases.with_columns(closed_as_at(AS_AT)).collect().row(0, named=True)
    text = case_in_words(row, ["a"], [name for name in case if name == "from_care"], as_at=AS_AT, calendar=UTC)
    assert said in text.splitlines()
