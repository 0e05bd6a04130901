"""The made-up force: the same each time, in the stated ranges, and its truth about cases that are there."""

from __future__ import annotations

import csv
import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from wardline.simulation import parts, simulate
from wardline.simulation.changes import STANDING_GAPS
from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.records import Episode, Referral
from wardline.simulation.truth_files import COLUMNS
from wardline.simulation.world import plans_of, world

SMALL = 8_000
PEOPLE = 285_000  # half the full size, so that a year's shares are not chance


class NoTruth:
    """Takes the place of the truth's files where a test looks at the cases alone."""

    def tell(self, what: object) -> None:
        pass

    def child(self, known: object, system: str) -> None:
        pass


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "force"
    simulate(folder, seed=7, years=1, population=SMALL)
    return folder


@pytest.fixture(scope="module")
def cases() -> list:
    return list(world(NoTruth(), Clock(), plans_of(PEOPLE, seed=1), years=1, progress=lambda *told: None))


@pytest.fixture(scope="module")
def episodes(cases: list) -> list[Episode]:
    return [case for case in cases if isinstance(case, Episode)]


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def share(found: int, of: int) -> float:
    return found / of


def test_the_same_seed_makes_the_same_bytes_and_another_makes_others(small, tmp_path):
    simulate(tmp_path / "again", seed=7, years=1, population=SMALL)
    assert files_of(tmp_path / "again") == files_of(small)
    simulate(tmp_path / "other", seed=8, years=1, population=SMALL)
    assert files_of(tmp_path / "other") != files_of(small)


def test_a_force_in_parts_is_the_same_with_any_number_of_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "AREAS_IN_PART", 2)
    counts = [
        simulate(tmp_path / str(processes), seed=3, years=1, population=4_000, processes=processes)
        for processes in (1, 2)
    ]
    assert files_of(tmp_path / "1") == files_of(tmp_path / "2") and counts[0] == counts[1]
    for system in ("control-room", "missing", "crime", "safeguarding"):
        names = [path.name for path in (tmp_path / "1" / "exports" / system).iterdir()]
        assert all("-part-01-" in name or "-part-02-" in name for name in names) and len(names) > 1
    planted = [row["case"] for row in rows_of(tmp_path / "1", "gaps") if row["case"] == "*"]
    assert len(planted) == sum(map(len, STANDING_GAPS.values()))
    records = [(row["system"], row["person_number"]) for row in rows_of(tmp_path / "1", "children")]
    assert len(records) == len(set(records)) > 0


def test_nothing_is_left_behind_where_it_is_stopped(tmp_path):
    def stop(what: str, done: int, total: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(tmp_path / "force", years=1, population=SMALL, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_already_is_never_written_over(small):
    before = files_of(small)
    with pytest.raises(FileExistsError):
        simulate(small, years=1, population=SMALL)
    assert files_of(small) == before


def test_nothing_is_left_behind_where_it_is_stopped_in_the_midst_of_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "AREAS_IN_PART", 1)
    before = set(multiprocessing.active_children())

    def stop(what: str, done: int, total: int) -> None:
        if done == 1:  # the other parts are being written
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(tmp_path / "force", years=1, population=8_000, progress=stop)
    assert set(multiprocessing.active_children()) == before
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_from_nothing_to_all(tmp_path):
    told: list[tuple[int, int]] = []
    simulate(
        tmp_path / "force", years=1, population=2_000, progress=lambda what, done, total: told.append((done, total))
    )
    assert told == sorted(told) and told[0][0] == 0 and told[-1][0] >= told[-1][1]


def test_every_table_of_the_truth_says_that_it_is_made_up(small):
    for path in (small / "truth").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][0] == "made_up"
        assert {row[0] for row in rows[1:]} <= {"made-up data"}, path.name
    assert (small / "MADE-UP-DATA.txt").read_text(encoding="utf-8").startswith("made-up data")


def test_every_column_of_the_truth_is_documented():
    page = (ROOT / "docs" / "reference" / "simulated-force.md").read_text(encoding="utf-8")
    tables = dict(part.split(".csv\n", 1) for part in page.split("\n### ")[1:])
    assert set(tables) == set(COLUMNS)
    for table, columns in COLUMNS.items():
        assert [column for column in columns if f"`{column}`" not in tables[table]] == []


def test_what_is_planted_is_counted(small):
    failings = Counter(f"failings: {row['failing']}, shown by {row['shown_by']}" for row in rows_of(small, "failings"))
    counts = {row["what"]: int(row["count"]) for row in rows_of(small, "counts")}
    assert failings == {what: count for what, count in counts.items() if what.startswith("failings: ")}


def test_a_failing_that_the_records_do_not_show_says_why(small):
    for row in rows_of(small, "failings"):
        assert row["shown_by"] in ("records", "linking", "notes", "nothing")
        assert bool(row["why"]) == (row["shown_by"] != "records")
        if row["shown_by"] == "records":
            assert row["obligation"] and row["outcome"] in ("late", "missed")


def test_each_person_record_is_one_childs(small):
    records = [(row["system"], row["person_number"]) for row in rows_of(small, "children")]
    assert len(records) == len(set(records))


def test_what_no_system_records_is_said_once(small):
    standing = Counter((row["obligation"], row["reason"]) for row in rows_of(small, "gaps") if row["case"] == "*")
    assert standing == Counter((duty, reason) for reason, duties in STANDING_GAPS.items() for duty in duties)


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
