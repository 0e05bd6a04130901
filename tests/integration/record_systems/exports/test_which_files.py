"""Which files the table of a mapping reads, and that those which no table reads are named."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from tests.unit.record_systems.reading_texts import AS_AT, CASES, read, write
from tests.unit.table_files.test_file_names import HIDDEN
from wardline.errors import ExportError
from wardline.record_systems import Source, check_mapping, parse_mapping, read_record_systems
from wardline.record_systems.exports.files_not_read import UnreadFile
from wardline.table_files.file_names import find_files

ROWS = "No,Reported\nE{},2025-01-01 10:00\n"


def test_hidden_files_are_not_said_to_be_unread(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = dict.fromkeys(HIDDEN, "x")
    found = read(tmp_path, CASES, {**files, "episodes.csv": ROWS.format(1), "other.dat": "x"})
    assert [str(one) for one in found.reading.unread_files] == ["other.dat"]


@pytest.mark.parametrize("name", [".may.csv", ".may.XLSX", "2025/.may.csv", ".may.parquet"])
def test_a_hidden_file_that_may_hold_a_table_is_not_read_and_named(name: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASES, {name: ROWS.format(2), "episodes.csv": ROWS.format(1)})
    assert [str(one) for one in found.reading.unread_files] == [name]
    assert found.rows("cases", "case_id") == [("compact:E1",)]


def test_where_only_hidden_files_fit_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES, {"._episodes.csv": "x", "a.txt": "x", ".x/episodes.csv": "x"})
    # `episodes*.csv` fits none of them where they lie.
    assert "hidden" not in str(caught.value)
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES.replace("episodes*", "*"), {"._episodes.csv": "x", "a.txt": "x"})
    assert "What fits it is hidden" in str(caught.value)


ODD_NAMES = {
    b"e-\xff.csv": r"e-\xff.csv",
    b"e\nline.csv": r"e\nline.csv",
    b"e-\x1b[31m.csv": r"e-\x1b[31m.csv",
    b"e-\xe2\x80\xae.csv": r"e-\u202e.csv",
}


@pytest.mark.parametrize(("name", "shown"), ODD_NAMES.items())
def test_a_name_that_cannot_be_shown_is_escaped_and_its_file_is_read(name: bytes, shown: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "exports", {})
    path = folder / os.fsdecode(name)
    try:
        path.write_text(ROWS.format(1))
    except OSError:
        pytest.skip("this disk keeps no such names")
    assert find_files(folder, "e*.csv") == find_files([path], "e*.csv") == [(shown, path)]
    # What a draft writes of it means it too.
    assert find_files(folder, shown) == [(shown, path)]
    mapping = parse_mapping(CASES.replace("episodes*", "e*"))
    reading = read_record_systems([Source(mapping, folder)], as_at=AS_AT, into=tmp_path / "tables")
    assert [(one.file, one.path) for one in reading.files] == [(shown, path)]
    assert pl.read_parquet(tmp_path / "tables" / "cases.parquet")["source_file"].to_list() == [shown]


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_link_that_leads_out_of_the_folder_is_refused(is_folder: bool, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"episodes.csv": ROWS.format(1)})
    write(tmp_path / "exports-0", {})
    if is_folder:
        (tmp_path / "exports-0" / "episodes.csv").symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / "exports-0" / "episodes.csv").symlink_to(tmp_path / "elsewhere" / "episodes.csv")
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES, {})
    [problem] = caught.value.problems
    assert problem.what == "`episodes.csv` is a link that leads out of the folder of this source."
    assert problem.where is not None and problem.where.line == 4


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["2024/episodes1.csv"], "No file matches `episodes*.csv`. There is `2024/episodes1.csv`."),
        (["episode.csv"], "No file matches `episodes*.csv`. Did you mean `episode.csv`?"),
        (["persons.xlsx"], "No file matches `episodes*.csv`."),
        (
            [f"{number}/episodes.csv" for number in range(5)],
            "No file matches `episodes*.csv`. There is `0/episodes.csv`, `1/episodes.csv`, `2/episodes.csv`, and more.",
        ),
    ],
)
def test_where_no_file_fits_those_are_named_that_nearly_do(files: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, CASES, dict.fromkeys(files, ROWS.format(1)))
    assert [problem.what for problem in caught.value.problems] == [said]


def test_files_that_no_table_reads_are_named_wherever_they_lie(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "EPISODES-FEB.CSV": ROWS.format(2),
        "episodes.csv": ROWS.format(1),
        "log.csv": "x",
        "2024/old.xlsx": "x",
        "export.zip": "x",
        ".hidden": "x",
        "mapping.yaml": "x",
        "dive/manifest.json": "{}",
        "dive/findings.csv": "x",
        "dive/more/rows.csv": "x",
    }
    found = read(tmp_path, CASES, files)
    assert found.rows("cases", "case_id") == [("compact:E1",), ("compact:E2",)]
    unread = ["2024/old.xlsx", "export.zip", "log.csv"]
    assert found.reading.unread_files == tuple(UnreadFile("compact", name) for name in unread)
    assert check_mapping(parse_mapping(CASES), tmp_path / "exports-0").unread_files == tuple(unread)


def test_a_link_to_a_file_is_no_other_file(tmp_path: Path) -> None:
    exports = write(tmp_path / "exports-0", {"episodes.csv": ROWS.format(1), "log.csv": "x"})
    (exports / "current.csv").symlink_to("episodes.csv")
    (exports / "old.csv").symlink_to("log.csv")
    found = read(tmp_path, CASES, {}).reading.unread_files
    assert [str(one) for one in found] == ["log.csv"]
