"""The folder of a made-up force: the same each time, whole or not there, and its truth about what is in the exports."""

from __future__ import annotations

import csv
import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from wardline.simulation import parts, simulate
from wardline.simulation.changes import STANDING_GAPS
from wardline.simulation.truth_files import COLUMNS

SMALL = 8_000


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "force"
    simulate(folder, seed=7, years=1, population=SMALL)
    return folder


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
