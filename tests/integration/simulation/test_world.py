"""The cases of the made-up force: one child in one place at a time, and in the stated ranges."""

from __future__ import annotations

from collections import Counter

import pytest

from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.records import Episode, Referral
from wardline.simulation.world import plans_of, world

PEOPLE = 285_000  # half the full size, so that a year's shares are not chance


class NoTruth:
    """Takes the place of the truth's files where a test looks at the cases alone."""

    def tell(self, what: object) -> None:
        pass

    def child(self, known: object, system: str) -> None:
        pass


@pytest.fixture(scope="module")
def cases() -> list:
    return list(world(NoTruth(), Clock(), plans_of(PEOPLE, seed=1), years=1, progress=lambda *told: None))


@pytest.fixture(scope="module")
def episodes(cases: list) -> list[Episode]:
    return [case for case in cases if isinstance(case, Episode)]


def share(found: int, of: int) -> float:
    return found / of


def test_cases_come_in_the_order_in_which_they_were_opened_and_each_has_its_own_number(cases):
    assert [case.opened_at for case in cases] == sorted(case.opened_at for case in cases)
    numbers = [(type(case).__name__, case.number) for case in cases]
    assert len(numbers) == len(set(numbers))


def test_no_child_is_missing_twice_at_once(episodes):
    ended: dict[int, int] = {}
    for episode in episodes:
        assert ended.get(episode.child.number, 0) <= episode.opened_at
        ends = [entry.at for entry in episode.entries if entry.event in ("child_found", "report_cancelled")]
        ended[episode.child.number] = max(ends, default=episode.opened_at)


def test_reports_of_missing_children_lie_in_the_stated_ranges(episodes):
    count = len(episodes)
    assert 1_750 < count < 2_200  # 3,950 a year where twice as many people live
    assert 0.25 < share(sum(episode.child.from_care for episode in episodes), count) < 0.40
    again = count - len({episode.child.number for episode in episodes})
    assert 0.40 < share(again, count) < 0.60
    most = Counter(episode.child.number for episode in episodes).most_common(1)[0][1]
    assert most >= 10  # the long tail


def test_risk_is_graded_as_stated(episodes):
    first = [next((e for e in episode.entries if e.event == "risk_graded"), None) for episode in episodes]
    grades = Counter(entry.attributes["grade"] for entry in first if entry)
    assert 0.09 < share(grades["high"], grades.total()) < 0.20
    assert 0.75 < share(grades["medium"], grades.total()) < 0.90


def test_children_are_found_as_soon_as_stated(episodes):
    away = [
        entry.at - episode.opened_at
        for episode in episodes
        for entry in episode.entries
        if entry.event == "child_found"
    ]
    for hours, low, high in ((8, 0.42, 0.52), (24, 0.74, 0.84), (48, 0.86, 0.94), (168, 0.97, 1.0)):
        assert low < share(sum(one <= hours * HOUR for one in away), len(away)) < high


def test_the_wait_for_a_unit_has_a_heavy_tail(episodes):
    calls = [episode.incidents[0] for episode in episodes]
    waits = sorted(
        call.deployed_at - call.opened_at for call in calls if call.grade == "priority" and call.deployed_at is not None
    )
    assert 20 * MINUTE < waits[len(waits) // 2] < 2 * HOUR
    assert waits[len(waits) * 9 // 10] > 2 * HOUR


def test_nothing_was_recorded_on_the_safeguarding_system_in_its_gap(cases):
    clock = Clock()
    for case in cases:
        if isinstance(case, Referral):
            assert not any("2024-01-01" <= day <= "2024-02-29" for day in days_typed(case, clock))


def days_typed(case: Referral, clock: Clock) -> set[str]:
    return {clock.day_text(entry.typed_at, "%Y-%m-%d") for entry in case.entries if not entry.is_unrecorded}
