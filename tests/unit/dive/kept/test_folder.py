"""A dive folder is whole or not there at all."""

import errno
import os

import polars as pl
import pytest

from wardline.dive.kept import folder as folder_module
from wardline.dive.kept.folder import CHILDREN_TO_CHECK, kept_list, unfinished_folder
from wardline.dive.kept.where_to_write import MANIFEST
from wardline.errors import OutputError, ProblemKind, StoppedError


def write_dive(out):
    with unfinished_folder(out) as folder:
        (folder / "report.html").write_text("report")
        (folder / MANIFEST).write_text("{}")


def test_a_finished_dive_is_put_in_place_and_nothing_else_is_left(tmp_path):
    write_dive(tmp_path / "dives" / "march")
    assert sorted(path.name for path in (tmp_path / "dives").iterdir()) == ["march"]
    assert sorted(path.name for path in (tmp_path / "dives/march").iterdir()) == [MANIFEST, "report.html"]


def test_only_its_owner_may_open_a_dive_folder(tmp_path):
    write_dive(tmp_path / "march")
    assert (tmp_path / "march").stat().st_mode & 0o077 == 0


def test_an_empty_folder_may_be_used(tmp_path):
    (tmp_path / "march").mkdir()
    write_dive(tmp_path / "march")
    assert (tmp_path / "march" / MANIFEST).exists()


@pytest.mark.parametrize("inside", [MANIFEST, "my-thesis.odt"])
def test_a_folder_that_holds_anything_is_refused_and_left_as_it_was(tmp_path, inside):
    (tmp_path / "march").mkdir()
    (tmp_path / "march" / inside).write_text("kept")
    with pytest.raises(OutputError) as told:
        write_dive(tmp_path / "march")
    assert told.value.problems[0].kind is ProblemKind.FOLDER_NOT_EMPTY
    assert [path.read_text() for path in (tmp_path / "march").iterdir()] == ["kept"]


def test_a_file_in_its_place_is_refused(tmp_path):
    (tmp_path / "march").write_text("kept")
    with pytest.raises(OutputError, match="This is a file"):
        write_dive(tmp_path / "march")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ZeroDivisionError])
def test_what_stops_the_making_leaves_nothing(tmp_path, stop):
    with pytest.raises(stop), unfinished_folder(tmp_path / "dives" / "march") as folder:
        (folder / "half.parquet").write_text("half")
        raise stop
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_children_to_check_is_kept_when_the_rest_cannot_be_written(tmp_path):
    with pytest.raises(StoppedError), unfinished_folder(tmp_path / "march") as folder:
        (folder / CHILDREN_TO_CHECK).write_text("case\n")
        raise StoppedError(_problem())
    assert [path.name for path in tmp_path.iterdir()] == [f"march-{CHILDREN_TO_CHECK}"]
    write_dive(tmp_path / "march")
    assert not kept_list(tmp_path / "march").exists()


def test_nobody_but_its_owner_may_read_a_dive_or_a_list_that_is_kept(tmp_path):
    before = os.umask(0o022)  # as most systems have it: others may read what is written
    try:
        with unfinished_folder(tmp_path / "march") as folder:
            (folder / "settings" / "mappings").mkdir(parents=True)
            for name in (CHILDREN_TO_CHECK, "settings/mappings/compact.yaml", MANIFEST):
                (folder / name).write_text("{}")
        with pytest.raises(StoppedError), unfinished_folder(tmp_path / "april") as folder:
            (folder / CHILDREN_TO_CHECK).write_text("case\n")
            raise StoppedError(_problem())
    finally:
        os.umask(before)
    written = {path: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert kept_list(tmp_path / "april") in written and len(written) == 7
    assert written == {path: 0o700 if path.is_dir() else 0o600 for path in written}


def test_a_full_disk_is_told_in_a_sentence(tmp_path):
    with pytest.raises(OutputError, match="No space left on device") as told, unfinished_folder(tmp_path / "march"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert told.value.problems[0].kind is ProblemKind.CANNOT_WRITE
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_while_it_is_cleared_away_leaves_nothing_either(tmp_path, monkeypatch):
    remove, interrupted = folder_module.remove_work, []

    def pressed_again(path):
        if len(interrupted) < 2:
            interrupted.append(path)
            raise KeyboardInterrupt
        return remove(path)

    monkeypatch.setattr(folder_module, "remove_work", pressed_again)
    with pytest.raises(KeyboardInterrupt), unfinished_folder(tmp_path / "march") as folder:
        (folder / CHILDREN_TO_CHECK).write_text("case\n")
        (folder / "cases.parquet").write_text("in clear")
        raise KeyboardInterrupt
    assert len(interrupted) == 2
    assert [path.name for path in tmp_path.iterdir()] == [f"march-{CHILDREN_TO_CHECK}"]


def test_what_could_not_be_removed_is_told_beside_what_stopped_the_making(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_module, "remove_work", lambda folder: False)
    with pytest.raises(OutputError) as told, unfinished_folder(tmp_path / "march") as folder:
        raise StoppedError(_problem())
    stopped, left = told.value.problems
    assert stopped.what == "Stopped."
    assert "could not be removed" in left.what and left.where.file == str(folder)
    assert "Nothing half-written" not in str(told.value)


def test_a_dive_that_appears_meanwhile_is_not_written_over(tmp_path):
    with pytest.raises(OutputError, match="already holds a dive"), unfinished_folder(tmp_path / "march") as folder:
        (folder / MANIFEST).write_text("second")
        (tmp_path / "march").mkdir()
        (tmp_path / "march" / MANIFEST).write_text("first")
    assert (tmp_path / "march" / MANIFEST).read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["march"]


def _problem():
    from wardline.errors import Problem

    return Problem(ProblemKind.STOPPED, "Stopped.", "Run it again.")


@pytest.mark.parametrize("kind", [pl.exceptions.ComputeError, OSError])
def test_a_full_disk_that_polars_tells_in_its_own_way_is_told_alike(tmp_path, kind):
    with pytest.raises(OutputError, match="No space left on device"), unfinished_folder(tmp_path / "march"):
        raise kind("could not write: No space left on device (os error 28)")


def test_another_error_of_polars_is_not_taken_for_a_full_disk(tmp_path):
    with pytest.raises(pl.exceptions.ComputeError), unfinished_folder(tmp_path / "march"):
        raise pl.exceptions.ComputeError("something else")
