"""Folders for work that is under way: gone when it ends, and after the next command where its process was killed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wardline import work_folders
from wardline.errors import OutputError
from wardline.work_folders import claim, clear_after_the_dead, remove_work, work_folder

pytestmark = pytest.mark.skipif(work_folders.fcntl is None, reason="no locks that end with a process")

# Makes a folder in sys.argv[1], writes a name into it, says so and is killed while it waits.
AT_WORK = """
import sys, time
from pathlib import Path
from wardline.work_folders import claim, work_folder
with work_folder(beside=Path(sys.argv[1])) as folder:
    (folder / "people.csv").write_text("Zebedee")
    kept = Path(sys.argv[1]) / "list.csv"
    other = Path(sys.argv[1]) / "unfinished"
    other.mkdir()
    (other / "list-of-today.csv").write_text("case 1")
    claimed = claim(other, keep=("list-of-today.csv", kept))
    print("at work", flush=True)
    time.sleep(60)
"""

# Is killed while it removes its folder.
REMOVING = """
import sys, time
from pathlib import Path
from wardline import work_folders
def slowly(path, **_):
    print("at work", flush=True)
    time.sleep(60)
work_folders.shutil.rmtree = slowly
with work_folders.work_folder(beside=Path(sys.argv[1])) as folder:
    (folder / "read").mkdir()
    (folder / "read" / "people.csv").write_text("Zebedee")
