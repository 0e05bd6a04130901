"""Each made-up episode of examples/first-dive shows what its README says that it shows."""

from __future__ import annotations

import html
import json
import shutil
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tools.made_up_episodes import EPISODES
from wardline.dive import run_dive

EXAMPLE = ROOT / "examples" / "first-dive"

# Episode, obligation, outcome, and what else the README says of it: why it cannot be told, or how late it was.
SHOWN = [
    ("1001", "attend", "met", None),
    ("1001", "prevention-interview", "met", None),
    ("1001", "return-interview-done", "met", None),
    ("1002", "attend", "met", None),
    ("1003", "attend", "met", None),
    ("1004", "attend", "met", None),
    ("1005", "attend", "late", timedelta(minutes=1)),
    ("1006", "attend", "late", timedelta(hours=2, minutes=35)),
    ("1007", "attend", "missed", None),
    ("1007", "not-only-by-telephone", "missed", None),
    ("1008", "attend", "exempt", None),
    ("1009", "attend", "exempt", None),
    ("1010", "attend", "cannot_tell", "time_not_exact"),
    ("1011", "first-grading", "missed", None),
    ("1012", "attend", "late", timedelta(hours=2, minutes=55)),
    ("1013", "attend", "late", timedelta(minutes=15)),
    ("1014", "attend", "late", timedelta(hours=2, minutes=45)),
    ("1015", "attend", "met", None),
    ("1018", "strategy", "met", None),
    ("1019", "attend", "cannot_tell", "record_gap"),
    ("1020", "attend", "cannot_tell", "time_not_exact"),
    ("1021", "social-worker-told", "late", timedelta(hours=19, minutes=15)),
    ("1022", "social-worker-told", "missed", None),
    ("1023", "return-interview-offered", "late", timedelta(hours=12, minutes=17)),
    ("1024", "return-interview-done", "exempt", None),
    ("1025", "return-interview-offered", "cannot_tell", "not_joined"),
    ("1026", "not-only-by-telephone", "missed", None),
    ("1027", "prevention-interview", "missed", None),
    ("1028", "council-told", "missed", None),
    ("1030", "attend", "cannot_tell", "evidence_incomplete"),
    ("1031", "attend", "met", None),
    ("1040", "attend", "met", None),
    ("1041", "attend", "met", None),
    ("1042", "attend", "missed", None),
    ("1043", "attend", "not_yet_due", None),
    ("1044", "attend", "not_yet_due", None),
]


@pytest.fixture(scope="module")
def dive_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first-dive")
    shutil.copytree(EXAMPLE, folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "out")
    return folder / "out"


@pytest.mark.parametrize(("episode", "obligation", "outcome", "more"), SHOWN)
def test_an_episode_shows_what_it_is_there_for(episode, obligation, outcome, more, dive_folder):
    findings = pl.read_parquet(dive_folder / "findings.parquet").filter(
        pl.col("case_id") == f"missing:{episode}", pl.col("obligation") == obligation
    )
    assert findings["outcome"].to_list() == [outcome]
    if isinstance(more, timedelta):
        assert findings["late_by"].to_list() == [more]
    elif more is not None:
        assert findings["reason"].to_list() == [more]


def test_a_review_that_came_after_fourteen_hours_is_late_and_the_others_are_not(dive_folder):
    reviews = pl.read_parquet(dive_folder / "findings.parquet").filter(
        pl.col("case_id") == "missing:1029", pl.col("obligation") == "reviews"
    )
    assert reviews["outcome"].to_list() == ["met", "met", "met", "late", "met", "exempt"]


def test_each_fault_that_an_episode_is_there_for_is_listed(dive_folder):
    faults = pl.read_parquet(dive_folder / "record_faults.parquet").filter(pl.col("source") == "missing")
    assert {(fault, case_id) for fault, case_id in faults.select("fault", "case_id").rows()} == {
        ("An end before its start", "missing:1032"),
        ("Arrival before call", "missing:1032"),
        ("Arrival before call", "missing:1033"),
        ("Overlapping episodes of one child", "missing:1035"),
        ("Many entries typed in one burst", None),
        ("Before birth", "missing:1037"),
    }


def test_the_child_still_missing_past_the_deadline_is_to_be_checked_today(dive_folder):
    listed = pl.read_csv(dive_folder / "children-to-check-today.csv")
    about_attending = listed.filter(pl.col("obligation") == "england/missing-children/attend")
    assert "missing:1042" in about_attending["case"].to_list()
    assert "missing:1043" not in about_attending["case"].to_list()


def test_an_adult_and_a_row_without_a_number_are_no_cases(dive_folder):
    cases = set(pl.read_parquet(dive_folder / "cases.parquet")["case_id"])
    assert cases == {f"missing:{episode.number}" for episode in EPISODES if episode.kind == "C"}


def test_rows_are_rejected_for_the_reasons_that_the_readme_gives(dive_folder):
    rejects = pl.read_parquet(dive_folder / "rejects.parquet")
    assert rejects.filter(pl.col("what") == "row").height == 6
    assert rejects.filter(pl.col("what") == "cell")["column"].to_list() == ["ActionTime", "Risk"]


def test_the_manifest_and_the_report_say_what_became_of_every_row_and_what_was_noted(dive_folder):
    manifest = json.loads((dive_folder / "manifest.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in manifest["rows"]} >= {"episodes-1.csv", "log.csv", "return-interviews.xlsx"}
    for one in manifest["rows"]:
        assert one["rows_in"] == one["kept"] + one["left_out"] + one["rejected"]
    page = html.unescape((dive_folder / "report.html").read_text(encoding="utf-8"))
    assert manifest["remarks"], "the made-up exports hold times that were read as intervals"
    assert all(remark in page for remark in manifest["remarks"])


def test_the_list_in_the_readme_is_of_these_episodes():
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert [episode.number for episode in EPISODES if f"| {episode.number} | {episode.shows} |" not in readme] == []
