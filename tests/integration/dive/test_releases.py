"""A release: what is in it, how it is opened and refused, and that it is written whole or not at all."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from wardline.cli import main
from wardline.dive import KeptDive, open_dive, run_dive
from wardline.dive.releasing.coded_case_in_words import explain_coded_case
from wardline.dive.releasing.kept_release import FolderKind, KeptRelease, folder_kind, open_release
from wardline.dive.releasing.plan_of_release import PlanOfRelease, plan_release
from wardline.dive.releasing.release_terms import ReleaseTerms
from wardline.dive.releasing.releasing import way_back_beside, write_release
from wardline.errors import OutputError, ProblemKind, UsageError

SECRET = b"a secret of some length"
QUESTION = "Who was reached late?"
ATTEND = "england/missing-children/attend"
TERMS = ReleaseTerms(
    signed_by="A Name",
    role="data-release approver",
    signed_on=date(2025, 4, 14),
    purpose="the panel of May",
    recipients=("scrutiny officer", "chief executive"),
    expires=date(2025, 7, 31),
    destruction="certified to the force",
    marking="OFFICIAL-SENSITIVE",
    question=QUESTION,
)
SIGNED = (
    *("--signed-by", "A Name", "--role", "approver", "--signed-on", "2025-04-14", "--purpose", "the panel"),
    *("--recipients", "scrutiny officer", "--expires", "2025-07-31", "--destruction", "certified"),
    *("--marking", "OFFICIAL-SENSITIVE"),
)


@pytest.fixture(scope="module")
def dive(tmp_path_factory) -> KeptDive:
    folder = tmp_path_factory.mktemp("dive")
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "march")
    return open_dive(folder / "march")


@pytest.fixture(scope="module")
def plan(dive) -> PlanOfRelease:
    return plan_release(dive, codes=SECRET, question=QUESTION)


@pytest.fixture
def release(plan, tmp_path) -> KeptRelease:
    write_release(plan, TERMS, tmp_path / "one", way_back=tmp_path / "back.csv")
    return open_release(tmp_path / "one")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def way_back(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["case_id"] for row in csv.DictReader(file)}


# WHAT IS IN IT


def test_figures_of_the_whole_force_are_those_of_the_dive(dive, release):
    whole = release.figures.filter(pl.col("split").is_null()).collect()
    assert whole.height == len(dive.obligations)
    for row in whole.to_dicts():
        of_dive = dive.figures.obligations[f"{row['standard']}/{row['obligation']} {row['version']}"]
        for name in ("occasions", "judged", "met", "not_met", "late", "missed", "exempt", "cannot_tell"):
            assert row[name] == getattr(of_dive, name).value, (row["obligation"], name)


def test_elapsed_times_are_those_of_the_dive(dive, release, tmp_path):
    back = way_back(tmp_path / "back.csv")
    opened = dict(dive.cases.select("case_id", "opened_at").collect().iter_rows())
    told = release.events.filter(pl.col("event") == "officer_arrived").collect().to_dicts()
    arrived: dict[str, list[object]] = {}
    for case_id, at in (
        dive.events.filter(pl.col("event") == "officer_arrived").select("case_id", "happened_at").collect().iter_rows()
    ):
        arrived.setdefault(case_id, []).append(at)
    exact = [row for row in told if row["happened_after"] is not None]
    assert len(exact) > 20
    for row in exact:
        case_id = back[row["case_id"]]
        assert row["happened_after"] in [(at - opened[case_id]).total_seconds() // 60 for at in arrived[case_id] if at]


def test_what_ends_with_a_day_is_told_in_days(release):
    findings = release.findings.collect()
    by_days = findings.filter(pl.col("limit").str.contains("day|week|month"))
    assert by_days["deadline_day"].drop_nulls().len() > 0
    assert by_days["deadline_after"].drop_nulls().len() == 0


def test_no_time_is_told_in_minutes_and_in_days(release):
    for table in (release.cases, release.events, release.findings):
        frame = table.collect()
        stems = [name.removesuffix("_after") for name in frame.columns if name.endswith("_after")]
        for stem in stems:
            both = frame.filter(pl.col(f"{stem}_after").is_not_null() & pl.col(f"{stem}_day").is_not_null())
            assert both.is_empty(), stem


def test_every_finding_names_events_of_its_own_case(release):
    cases = dict(release.events.select("event_id", "case_id").collect().iter_rows())
    findings = release.findings.collect()
    for column in ("trigger_event", "response_event", "exemption_event"):
        for code, event in findings.select("case_id", column).drop_nulls().iter_rows():
            assert cases[event] == code


def test_every_case_can_be_explained_in_elapsed_time(release):
    codes = release.cases.select("case_id").collect()["case_id"]
    told = "\n".join(explain_coded_case(code, release) for code in codes)
    assert "2 hours 50 minutes after the start" in told
    assert "Recorded late by 2 hours 35 minutes: ‘officer arrived’ 2 hours 50 minutes after the start" in told
    assert "2025-" not in told.replace("in 2025-", "").replace("to 2025-", "")


def test_children_and_the_people_of_a_dive_stay(release):
    columns = {*release.cases.collect_schema(), *release.events.collect_schema(), *release.findings.collect_schema()}
    assert (
        columns & {"person_id", "child_id", "source", "source_file", "source_row", "happened_at", "opened_at"} == set()
    )


def test_measures_go_without_weeks_and_groups(release, dive):
    assert set(release.measures.collect()["by"]) <= {"month", "quarter", "period"}
    assert release.measures.collect()["split"].null_count() == release.measures.collect().height
    assert release.measures.collect_schema() == dive.measures.collect_schema()


def test_every_group_of_a_coded_column_holds_ten_children_or_more(dive, release, tmp_path):
    back = way_back(tmp_path / "back.csv")
    who = dict(dive.cases.select("case_id", pl.coalesce("person_id", "case_id")).collect().iter_rows())
    cases = release.cases.with_columns(
        who=pl.col("case_id").replace_strict({code: who[case_id] for code, case_id in back.items()})
    ).collect()
    for name in ("opened_month", "age_band"):
        counted = cases.drop_nulls(name).group_by(name).agg(pl.col("who").n_unique())
        assert counted["who"].min() >= 10, name


def test_the_settings_name_nobody(release):
    assert {one.by for one in release.force.confirmed.values()} == {"the force"}
    assert "Head of" not in (release.folder / "settings" / "force.yaml").read_text(encoding="utf-8")


def test_obligations_are_those_of_the_dive(dive, release):
    assert release.obligations == dive.obligations
    assert release.force.limits == dive.force.limits


def test_only_figures_go_without_a_question(dive, tmp_path):
    plan = plan_release(dive, codes=SECRET)
    done = write_release(plan, replace(TERMS, question=None), tmp_path / "figures")
    kept = open_release(tmp_path / "figures")
    assert done.way_back is None
    assert not way_back_beside(dive, tmp_path / "figures").exists()
    assert not kept.has_cases
    assert kept.cases.collect().is_empty()
    assert not [name for name in files(tmp_path / "figures") if name.startswith(("cases", "events", "findings"))]


def test_a_question_about_an_obligation_takes_only_its_cases(dive):
    whole = plan_release(dive, codes=SECRET, question=QUESTION)
    narrow = plan_release(dive, codes=SECRET, question=QUESTION, about=["england/missing-children/social-worker-told"])
    assert 0 < len(narrow.codes) < len(whole.codes)
    with pytest.raises(UsageError, match=r"Did you mean `england/missing-children/attend`"):
        plan_release(dive, codes=SECRET, question=QUESTION, about=["england/missing-children/atend"])


def test_a_held_case_is_counted_and_does_not_go(dive, plan):
    case_id = next(iter(plan.codes))
    without = plan_release(dive, codes=SECRET, question=QUESTION, held={case_id})
    assert set(plan.codes) - set(without.codes) == {case_id}
    assert without.held == 1
    assert next(one.count for one in without.stayed if "held" in one.what) == 1
    assert without.tables["figures.parquet"].equals(plan.tables["figures.parquet"])


# HOW IT IS OPENED, AND REFUSED


def test_the_same_secret_and_terms_give_the_same_bytes(plan, dive, release, tmp_path):
    again = plan_release(dive, codes=SECRET, question=QUESTION)
    write_release(again, TERMS, tmp_path / "two", way_back=tmp_path / "other.csv")
    assert files(release.folder) == files(tmp_path / "two")


def test_another_secret_gives_other_codes_and_the_same_figures(dive, release, tmp_path):
    other = plan_release(dive, codes=b"another secret of length", question=QUESTION)
    write_release(other, TERMS, tmp_path / "two", way_back=tmp_path / "other.csv")
    mine, its = files(release.folder), files(tmp_path / "two")
    assert {name for name in mine if mine[name] != its[name]} == {
        "cases.parquet",
        "events.parquet",
        "findings.parquet",
        "release.json",
    }


@pytest.mark.parametrize("name", ["figures.parquet", "findings.parquet", "about.txt", "settings/force.yaml"])
def test_a_release_of_which_a_byte_was_changed_is_refused(release, name):
    path = release.folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(OutputError, match=f"{name} is not as it was signed"):
        open_release(release.folder)
    path.unlink()
    with pytest.raises(OutputError, match=f"{name} is missing"):
        open_release(release.folder)


def test_the_folder_of_a_dive_is_refused_with_what_to_do(dive):
    assert folder_kind(dive.folder) is FolderKind.DIVE
    with pytest.raises(OutputError, match=r"names children, and stays with the force.\n.*tell the force at once"):
        open_release(dive.folder)


def test_a_folder_that_is_a_dive_and_a_release_is_the_dive(release):
    (release.folder / "manifest.json").write_text("{}", encoding="utf-8")
    assert folder_kind(release.folder) is FolderKind.DIVE
    with pytest.raises(OutputError, match="of a dive itself"):
        open_release(release.folder)


def test_people_who_lie_beside_a_release_are_not_overlooked(dive, release):
    shutil.copy(dive.folder / "people.parquet", release.folder)
    with pytest.raises(OutputError, match="Beside the release lies people.parquet"):
        open_release(release.folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 99}, "A newer version of Wardline made this release"),
        ({"format": "1"}, "does not say which `format`"),
        ({"signed by": None}, "`signed by` is missing or does not fit"),
        ({"files": []}, "does not name figures.parquet"),
        ({"files": [{"name": "../../etc/passwd", "sha256": "", "holds": ""}]}, "which no release has"),
        ({"files": [{"name": "people.parquet", "sha256": "", "holds": ""}]}, "people.parquet, which no release has"),
    ],
)
def test_a_release_whose_description_does_not_fit_is_refused(release, change, said):
    path = release.folder / "release.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(written | change), encoding="utf-8")
    with pytest.raises(OutputError, match=said) as raised:
        open_release(release.folder)
    assert {one.kind for one in raised.value.problems} == {ProblemKind.NOT_A_RELEASE}


def test_a_folder_that_is_neither_is_refused(tmp_path):
    assert folder_kind(tmp_path) is FolderKind.NEITHER
    with pytest.raises(OutputError, match="There is no release in this folder"):
        open_release(tmp_path)
    (tmp_path / "release.json").write_bytes(b"\xff{")
    with pytest.raises(OutputError, match="cannot be read: it is not JSON"):
        open_release(tmp_path)


# HOW IT IS WRITTEN


def test_the_way_back_lies_beside_the_dive_and_only_its_owner_may_read_it(plan, dive, tmp_path):
    done = write_release(plan, TERMS, tmp_path / "a-name-of-its-own")
    assert done.way_back == dive.folder.parent / "march-way-back-from-a-name-of-its-own.csv"
    assert done.way_back.stat().st_mode & 0o077 == 0
    assert way_back(done.way_back) == {code: case_id for case_id, code in plan.codes.items()}
    assert not [name for name in files(tmp_path / "a-name-of-its-own") if "way" in name]


@pytest.mark.parametrize("where", ["inside the release", "inside the dive", "there already"])
def test_nothing_is_written_where_the_way_back_cannot_be(where, plan, dive, tmp_path):
    out, there = tmp_path / "out", tmp_path / "there.csv"
    there.write_text("of another release", encoding="utf-8")
    back = {"inside the release": out / "b.csv", "inside the dive": dive.folder / "b.csv", "there already": there}[
        where
    ]
    with pytest.raises(OutputError):
        write_release(plan, TERMS, out, way_back=back)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.csv"]
    assert not (dive.folder / "b.csv").exists()


def test_a_number_of_the_force_in_what_was_typed_is_found_and_not_repeated(plan, tmp_path):
    terms = replace(TERMS, purpose="Why was INC-7021 late?")
    with pytest.raises(OutputError, match=r"stands in about.txt(.|\n)*stands in release.json") as raised:
        write_release(plan, terms, tmp_path / "out", way_back=tmp_path / "back.csv")
    assert "7021" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_it_is_said_for_how_many_numbers_was_looked(plan, tmp_path):
    done = write_release(plan, TERMS, tmp_path / "out", way_back=tmp_path / "back.csv")
    assert done.looked_for > 80


def test_nothing_is_left_where_somebody_stops_it(plan, tmp_path):
    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_release(plan, TERMS, tmp_path / "out", way_back=tmp_path / "back.csv", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(plan, dive, release):
    for folder in (release.folder, dive.folder, dive.folder / "below"):
        before = files(dive.folder)
        with pytest.raises(OutputError):
            write_release(plan, TERMS, folder, way_back=release.folder.parent / "further.csv")
        assert files(dive.folder) == before


# THE COMMAND


def test_everything_that_is_missing_is_said_at_once_and_nothing_is_written(dive, tmp_path, capsys):
    assert main(["release", str(dive.folder), "--for", "office", "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    for option in SIGNED[::2]:
        assert f"{option} is missing" in told
    assert list(tmp_path.iterdir()) == []


def test_it_is_asked_for_whom_and_where(dive, tmp_path, capsys):
    assert main(["release", str(dive.folder), "--out", str(tmp_path / "out"), *SIGNED]) == 2
    assert main(["release", str(dive.folder), "--for", "press", "--out", str(tmp_path / "out"), *SIGNED]) == 2
    assert main(["release", str(dive.folder), "--for", "office", *SIGNED]) == 2
    told = capsys.readouterr().err
    assert "not said for whom" in told
    assert "Nothing is released for `press`" in told
    assert "No folder is named" in told


def test_a_preview_says_what_would_go_and_writes_nothing(dive, tmp_path, capsys):
    before = {path.name for path in dive.folder.parent.iterdir()}
    held = tmp_path / "held.csv"
    held.write_text("case_id,because,by,on\nmissing:1003,inquest,Coroner,2025-03-02\n", encoding="utf-8")
    asked = ("--for", "office", "--preview", "--cases-for", QUESTION, "--held", str(held))
    assert main(["release", str(dive.folder), *asked]) == 0
    told = capsys.readouterr().out
    assert "Nothing has left yet." in told
    assert "42  coded cases" in told
    assert "1 case of those asked for: held" in told
    assert {path.name for path in dive.folder.parent.iterdir()} == before


def test_it_is_written_checked_and_explained(dive, tmp_path, capsys):
    out, back = tmp_path / "out", tmp_path / "back.csv"
    asked = ("--for", "office", "--out", str(out), "--cases-for", QUESTION, "--way-back", str(back))
    assert main(["release", str(dive.folder), *asked, *SIGNED]) == 0
    assert f"Written: {out}" in capsys.readouterr().out
    assert main(["release", str(out), "--verify"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("OFFICIAL-SENSITIVE")
    assert "Every file is as it was signed." in told
    code = next(code for code, case_id in way_back(back).items() if case_id == "missing:1003")
    assert main(["explain", code, "--dive", str(out)]) == 0
    assert "Police arrive" in capsys.readouterr().out
    assert main(["explain", "missing:1003", "--dive", str(out)]) == 2
    assert "no case under the code" in capsys.readouterr().err


def test_codes_are_drawn_anew_each_time(dive, tmp_path):
    for name in ("one", "two"):
        asked = ("--for", "office", "--out", str(tmp_path / name), "--way-back", str(tmp_path / f"{name}.csv"))
        assert main(["release", str(dive.folder), *asked, "--cases-for", QUESTION, *SIGNED]) == 0
    first, second = way_back(tmp_path / "one.csv"), way_back(tmp_path / "two.csv")
    assert set(first.values()) == set(second.values())
    assert sum(second.get(code) == case_id for code, case_id in first.items()) < 3
