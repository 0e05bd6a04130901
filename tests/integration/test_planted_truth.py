"""A dive into a small made-up force finds what was planted there, all of it, and nothing else."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from wardline.dive import Pages, open_dive, run_dive
from wardline.simulation import simulate

EXAMPLE = ROOT / "examples" / "teesmouth"
MADE_FOR = "../../dives/teesmouth/force"  # where the example's dive file looks for the exports
POPULATION = 60_000
HOURS_OVER_NIGHT = 12
# A local day on which many are missing in the larger force, and when it began.
DAY, MIDNIGHT = "2024-05-15", "2024-05-14T23:00:00Z"
# Of what is owed from the report on: the latest report of which it is overdue by then, whatever the grade.
REPORTED_BY = {
    "england/missing-children/attend": "2024-05-14T14:59:00Z",
    "england/missing-children/first-grading": "2024-05-14T22:44:00Z",
    "england/missing-children/strategy-meeting": "2024-05-12T22:59:00Z",
}
SHOWN_OF_A_DIFFERENCE = 40

Key = tuple[str, str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teesmouth")
    simulate(folder / "force", seed=1, years=2, population=POPULATION)
    shutil.copytree(EXAMPLE, folder / "example")
    dive = folder / "example" / "dive.yaml"
    dive.write_text(dive.read_text(encoding="utf-8").replace(MADE_FOR, "../force"), encoding="utf-8")
    run_dive(dive, folder / "dive")
    return folder


@pytest.fixture(scope="module")
def findings(folder: Path) -> pl.DataFrame:
    """Of what the made-up force's systems hold; the oversight body's own register is not simulated."""
    table = pl.read_parquet(folder / "dive" / "findings.parquet")
    simulated = pl.col("case_id").str.split(":").list.first().is_in(["missing", "crime", "safeguarding"])
    return table.filter(simulated).with_columns(duty=pl.concat_str("standard", "obligation", separator="/"))


def test_the_pages_of_a_made_up_force_come_out_of_its_folder_as_they_were_made(folder):
    assert Pages(open_dive(folder / "dive")).come_out_as_kept()


def planted(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "force" / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keys(findings: pl.DataFrame, what: str) -> Counter[Key]:
    return Counter(zip(findings["duty"], findings["case_id"], findings[what], strict=True))


def difference(found: Counter[Key], planted: Counter[Key]) -> str:
    """Both lists, so that it can be seen at once what is wrong."""
    lists = {"found and not planted": found - planted, "planted and not found": planted - found}
    return "\n".join(
        f"{name}: {only.total()}\n" + "\n".join(f"  {' '.join(key)}" for key in sorted(only)[:SHOWN_OF_A_DIFFERENCE])
        for name, only in lists.items()
    )


def test_every_failing_that_the_records_can_show_is_found_and_nothing_else(folder, findings):
    found = keys(findings.filter(pl.col("outcome").is_in(["late", "missed"])), "outcome")
    rows = [row for row in planted(folder, "failings") if row["shown_by"] == "records"]
    truth = Counter((row["obligation"], row["case"], row["outcome"]) for row in rows)
    assert truth.total() > 1_000
    assert found == truth, difference(found, truth)


def test_what_the_records_cannot_tell_is_told_with_the_planted_reason(folder, findings):
    rows = planted(folder, "gaps")
    standing = {(row["obligation"], row["reason"]) for row in rows if row["case"] == "*"}
    truth = Counter((row["obligation"], row["case"], row["reason"]) for row in rows if row["case"] != "*")
    found = keys(findings.filter(pl.col("outcome") == "cannot_tell"), "reason")
    found = Counter({key: count for key, count in found.items() if (key[0], key[2]) not in standing})
    assert {reason for _, _, reason in truth} >= {"not_joined", "record_gap", "evidence_incomplete", "time_not_exact"}
    assert found == truth, difference(found, truth)


def test_no_episode_whose_incident_cannot_be_joined_has_no_record_of_attendance(folder, findings):
    unjoined = {row["case"] for row in planted(folder, "gaps") if row["reason"] == "not_joined"}
    attendance = findings.filter(pl.col("obligation") == "attend", pl.col("case_id").is_in(sorted(unjoined)))
    assert attendance.height == len(unjoined) > 0
    assert set(attendance["outcome"]) == {"cannot_tell"}


def test_a_reply_dated_the_evening_before_is_in_time_and_shows_as_written_up_later(folder, findings):
    dated_back = [row["case"] for row in planted(folder, "gaming") if row["gaming"].startswith("reply dated")]
    replies = findings.filter(pl.col("obligation") == "reply-or-chased", pl.col("case_id").is_in(dated_back))
    assert replies.height == len(dated_back) > 0
    assert set(replies["outcome"]) == {"met"}
    later = replies["response_recorded_at"] - replies["responded_at"]
    assert later.dt.total_hours().min() >= HOURS_OVER_NIGHT


@pytest.fixture(scope="module")
def on_a_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A larger force as at the start of a day on which many children are missing of whom something is overdue."""
    folder = tmp_path_factory.mktemp("teesmouth-on-a-day")
    simulate(folder / "force", seed=1, years=1, population=10 * POPULATION)
    shutil.copytree(EXAMPLE, folder / "example")
    dive = folder / "example" / "dive.yaml"
    text = dive.read_text(encoding="utf-8").replace(MADE_FOR, "../force")
    text = text.replace("as at: 2025-04-01", f"as at: {DAY}").replace("to: 2025-03-31", f"to: {DAY}")
    dive.write_text(text, encoding="utf-8")
    run_dive(dive, folder / "dive")
    return folder


