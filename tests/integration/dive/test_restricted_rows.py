"""Rows that a mapping restricts: their cases are counted in every figure, and shown nowhere."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.integration.test_no_personal_data import text_in
from wardline.cli import main
from wardline.dive import KeptDive, explain, open_dive, run_dive
from wardline.dive.releasing.plan_of_release import plan_release
from wardline.errors import UsageError
from wardline.reports.dive_in_words import DiveResult, summary_in_words

# One that is on the list for today, one that is closed, one of a person, and one that only a row of the log restricts.
OPEN_CASE, CLOSED_CASE, LOGGED_CASE = "1042", "1003", "1005"
KEY = "    restricted: {where: {Handling: [Covert, Protected]}, because: a protected source}\n"


@dataclass(frozen=True)
class Two:
    """The same records, once with rows restricted and once without; and the persons whose record is restricted."""

    open: KeptDive
    closed: KeptDive
    told: DiveResult
    person: str
    cases: frozenset[str]


def with_column(path: Path, handling: Callable[[dict[str, str]], str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "Handling"])
        writer.writeheader()
        writer.writerows({**row, "Handling": handling(row)} for row in rows)


def restrict(folder: Path) -> tuple[str, frozenset[str]]:
    exports = folder / "exports" / "missing"
    with (exports / "episodes-1.csv").open(encoding="utf-8-sig", newline="") as file:
        person = next(row["PersonNo"] for row in csv.DictReader(file) if row["EpisodeNo"] == "1007")
    for path in exports.glob("episodes-*.csv"):
        with_column(path, lambda row: "Protected" if row["EpisodeNo"] in (OPEN_CASE, CLOSED_CASE) else "")
    with_column(exports / "persons.csv", lambda row: "Covert" if row["PersonNo"] == person else "None")
    with_column(exports / "log.csv", lambda row: "Covert" if row["EpisodeNo"] == LOGGED_CASE else "")
    mapping = folder / "mappings" / "missing.yaml"
    text = mapping.read_text(encoding="utf-8")
    for kind in ("a case", "an event", "a person"):
        text = text.replace(f"each row is: {kind}\n", f"each row is: {kind}\n{KEY}")
    mapping.write_text(text, encoding="utf-8")
    return person, frozenset({OPEN_CASE, CLOSED_CASE, LOGGED_CASE, "1007"})


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Two:
    folder = tmp_path_factory.mktemp("restricted")
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "open")
    person, cases = restrict(folder / "first-dive")
    told = run_dive(folder / "first-dive" / "dive.yaml", folder / "closed")
    return Two(open_dive(folder / "open"), open_dive(folder / "closed"), told, person, cases)


def restricted_ids(dive: KeptDive) -> list[str]:
    return dive.restricted_cases.select("case_id").collect()["case_id"].unique().sort().to_list()


def test_a_row_of_a_case_of_the_log_or_of_a_person_restricts_the_case(two):
    ids = restricted_ids(two.closed)
    assert len(ids) >= len(two.cases)
    assert all(one.startswith("missing:restricted-") for one in ids)
    assert set(two.closed.restricted_cases.collect()["because"]) == {"a protected source"}
    assert set(ids) <= set(two.closed.cases.collect()["case_id"])


def test_every_restricted_case_is_counted(two):
    assert two.closed.cases.collect().height == two.open.cases.collect().height
    assert two.closed.events.collect().height == two.open.events.collect().height
    for key, outcomes in two.open.figures.obligations.items():
        counted = two.closed.figures.obligations[key]
        for name in ("occasions", "met", "late", "missed", "exempt", "cannot_tell", "not_yet_due"):
            assert getattr(counted, name).value == getattr(outcomes, name).value, (key, name)
    assert two.closed.figures.to_check.cases.value == two.open.figures.to_check.cases.value


def test_no_number_of_a_restricted_case_stands_in_any_file_of_the_dive(two):
    for path in two.closed.folder.rglob("*"):
        text = text_in(path)
        assert [number for number in two.cases if f"missing:{number}" in text] == [], path.name


def test_a_restricted_case_says_neither_where_its_rows_lie_nor_who_the_child_is(two):
    cases = two.closed.cases.filter(pl.col("case_id").str.contains(":restricted-")).collect()
    assert cases.height == len(restricted_ids(two.closed))
    for name in ("source_file", "source_row", "incident_no"):
        assert cases[name].null_count() == cases.height, name
    events = two.closed.events.filter(pl.col("case_id").str.contains(":restricted-")).collect()
    assert events["source_row"].null_count() == events.height > 0
    children = set(cases["person_id"].drop_nulls())
    others = two.closed.cases.filter(~pl.col("case_id").str.contains(":restricted-")).collect()
    assert children & set(others["person_id"].drop_nulls()) == set()
    people = two.closed.people.filter(pl.col("person_id").is_in(list(children))).collect()
    assert set(people["given_name"].drop_nulls()) <= {"restricted"}
    assert people["date_of_birth"].null_count() == people.height


def test_the_list_for_today_keeps_the_case_and_says_whom_to_ask(two):
    with (two.closed.folder / "children-to-check-today.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "restricted-" in row["case"]]
    assert rows
    for row in rows:
        assert "ask the team that keeps restricted records" in row["case"]
        assert {row[name] for name in ("child", "since", "district", "age", "recorded as happening", "deadline")} == {
            ""
        }
        assert row["what is owed"]


def test_findings_in_words_give_no_time_of_a_restricted_case(two):
    with (two.closed.folder / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "restricted-" in row["case"]]
    assert rows
    assert {row[name] for row in rows for name in ("child", "began", "deadline", "response", "not owed from")} == {""}


def test_it_is_said_how_many_there_are(two):
    assert f"{len(restricted_ids(two.closed))} cases are restricted: counted, and never shown." in summary_in_words(
        two.told
    )


def test_it_is_said_where_a_mapping_restricts_rows_and_none_is(two, tmp_path):
    shutil.copytree(ROOT / "examples" / "first-dive", tmp_path / "first-dive")
    restrict(tmp_path / "first-dive")
    mapping = tmp_path / "first-dive" / "mappings" / "missing.yaml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace("[Covert, Protected]", "[Secret]"), encoding="utf-8")
    told = summary_in_words(run_dive(tmp_path / "first-dive" / "dive.yaml", tmp_path / "out"))
    assert "No case is restricted, though a mapping says which would be." in told


def test_a_restricted_case_is_not_explained(two, capsys):
    for named in (restricted_ids(two.closed)[0], f"missing:{CLOSED_CASE}"):
        with pytest.raises(UsageError):
            explain(named, two.closed)
    assert main(["explain", restricted_ids(two.closed)[0], "--dive", str(two.closed.folder)]) == 2
    assert "restricted: it is counted, and never shown" in capsys.readouterr().err


def test_no_restricted_case_is_in_a_release_and_figures_count_it(two):
    plan = plan_release(two.closed, codes=b"a secret of some length", question="Who?")
    without = plan_release(two.open, codes=b"a secret of some length", question="Who?")
    assert plan.restricted == len(restricted_ids(two.closed)) > 0
    assert len(plan.codes) == len(without.codes) - plan.restricted
    assert not [one for one in plan.codes if "restricted" in one]
    whole = pl.col("split").is_null()
    counts = ("obligation", "occasions", "met", "not_met")
    assert (
        plan.tables["figures.parquet"]
        .filter(whole)
        .select(counts)
        .equals(without.tables["figures.parquet"].filter(whole).select(counts))
    )


def test_a_dive_without_restricted_rows_has_no_table_of_them(two):
    assert not (two.open.folder / "restricted.parquet").exists()
    assert two.open.restricted_cases.collect().is_empty()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("    restricted: {where: {Handlng: [Covert]}, because: x}\n", "Handlng"),
        ("    restricted: {where: {Handling: [Covert]}}\n", "`because`"),
        ("    restricted: [Covert]\n", "restricted"),
    ],
)
def test_what_does_not_fit_is_refused(written, said, tmp_path, capsys):
    shutil.copytree(ROOT / "examples" / "first-dive", tmp_path / "first-dive")
    restrict(tmp_path / "first-dive")
    mapping = tmp_path / "first-dive" / "mappings" / "missing.yaml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace(KEY, written, 1), encoding="utf-8")
    assert main(["dive", str(tmp_path / "first-dive" / "dive.yaml"), "--out", str(tmp_path / "out")]) in (3, 4)
    assert said in capsys.readouterr().err
