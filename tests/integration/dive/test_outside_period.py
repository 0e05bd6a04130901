"""The lists for today are not held back by the period: it says of which occasions the figures are."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.integration.dive.a_dive import FILES, changed, wardline, write_dive
from wardline import open_dive
from wardline.measures import every_count

PERIOD = "period: {from: 2025-06-01, to: 2025-06-30}"
PERIODS = {
    "everything": PERIOD,
    "left out": None,
    "ends before two of them": "period: {from: 2025-06-01, to: 2025-06-02}",
    "begins after all but one": "period: {from: 2025-06-05, to: 2025-06-30}",
    "a day of one of them": "period: {from: 2025-06-03, to: 2025-06-03}",
    "a day of none": "period: {from: 2025-06-07, to: 2025-06-07}",
}
LISTS = ("children-to-check-today.csv", "due-next.csv")
REVIEWS = """\
  - id: reviews
    title: The risk is reviewed every day
    topic: risk assessment and referral
    owed by: force
    from: reported
    then: risk_reviewed
    every: 24 hours
    until: child_found
    per: child
    safeguarding: yes
    basis: {kind: force policy, title: Our response policy}
"""
# Of child PN5: a review that is on record in another case of the child is what the next one is owed from.
OF_ONE_CHILD = """\
E5,PN5,02/06/2025 10:00,02/06/2025 10:01,M,,,Y,INC-5,
E6,PN5,03/06/2025 10:00,03/06/2025 10:01,M,,03/06/2025 11:00,Y,INC-6,03/06/2025 10:30
E7,PN7,02/06/2025 10:00,02/06/2025 10:01,M,,,Y,INC-7,02/06/2025 11:00
E8,PN7,08/06/2025 10:00,08/06/2025 10:01,M,,,Y,INC-8,08/06/2025 10:30
"""
PACE = {
    "pace.yaml": FILES["pace.yaml"] + REVIEWS,
    **changed("mappings/compact.yaml", "{at: FoundTime}\n", "{at: FoundTime}\n      risk_reviewed: {at: ReviewTime}\n"),
    "exports/compact/episodes.csv": "".join(
        f"{line},ReviewTime\n" if line.startswith("EpisodeNo") else f"{line},\n"
        for line in FILES["exports/compact/episodes.csv"].splitlines()
    )
    + OF_ONE_CHILD,
}


def dive_of(folder: Path, which: str, more: dict[str, str | None] = PACE):
    period = PERIODS[which]
    dive_yaml = changed("dive.yaml", PERIOD + "\n", "" if period is None else f"{period}\n")
    told = wardline("dive", write_dive(folder, {**dive_yaml, **more}), "--out", folder / "out")
    assert told.returncode == 0, told.stderr
    return open_dive(folder / "out"), told.stdout


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    return dive_of(tmp_path_factory.mktemp("everything"), "everything")


@pytest.mark.parametrize("which", [one for one in PERIODS if one != "everything"])
def test_whatever_the_period_the_lists_for_today_are_the_same(tmp_path, everything, which):
    of_all, said_of_all = everything
    dive, said = dive_of(tmp_path, which)
    for name in LISTS:
        assert (dive.folder / name).read_text() == (of_all.folder / name).read_text()
    assert of_all.children_to_check.height > 2
    assert dive.children_to_check.equals(of_all.children_to_check)
    assert (
        said.partition("to check today")[0].rpartition("\n")[2]
        == (said_of_all.partition("to check today")[0].rpartition("\n")[2])
    )


@pytest.mark.parametrize("which", PERIODS)
def test_findings_hold_the_period_alone_and_every_number_counts_its_rows(tmp_path, everything, which):
    of_all = everything[0].findings.collect()
    dive, _ = dive_of(tmp_path, which)
    within, outside = dive.findings.collect(), dive.findings_outside_period.collect()
    assert within.join(outside, on=["obligation", "case_id", "triggered_at", "ordinal"], nulls_equal=True).is_empty()
    is_listed = pl.col("case_id").is_in(dive.children_to_check["case"].implode())
    by = ["obligation", "case_id", "triggered_at", "ordinal"]
    assert pl.concat([within, outside]).filter(is_listed).sort(by).equals(of_all.filter(is_listed).sort(by))
    counts = [one for one in every_count(dive.figures) if one.rows is not None]
    assert [dive.tables.count(one.rows) for one in counts] == [one.value for one in counts]


def test_without_a_period_nothing_lies_outside_it(tmp_path):
    dive, _ = dive_of(tmp_path, "left out")
    assert dive.findings_outside_period.collect().is_empty()


def test_an_open_case_outside_the_period_is_judged_for_the_list_and_explained_apart(tmp_path):
    dive, said = dive_of(tmp_path, "ends before two of them")
    assert "not judged" not in said
    told = wardline("explain", "E2", "--dive", dive.folder).stdout
    assert "What was found" not in told and "Nothing that these standards ask for" not in told
    assert "Outside the period of this dive, as at" in told and "no record" in told
    inside = wardline("explain", "E1", "--dive", dive.folder).stdout
    assert "What was found" in inside


def test_the_figures_of_the_period_do_not_hold_what_lies_outside_it(tmp_path, everything):
    dive, _ = dive_of(tmp_path, "a day of none")
    assert dive.findings.collect().is_empty()
    assert dive.figures.to_check.cases.value == everything[0].figures.to_check.cases.value


def test_a_case_closed_long_ago_is_not_looked_at_again(tmp_path):
    as_at = changed("dive.yaml", "as at: 2025-06-10", "as at: 2025-08-10")["dive.yaml"]
    period = as_at.replace(PERIOD, PERIODS["a day of none"])
    told = wardline("dive", write_dive(tmp_path, {"dive.yaml": period, **PACE}), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    outside = open_dive(tmp_path / "out").findings_outside_period.collect()
    assert set(outside["case_id"]) == {"compact:E2", "compact:E4", "compact:E5", "compact:E7", "compact:E8"}


def test_a_review_in_another_case_of_the_child_is_looked_at(everything):
    listed = everything[0].children_to_check.filter(pl.col("title") == "The risk is reviewed every day")
    assert "compact:E5" in listed["case"].to_list()


EPISODE = "EpisodeNo,PersonNo,ReportedTime,CreatedTime,Risk,FoundTime,ClosedTime,Care,IncidentRef\n"
SHIPPED = "[england/missing-children]"


@pytest.mark.parametrize(
    ("reported", "period"),
    [
        ("10/04/2025 12:00", "{from: 2025-03-01, to: 2025-03-31}"),  # the version of the period had ended
        ("10/03/2025 12:00", "{from: 2025-04-01, to: 2025-04-30}"),  # that of the period was not in force yet
        ("10/04/2025 12:00", "{from: 2024-05-01, to: 2024-05-31}"),
    ],
)
def test_a_version_that_is_in_force_outside_the_period_only_judges_what_is_for_today(tmp_path, reported, period):
    episodes = f"{EPISODE}E1,PN1,02/03/2025 18:00,02/03/2025 18:04,H,02/03/2025 23:00,03/03/2025 09:00,Y,INC-1\n"
    episodes += f"E2,PN8832,{reported},{reported},H,,,Y,INC-2\n"
    dives = {}
    for name, of_period in (("within", period), ("everything", None)):
        text = FILES["dive.yaml"].replace("2025-06-10", "2025-04-20").replace("[pace.yaml]", SHIPPED)
        text = text.replace(f"{PERIOD}\n", "" if of_period is None else f"period: {of_period}\n")
        files = {"dive.yaml": text, "exports/compact/episodes.csv": episodes}
        told = wardline("dive", write_dive(tmp_path / name, files), "--out", tmp_path / name / "out")
        assert told.returncode == 0, told.stderr
        dives[name] = open_dive(tmp_path / name / "out")
    within = dives["within"]
    assert within.children_to_check.equals(dives["everything"].children_to_check)
    assert within.children_to_check["case"].unique().to_list() == ["compact:E2"]
    assert len(within.standards) == 1 and len(dives["everything"].standards) == 2
    assert {one.version for one in within.obligations} == {within.standards[0].version}
    counts = [one for one in every_count(within.figures) if one.rows is not None]
    assert [within.tables.count(one.rows) for one in counts] == [one.value for one in counts]
    assert "Outside the period of this dive" in wardline("explain", "E2", "--dive", within.folder).stdout


def test_a_child_missing_again_after_the_case_was_closed_is_looked_at(tmp_path):
    files = {
        "dive.yaml": FILES["dive.yaml"].replace("2025-06-10", "2025-06-20").replace(PERIOD, PERIODS["a day of none"]),
        "mappings/compact.yaml": FILES["mappings/compact.yaml"]
        + "  - {files: again.csv, each row is: an event, case id: EpisodeNo, event: reported, at: When}\n",
        "exports/compact/episodes.csv": EPISODE
        + "E1,PN1,02/06/2025 18:00,02/06/2025 18:04,H,02/06/2025 23:00,03/06/2025 09:00,Y,INC-1\n"
        + "E2,PN2,02/06/2025 18:00,02/06/2025 18:04,H,02/06/2025 23:00,03/06/2025 09:00,Y,INC-2\n",
        "exports/compact/again.csv": "EpisodeNo,When\nE1,2025-06-18 18:00\n",
    }
    told = wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    listed = open_dive(tmp_path / "out").children_to_check
    assert listed.select("case", "is_open").unique().rows() == [("compact:E1", True)]
