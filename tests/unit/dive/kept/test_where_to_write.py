"""Where a dive can be written, and what somebody is told of a place where it cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wardline.dive.kept.where_to_write import MANIFEST, check_can_write, check_can_write_dive
from wardline.errors import OutputError
from wardline.whole_files import full_path, write_new_file


def refused(out: Path) -> str:
    with pytest.raises(OutputError) as told:
        check_can_write_dive(out)
    return str(told.value)


@pytest.fixture
def dive(tmp_path: Path) -> Path:
    folder = tmp_path / "march"
    folder.mkdir()
    (folder / MANIFEST).write_text("{}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("inside", ["april", "deep/april", "../march/april", "settings/../april"])
def test_a_dive_is_not_written_into_another(dive: Path, inside: str) -> None:
    told = refused(dive / inside)
    assert "inside the folder of a dive" in told and "Name a folder outside it." in told
    with pytest.raises(OutputError, match="inside the folder of a dive"):
        check_can_write(dive / inside, "force")


def test_a_folder_beside_a_dive_is_none_inside_it(dive: Path) -> None:
    check_can_write_dive(dive.parent / "april")
    check_can_write_dive(dive / "../april")


def test_a_link_above_it_that_leads_nowhere_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "disk").symlink_to(tmp_path / "not-there")
    for out in (tmp_path / "disk/march", tmp_path / "disk/dives/march"):
        told = refused(out)
        assert "`disk` is a link that leads nowhere" in told and "Make room" not in told


def test_a_link_above_it_that_leads_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "disk").symlink_to(tmp_path / "there")
    check_can_write_dive(tmp_path / "disk/dives/march")


def test_a_name_that_is_too_long_is_not_mended_by_making_room(tmp_path: Path) -> None:
    told = refused(tmp_path / ("m" * 300))
    assert "Name a folder with a shorter name" in told and "Make room" not in told


def test_a_path_that_is_no_text_is_refused_in_words(tmp_path: Path) -> None:
    for out in (os.fsdecode(b"m\xffrch"), os.fsdecode(b"dives\xff/march")):
        told = refused(tmp_path / out)
        assert "no letters of UTF-8" in told
        told.encode("ascii", "backslashreplace")


def test_the_folder_in_which_somebody_is_is_not_taken_from_under_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for out in (Path(""), Path("."), tmp_path):  # `--out ""` is what an empty variable comes to
        assert "the folder in which you are" in refused(out)
    check_can_write_dive(Path("march"))


def test_steps_up_in_a_path_lead_where_they_lead_though_what_they_step_over_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert full_path(Path("new/../march")) == tmp_path / "march"
    assert full_path(Path("new/..")) == tmp_path
    assert full_path(Path("march")) == tmp_path / "march"
    (tmp_path / "deep/down").mkdir(parents=True)
    (tmp_path / "link").symlink_to("deep/down")
    assert full_path(Path("link/../march")) == tmp_path / "deep/march"  # as the system has it
    assert full_path(Path("new/../link")) == tmp_path / "link"  # which stays a link, and can be refused as one
    write_new_file(Path("new/../form.html"), "written")
    assert (tmp_path / "form.html").read_text(encoding="utf-8") == "written"
    assert not (tmp_path / "new").exists()
