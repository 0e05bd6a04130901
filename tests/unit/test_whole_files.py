"""A file is written whole or not at all, and never over another."""

import errno
import os
import stat

import pytest

from wardline import whole_files
from wardline.errors import OutputError
from wardline.whole_files import write_new_file, write_new_files, write_over


def fails_with(error):
    def fails(*given):
        raise error

    return fails


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
STOPS = {"a full disk": (FULL, OutputError), "Ctrl-C": (KeyboardInterrupt(), KeyboardInterrupt)}


def test_a_new_file_has_its_text_and_nothing_else_is_left(tmp_path):
    write_new_file(tmp_path / "above" / "force.yaml", "force: Teesmouth, ‘the’ force\n")
    assert [path.name for path in tmp_path.rglob("*")] == ["above", "force.yaml"]
    assert (tmp_path / "above" / "force.yaml").read_bytes().decode() == "force: Teesmouth, ‘the’ force\n"


@pytest.mark.parametrize("kind", ["a file", "a folder", "a link that leads nowhere"])
def test_what_is_there_is_not_written_over(tmp_path, kind):
    path = tmp_path / "force.yaml"
    match kind:
        case "a file":
            path.write_text("mine")
        case "a folder":
            path.mkdir()
        case _:
            path.symlink_to(tmp_path / "gone")
    with pytest.raises(OutputError, match="already there"):
        write_new_file(path, "yours")
    assert [each.name for each in tmp_path.iterdir()] == ["force.yaml"]
    assert kind != "a file" or path.read_text() == "mine"


@pytest.mark.parametrize("step", ["write", "fsync", "link"])
@pytest.mark.parametrize("stop", STOPS)
def test_nothing_is_left_where_writing_stops(tmp_path, monkeypatch, stop, step):
    error, raised = STOPS[stop]
    if step == "write":
        # Half of it reaches the disk before the disk is full.
        real = whole_files._write

        def half(path, content, mode):
            real(path, content[: len(content) // 2], mode)
            raise error

        monkeypatch.setattr(whole_files, "_write", half)
    else:
        monkeypatch.setattr(os, step, fails_with(error))
    with pytest.raises(raised) as told:
        write_new_file(tmp_path / "a" / "b" / "force.yaml", "text" * 100)
    assert list(tmp_path.iterdir()) == []
    if raised is OutputError:
        assert "No space left on device" in str(told.value) and "half-written" in str(told.value)


def test_files_that_belong_together_appear_together_or_not_at_all(tmp_path):
    (tmp_path / "fields.csv").write_text("mine")
    with pytest.raises(OutputError, match="A request is already there"):
        write_new_files(
            {tmp_path / "letter.md": "Dear force", tmp_path / "fields.csv": b"a,b\n"},
            already_there=("A request is already there.", "Name another folder."),
        )
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("fields.csv", "mine")]


def test_only_the_owner_may_read_a_secret(tmp_path):
    write_new_file(tmp_path / "key", "secret", owner_only=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_file_in_the_place_of_a_folder_above_is_told(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="cannot be written"):
        write_new_file(tmp_path / "file" / "force.yaml", "text")


def test_a_disk_that_knows_no_second_name_for_a_file_will_do(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", fails_with(OSError(errno.EPERM, os.strerror(errno.EPERM))))
    write_new_file(tmp_path / "force.yaml", "text")
    with pytest.raises(OutputError, match="already there"):
        write_new_file(tmp_path / "force.yaml", "another")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("force.yaml", "text")]


@pytest.mark.parametrize("stop", STOPS)
def test_what_is_to_be_replaced_stays_until_the_new_one_is_whole(tmp_path, monkeypatch, stop):
    error, raised = STOPS[stop]
    path = tmp_path / "mapping.yaml"
    write_over(path, "first")
    write_over(path, "second")
    monkeypatch.setattr(os, "fsync", fails_with(error))
    with pytest.raises(raised):
        write_over(path, "third")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("mapping.yaml", "second")]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_what_is_replaced_may_be_read_by_those_who_might_read_it(tmp_path, mode):
    path = tmp_path / "claims.yaml"
    path.write_text("first")
    path.chmod(mode)
    write_over(path, "second")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("second", mode)


def test_a_link_still_leads_to_what_is_replaced(tmp_path):
    (tmp_path / "shared").mkdir()
    path, link = tmp_path / "shared" / "claims.yaml", tmp_path / "claims.yaml"
    path.write_text("first")
    link.symlink_to(path)
    write_over(link, "second")
    assert link.is_symlink() and path.read_text() == "second"
    assert [each.name for each in path.parent.iterdir()] == ["claims.yaml"]
