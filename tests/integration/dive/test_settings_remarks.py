"""What a dive says of the force's settings: years without known holidays, and confirmations of a later day."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.integration.dive.a_dive import EPISODES, FILES, changed, wardline, write_dive

LIMIT = "{by: grade, of: risk_graded, high: 15 minutes, medium: 60 minutes, low: 8 hours, unknown: 60 minutes}"
IN_WORKING_DAYS = changed("pace.yaml", LIMIT, "2 working days")
IN_2036 = {
    "exports/compact/episodes.csv": EPISODES.replace("/2025", "/2036"),
    "dive.yaml": FILES["dive.yaml"].replace("2025", "2036"),
}
SAID = (
    "The bank holidays of England are known from 2010 to 2035, and our-own/pace/send counts working days in "
    "other years."
)


def told_by(command, folder, files):
    dive_file = write_dive(folder, files)
    told = wardline(command, dive_file, *(["--out", folder / "out"] if command == "dive" else []))
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.parametrize("command", ["dive", "coverage"])
def test_years_without_known_holidays_are_said(tmp_path, command):
    assert SAID in told_by(command, tmp_path, {**IN_WORKING_DAYS, **IN_2036})


def test_they_stand_in_the_report_and_are_never_guessed(tmp_path):
    told_by("dive", tmp_path, {**IN_WORKING_DAYS, **IN_2036})
    assert SAID in (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert SAID in " ".join(json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))["remarks"])
    found = pl.read_parquet(tmp_path / "out/findings.parquet").filter(pl.col("obligation") == "send")
    assert found.height == 4
    assert set(found["reason"]) == {"limit_unknown"} and found["deadline"].null_count() == 4


@pytest.mark.parametrize(
    "files",
    [
        IN_2036,  # nothing counts working days
        IN_WORKING_DAYS,  # the years are known
        {
            **IN_WORKING_DAYS,
            **IN_2036,
            "pace.yaml": IN_WORKING_DAYS["pace.yaml"].replace("case type: missing", "case type: other"),
        },
        {**IN_WORKING_DAYS, **IN_2036, "dive.yaml": IN_2036["dive.yaml"].replace("2036-06-30", "2036-06-01")},
    ],
)
def test_nothing_is_said_where_no_such_year_is_reached(tmp_path, files):
    assert "bank holidays" not in told_by("coverage", tmp_path, files)


def test_one_occasion_alone_reaches_a_year(tmp_path):
    only = "".join(EPISODES.replace("/2025", "/2036").splitlines(keepends=True)[:2])
    assert SAID in told_by("coverage", tmp_path, {**IN_WORKING_DAYS, **IN_2036, "exports/compact/episodes.csv": only})


@pytest.mark.parametrize(("count", "further"), [(2, None), (3, None), (4, 1), (5, 2)])
def test_of_many_obligations_three_are_named_and_the_others_counted(tmp_path, count, further):
    head, first, ethnicity = IN_WORKING_DAYS["pace.yaml"].split("  - id: ")
    one_each = [first.replace("send\n", f"send-{number}\n", 1) for number in range(count)]
    told = told_by("coverage", tmp_path, {**IN_2036, "pace.yaml": "  - id: ".join([head, *one_each, ethnicity])})
    (said,) = [line for line in told.splitlines() if "bank holidays" in line]
    named = [f"our-own/pace/send-{number}" in said for number in range(count)]
    assert named == [number < 3 for number in range(count)]
    assert (f" and {further} more " in said) if further else (" more " not in said)


def test_a_deadline_that_leads_beyond_the_last_known_year_is_said(tmp_path):
    files = {
        **IN_WORKING_DAYS,
        "exports/compact/episodes.csv": EPISODES.replace("05/06/2025", "31/12/2035"),
        "dive.yaml": FILES["dive.yaml"]
        .replace("as at: 2025", "as at: 2036")
        .replace("to: 2025-06-30", "to: 2035-12-31"),
    }
    assert SAID in told_by("coverage", tmp_path, files)


def confirmed(day):
    force = f"{FILES['force.yaml']}confirmed:\n  our-own/pace/ethnicity: {{by: Head of Safeguarding, on: {day}}}\n"
    return {"force.yaml": force}


@pytest.mark.parametrize("command", ["dive", "coverage"])
def test_a_confirmation_of_a_day_after_as_at_is_said_and_counts(tmp_path, command):
    told = told_by(command, tmp_path, confirmed("2025-06-11"))
    assert "our-own/pace/ethnicity was confirmed on 11 June 2025, which is after 10 June 2025" in told
    if command == "dive":
        found = pl.read_parquet(tmp_path / "out/findings.parquet").filter(pl.col("obligation") == "ethnicity")
        assert set(found["standing"]) == {"binding"}


def test_a_confirmation_of_the_day_itself_needs_no_word(tmp_path):
    assert "was confirmed on" not in told_by("coverage", tmp_path, confirmed("2025-06-10"))


def test_settings_for_other_standards_are_passed_over(tmp_path):
    limits = "limits:\n  england/scrutiny/comments-published: 50 days\n  the-council-s/own/duty: 3 days\n"
    told = wardline("coverage", write_dive(tmp_path, {"force.yaml": FILES["force.yaml"] + limits}))
    assert told.returncode == 0, told.stderr


def test_a_limit_looser_than_a_statute_is_taken_with_a_reason_and_shown(tmp_path):
    by_law = FILES["pace.yaml"].replace("kind: force policy", "kind: statute")
    files = {"pace.yaml": by_law, "force.yaml": FILES["force.yaml"] + "limits: {our-own/pace/send: 9 hours}\n"}
    told = wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out")
    assert told.returncode == 3 and "looser than that of a statute (Our response policy)" in told.stderr
    files["force.yaml"] = files["force.yaml"].replace("9 hours", "{limit: 9 hours, reason: until the law is changed}")
    told_by("dive", tmp_path, files)
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "Its reason: until the law is changed" in page
    assert "It gives more time than the statute does, which no force can change." in page