"""


@pytest.fixture(autouse=True)
def register(tmp_path, monkeypatch):
    """A register of this test alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / work_folders.REGISTER


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def test_a_work_folder_is_for_its_owner_only_and_is_gone_where_the_block_ends(place, register):
    with work_folder(beside=place) as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "people.csv").write_text("Zebedee")
        assert len(list(register.iterdir())) == 1
    assert list(place.iterdir()) == list(register.iterdir()) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_it_is_gone_after_an_error_and_after_an_interrupt(place, register, error):
    with pytest.raises(error), work_folder(beside=place):
        raise error
    assert list(place.iterdir()) == list(register.iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_its_list_kept(place, register):
    worker = at_work(place)
    assert clear_after_the_dead() == []
    assert len(list(place.iterdir())) == 2  # it is still at work
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert "Zebedee" in all_texts(place)
    assert clear_after_the_dead() == [place / "list.csv"]
    assert [path.name for path in place.iterdir()] == ["list.csv"]
    assert (place / "list.csv").read_text() == "case 1"
    assert list(register.iterdir()) == []


def test_any_command_clears_up_after_a_killed_one(place):
    worker = at_work(place)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    command = [sys.executable, "-m", "wardline.cli", "standards", "list"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    assert "Zebedee" not in all_texts(place)
    assert "its list of children to check was" in told and str(place / "list.csv") in told
    assert subprocess.run(command, check=True, capture_output=True, text=True).stderr == ""  # told once


def test_a_folder_that_only_has_the_name_of_a_dead_one_is_left_alone(place, register):
    folder = place / "somebody-s"
    folder.mkdir()
    (folder / "work.txt").write_text("mine")
    register.mkdir(parents=True)
    entry = register / f"1{work_folders.ENTRY}"
    entry.write_text(json.dumps({"folder": str(folder), "token": "of another"}))
    clear_after_the_dead()
    assert (folder / "work.txt").read_text() == "mine"
    assert not entry.exists()


@pytest.mark.parametrize(("outer_name", "inner_name"), [("1", "2"), ("2", "1")])
def test_a_folder_inside_another_leaves_no_entry_behind(place, register, outer_name, inner_name):
    register.mkdir(parents=True)
    outer, inner = place / "outer", place / "outer" / "read" / "inner"
    inner.mkdir(parents=True)
    for name, folder in ((outer_name, outer), (inner_name, inner)):
        (folder / work_folders.MARK).write_text(name)
        entry = register / f"{name}{work_folders.ENTRY}"
        entry.write_text(json.dumps({"folder": str(folder), "token": name}))
    clear_after_the_dead()
    assert list(place.iterdir()) == list(register.iterdir()) == []


def test_an_entry_of_a_disk_that_is_not_there_stays(place, register):
    register.mkdir(parents=True)
    entry = register / f"1{work_folders.ENTRY}"
    entry.write_text(json.dumps({"folder": str(place / "gone" / "folder"), "token": "t"}))
    clear_after_the_dead()
    assert entry.exists()


@pytest.mark.parametrize("text", ["", "nothing", "[]", '{"folder": 1}'])
def test_an_entry_that_cannot_be_read_stops_nobody(register, text):
    register.mkdir(parents=True)
    (register / f"1{work_folders.ENTRY}").write_text(text)
    clear_after_the_dead()
    assert list(register.iterdir()) == []


def test_what_is_released_stays_and_is_no_longer_marked(place, register):
    folder = place / "dive"
    folder.mkdir()
    claimed = claim(folder)
    assert list(folder.iterdir()) != []
    claimed.release()
    assert list(folder.iterdir()) == list(register.iterdir()) == []
    claimed.release()


def test_a_process_killed_while_it_removes_leaves_what_the_next_can_finish(place, register):
    worker = at_work(place, REMOVING)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert "Zebedee" in all_texts(place)
    clear_after_the_dead()
    assert list(place.iterdir()) == list(register.iterdir()) == []


def test_the_entry_of_a_folder_that_could_not_be_removed_stays_for_the_next(place, register, monkeypatch):
    with monkeypatch.context() as patched, work_folder(beside=place) as folder:
        (folder / "read").mkdir()
        (folder / "read" / "people.csv").write_text("Zebedee")
        (folder / "cases.csv").write_text("Zebedee")
        patched.setattr(work_folders.shutil, "rmtree", lambda path, ignore_errors: None)
    assert sorted(path.name for path in folder.iterdir()) == [work_folders.MARK, "read"]
    assert len(list(register.iterdir())) == 1
    clear_after_the_dead()
    assert list(place.iterdir()) == list(register.iterdir()) == []


def test_a_link_in_it_is_removed_and_not_what_it_leads_to(place):
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    with work_folder(beside=place) as folder:
        os.symlink(elsewhere, folder / "link")
    assert [path.name for path in place.iterdir()] == ["elsewhere"]
    assert (elsewhere / "mine.txt").read_text() == "mine"


def test_a_folder_that_is_gone_is_removed(place):
    assert remove_work(place / "never")


@pytest.mark.parametrize("name", ["flock", "write", "rename"])
def test_a_claim_that_cannot_be_entered_leaves_nothing_open(place, register, monkeypatch, name):
    def refused(*_):
        raise OSError

    monkeypatch.setattr(work_folders.fcntl if name == "flock" else work_folders.os, name, refused)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    claim(place)
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert before == after
    assert list(register.iterdir()) == []


def test_without_a_place_for_a_register_work_goes_on(place, monkeypatch):
    monkeypatch.setattr(work_folders, "_register", lambda: None)
    clear_after_the_dead()
    with work_folder(beside=place) as folder:
        assert folder.is_dir()
    assert list(place.iterdir()) == []


def test_without_a_folder_for_temporary_files_somebody_is_told_what_to_set(place, monkeypatch):
    def none():
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(work_folders.tempfile, "gettempdir", none)
    clear_after_the_dead()
    with work_folder(beside=place) as folder:
        assert folder.is_dir()
    with pytest.raises(OutputError, match="Set TMPDIR"), work_folder():
        raise AssertionError("there is no place for it")


def test_a_register_that_somebody_else_could_have_laid_is_not_used(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    state = tmp_path / "state"
    state.mkdir()
    os.symlink(tmp_path / "elsewhere", state / work_folders.REGISTER)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(work_folders.tempfile, "tempdir", None)
    assert work_folders._register() == tmp_path / f"{work_folders.REGISTER}-{os.getuid()}"


def at_work(place: Path, program: str = AT_WORK) -> subprocess.Popen[str]:
    worker = subprocess.Popen([sys.executable, "-c", program, str(place)], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    with worker.stdout:
        assert worker.stdout.readline() == "at work\n"
    return worker


def all_texts(place: Path) -> str:
    return "".join(path.read_text() for path in place.rglob("*") if path.is_file())
