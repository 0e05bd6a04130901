"""Of the made-up force's exports, only what was planted is rejected: counted here from the files by other means."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from wardline.record_systems import RejectReason, Source, read_mapping, read_record_systems
from wardline.simulation import simulate
from wardline.simulation.records import SYSTEMS

MAPPINGS = ROOT / "examples" / "teesmouth" / "mappings"
AS_AT = datetime(2025, 3, 31, 23, tzinfo=UTC)
OF_A_CHILD = {"MISC", "MISS"}
TYPED_WRONGLY = re.compile(r"\d\d;\d\d$")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teesmouth")
    simulate(folder / "force", seed=3, years=1, population=40_000)
    return folder / "force" / "exports"


@pytest.fixture(scope="module")
def log(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("log")
    sources = [Source(read_mapping(MAPPINGS / f"{system}.yaml"), exports / system) for system in SYSTEMS]
    reading = read_record_systems(sources, as_at=AS_AT, into=into)
    assert all(file.rows_in == file.kept + file.left_out + file.rejected for file in reading.files)
    return into


@pytest.fixture(scope="module")
def rejects(log: Path) -> pl.DataFrame:
    return pl.read_parquet(log / "rejects.parquet")


def rows(exports: Path, pattern: str, *, separator: str = ",") -> list[dict[str, str]]:
    found = []
    for path in sorted(exports.glob(pattern)):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += list(csv.DictReader(file, delimiter=separator))
    return found


def test_nothing_is_rejected_for_any_other_reason(rejects):
    planted = {RejectReason.SAME_ROW, RejectReason.NOT_MATCHED, RejectReason.UNREADABLE_TIME}
    assert set(rejects["reason"]) <= {reason.value for reason in planted}


def test_incidents_that_no_episode_names_are_rejected_and_no_others(exports, rejects):
    known = {row["CandCRef"] for row in rows(exports, "missing/episodes-*.csv")}
    incidents = rows(exports, "control-room/incidents-*.csv", separator=";")
    once = {tuple(row.values()): row for row in incidents if row["OpeningCode"] in OF_A_CHILD}
    unnamed = [row for row in once.values() if row["MasterNumber"] not in known]
    assert 0 < len(unnamed) < len(once) / 5
    assert rejects.filter(reason=RejectReason.NOT_MATCHED.value).height == len(unnamed)


def test_times_that_cannot_be_read_are_those_that_were_typed_so(exports, rejects):
    cells = Counter()
    for system in ("missing", "crime"):
        for path in (exports / system).glob("*.csv"):
            with path.open(encoding="cp1252", newline="") as file:
                cells[system] += sum(1 for row in csv.reader(file) for cell in row if TYPED_WRONGLY.search(cell))
    unreadable = rejects.filter(reason=RejectReason.UNREADABLE_TIME.value)
    counted = Counter(unreadable["source"])
    assert {system: counted[system] for system in cells} == dict(cells)
    assert cells.total() > 0


def test_ethnicity_is_empty_in_thirty_to_fifty_of_a_hundred_records_of_children(exports):
    children = [row for row in rows(exports, "missing/persons-*.csv") if not row["PersonURN"].startswith("PA")]
    assert 0.3 < sum(not row["SDE"] for row in children) / len(children) < 0.5


def test_every_case_whose_notes_are_told_in_the_truth_has_notes(exports, log):
    told = set()
    for table, column in (("failings", "shown_by"), ("gaming", "gaming")):
        with (exports.parent / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            told |= {row["case"] for row in csv.DictReader(file) if row[column] in ("notes", "copied text")}
    assert {case.split(":")[0] for case in told} == {"missing", "crime", "safeguarding"}
    assert told <= set(pl.read_parquet(log / "notes.parquet")["case_id"])
