from datetime import UTC, date, datetime, timedelta

import pytest

from tests.unit.reports.made_up import ATTEND, NOT_CLOSED, REASON
from wardline.findings import REASON_WORDS, Outcome, Reason
from wardline.reports import wording as words
from wardline.time_limits import Calendar

LONDON = Calendar("Europe/London", "England")


@pytest.mark.parametrize(
    ("length", "long", "short"),
    [
        (timedelta(0), "under a minute", "under 1 min"),
        (timedelta(seconds=59), "under a minute", "under 1 min"),
        (timedelta(minutes=1), "1 minute", "1 min"),
        (timedelta(minutes=59, seconds=59), "59 minutes", "59 min"),
        (timedelta(hours=1, minutes=12), "1 hour 12 minutes", "1 h 12"),
        (timedelta(hours=2, minutes=5), "2 hours 5 minutes", "2 h 05"),
        (timedelta(hours=23, minutes=59, seconds=40), "23 hours 59 minutes", "23 h 59"),
        (timedelta(days=3, hours=4, minutes=20), "3 days 4 hours", "3 d 4 h"),
        (timedelta(days=1500), "1,500 days", "1,500 d"),
    ],
)
def test_a_length_is_said_in_its_two_largest_units(length, long, short):
    assert words.duration(length) == long
    assert words.duration_short(length) == short


@pytest.mark.parametrize(
    ("length", "long", "short"),
    [
        (timedelta(0), "1 minute", "1 min"),
        (timedelta(minutes=15), "15 minutes", "15 min"),
        (timedelta(minutes=15, microseconds=1), "16 minutes", "16 min"),
        (timedelta(hours=23, minutes=59, seconds=1), "1 day", "1 d"),
        (timedelta(days=1, hours=15, minutes=1), "1 day 16 hours", "1 d 16 h"),
    ],
)
def test_what_is_under_a_length_is_rounded_up_and_stays_as_it_is_where_it_is_whole(length, long, short):
    assert words.duration(length, round_up=True) == long
    assert words.duration_short(length, round_up=True) == short


def test_as_at_is_said_as_a_local_day_or_as_a_local_time():
    assert words.instant_in_words(datetime(2025, 3, 31, 23, tzinfo=UTC), LONDON) == "1 April 2025"
    assert words.instant_in_words(datetime(2025, 4, 1, 1, tzinfo=UTC), LONDON) == "1 April 2025 at 02:00"
    assert words.instant(None, LONDON) == "–"
    assert words.period_in_words((date(2024, 4, 1), date(2025, 3, 31))) == "1 April 2024 to 31 March 2025"


def test_outcomes_have_the_words_of_the_glossary_for_each_kind():
    assert words.outcome_words(ATTEND.obligation)[Outcome.MISSED] == "No record found"
    assert words.outcome_words(NOT_CLOSED.obligation)[Outcome.MET] == "Not recorded as happening"
    assert words.outcome_words(NOT_CLOSED.obligation)[Outcome.MISSED] == "Recorded as happening"
    assert words.outcome_words(REASON.obligation)[Outcome.MISSED] == "Not filled in"
    assert Outcome.LATE not in words.outcome_words(REASON.obligation)


def test_every_reason_has_its_words():
    assert set(REASON_WORDS) == set(words.SHORT_REASON_WORDS) == set(Reason)
