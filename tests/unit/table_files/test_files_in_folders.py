"""What is found in a folder: every file, and what stands where a file may have been meant."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import write
from tests.unit.table_files.closed_to_us import closed
from wardline.table_files.files_in_folders import files_in, is_hidden


def names(folder: Path, *, depth: int | None = None, with_hidden: bool = False) -> list[str]:
    return sorted(name for name, _ in files_in(folder, depth=depth, with_hidden=with_hidden))


def test_files_are_found_as_deep_as_is_asked(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["a.csv", "2024/b.csv", "2024/q1/c.csv"], ""))
    assert names(tmp_path) == ["2024/b.csv", "2024/q1/c.csv", "a.csv"]
    assert names(tmp_path, depth=1) == ["a.csv"]
    assert names(tmp_path, depth=2) == ["2024/b.csv", "a.csv"]
    assert {path for _, path in files_in(tmp_path, depth=2)} == {tmp_path / "a.csv", tmp_path / "2024/b.csv"}


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [("e.csv", "gone.csv"), ("e.csv", "/nowhere/gone.csv"), ("e.csv", "e.csv"), ("2024", "gone/2024")],
)
def test_a_link_that_leads_nowhere_is_found(name: str, leads_to: str, tmp_path: Path) -> None:
    (tmp_path / name).symlink_to(leads_to)
    assert list(files_in(tmp_path)) == [(name, tmp_path / name)]


def test_links_in_a_circle_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    assert names(tmp_path) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("leads_to", [".", "2024", "2024/q1", "../exports", "2024/../2024"])
def test_a_link_back_to_where_one_came_from_has_an_end(leads_to: str, tmp_path: Path) -> None:
    write(tmp_path / "exports", dict.fromkeys(["a.csv", "2024/b.csv", "2024/q1/c.csv"], ""))
    (tmp_path / "exports/2024/q1/back").symlink_to(tmp_path / "exports" / leads_to)
    assert names(tmp_path / "exports") == ["2024/b.csv", "2024/q1/c.csv", "a.csv"]


def test_folders_with_many_links_to_each_other_have_an_end(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.csv": "", "two/b.csv": ""})
    for number in range(20):
        (tmp_path / f"one/{number}").symlink_to(tmp_path / "two")
        (tmp_path / f"two/{number}").symlink_to(tmp_path / "one")
    found = names(tmp_path)
    assert {"one/a.csv", "two/b.csv", "one/0/b.csv", "two/19/a.csv"} <= set(found)
    assert len(found) == 2 + 2 * 20


def test_a_link_to_a_folder_above_the_whole_is_named_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.csv": "", "exports/a.csv": ""})
    (tmp_path / "exports/up").symlink_to(tmp_path)
    assert names(tmp_path / "exports") == ["a.csv", "up"]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def open_socket(path: Path) -> None:
    # The name of a socket may only be short.
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("make", [pipe, open_socket])
def test_what_is_neither_a_file_nor_a_folder_is_found_and_not_opened(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "e.csv")
    assert names(tmp_path) == ["e.csv"]


@pytest.mark.parametrize("mode", [0o000, 0o100, 0o300])
def test_a_folder_that_may_not_be_opened_is_found_wherever_it_lies(mode: int, tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(["a.csv", "one/b.csv", "2024/two/c.csv", "2024/d.csv"], ""))
    (tmp_path / "three").symlink_to(tmp_path / "one")
    with closed(tmp_path / "one", tmp_path / "2024/two", mode=mode):
        assert names(tmp_path) == ["2024/d.csv", "2024/two/", "a.csv", "one/", "three/"]
        assert names(tmp_path, depth=1) == ["a.csv"]
        assert names(tmp_path, depth=2) == ["2024/d.csv", "a.csv", "one/", "three/"]


def test_a_folder_that_may_be_looked_into_but_not_entered_hides_no_file(tmp_path: Path) -> None:
    write(tmp_path, {"one/b.csv": "", "one/deep/c.csv": ""})
    (tmp_path / "one/link.csv").symlink_to(tmp_path / "one/b.csv")
    with closed(tmp_path / "one", mode=0o400):
        assert names(tmp_path) == ["one/b.csv", "one/deep/", "one/link.csv"]


def test_the_folder_itself_must_be_open(tmp_path: Path) -> None:
    folder = write(tmp_path / "exports", {"a.csv": ""})
    with closed(folder), pytest.raises(PermissionError):
        list(files_in(folder))
    with pytest.raises(FileNotFoundError):
        list(files_in(tmp_path / "gone"))


def test_a_folder_in_which_nothing_is_seen_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"hidden.csv/.part.crc": "", "filled.csv/part.csv": ""})
    (tmp_path / "empty.csv").mkdir()
    (tmp_path / "2024/q1").mkdir(parents=True)
    assert names(tmp_path) == ["2024/q1/", "empty.csv/", "filled.csv/part.csv", "hidden.csv/"]
    assert "hidden.csv/.part.crc" in names(tmp_path, with_hidden=True)


def test_the_folder_itself_may_be_empty(tmp_path: Path) -> None:
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["lost+found", "$RECYCLE.BIN", "System Volume Information", ".Trash-1000"])
def test_what_a_disk_keeps_for_itself_is_hidden(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": "", f"{name}/b.csv": ""})
    assert is_hidden(name)
    with closed(tmp_path / name):
        assert names(tmp_path) == ["a.csv"]
        assert names(tmp_path, with_hidden=True) == sorted(["a.csv", f"{name}/"])
