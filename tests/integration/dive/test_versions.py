"""Two versions of one standard in a dive: each occasion is judged by the version in force on its local day."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import polars as pl
import pytest

from tests.integration.dive.a_dive import FILES, changed, wardline, write_dive
from wardline.dive import open_dive
from wardline.dive.described.dive_documents import read_dive_documents
from wardline.engines import check, check_by_reference

NEWER = (
    FILES["pace.yaml"]
    .replace('version: "1"', 'version: "2"')
    .replace("from: 2025-01-01", "from: 2025-06-04")
    .replace("low: 8 hours", "low: 10 minutes")
)


def older(in_force: str) -> str:
    return FILES["pace.yaml"].replace("{from: 2025-01-01}", in_force)


def two_versions(in_force: str = "{from: 2025-01-01, to: 2025-06-03}") -> dict[str, str]:
    return {
        **changed("dive.yaml", "[pace.yaml]", "[pace-1.yaml, pace-2.yaml]"),
        "pace-1.yaml": older(in_force),
        "pace-2.yaml": NEWER,
    }


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    told = wardline("dive", write_dive(folder, two_versions()), "--out", folder / "out")
    assert told.returncode == 0, told.stderr
    return folder / "out"


def judged(findings: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    return [
        (row["case_id"], row["version"], row["limit"], row["outcome"])
        for row in findings.filter(pl.col("obligation") == "send").to_dicts()
    ]


EXPECTED = [
    ("compact:E1", "1", "15 minutes", "late"),
    ("compact:E2", "1", "60 minutes", "cannot_tell"),
    ("compact:E3", "2", "10 minutes", "late"),  # eight hours were allowed the day before
    ("compact:E4", "2", "60 minutes", "cannot_tell"),
]


def test_an_occasion_is_judged_by_the_version_in_force_on_its_local_day(finished):
    assert judged(pl.read_parquet(finished / "findings.parquet")) == EXPECTED


@pytest.mark.parametrize("engine", [check, check_by_reference])
def test_both_engines_say_so(finished, engine):
    dive = open_dive(finished)
    assert dive.as_at == datetime(2025, 6, 9, 23, tzinfo=UTC)
    found = engine(dive.obligations, dive.event_log, as_at=dive.as_at)
    assert judged(found) == EXPECTED


def test_an_explanation_says_which_version(finished):
    before, after = (wardline("explain", case, "--dive", finished).stdout for case in ("E1", "E3"))
    assert "(our-own/pace/send, version 1)" in before and "version 2)" not in before
    assert "(our-own/pace/send, version 2)" in after and "10 minutes from ‘reported’" in after


def test_the_report_keeps_them_apart(finished):
    page = (finished / "report.html").read_text(encoding="utf-8")
    for version in ("1", "2"):
        section = page.partition(f"Police are sent in time for the risk (version {version})</h4>")[2].partition("<h4")[
            0
        ]
        assert section.count("<span>Police are sent in time for the risk: 2 occasions</span></caption>") == 1


def test_the_report_counts_versions_of_one_standard_once(finished):
    page = (finished / "report.html").read_text(encoding="utf-8")
    assert "Over both versions the force owed something" in page
    assert "1 standard, each with its version" in page


def test_every_case_of_both_is_on_the_list_to_check_once(tmp_path, finished):
    write_dive(tmp_path)
    assert wardline("dive", tmp_path / "dive.yaml", "--out", tmp_path / "out").returncode == 0
    listed = [(folder / "children-to-check-today.csv").read_text() for folder in (finished, tmp_path / "out")]
    assert listed[0] == listed[1]


def test_coverage_says_which_version(tmp_path):
    told = wardline("coverage", write_dive(tmp_path, two_versions()))
    assert "our-own/pace/send (version 1): can be judged" in told.stdout
    assert "our-own/pace/send (version 2): can be judged" in told.stdout


@pytest.mark.parametrize(
    ("in_force", "said"),
    [
        (
            "{from: 2025-01-01}",
            [
                "Versions 1 and 2 of `our-own/pace` are both in force from 2025-06-04 on",
                "End version 1 the day before: `in force: {from: 2025-01-01, to: 2025-06-03}`.",
            ],
        ),
        ("{from: 2025-01-01, to: 2025-06-04}", ["both in force from 2025-06-04 to 2025-06-04"]),
        ("{from: 2025-06-04}", ["Give the newer one a later day after `from`"]),
    ],
)
def test_versions_that_are_in_force_on_one_day_are_told_with_what_to_do(tmp_path, in_force, said):
    told = wardline("dive", write_dive(tmp_path, two_versions(in_force)), "--out", tmp_path / "out")
    assert told.returncode == 3
    for words in ["dive.yaml, line 9", *said]:
        assert words in told.stderr


def test_a_day_between_two_versions_is_judged_by_neither(tmp_path):
    told = wardline(
        "dive", write_dive(tmp_path, two_versions("{from: 2025-01-01, to: 2025-06-02}")), "--out", tmp_path / "out"
    )
    assert told.returncode == 0, told.stderr
    found = judged(pl.read_parquet(tmp_path / "out/findings.parquet"))
    assert [row for row in EXPECTED if row not in found] == [EXPECTED[1]]


def test_a_limit_of_the_force_goes_for_every_version(tmp_path):
    limits = "limits:\n  our-own/pace/send: {limit: 9 hours, reason: a trial}\n"
    files = {**two_versions(), "force.yaml": FILES["force.yaml"] + limits}
    assert wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out").returncode == 0
    found = pl.read_parquet(tmp_path / "out/findings.parquet").filter(pl.col("obligation") == "send")
    assert found["limit"].to_list() == ["9 hours"] * 4
    assert found["shipped_limit"].n_unique() == 2


def test_a_looser_limit_without_a_reason_is_told_of_each_version(tmp_path):
    files = {**two_versions(), "force.yaml": FILES["force.yaml"] + "limits: {our-own/pace/send: 9 hours}\n"}
    told = wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out")
    assert told.returncode == 3
    assert "low: 9 hours, shipped 8 hours" in told.stderr and "low: 9 hours, shipped 10 minutes" in told.stderr


# A STANDARD THAT SHIPS

MISSING = "england/missing-children"


def shipped(tmp_path, name: str, first_day: str):
    """A dive by a standard that ships, E1 reported on 31 March 2025 and E3, graded low, on 4 June, and its findings."""
    files = changed("dive.yaml", "[pace.yaml]", f"[{name}]")
    files["dive.yaml"] = files["dive.yaml"].replace("from: 2025-06-01", f"from: {first_day}")
    files["exports/compact/episodes.csv"] = FILES["exports/compact/episodes.csv"].replace("02/06/2025", "31/03/2025")
    told = wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    found = pl.read_parquet(tmp_path / "out/findings.parquet").filter(pl.col("obligation") == "attend")
    return {row["case_id"]: (row["version"], row["limit"], row["reason"]) for row in found.to_dicts()}


def test_the_name_of_a_standard_that_ships_means_every_version_of_the_period(tmp_path):
    judged_by = shipped(tmp_path, MISSING, "2025-03-01")
    assert judged_by["compact:E1"] == ("2025.2", "15 minutes", None)
    assert judged_by["compact:E3"] == ("2026.1", None, "limit_unknown")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    named = [one["name"] for one in manifest["inputs"] if one["what"] == f"standard {MISSING}"]
    assert named == ["2025.2.yaml", "missing-children.yaml"]
    explained = wardline("explain", "E3", "--dive", tmp_path / "out").stdout
    assert "(england/missing-children/attend, version 2026.1)" in explained


def test_a_version_that_ended_before_the_period_is_no_part_of_the_dive(tmp_path):
    assert {version for version, _, _ in shipped(tmp_path, MISSING, "2025-04-01").values()} == {"2026.1"}
    assert "(version" not in (tmp_path / "out/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("as_at", "versions"), [("2025-04-01", 2), ("2025-03-31 23:59", 1)])
def test_without_a_period_every_version_that_has_begun_is_part_of_the_dive(tmp_path, as_at, versions):
    files = changed("dive.yaml", "[pace.yaml]", f"[{MISSING}]")
    files["dive.yaml"] = files["dive.yaml"].replace("period: {from: 2025-06-01, to: 2025-06-30}\n", "")
    files["dive.yaml"] = files["dive.yaml"].replace("as at: 2025-06-10", f"as at: {as_at}")
    documents = read_dive_documents(write_dive(tmp_path, files))
    assert [one.version for one in documents.standards] == ["2025.2", "2026.1"][:versions]


def test_a_name_with_a_number_means_that_version_alone(tmp_path):
    assert set(shipped(tmp_path, f"{MISSING}/2025.2", "2025-03-01")) == {"compact:E1"}
