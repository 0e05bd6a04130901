"""Local times that are looked up are those that the calendar gives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.local_times import LocalTimes
from wardline.time_limits import Calendar

CALENDAR = Calendar("Europe/London", "England")
AROUND = (
    datetime(2024, 3, 31, 1, tzinfo=UTC),  # the clocks go forward
    datetime(2024, 10, 27, 1, tzinfo=UTC),  # and back
    datetime(2023, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2024, 2, 29, 12, tzinfo=UTC),
)
INSTANTS = [int(at.timestamp()) + away * 7 * MINUTE + 13 for at in AROUND for away in range(-20, 20)]


@pytest.fixture(scope="module")
def times():
    return LocalTimes(Clock(), "%d/%m/%Y")


@pytest.mark.parametrize("at", INSTANTS)
def test_each_way_to_write_one_is_what_the_calendar_gives(times, at):
    local = CALENDAR.local(datetime.fromtimestamp(at, UTC))
    assert times.text(at) == local.strftime("%d/%m/%Y %H:%M")
    assert times.with_seconds(at) == local.strftime("%d/%m/%Y %H:%M:%S")
    assert f"{times.day(at)} {times.time_of_day(at)}" == times.text(at)
    whole, part = divmod(times.days(at), 1)
    assert whole == (local.date() - datetime(1970, 1, 1, tzinfo=UTC).date()).days
    assert round(part * 24 * HOUR) == local.hour * HOUR + local.minute * MINUTE + local.second


def test_what_is_typed_may_be_a_day_alone_or_not_readable(times):
    at = INSTANTS[0]
    assert times.typed(at) == times.text(at)
    assert times.typed(at, is_date_only=True) == times.day(at)
    assert times.typed(at, is_unreadable=True) == times.text(at).replace(":", ";")


def test_what_stands_between_day_and_time_is_the_systems_own():
    assert LocalTimes(Clock(), "%Y-%m-%d", "T").text(0) == "1970-01-01T01:00"
