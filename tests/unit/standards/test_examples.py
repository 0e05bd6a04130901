"""Worked examples: the notation, what may be expected, and what is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wardline.events.notation import noted_events, read_event, read_instant
from wardline.findings import Outcome, Reason
from wardline.obligations import Example
from wardline.standards import read_standard, run_example, run_examples, said_without_events
from wardline.standards.expectations import NotAnExpectation, holds, read_expectation


@pytest.fixture(scope="module")
def every_key():
    return read_standard(Path("tests/fixtures/good/standard_of_every_key.yaml"))


def obligation_of(standard, name):
    return next(one for one in standard.obligations if one.id == name)


def test_times_are_of_monday_2_june_2025_in_local_time():
    assert read_instant("18:00") == datetime(2025, 6, 2, 17, tzinfo=UTC)
    assert read_instant("2025-01-05 18:00:30") == datetime(2025, 1, 5, 18, 0, 30, tzinfo=UTC)
    assert read_instant("2025-06-03") == datetime(2025, 6, 2, 23, tzinfo=UTC)


def test_an_event_has_a_time_a_name_and_attributes():
    event = read_event('2025-06-03 09:00 interviewed method="video call" by=police note=')
    assert event.event == "interviewed"
    assert event.happened_at == event.happened_by == datetime(2025, 6, 3, 8, tzinfo=UTC)
    assert event.attributes == (("method", "video call"), ("by", "police"), ("note", ""))


def test_a_date_without_a_time_of_day_is_the_whole_day():
    event = read_event("2025-06-03 child_found")
    assert event.happened_at == datetime(2025, 6, 2, 23, tzinfo=UTC)
    assert event.happened_by == datetime(2025, 6, 3, 22, 59, 59, 999999, tzinfo=UTC)


def test_blank_lines_are_passed_over():
    assert [event.event for event in noted_events("\n18:00 a\n\n  19:00 b\n")] == ["a", "b"]


SAID_OF_ALL = {
    "recorded late": Outcome.LATE,
    "not yet due": Outcome.NOT_YET_DUE,
    "not owed": Outcome.EXEMPT,
    "cannot tell": Outcome.CANNOT_TELL,
}
SAID_OF = {
    "when": {"recorded in time": Outcome.MET, "no record found": Outcome.MISSED},
    "never": {"not recorded as happening": Outcome.MET, "recorded as happening": Outcome.MISSED},
    "record": {"filled in": Outcome.MET, "not filled in": Outcome.MISSED},
}


@pytest.mark.parametrize("kind", SAID_OF)
def test_every_outcome_can_be_expected_in_the_words_of_its_kind(kind):
    for said, outcome in {**SAID_OF_ALL, **SAID_OF[kind]}.items():
        assert read_expectation(said, kind).outcome is outcome
    for other in SAID_OF.keys() - {kind}:
        for said in SAID_OF[other]:
            with pytest.raises(NotAnExpectation):
                read_expectation(said, kind)


def test_how_late_is_held_to_what_was_found():
    late = read_expectation("recorded late by 2 hours 35 minutes", "when")
    assert holds(late, Outcome.LATE, timedelta(hours=2, minutes=35), None)
    assert holds(late, Outcome.LATE, timedelta(hours=2, minutes=35, seconds=20), None)
    assert not holds(late, Outcome.LATE, timedelta(hours=2, minutes=36), None)
    assert holds(read_expectation("recorded late", "when"), Outcome.LATE, timedelta(hours=9), None)


def test_a_reason_that_is_expected_must_be_the_one_found():
    expected = read_expectation("cannot tell (limit_unknown)", "when")
    assert holds(expected, Outcome.CANNOT_TELL, None, Reason.LIMIT_UNKNOWN)
    assert not holds(expected, Outcome.CANNOT_TELL, None, Reason.NO_CHILD)
    assert holds(read_expectation("cannot tell", "when"), Outcome.CANNOT_TELL, None, Reason.NO_CHILD)


def test_every_example_of_a_standard_is_run(every_key):
    results = run_examples(every_key)
    assert len(results) == 7
    assert all(result.holds for result in results)
    late = results[3]
    assert late.found == ("recorded in time", "recorded late by 1 hour", "not owed")


def test_an_example_that_does_not_hold_shows_both(every_key):
    third = obligation_of(every_key, "third-time")
    result = run_example(every_key, third, replace(third.examples[0], expect=("no record found",)))
    assert not result.holds
    assert (result.expected, result.found) == (("no record found",), ("recorded in time",))


def test_too_few_expectations_do_not_hold(every_key):
    looked_in = obligation_of(every_key, "looked-in")
    assert not run_example(every_key, looked_in, replace(looked_in.examples[0], expect=("recorded in time",))).holds


def test_no_occasion_is_expected_where_nothing_is_owed(every_key):
    answered = obligation_of(every_key, "answered")
    for expect in ((), ("no occasion",)):
        result = run_example(every_key, answered, Example("nothing", "", "12:00", expect))
        assert result.holds
        assert result.expected == result.found == ("no occasion",)


def test_a_case_of_no_events_is_judged_only_by_a_never_and_a_record(every_key):
    said = {one.id: said_without_events(every_key, one) for one in every_key.obligations}
    assert {name for name, found in said.items() if found != ("no occasion",)} == {
        "never-left",
        "reason-recorded",
        "district-recorded",
    }
    assert {found for found in said.values()} == {("no occasion",), ("not yet due",)}


def test_an_example_is_judged_whatever_the_dates_in_force(every_key):
    ended = replace(every_key, in_force_from=every_key.in_force_to)
    assert all(result.holds for result in run_examples(ended))
