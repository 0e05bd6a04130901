from datetime import UTC, datetime, timedelta

import pytest

from wardline.time_limits import (
    NotAnElapsedTime,
    in_words,
    microseconds_long,
    read_elapsed,
    read_seconds,
    seconds_in_words,
    seconds_long,
    time_apart,
)


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [
        (timedelta(0), "under a minute"),
        (timedelta(seconds=59, microseconds=999_999), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=2, minutes=35), "2 hours 35 minutes"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 hours 59 minutes"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, minutes=59), "1 day"),
        (timedelta(days=1, hours=3, minutes=40), "1 day 3 hours"),
        (timedelta(days=400, hours=1), "400 days 1 hour"),
    ],
)
def test_elapsed_time_is_said_in_two_units_at_most_and_rounded_down(elapsed, words):
    assert in_words(elapsed) == words


@pytest.mark.parametrize(
    ("text", "elapsed"),
    [
        ("2 hours 35 minutes", timedelta(hours=2, minutes=35)),
        ("1 day 3 hours", timedelta(days=1, hours=3)),
        ("under a minute", timedelta(0)),
        ("2 weeks", timedelta(days=14)),
        ("1 day 3 hours 20 minutes 5 seconds", timedelta(days=1, hours=3, minutes=20, seconds=5)),
        ("1 microsecond", timedelta(microseconds=1)),
        (" 2  Hours ", timedelta(hours=2)),
    ],
)
def test_elapsed_time_is_read(text, elapsed):
    assert read_elapsed(text) == elapsed


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (60, "1 minute"),
        (97_205, "1 day 3 hours 5 seconds"),
        (1_209_600, "14 days"),
        (5430.000001, "1 hour 30 minutes 30 seconds 1 microsecond"),
    ],
)
def test_seconds_are_said_in_every_unit_that_they_have_and_read_again(seconds, text):
    assert seconds_in_words(seconds) == text
    assert read_seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "hours",
        "35 minutes 2 hours",
        "1 hour 1 hour",
        "2 hours and 5 minutes",
        "3 months",
        "2 hours, 5 minutes",
        "-1 hours",
        "999999999 weeks",
    ],
)
def test_what_is_no_elapsed_time_is_told_with_what_to_write(text):
    with pytest.raises(NotAnElapsedTime, match="is not an elapsed time") as told:
        read_elapsed(text)
    assert "2 hours 35 minutes" in told.value.remedy


def test_time_below_zero_has_no_words():
    with pytest.raises(AssertionError):
        in_words(timedelta(microseconds=-1))


def test_seconds_become_elapsed_time_to_the_whole_one():
    assert seconds_long(5399.6) == timedelta(minutes=90)


def test_seconds_become_microseconds_to_the_whole_one():
    assert [microseconds_long(seconds) for seconds in (0, 1.5, 86_400, 0.0000014)] == [0, 1_500_000, 86_400_000_000, 1]


def test_time_apart_is_the_same_whichever_comes_first():
    one, other = datetime(2024, 3, 31, tzinfo=UTC), datetime(2024, 4, 1, 6, tzinfo=UTC)
    assert time_apart(one, other) == time_apart(other, one) == timedelta(hours=30)
