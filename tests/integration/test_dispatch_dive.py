"""The dive of examples/dispatch on the real log equals a hand calculation, and its README tells its figures truly."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import astuple, fields
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.integration.dispatch_by_hand import (
    BEGUN_BY_AN_OFFICER,
    Finding,
    calls_judged,
    findings_by_hand,
    read_calls,
    read_when,
)
from wardline.dive import Pages, open_dive, run_dive

CALLS = ROOT.parent / "shared" / "data" / "dispatch" / "calls.csv"
EXAMPLE = ROOT / "examples" / "dispatch"
STEP_ON = datetime(2025, 10, 5)

pytestmark = pytest.mark.skipif(
    not CALLS.exists(), reason="the real dispatch log is not part of the project and is not beside it here"
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return read_calls(CALLS)


@pytest.fixture(scope="module")
def dive_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dispatch")
    shutil.copytree(EXAMPLE, folder / "example", ignore=shutil.ignore_patterns("exports"))
    (folder / "example" / "exports").mkdir()
    shutil.copy(CALLS, folder / "example" / "exports" / "calls.csv")
    run_dive(folder / "example" / "dive.yaml", folder / "out")
    return folder / "out"


def findings_of(dive_folder: Path) -> list[Finding]:
    columns = [item.name for item in fields(Finding)]
    table = pl.read_parquet(dive_folder / "findings.parquet").select(columns)
    return [Finding(*row) for row in table.rows()]


def test_every_finding_on_every_call_equals_the_hand_calculation(dive_folder, rows):
    by_wardline, by_hand = Counter(findings_of(dive_folder)), Counter(findings_by_hand(rows))
    only_wardline, only_hand = by_wardline - by_hand, by_hand - by_wardline
    assert not only_wardline and not only_hand, "\n".join(
        f"{who}: {astuple(finding)}"
        for who, findings in (("Wardline", only_wardline), ("by hand", only_hand))
        for finding in sorted(findings, key=lambda finding: (finding.case_id, finding.obligation))[:20]
    )


def test_calls_in_the_hour_that_came_twice_are_judged_only_where_every_reading_agrees(dive_folder):
    not_exact = {finding.case_id for finding in findings_of(dive_folder) if finding.reason == "time_not_exact"}
    assert {"dispatch:25-092461", "dispatch:25-092465"} <= not_exact


def test_no_call_is_recorded_as_reached_before_it_began(dive_folder):
    assert [
        finding.case_id
        for finding in findings_of(dive_folder)
        if finding.obligation == "arrive" and finding.outcome == "met" and finding.responded_at < finding.triggered_at
    ] == []


def test_every_row_is_kept_left_out_or_rejected(dive_folder, rows):
    kept = pl.read_parquet(dive_folder / "cases.parquet").height
    rejected = pl.read_parquet(dive_folder / "rejects.parquet").filter(pl.col("what") == "row").height
    left_out = sum(row["Call_Reception"] in BEGUN_BY_AN_OFFICER for row in rows)
    assert kept == len(calls_judged(rows))
    assert kept + left_out + rejected == len(rows)


def traps(rows: list[dict[str, str]]) -> dict[str, int]:
    """Each figure that the example's README gives, counted from the log."""
    kept = calls_judged(rows)
    outcomes = Counter((finding.obligation, finding.outcome) for finding in findings_by_hand(rows))
    arrived = [(read_when(r["Incident_Start_Time"]), read_when(r["Incident_Arrival_Time"]), r) for r in rows]
    arrived = [(start, arrival, row) for start, arrival, row in arrived if arrival is not None]
    before = [row for start, arrival, row in arrived if arrival.earliest < start.earliest]
    at_once = [row for start, arrival, row in arrived if arrival == start]
    closed = [(arrival, read_when(row["Incident_First_Close_Time"]), row) for _, arrival, row in arrived]
    after_close = [row for arrival, close, row in closed if close is not None and arrival.earliest > close.earliest]
    times = [name for name in rows[0] if name.endswith("_Time") and name != "Elapsed_Call_Time"]
    readings = [[read_when(row[name]) for name in times] for row in kept]
    return {
        "rows in the log": len(rows),
        "rows kept, one case each": len(kept),
        "rows left out because an officer began the call": sum(
            r["Call_Reception"] in BEGUN_BY_AN_OFFICER for r in rows
        ),
        "rows without an incident number": sum(not row["Master_Incident_Number"] for row in rows),
        "of them rejected (an officer began the others, which are left out before)": sum(
            not r["Master_Incident_Number"] and r["Call_Reception"] not in BEGUN_BY_AN_OFFICER for r in rows
        ),
        "incident numbers that occur twice": sum(
            n > 1 for i, n in Counter(r["Master_Incident_Number"] for r in rows).items() if i
        ),
        "kept rows with a time in the hour that came twice": sum(
            any(when is not None and not when.is_exact for when in row) for row in readings
        ),
        "occasions that we cannot tell because of that hour": outcomes["arrive", "cannot_tell"],
        "rows with an arrival before their start": len(before),
        "rows whose arrival equals their start": len(at_once),
        "of them left out because an officer began the call": sum(
            r["Call_Reception"] in BEGUN_BY_AN_OFFICER for r in at_once
        ),
        "rows with an arrival after their first close": len(after_close),
        "rows without an arrival": len(rows) - len(arrived),
        "rows without a first close": sum(read_when(row["Incident_First_Close_Time"]) is None for row in rows),
        "kept rows of a priority other than 1 to 4": sum(row["Priority_Number"] not in "1234" for row in kept),
        "rows a week before 5 October": per_week(rows, before=True),
        "rows a week from 5 October": per_week(rows, before=False),
        "kept rows a week before 5 October": per_week(kept, before=True),
        "kept rows a week from 5 October": per_week(kept, before=False),
        "kept parking complaints a week before 5 October": per_week(parking(kept), before=True),
        "kept parking complaints a week from 5 October": per_week(parking(kept), before=False),
        "arrivals recorded in time": outcomes["arrive", "met"],
        "arrivals recorded late": outcomes["arrive", "late"],
        "no arrival found": outcomes["arrive", "missed"],
        "arrivals not owed, the call being closed first": outcomes["arrive", "exempt"],
        "arrivals not yet due": outcomes["arrive", "not_yet_due"],
        "calls opened again": outcomes["not-reopened", "missed"],
        "first closes without a disposition": outcomes["disposition", "missed"],
    }


def parking(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["Problem"] == "PARKING COMPLAINT"]


def per_week(rows: list[dict[str, str]], *, before: bool) -> int:
    """Rows a week in the 6 weeks before the step in recording, or in the 12 from it on, to the nearest whole."""
    starts = (datetime.strptime(row["Incident_Start_Time"], "%Y-%m-%d %H:%M:%S.%f") for row in rows)
    return round(sum((start < STEP_ON) == before for start in starts) / (6 if before else 12))


def test_the_readme_gives_each_figure_as_it_is(rows):
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    told = {
        what: int(count.replace(",", ""))
        for what, count in re.findall(r"^\| ([^|]+) \| ([\d,]+) \|$", readme, re.MULTILINE)
    }
    assert told == traps(rows)


def test_its_report_and_spreadsheet_come_out_of_its_folder_as_they_were_made(dive_folder):
    assert Pages(open_dive(dive_folder)).come_out_as_kept()
