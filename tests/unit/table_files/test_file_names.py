"""Which files of a folder a pattern means."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import write
from wardline.table_files.file_names import find_files, fits


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("FEB.CSV", "*.csv"),
        ("feb.csv", "FEB.CSV"),
        ("episodes [1].csv", "episodes [1].csv"),
        ("log [2024]-01.csv", "log [2024]*.csv"),
        ("2024/jan.csv", "2024/*.csv"),
        ("2024/q1/jan.csv", "**/jan.csv"),
        ("jan.csv", "**/jan.csv"),
        ("2024/q1/jan.csv", "2024/**"),
        ("ja+n (1).csv", "ja+n (1).csv"),
        ("E\u0301pisodes.csv", "\u00e9pisodes.csv"),
        ("what?.csv", "what?.csv"),
        ("a\nb.csv", "a*.csv"),
    ],
)
def test_a_name_fits(name: str, pattern: str) -> None:
    assert fits(name, pattern)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("log 2.csv", "log [2024].csv"),
        ("2024/jan.csv", "*.csv"),
        ("2024/q1/jan.csv", "2024/*.csv"),
        ("jan.csv.bak", "*.csv"),
        ("janXcsv", "jan.csv"),
    ],
)
def test_a_name_does_not_fit(name: str, pattern: str) -> None:
    assert not fits(name, pattern)


def test_a_name_that_is_there_letter_for_letter_is_meant_alone(tmp_path: Path) -> None:
    write(tmp_path, {"what?.csv": "", "whatX.csv": "", "WHAT?.csv": "", "~$what?.csv": ""})
    assert find_files(tmp_path, "what?.csv") == [("what?.csv", tmp_path / "what?.csv")]
    assert [name for name, _ in find_files(tmp_path, "wha*.csv")] == ["WHAT?.csv", "what?.csv", "whatX.csv"]


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    names = ["9/b-1.csv", "10/a-2.csv", "10/a-10.csv", "10/a-010b.csv", "10/A-10c.csv", "b.csv", "b (2).csv", "b2.csv"]
    names += ["e-9.csv", "e-10.csv", "e-10.1.csv"]
    write(tmp_path, dict.fromkeys(names, ""))
    assert [name for name, _ in find_files(tmp_path, "**/*.csv")] == names
    given = [tmp_path / name for name in reversed(names)]
    assert [name for name, _ in find_files(given, "e*.csv")] == ["e-9.csv", "e-10.csv", "e-10.1.csv"]


HIDDEN = ["._e.csv", ".~lock.e.csv#", "~$e.xlsx", ".#e.csv", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/e.csv"]


@pytest.mark.parametrize("pattern", ["*", "*.csv", "**/*.csv", "**", "?e.csv"])
def test_hidden_files_are_no_exports(pattern: str, tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys([*HIDDEN, ".e.csv", "2e.csv"], ""))
    assert [name for name, _ in find_files(tmp_path, pattern)] == ["2e.csv"]
    given = [tmp_path / name for name in [*HIDDEN[:-1], ".e.csv", "2e.csv"]]
    assert [name for name, _ in find_files(given, pattern)] == ["2e.csv"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [(".e.csv", [".e.csv"]), (".*.csv", [".#e.csv", "._e.csv", ".e.csv"]), (".git/*.csv", [".git/e.csv"])],
)
def test_a_pattern_may_say_that_it_means_hidden_files(pattern: str, found: list[str], tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys([*HIDDEN, ".e.csv", "e.csv"], ""))
    assert [name for name, _ in find_files(tmp_path, pattern)] == found


def test_the_folder_of_a_source_may_be_hidden_itself(tmp_path: Path) -> None:
    write(tmp_path / ".exports", {"e.csv": ""})
    assert [name for name, _ in find_files(tmp_path / ".exports", "*")] == ["e.csv"]
    assert [name for name, _ in find_files([tmp_path / ".exports" / "e.csv"], "**/e.csv")] == ["e.csv"]


def test_links_to_folders_are_followed_inside_the_folder_and_no_further(tmp_path: Path) -> None:
    write(tmp_path / "exports", {"2024/jan.csv": ""})
    write(tmp_path / "elsewhere", {"feb.csv": ""})
    (tmp_path / "exports" / "current").symlink_to(tmp_path / "exports" / "2024")
    (tmp_path / "exports" / "2024" / "around").symlink_to(tmp_path / "exports")
    (tmp_path / "exports" / "out").symlink_to(tmp_path / "elsewhere")
    found = [name for name, _ in find_files(tmp_path / "exports", "**/*.csv")]
    assert found == ["2024/jan.csv", "current/jan.csv"]
