"""Nothing that identifies somebody in a dive can be found in a release of it: every byte is looked at.

Values of six letters or more are looked for anywhere in the text of every file, unpacked. Shorter ones would be found
by chance in any text, so they are compared with whole cells, column by column.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet
import pytest

from tests.architecture.repository import ROOT
from wardline.dive import KeptDive, open_dive, run_dive
from wardline.dive.releasing.kept_release import open_release
from wardline.dive.releasing.plan_of_release import plan_release
from wardline.dive.releasing.release_terms import ReleaseTerms
from wardline.dive.releasing.releasing import write_release
from wardline.dive.releasing.what_may_go import CASE_ATTRIBUTES, EVENT_ATTRIBUTES
from wardline.events import attribute_columns
from wardline.simulation import simulate

LONG = 6
TERMS = ReleaseTerms(
    signed_by="Zz Signatory",
    role="data-release approver",
    signed_on=date(2025, 4, 14),
    purpose="Who was reached late?",
    recipients=("scrutiny officer",),
    expires=date(2025, 7, 31),
    destruction="certified to the force",
    marking="OFFICIAL-SENSITIVE",
    question="Who was reached late?",
)
WRITTEN = ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%d-%b-%Y %H:%M", "%d.%m.%Y %H:%M")
DAYS_WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d.%m.%Y", "%Y%m%d")


@dataclass(frozen=True)
class Case:
    """A dive, the folder of the exports that it was made from, and a release of it."""

    dive: KeptDive
    exports: Path
    release: Path


def first_dive(folder: Path) -> Case:
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "dive")
    return released(folder, folder / "first-dive" / "exports")


def teesmouth(folder: Path) -> Case:
    shutil.copytree(ROOT / "examples" / "teesmouth", folder / "examples" / "teesmouth")
    simulate(folder / "dives" / "teesmouth" / "force", seed=5, years=2, population=20_000)
    run_dive(folder / "examples" / "teesmouth" / "dive.yaml", folder / "dive")
    return released(folder, folder / "dives" / "teesmouth" / "force" / "exports")


def released(folder: Path, exports: Path) -> Case:
    dive = open_dive(folder / "dive")
    plan = plan_release(dive, codes=b"a secret of some length", question=TERMS.question)
    write_release(plan, TERMS, folder / "release")
    return Case(dive, exports, folder / "release")


@pytest.fixture(scope="module", params=[first_dive, teesmouth], ids=["first dive", "made-up force"])
def case(request, tmp_path_factory) -> Case:
    return request.param(tmp_path_factory.mktemp("release"))


# WHAT IS LOOKED FOR


def cells_of_exports(exports: Path) -> Iterator[str]:
    """Every cell of the CSV exports that has a digit in it: numbers of all kinds, times, dates, addresses."""
    for path in sorted(exports.rglob("*.csv")):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            yield from (cell.strip() for cell in row if any(letter.isdigit() for letter in cell))


def texts_of(frame: pl.LazyFrame, *columns: str) -> list[str]:
    found = frame.select(pl.col(columns).cast(pl.String)).collect()
    return [value for column in found.get_columns() for value in column.drop_nulls().unique().to_list()]


def identified(dive: KeptDive) -> dict[str, set[str]]:
    """The values that must stay, by kind."""
    numbers = texts_of(dive.cases, "case_id")
    born = dive.people.select("date_of_birth").collect()["date_of_birth"].drop_nulls().unique()
    left = [name for name in attribute_columns(dive.cases.collect_schema(), "cases") if name not in CASE_ATTRIBUTES]
    beside = [
        name for name in attribute_columns(dive.events.collect_schema(), "events") if name not in EVENT_ATTRIBUTES
    ]
    return {
        "case ids": {*numbers, *(one.partition(":")[2] for one in numbers)},
        "persons": {*texts_of(dive.people, "person_id", "phone", "postcode"), *texts_of(dive.cases, "person_id")},
        "names": set(texts_of(dive.people, "given_name", "family_name")),
        "dates of birth": {day.strftime(form) for day in born for form in DAYS_WRITTEN},
        "files": {*texts_of(dive.cases, "source_file"), *texts_of(dive.events, "source_file")},
        "notes": set(texts_of(dive.notes, "text")),
        "times": set(clock_times(dive)),
        "attributes of cases": {one for one in texts_of(dive.cases, *left) if any(map(str.isdigit, one))},
        "attributes of events": {one for one in texts_of(dive.events, *beside) if any(map(str.isdigit, one))},
    }


def clock_times(dive: KeptDive) -> Iterator[str]:
    columns = [
        dive.cases.select("opened_at", "closed_at"),
        dive.events.select("happened_at", "recorded_at"),
        dive.findings.select("triggered_at", "deadline", "responded_at"),
    ]
    instants = {at for frame in columns for column in frame.collect().get_columns() for at in column.drop_nulls()}
    for at in instants:
        for one in (at, dive.calendar.local(at)):
            yield from (one.strftime(form) for form in WRITTEN)


# WHERE IT IS LOOKED FOR


def texts_in(path: Path) -> Iterator[str]:
    """The text of a file: as it lies there, and unpacked."""
    yield path.read_bytes().decode("utf-8", "ignore")
    if path.suffix == ".parquet":
        file = pyarrow.parquet.ParquetFile(path)
        yield str(file.schema_arrow)
        yield json.dumps({str(key): str(value) for key, value in (file.metadata.metadata or {}).items()})
        for column in pl.read_parquet(path).get_columns():
            yield "\n".join(column.cast(pl.String).drop_nulls().unique().to_list())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def found_in(texts: Iterable[str], values: Iterable[str]) -> set[str]:
    """Those of the values that stand anywhere in the texts: by length, so that each text is gone through once for
    each."""
    by_length: dict[int, set[str]] = {}
    for value in values:
        by_length.setdefault(len(value), set()).add(value)
    found: set[str] = set()
    for text in texts:
        for length, mine in by_length.items():
            found |= mine & {text[at : at + length] for at in range(len(text) - length + 1)}
    return found


def files_of_release(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.fixture(scope="module")
def texts(case) -> dict[str, list[str]]:
    return {path.relative_to(case.release).as_posix(): [*texts_in(path)] for path in files_of_release(case.release)}


KINDS = ("case ids", "persons", "dates of birth", "files", "notes", "times")
FURTHER_KINDS = ("attributes of cases", "attributes of events")


@pytest.mark.parametrize("kind", (*KINDS, *FURTHER_KINDS))
def test_no_value_of_six_letters_or_more_stands_in_any_file(kind, case, texts):
    values = {value for value in identified(case.dive)[kind] if len(value) >= LONG}
    assert values or kind in ("notes", *FURTHER_KINDS)
    for name, mine in texts.items():
        assert found_in(mine, values) == set(), name


def test_no_name_stands_in_any_file_of_this_dive(case, texts):
    """But for the standards, which ship: an ordinary word of theirs may be somebody's name."""
    values = {value for value in identified(case.dive)["names"] if len(value) >= LONG}
    assert values
    for name, mine in texts.items():
        if not name.startswith("settings/"):
            assert found_in(mine, values) == set(), name


