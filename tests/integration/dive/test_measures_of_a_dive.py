"""The measures of a dive: counted, kept with what they were counted by, and read again."""

from __future__ import annotations

import json
import os
import shutil

import polars as pl
import pytest

from tests.integration.dive.a_dive import changed, wardline_alone, write_dive
from wardline.dive import open_dive, run_dive
from wardline.errors import DocumentError
from wardline.measures.over_time import MEASURES, Entries, WhyLeftOut, chart_of_measure
from wardline.time_limits import PeriodLength

OURS = """\
measure set: our-own/pace
title: How soon somebody is sent
version: "1"
case type: missing episode
measures:
  - id: sent-in-time
    title: An officer was sent in time
    part: what was done
    share met: our-own/pace/send
    better: larger
    by: [from_care]
    why: While nobody looks, a child may come to harm.
    gaming: Pressing the button before leaving.
  - id: reports-per-investigator
    title: Reports for each investigator
    part: demand
    cases: {per: investigator}
    better: neither
    why: It says how much there is to do.
    gaming: Counting people who have no cases.
"""
CHARTS = """\
measures: [ours.yaml]
charts:
  screened: yes
  rebases:
    - {measure: our-own/pace/sent-in-time, from: 2025-06-09, reason: A new system, by: A. Smith, on: 2025-06-12}
"""
DIVE = changed("dive.yaml", "standards: [pace.yaml]\n", f"standards: [pace.yaml]\n{CHARTS}")
FORCE = changed("force.yaml", "time zone: Europe/London\n", "time zone: Europe/London\ninvestigators: {2025-06: 4}\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measured")
    return open_dive(run_dive(write_dive(folder, {**DIVE, **FORCE, "ours.yaml": OURS}), folder / "out").folder)


def whole(dive, measure):
    return dive.measures.filter(pl.col("measure") == measure, pl.col("by") == "period", pl.col("entries") == "all")


def test_the_table_agrees_with_the_figures_of_the_report(made):
    outcomes = made.figures.obligations["our-own/pace/send 1"]
    rows = whole(made, "our-own/pace/sent-in-time").filter(pl.col("split").is_null()).collect()
    assert rows.select("numerator", "denominator", "not_told").row(0) == (
        outcomes.met.value,
        outcomes.judged.value,
        outcomes.cannot_tell.value,
    )
    assert outcomes.judged.value > 0
    assert made.measures.collect_schema() == MEASURES
    assert set(rows["split"]) == {None}
    assert set(whole(made, "our-own/pace/sent-in-time").collect()["split"]) == {None, "from_care"}


def test_what_measures_and_charts_a_dive_was_asked_for_is_kept(made):
    assert [measure.name for measure in made.settings.measures] == [
        "our-own/pace/sent-in-time",
        "our-own/pace/reports-per-investigator",
    ]
    assert made.settings.charts.is_screened
    assert [one.reason for one in made.settings.charts.rebases_of("our-own/pace/sent-in-time")] == ["A new system"]
    assert "measures" in [one.what for one in made.manifest.inputs]
    assert made.measures_left_out == ()


def test_a_month_that_is_not_over_has_no_rate_and_its_number_of_investigators_all_the_same(made):
    rows = made.measures.filter(pl.col("measure") == "our-own/pace/reports-per-investigator", pl.col("by") == "month")
    row = rows.collect().row(0, named=True)
    assert (row["no_value"], row["denominator"], row["numerator"]) == ("not_over", 4, 4)


@pytest.mark.parametrize("length", list(PeriodLength))
@pytest.mark.parametrize("entries", list(Entries))
def test_a_chart_is_drawn_of_what_a_dive_keeps(made, length, entries):
    table = made.measures.collect()
    for measure in made.settings.measures:
        chart = chart_of_measure(table, measure, by=length, entries=entries)
        assert {point.absent is None for point in chart.series.points} <= {True, False}
        assert len(chart.series.points) >= 1


def test_a_dive_without_measures_of_its_standards_has_a_table_without_rows(tmp_path):
    dive = open_dive(run_dive(write_dive(tmp_path), tmp_path / "out").folder)
    assert dive.measures.collect().is_empty()
    assert dive.settings.measures == ()


def test_measures_that_the_force_does_not_say_enough_for_are_left_out(tmp_path):
    dive = open_dive(run_dive(write_dive(tmp_path, {**DIVE, "ours.yaml": OURS}), tmp_path / "out").folder)
    assert [one.why for one in dive.measures_left_out] == [WhyLeftOut.NOT_GIVEN]


def test_a_dive_that_was_made_before_there_were_measures_opens_without_any(made, tmp_path):
    folder = tmp_path / "out"
    shutil.copytree(made.folder, folder)
    (folder / "measures.parquet").unlink()
    shutil.rmtree(folder / "settings/measures")
    (folder / "settings/charts.yaml").unlink()
    manifest = folder / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    later = ("measures.parquet", "settings/charts.yaml")
    said["outputs"] = [
        one for one in said["outputs"] if one["name"] not in later and not one["name"].startswith("settings/measures/")
    ]
    manifest.write_text(json.dumps(said), encoding="utf-8")
    dive = open_dive(folder)
    assert dive.measures.collect().is_empty()
    assert (dive.settings.measures, dive.settings.charts.rebases) == ((), ())


def problems(folder, **files):
    with pytest.raises(DocumentError) as told:
        run_dive(write_dive(folder, files), folder / "out")
    return [(one.where.line, one.what) for one in told.value.problems]


def test_a_rebase_of_a_measure_that_the_dive_does_not_have_is_refused_with_the_nearest_name(tmp_path):
    dive = DIVE["dive.yaml"].replace("our-own/pace/sent-in-time,", "our-own/pace/send-in-time,")
    line = next(at for at, text in enumerate(dive.splitlines(), 1) if "send-in-time" in text)
    ((where, what),) = problems(tmp_path, **{"dive.yaml": dive, "ours.yaml": OURS})
    assert where == line
    assert what.startswith("This dive has no measure called `our-own/pace/send-in-time`.")
    assert "our-own/pace/sent-in-time" in what


def test_measures_that_nobody_ships_and_measures_named_twice_are_refused(tmp_path):
    dive = DIVE["dive.yaml"].replace("[ours.yaml]", "[england/missing]")
    (told,) = [
        what for _, what in problems(tmp_path / "a", **{"dive.yaml": dive, "ours.yaml": OURS}) if "measures" in what
    ]
    assert told.startswith("No measures called `england/missing` ship with Wardline.")
    dive = DIVE["dive.yaml"].replace("[ours.yaml]", "[ours.yaml, ours.yaml]")
    found = problems(tmp_path / "b", **{"dive.yaml": dive, "ours.yaml": OURS})
    assert [what for _, what in found] == ["The measures `our-own/pace` are named twice."]


def test_the_same_records_give_the_same_table_with_any_number_of_threads(tmp_path):
    dive = write_dive(tmp_path, {**DIVE, **FORCE, "ours.yaml": OURS})
    tables = []
    for threads in ("1", "3"):
        out = tmp_path / f"out-{threads}"
        told = wardline_alone("dive", dive, "--out", out, env={**os.environ, "POLARS_MAX_THREADS": threads})
        assert told.returncode == 0
        tables.append((out / "measures.parquet").read_bytes())
    assert tables[0] == tables[1]