def test_the_list_for_today_starts_with_the_children_who_are_missing_at_that_hour(on_a_day):
    """All of those with something overdue are there, and none of them stands behind a child who is back."""
    lives = {row["case"]: row for row in planted(on_a_day, "missing") if row["at"] < MIDNIGHT}
    missing = {case for case, row in lives.items() if not row["until"] or row["until"] > MIDNIGHT}
    # Who is back and was not written up as such is no child that anybody could put behind the others.
    untold = {case for case, row in lives.items() if not row["told_at"] or row["told_at"] > MIDNIGHT} - missing
    failings = [row for row in planted(on_a_day, "failings") if row["shown_by"] == "records"]
    overdue = missing & {
        row["case"]
        for row in failings
        if row["outcome"] == "missed" and row["at"] <= REPORTED_BY.get(row["obligation"], "")
    }
    cases = pl.read_parquet(on_a_day / "dive" / "cases.parquet").select("case_id", "person_id").drop_nulls()
    child_of = dict(cases.iter_rows())
    with (on_a_day / "dive" / "children-to-check-today.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(overdue) > 1
    assert overdue <= {row["case"] for row in listed}
    children, unclear = ({child_of.get(case, case) for case in which} for which in (missing, untold))
    listed_children = dict.fromkeys(row["child"] or row["case"] for row in listed)
    is_missing = [child in children for child in listed_children if child in children or child not in unclear]
    assert len(overdue) <= sum(is_missing) < len(is_missing)
    assert is_missing == sorted(is_missing, reverse=True)


def test_gaming_shows_as_record_faults(folder):
    faults = pl.read_parquet(folder / "dive" / "record_faults.parquet")
    heaped = faults.filter(pl.col("fault") == "Times heaped on the hour")
    assert [(row["source"], "council_told" in row["what_it_says"]) for row in heaped.to_dicts()] == [("missing", True)]
    bursts = [row["at"][:16] for row in planted(folder, "gaming") if row["gaming"] == "twenty reviews in six minutes"]
    found = faults.filter(pl.col("fault") == "Many entries typed in one burst", pl.col("source") == "missing")
    assert bursts and set(bursts) <= {at.strftime("%Y-%m-%dT%H:%M") for at in found["happened_at"]}


def test_grades_lowered_just_before_the_limit_are_found_and_no_others(folder):
    """But for those of episodes of which the system keeps the last grade only, so that nothing was lowered there."""
    rows = [row for row in planted(folder, "gaming") if row["gaming"] == "downgraded just before the limit"]
    grades = pl.read_parquet(folder / "dive" / "events.parquet").filter(pl.col("event") == "risk_graded")
    kept = grades.group_by("case_id").len().filter(pl.col("len") > 1)["case_id"].to_list()
    truth = {(row["case"], row["at"]) for row in rows if row["case"] in kept}
    found = open_dive(folder / "dive").lowered_grades.filter(pl.col("graded_when") == "in the last quarter")
    assert len(truth) > 10
    assert set(zip(found["case_id"], found["graded_at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"), strict=True)) == truth


def test_notes_copied_to_eight_cases_or_more_are_found_and_no_others(folder):
    copied = {row["case"] for row in planted(folder, "gaming") if row["gaming"] == "copied text"}
    notes = pl.read_parquet(folder / "dive" / "notes.parquet").filter(pl.col("case_id").is_in(sorted(copied)))
    on_many = notes.filter(pl.col("case_id").n_unique().over("source", "text") >= 8)["case_id"]
    faults = pl.read_parquet(folder / "dive" / "record_faults.parquet")
    found = faults.filter(pl.col("fault") == "The same note on many cases")["case_id"]
    assert len(on_many) and set(found) == set(on_many)
