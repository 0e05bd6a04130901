"""The careful reader of the made-up records, on times next to the edge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wardline.simulation.careful_reader import Reader, Response
from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock
from wardline.simulation.records import Entry

CLOCK = Clock()
END = int(datetime(2025, 4, 1, tzinfo=UTC).timestamp()) - HOUR
READER = Reader(CLOCK, END)
NOON = int(datetime(2024, 6, 3, 11, tzinfo=UTC).timestamp())
CLOCKS_BACK = int(datetime(2024, 10, 27, 0, tzinfo=UTC).timestamp())  # 01:00 by a clock that shows it twice


def exactly(at: int) -> Response:
    return Response(at, at)


@pytest.mark.parametrize(
    ("responses", "shown"),
    [
        ([exactly(NOON + HOUR)], "met"),
        ([exactly(NOON + HOUR + 1)], "late"),
        ([exactly(NOON - 1)], "missed"),
        ([], "missed"),
        ([exactly(NOON + DAY), exactly(NOON + MINUTE)], "met"),
    ],
)
def test_a_response_counts_from_the_report_to_the_deadline(responses, shown):
    assert READER.after(NOON, NOON + HOUR, responses) == shown


def test_an_excuse_by_the_deadline_makes_it_not_owed_and_one_after_does_not():
    assert READER.after(NOON, NOON + HOUR, [], excused_at=[NOON + HOUR]) == ""
    assert READER.after(NOON, NOON + HOUR, [], excused_at=[NOON + HOUR + 1]) == "missed"


def test_what_is_due_after_the_end_is_no_failing():
    assert READER.after(END - MINUTE, END + HOUR, []) == ""


def test_a_response_without_a_time_leaves_it_open():
    assert READER.after(NOON, NOON + HOUR, [exactly(NOON + DAY)], has_untimed=True) == "evidence_incomplete"
    assert READER.after(NOON, NOON + HOUR, [exactly(NOON)], has_untimed=True) == "met"


def test_a_day_without_a_time_of_day_is_judged_kindly_and_sternly():
    day = READER.instants(Entry("interviewed", NOON + DAY, NOON + DAY, {}, is_date_only=True))
    assert READER.after(NOON, NOON + 24 * HOUR, [day]) == "time_not_exact"
    assert READER.after(NOON, NOON + 48 * HOUR, [day]) == "met"
    assert READER.after_days(NOON, NOON + 24 * HOUR, [day]) == "met"
    assert READER.before(NOON + DAY, [day]) == "time_not_exact"
    assert READER.before(NOON, [day]) == "late"


def test_a_time_that_the_clocks_showed_twice_may_be_either():
    written = READER.logged(CLOCKS_BACK + 20 * MINUTE)
    assert (written.first, written.last) == (CLOCKS_BACK + 20 * MINUTE, CLOCKS_BACK + 80 * MINUTE)
    assert READER.logged(CLOCKS_BACK + 80 * MINUTE) == written
    assert READER.after(CLOCKS_BACK - MINUTE, CLOCKS_BACK + 59 * MINUTE, [written]) == "time_not_exact"


def test_where_nothing_joins_no_response_says_nothing():
    assert READER.after(NOON, NOON + HOUR, [], untold="not_joined") == "not_joined"
    assert READER.after(NOON, NOON + HOUR, [], excused_at=[NOON], untold="not_joined") == ""


def test_the_local_clock_goes_there_and_back():
    for at in range(CLOCKS_BACK - DAY, CLOCKS_BACK + DAY, HOUR):
        back = CLOCK.at(CLOCK.day(at), CLOCK.second_of_day(at))
        assert back == at or (CLOCK.is_shown_twice(at) and back == at - HOUR)
