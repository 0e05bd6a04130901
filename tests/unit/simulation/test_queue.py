"""Queues and diaries: delays come from too few units and full days, and from nothing else."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock
from wardline.simulation.diaries import Diary
from wardline.simulation.draws import clear, draw_hours, triangular_quantile
from wardline.simulation.parameters import DISTRICTS, IMPROVED_ON, MISSING_HOURS, District, Staffing
from wardline.simulation.response import Call, ResponseUnits

CLOCK = Clock()
MONDAY = date(2024, 6, 3).toordinal()
DAYS = 60


def waits(staffing: Staffing, priority: int, first_day: int = MONDAY) -> list[int]:
    """How long calls at three in the morning wait, night after night."""
    units = ResponseUnits(District("Northbank", (staffing,)), CLOCK, Random(1))
    calls = []
    for day in range(first_day, first_day + DAYS):
        ready_at = CLOCK.at(day, 3 * HOUR)
        calls.append(Call(ready_at, priority, ready_at + 5 * DAY))
        units.add(calls[-1])
        units.live_through(day)
    return sorted(call.deployed_at - call.ready_at for call in calls if call.deployed_at is not None)


def test_fewer_units_at_night_mean_longer_waits():
    few, many = waits(Staffing("", 5, 5, 3), 1), waits(Staffing("", 5, 5, 6), 1)
    assert sum(few) > 2 * sum(many)


def test_the_most_urgent_go_first():
    staffing = Staffing("", 6, 6, 4)
    assert sum(waits(staffing, 0)) < sum(waits(staffing, 1)) < sum(waits(staffing, 2))


def test_nobody_is_sent_once_nobody_needs_to_go():
    units = ResponseUnits(District("Northbank", (Staffing("", 1, 1, 1),)), CLOCK, Random(1))
    calls = []
    for day in range(MONDAY, MONDAY + DAYS):
        ready_at = CLOCK.at(day, 20 * HOUR)
        calls.append(Call(ready_at, 1, ready_at + 30 * MINUTE))
        units.add(calls[-1])
        units.live_through(day)
    assert any(call.deployed_at is None for call in calls)
    assert all(call.deployed_at < call.given_up_at + MINUTE for call in calls if call.deployed_at is not None)


def test_units_come_on_duty_on_the_day_from_which_there_are_more():
    improved = date.fromisoformat(IMPROVED_ON).toordinal()
    district = DISTRICTS[0]
    before, after = district.staffing
    assert sum(waits(after, 1, improved)) < sum(waits(before, 1, improved))


@pytest.mark.parametrize("every_day", [True, False])
def test_a_place_in_a_diary_is_taken_once_and_lies_in_the_hours_of_duty(every_day):
    diary = Diary(CLOCK, Random(1), hours=(8, 18), slots_a_day=2.5, every_day=every_day)
    start = CLOCK.at(MONDAY, 12 * HOUR)
    booked = [diary.book(start) for _ in range(40)]
    assert booked == sorted(set(booked)) and booked[0] >= start
    for at in booked:
        assert 8 * HOUR <= CLOCK.second_of_day(at) <= 18 * HOUR + 30 * MINUTE
        assert every_day or CLOCK.is_working_day(CLOCK.day(at))


def test_half_of_the_lengths_drawn_lie_below_the_stated_median():
    source = Random(1)
    drawn = [draw_hours(source, MISSING_HOURS) for _ in range(4_000)]
    assert 0.44 < sum(length <= 8 * HOUR for length in drawn) / len(drawn) < 0.50


def test_quantiles_of_a_triangle_run_from_the_shortest_to_the_longest():
    assert [triangular_quantile(share, (10, 20, 60)) for share in (0.0, 0.2, 1.0)] == [10, 20, 60]


def test_a_time_that_the_clocks_show_twice_is_moved_past_it():
    back = CLOCK.at(date(2024, 10, 27).toordinal(), HOUR)  # the first of the two times that the clocks show 01:00
    for minutes in range(-30, 180, 15):
        moved = clear(CLOCK, back + minutes * MINUTE)
        assert not CLOCK.is_shown_twice(moved) and moved >= back + minutes * MINUTE
        assert moved == back + minutes * MINUTE or CLOCK.is_shown_twice(back + minutes * MINUTE)