def test_no_cell_of_an_export_with_a_digit_in_it_stands_in_any_file(case, texts):
    values = {value for value in cells_of_exports(case.exports) if len(value) >= LONG}
    assert len(values) > 100
    for name, mine in texts.items():
        assert found_in(mine, values) == set(), name


def test_shorter_values_stand_in_no_cell(case):
    short = {
        value
        for kind, values in identified(case.dive).items()
        if kind != "times"
        for value in values
        if len(value) < LONG
    }
    for path in case.release.glob("*.parquet"):
        for column in pl.read_parquet(path).get_columns():
            if column.dtype == pl.String():
                assert set(column.drop_nulls().unique()) & short == set(), (path.name, column.name)


def test_no_cell_of_a_coded_table_holds_a_clock_time_or_a_day(case):
    for name in ("cases", "events", "findings"):
        for column in pl.read_parquet(case.release / f"{name}.parquet").get_columns():
            if column.dtype == pl.String():
                written = column.str.contains(r"\d:\d\d|\d{4}-\d\d-\d\d|\d\d/\d\d")
                assert not written.any(), (name, column.name)


def test_no_column_of_a_coded_table_holds_an_instant_or_a_day(case):
    for name in ("cases", "events", "findings"):
        kinds = pl.read_parquet_schema(case.release / f"{name}.parquet")
        assert [column for column, kind in kinds.items() if kind.is_temporal()] == []


def test_no_number_of_a_coded_table_is_a_time_since_an_epoch(case):
    """The longest elapsed time is shorter than from 1970 to the first case."""
    first = case.dive.cases.select(pl.col("opened_at").min()).collect().item()
    minutes = int(first.timestamp()) // 60
    for name in ("cases", "events", "findings"):
        for column in pl.read_parquet(case.release / f"{name}.parquet").get_columns():
            if column.dtype.is_integer() and column.len() - column.null_count():
                assert max(abs(column.max()), abs(column.min())) < minutes / 2, (name, column.name)


def test_what_is_looked_for_is_found_where_it_is(case):
    """The search itself: in the dive it finds what it must not find in a release."""
    values = {value for value in identified(case.dive)["names"] if len(value) >= LONG}
    assert found_in([*texts_in(case.dive.folder / "people.parquet")], values) == values
    cells = identified(case.dive)["case ids"]
    held = found_in([*texts_in(case.dive.folder / "cases.parquet")], cells)
    assert held == cells


def test_the_release_opens_as_it_was_written(case):
    release = open_release(case.release)
    assert release.cases.collect().height > 20
    assert release.findings.collect().height > 100
    assert release.claims.collect().height == len(case.dive.claim_answers)
