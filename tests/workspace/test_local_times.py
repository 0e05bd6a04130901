"""Local times as people type them: plain forms are read, others are refused in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wardline_workspace.pages.local_times import LocalTimeField, NotALocalTime, read_local_time

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2025, 6, 12, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:40 am today", "2025-06-12 10:40"),
        ("10:40am", "2025-06-12 10:40"),
        ("9.15 p.m. yesterday", "2025-06-11 21:15"),
        ("yesterday at 21:15", "2025-06-11 21:15"),
        ("0940", "2025-06-12 09:40"),
        ("9am tomorrow", "2025-06-13 09:00"),
        ("yesterday 2140", "2025-06-11 21:40"),
        ("0740 12 June", "2025-06-12 07:40"),
        ("noon", "2025-06-12 12:00"),
        ("12am", "2025-06-12 00:00"),
        ("12:30pm", "2025-06-12 12:30"),
        ("12 June 2025, 8:05am", "2025-06-12 08:05"),
        ("1st Jan 2024 23:59", "2024-01-01 23:59"),
        ("8:05am on 2 June", "2025-06-02 08:05"),
        ("12/6/2025 10:40", "2025-06-12 10:40"),
        ("10:40 12/06", "2025-06-12 10:40"),
        ("2025-06-12 07:00", "2025-06-12 07:00"),
        ("last night 11pm", "2025-06-11 23:00"),
    ],
)
def test_plain_forms_are_read(typed, meant):
    assert read_local_time(typed, now=NOW).astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == meant


def test_now_is_now():
    assert read_local_time("Now", now=NOW) == NOW


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("this afternoon", "Enter a time of day"),
        ("12 June 2025", "Enter a time of day"),
        ("12/6/2025", "Enter a time of day"),
        ("25:00", "no such time of day"),
        ("13pm", "no such time of day"),
        ("31 June 10am", "no such day"),
        ("soonish 10am", "Enter a time"),
        ("30 March 2025 1:30am", "clocks went forward"),
    ],
)
def test_others_are_refused_in_words(typed, said):
    with pytest.raises(NotALocalTime, match=said):
        read_local_time(typed, now=NOW)


def test_where_clocks_go_back_the_first_of_two_is_meant():
    assert read_local_time("26 October 2025 1:30am", now=NOW).utcoffset().total_seconds() == 3600


def test_the_field_says_it_beside_the_form():
    with pytest.raises(Exception, match="Enter a time of day"):
        LocalTimeField().clean("some day")
