"""The truth about each measure: the records show it as far as they can tell, and only what is planted changes."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from datetime import date
from math import sqrt
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from wardline.dive import open_dive, run_dive
from wardline.measures.charts import (
    ChartKind,
    ControlChart,
    Point,
    Series,
    Shown,
    Wanted,
    draw_chart,
    false_signals_expected,
)
from wardline.measures.declared import measures_for
from wardline.measures.over_time.count_measures import count_measures
from wardline.simulation import simulate
from wardline.simulation.investigators import STAFF_FILE
from wardline.time_limits import PeriodLength

EXAMPLE = ROOT / "examples" / "teesmouth"
POPULATION = 60_000
SEEDS = range(1, 11)
MISSING, CRIME, ONLINE = (
    f"england/{name}" for name in ("missing-children", "crime-recording-and-victims", "online-exploitation")
)
REACHED, DEVICE_DECIDED = f"{MISSING}/reached-in-time", f"{ONLINE}/device-decided-in-time"
AS_RECORDED = (
    *(f"{MISSING}/found-within-8-hours", f"{MISSING}/found-within-24-hours", f"{MISSING}/harm-on-return"),
    *(f"{MISSING}/missing-again-within-30-days", f"{MISSING}/missing-again-within-90-days"),
    *(f"{MISSING}/support-taken-up", f"{CRIME}/support-taken-up", f"{CRIME}/child-no-longer-supports"),
)
FEW_OF_A_MONTH = 2  # so many may be in the month before: of a return at no time only the day of typing is known
FAR = 3  # standard errors
SINCE_RECORDING_CHANGED = date(2024, 6, 1)


def truth_of(force: Path, table: str) -> list[dict[str, str]]:
    with (force / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def forces(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Ten small forces."""
    folder = tmp_path_factory.mktemp("forces")
    for seed in SEEDS:
        simulate(folder / str(seed), seed=seed, years=2, population=POPULATION)
    return [folder / str(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def counted(forces: list[Path], tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Measures as the records of the first force show them, beside the truth, by month and district."""
    folder = tmp_path_factory.mktemp("dive")
    shutil.copytree(EXAMPLE, folder / "example")
    dive = folder / "example" / "dive.yaml"
    text = dive.read_text(encoding="utf-8").replace("../../dives/teesmouth/force", forces[0].as_posix())
    dive.write_text(text, encoding="utf-8")
    run_dive(dive, folder / "dive")
    tables = open_dive(folder / "dive").tables
    table = count_measures(
        measures_for((MISSING, CRIME, ONLINE)), tables, by=(PeriodLength.MONTH,), splits=("district",)
    ).filter(by="month", entries="all", split="district")
    truth = pl.DataFrame(truth_of(forces[0], "measures")).select(
        "measure",
        pl.col("met", "of", "by_linking").cast(pl.Int64),
        first_day=pl.col("month").str.to_date(),
        group="district",
    )
    beside = table.join(truth, on=["measure", "first_day", "group"], how="left")
    return beside.with_columns(pl.col("met", "of", "by_linking").fill_null(0))


@pytest.mark.parametrize("measure", AS_RECORDED)
def test_what_the_records_show_is_true_as_far_as_they_can_tell(counted: pl.DataFrame, measure: str) -> None:
    found = counted.filter(measure=measure)
    met, told = pl.col("met"), pl.col("numerator")
    assert found["of"].sum() > 100
    # Two records of one child are two children to the records.
    outside = found.filter((met < told) | (met - pl.col("by_linking") > told + pl.col("not_told")))
    assert outside.select("first_day", "group", "numerator", "not_told", "met", "by_linking").rows() == []
    away = (found["of"] - found["denominator"] - found["not_told"]).abs()
    assert away.max() <= FEW_OF_A_MONTH and away.sum() <= FEW_OF_A_MONTH


def test_attendance_is_as_true_but_for_what_nothing_shows(counted: pl.DataFrame, forces: list[Path]) -> None:
    found = counted.filter(measure=REACHED)
    failings = truth_of(forces[0], "failings")
    hidden = sum(row["obligation"] == f"{MISSING}/attend" and row["shown_by"] == "nothing" for row in failings)
    told, not_told = found["numerator"].sum(), found["not_told"].sum()
    assert 0 < hidden < 0.1 * found["of"].sum()
    assert told - hidden <= found["met"].sum() <= told + not_told


def test_a_device_decision_that_nobody_made_is_in_the_records_and_not_in_the_truth(counted: pl.DataFrame) -> None:
    later = counted.filter(pl.col("measure") == DEVICE_DECIDED, pl.col("first_day") >= SINCE_RECORDING_CHANGED)
    assert later["numerator"].sum() == later["denominator"].sum() == later["of"].sum() > 0
    assert later["met"].sum() < later["of"].sum()


def test_how_large_the_planted_changes_are_is_what_was_done_before_and_after(forces: list[Path]) -> None:
    measures = truth_of(forces[0], "measures")
    sizes = truth_of(forces[0], "sizes")
    assert {(row["since"], row["measure"]) for row in sizes} == {
        ("2024-03-01", REACHED),
        ("2024-06-01", DEVICE_DECIDED),
        ("2024-09-01", REACHED),
    }
    for row in sizes:
        mine = [one for one in measures if (one["measure"], one["district"]) == (row["measure"], row["district"])]
        for begin, end, which in ((row["from"], row["since"], "before"), (row["since"], row["until"], "after")):
            within = [one for one in mine if begin <= one["month"] < (end or "9999")]
            met, of = (sum(int(one[name]) for one in within) for name in ("met", "of"))
            assert (int(row[f"met_{which}"]), int(row[f"of_{which}"])) == (met, of)
            assert row[f"share_{which}"] == (f"{met / of:.4f}" if of else "")


def test_police_came_sooner_everywhere_but_in_the_worse_district(forces: list[Path]) -> None:
    changes: dict[tuple[str, str], list[float]] = defaultdict(list)
    for force in forces:
        for row in truth_of(force, "sizes"):
            if row["measure"] == REACHED:
                change = float(row["share_after"]) - float(row["share_before"])
                changes[row["since"], row["district"]].append(change)
    mean = {key: sum(found) / len(found) for key, found in changes.items()}
    assert mean["2024-03-01", "Eastmoor"] < -0.1
    assert all(mean["2024-09-01", district] > 0.2 for district in ("Northbank", "Saltholme", "Ferryhill Cross"))
    assert 0 < mean["2024-09-01", "Eastmoor"] < 0.2


def chart_of(force: Path, measure: str) -> ControlChart:
    """The chart of a measure over the whole force, as things truly were, month by month."""
    months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in truth_of(force, "measures"):
        if row["measure"] == measure:
            months[row["month"]][0] += int(row["met"])
            months[row["month"]][1] += int(row["of"])
    points = tuple(Point.of(date.fromisoformat(month), *months[month]) for month in sorted(months))
    series = Series(Shown.SHARE, PeriodLength.MONTH, points)
    return draw_chart(series, ChartKind.P_PRIME, wanted=Wanted.LARGER, screened=False)


def test_where_nothing_is_planted_there_are_no_more_signals_than_chance_makes(forces: list[Path]) -> None:
    charts = [chart_of(force, measure) for force in forces for measure in AS_RECORDED]
    found = false_signals_expected(charts)
    assert found.charts > 60
    rate = found.expected / found.charts
    assert found.with_a_signal <= found.expected + FAR * sqrt(found.charts * rate * (1 - rate))


def test_where_a_real_improvement_is_planted_each_chart_shows_it(forces: list[Path]) -> None:
    assert all(chart_of(force, REACHED).has_signal for force in forces)


def test_investigators_are_told_in_the_truth_and_beside_the_exports(forces: list[Path]) -> None:
    for force in forces:
        with (force / STAFF_FILE).open(encoding="utf-8", newline="") as file:
            staff = [(row["Month"], row["Investigators"]) for row in csv.DictReader(file)]
        assert staff == [(row["month"], row["investigators"]) for row in truth_of(force, "investigators")]
        assert [month for month, _ in staff] == [f"{2023 + n // 12}-{n % 12 + 1:02}" for n in range(3, 27)]
        assert all(int(count) >= 1 for _, count in staff)
