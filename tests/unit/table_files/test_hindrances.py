"""What is said to stand in the way of reading a file, and that looking does not wait."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.unit.table_files.closed_to_us import closed
from wardline.table_files.hindrances import (
    CLOSED_FILE,
    CLOSED_FOLDER,
    EMPTY_FOLDER,
    FOLDER,
    GONE,
    IN_A_CIRCLE,
    NO_FILE,
    NOWHERE,
    OUT_OF_FOLDER,
    TO_A_CLOSED_PLACE,
    hindrance_at,
    hindrance_in,
    what_stopped,
)


def test_nothing_stands_in_the_way_of_a_file_and_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("x")
    (tmp_path / "link.csv").symlink_to("e.csv")
    assert hindrance_at(tmp_path / "e.csv") is hindrance_at(tmp_path / "link.csv") is None
    assert hindrance_in(tmp_path, tmp_path / "link.csv") is None


def test_a_link_may_lead_nowhere_or_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("x")
    for name, leads_to in {"a": "gone", "b": "e.csv/below", "c": "a", "self": "self"}.items():
        (tmp_path / name).symlink_to(leads_to)
    assert [hindrance_at(tmp_path / name) for name in "abc"] == [NOWHERE] * 3
    assert hindrance_at(tmp_path / "self") == IN_A_CIRCLE


def test_a_file_may_not_be_there(tmp_path: Path) -> None:
    assert hindrance_at(tmp_path / "gone") == GONE


def test_folders_are_told_from_files(tmp_path: Path) -> None:
    (tmp_path / "e.csv/.hidden").mkdir(parents=True)
    (tmp_path / "filled/e").mkdir(parents=True)
    assert hindrance_at(tmp_path / "e.csv") == EMPTY_FOLDER
    assert hindrance_at(tmp_path / "filled") == FOLDER


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "e.csv")
    assert hindrance_at(tmp_path / "e.csv") == NO_FILE


def test_files_and_folders_may_be_closed(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "e.csv").write_text("x")
        (tmp_path / f"link to {folder}").symlink_to(tmp_path / folder / "e.csv")
    with closed(tmp_path / "one", tmp_path / "two/e.csv"):
        assert hindrance_at(tmp_path / "one") == CLOSED_FOLDER
        assert hindrance_at(tmp_path / "one/e.csv") == CLOSED_FILE
        assert hindrance_at(tmp_path / "link to one") == TO_A_CLOSED_PLACE
        assert hindrance_at(tmp_path / "two/e.csv") == CLOSED_FILE
        assert hindrance_at(tmp_path / "link to two") == CLOSED_FILE


def test_a_link_out_of_a_folder_is_told_but_for_one_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "elsewhere.csv").write_text("x")
    out, nowhere = tmp_path / "exports/out.csv", tmp_path / "exports/nowhere.csv"
    out.symlink_to(tmp_path / "elsewhere.csv")
    nowhere.symlink_to(tmp_path / "gone.csv")
    assert hindrance_at(out) is None
    assert hindrance_in(tmp_path / "exports", out) == OUT_OF_FOLDER
    assert hindrance_in(tmp_path / "exports", nowhere) == NOWHERE
    with closed(tmp_path / "elsewhere.csv"):
        assert hindrance_in(tmp_path / "exports", out) == OUT_OF_FOLDER


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OSError(errno.EIO, "Input/output error"), "a file that cannot be read (Input/output error)"),
        (OSError("no number"), "a file that cannot be read (the system would not)"),
    ],
)
def test_what_else_the_system_says_is_repeated(error: OSError, what: str, tmp_path: Path) -> None:
    assert what_stopped(tmp_path / "e.csv", error).what == what
