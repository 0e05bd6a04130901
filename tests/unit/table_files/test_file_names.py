"""Which files of a folder a pattern means."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import write
from tests.unit.table_files.closed_to_us import closed
from wardline.table_files.file_names import find_files, fits, near_names


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


@pytest.mark.parametrize("name", ["jan.csv", "2024/jan.csv"])
def test_a_link_that_leads_nowhere_fits_as_a_file_does(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"feb.csv": "", "2024/feb.csv": ""})
    (tmp_path / name).symlink_to("gone.csv")
    assert find_files(tmp_path, name) == [(name, tmp_path / name)]
    assert (name, tmp_path / name) in find_files(tmp_path, "**/*.csv")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.csv", ["a.csv"]),
        ("**/*.csv", ["2024/q1/", "2024/b.csv", "2025/", "a.csv"]),
        ("**", ["2024/q1/", "2024/b.csv", "2025/", "a.csv"]),
        ("*/*.csv", ["2024/b.csv", "2025/"]),
        ("2024/*.csv", ["2024/b.csv"]),
        ("2025/*.csv", ["2025/"]),
        ("2025/e.csv", ["2025/"]),
        ("202?/q1/*.csv", ["2024/q1/", "2025/"]),
        ("2024/Q1/e.csv", ["2024/q1/"]),
        ("2024/**/e.csv", ["2024/q1/"]),
        ("2025/**", ["2025/"]),
        ("2025", []),
    ],
)
def test_a_folder_that_may_not_be_opened_is_given_where_files_that_fit_may_lie_in_it(
    pattern: str, found: list[str], tmp_path: Path
) -> None:
    write(tmp_path, dict.fromkeys(["a.csv", "2024/b.csv", "2024/q1/c.csv", "2025/d.csv", ".x/e.csv"], ""))
    with closed(tmp_path / "2024/q1", tmp_path / "2025", tmp_path / ".x"):
        assert sorted(name for name, _ in find_files(tmp_path, pattern)) == sorted(found)


def test_a_hidden_folder_that_may_not_be_opened_is_given_where_the_pattern_means_it(tmp_path: Path) -> None:
    write(tmp_path, {".x/e.csv": "", ".y/e.csv": "", "e.csv": ""})
    with closed(tmp_path / ".x", tmp_path / ".y"):
        assert [name for name, _ in find_files(tmp_path, ".x/*.csv")] == [".x/"]
        assert [name for name, _ in find_files(tmp_path, "**/*.csv")] == ["e.csv"]


def test_an_empty_folder_is_no_file_that_fits_but_is_said_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "2024/e.csv").mkdir(parents=True)
    (tmp_path / "e.csv").mkdir()
    for pattern in ("*", "*.csv", "**/*.csv", "**", "e.csv", "2024/e.csv", "e.csv/*.csv"):
        assert find_files(tmp_path, pattern) == []
    assert near_names(tmp_path, "E.csv") == " `e.csv/` is an empty folder."
    assert near_names(tmp_path, "2024/*.csv") == " `2024/e.csv/` is an empty folder."
    assert near_names(tmp_path, "a*.csv") == ""


def test_where_none_fits_the_folders_are_named_that_may_not_be_opened(tmp_path: Path) -> None:
    write(tmp_path, {"one/e.csv": "", "log.csv": "", "two/episode.csv": ""})
    with closed(tmp_path / "one"):
        assert near_names(tmp_path, "q.xlsx") == " `one/` is a folder that may not be opened."
        assert near_names(tmp_path, "lag.csv") == (
            " Did you mean `log.csv`? `one/` is a folder that may not be opened."
        )
        assert near_names(tmp_path, "epi*.csv") == (
            " There is `two/episode.csv`. `one/` is a folder that may not be opened."
        )


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("2023/e*.csv", " There is `2024/q1/e-1.csv`, `2024/q1/e-2.csv`, `e-3.csv`."),
        ("2023/?*.csv", " There is `2024/q1/e-1.csv`, `2024/q1/e-2.csv`, `e-3.csv`, and more."),
    ],
)
def test_up_to_three_files_are_named_that_would_fit_in_another_folder(pattern: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["2024/q1/e-1.csv", "2024/q1/e-2.csv", "e-3.csv", "f.csv"], ""))
    assert near_names(tmp_path, pattern) == said


def test_several_folders_are_named_that_may_not_be_opened(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c", "d")]
    for folder in folders:
        folder.mkdir()
    with closed(*folders):
        assert near_names(tmp_path, "e.csv") == "".join(
            f" `{name}/` is a folder that may not be opened." for name in ("a", "b", "c")
        )


def test_of_files_that_are_named_one_by_one_the_folders_above_count_as_far_as_the_pattern_names_them(
    tmp_path: Path,
) -> None:
    given = [tmp_path / "2024/q1/e.csv", tmp_path / "2025/e.csv"]
    assert [path for _, path in find_files(given, "2024/**/e.csv")] == given[:1]
    assert [path for _, path in find_files(given, "2025/*.csv")] == given[1:]
    assert [path for _, path in find_files(given, "20*/*.csv")] == given[1:]
