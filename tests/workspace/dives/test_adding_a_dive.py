"""A dive is added whole or not at all: what differs is refused with the reason, and a kill leaves nothing half-done."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from wardline.cli import main
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.trail.models import Entry

ROOT = Path(__file__).parents[3]
SETTINGS = """workspace of: force
force: Teesmouth Police
office: Teesmouth Commissioner’s office
duty post: {name: the duty inspector, telephone: 01632 960 101}
professional standards: {name: professional standards, telephone: 01632 960 102}
demonstration: yes
"""


@pytest.fixture
def copied(dived, tmp_path):
    shutil.copytree(dived, tmp_path / "copied")
    return tmp_path / "copied"


def add_by_page(browser, folder):
    return browser.post("/dives/add/", {"folder": str(folder)})


def nothing_is_left(deployment):
    return [one.name for one in deployment.dives.glob("*")] == [] if deployment.dives.exists() else True


# WHAT IS REFUSED


@pytest.mark.django_db
def test_a_dive_is_added_on_the_page_and_its_manifest_is_in_the_trail(browse_as, deployment, dived):
    answer = add_by_page(browse_as("force-lead"), dived)
    added = AddedDive.objects.get()
    assert answer.url == f"/dives/{added.slug}/"
    assert (deployment.dives / added.slug / "manifest.json").exists()
    entry = Entry.objects.get(did="added a dive")
    assert (entry.about, entry.detail) == (added.slug, {"manifest": added.manifest_sha256})


@pytest.mark.django_db
def test_the_address_of_a_dive_ends_with_a_whole_word(added):
    assert added.slug == "missing-children-october-2024-to-march-2025-made"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["findings.parquet", "report.html", "cases.parquet"])
def test_a_file_of_which_one_byte_differs_is_named(name, browse_as, deployment, copied):
    file = next(copied.rglob(name))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o600)
    file.write_bytes(bytes(content))
    text = add_by_page(browse_as("force-lead"), copied).content.decode()
    assert "There is a problem" in text
    assert "is not as it was written" in text or "was changed" in text
    assert not AddedDive.objects.exists()
    assert nothing_is_left(deployment)


@pytest.mark.django_db
def test_a_dive_of_a_newer_version_is_refused(browse_as, deployment, copied):
    manifest = copied / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    format_key = next(key for key in content if "format" in key or key == "manifest")
    content[format_key] = content[format_key] + 1 if isinstance(content[format_key], int) else "99"
    manifest.chmod(0o600)
    manifest.write_text(json.dumps(content), encoding="utf-8")
    text = add_by_page(browse_as("force-lead"), copied).content.decode()
    assert "newer version" in text
    assert not AddedDive.objects.exists()


@pytest.mark.django_db
def test_what_is_no_dive_is_refused(browse_as, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "There is a problem" in add_by_page(browse_as("force-lead"), tmp_path / "empty").content.decode()
    assert not AddedDive.objects.exists()


@pytest.mark.django_db
def test_the_same_dive_is_not_added_twice(browse_as, added, dived, deployment):
    text = add_by_page(browse_as("force-lead"), dived).content.decode()
    assert "This dive has been added already." in text
    assert [one.name for one in deployment.dives.glob("[!.]*")] == [added.slug]


@pytest.mark.django_db
def test_a_folder_that_somebody_else_put_there_is_left_alone(added_where_something_lies):
    added, strangers = added_where_something_lies
    assert strangers.read_text(encoding="utf-8") == "not ours"
    assert added.slug.endswith("-2")


@pytest.fixture
def added_where_something_lies(db, deployment, dived):
    from wardline_workspace.dives.actions import add_dive

    taken = deployment.dives / "missing-children-october-2024-to-march-2025-made"
    taken.mkdir(parents=True)
    (taken / "file.txt").write_text("not ours", encoding="utf-8")
    return add_dive(dived, by="test"), taken / "file.txt"


@pytest.mark.django_db
def test_a_manifest_that_is_changed_later_is_noticed(added, browse_as):
    manifest = added.path / "manifest.json"
    manifest.chmod(0o600)
    manifest.write_text(manifest.read_text(encoding="utf-8") + " ", encoding="utf-8")
    answer = browse_as("force-lead").get(f"/dives/{added.slug}/obligations/")
    assert answer.status_code == 409
    assert "not as it was when it was added" in answer.content.decode()


# KILLED IN THE MIDDLE

ADDING = """
import sys, time
from pathlib import Path
from wardline_workspace.deployment import running
running.set_up(Path({workspace!r}))
running.migrate()
from wardline_workspace.dives import actions, copying

def wait():
    print("here", flush=True)
    time.sleep(60)

def before(module, name):
    does = getattr(module, name)
    def then(*args, **named):
        wait()
        return does(*args, **named)
    setattr(module, name, then)

def after(module, name):
    does = getattr(module, name)
    def then(*args, **named):
        done = does(*args, **named)
        wait()
        return done
    setattr(module, name, then)

{stop}
actions.add_dive(Path({folder!r}), by="test")
"""
STOPS = {
    "while it is copied": "before(copying.os, 'rename')",
    "before its row is written": "before(actions, '_added')",
    "while its row is written": "before(actions, 'record')",
    "after its row is written": "before(copying.Path, 'unlink')",
}


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "ws").mkdir()
    file = tmp_path / "ws" / "workspace.yaml"
    file.write_text(SETTINGS, encoding="utf-8")
    return file


def environment():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARDLINE", "DJANGO"))}
    return kept | {"PYTHONPATH": str(ROOT / "src")}


def killed(workspace, folder, stop):
    """Add a dive in a process of its own, and kill it where it stops."""
    code = ADDING.format(workspace=str(workspace), folder=str(folder), stop=stop)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment(), text=True)
    try:
        assert process.stdout.readline() == "here\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        process.stdout.close()


def again(workspace, folder):
    command = [sys.executable, "-m", "wardline.cli", "workspace", "add-dive", str(workspace), str(folder)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120, check=False)


def rows(workspace):
    with sqlite3.connect(workspace.parent / "workspace.sqlite3") as database:
        folders = [Path(folder) for (folder,) in database.execute("select folder from dives_addeddive")]
        entries = database.execute("select count(*) from trail_entry where did = 'added a dive'").fetchone()[0]
    database.close()
    return folders, entries


@pytest.mark.parametrize("when", STOPS)
def test_killed_while_it_is_added_it_is_there_whole_or_not_at_all(when, workspace, dived):
    killed(workspace, dived, STOPS[when])
    is_there = when == "after its row is written"
    folders, entries = rows(workspace)
    assert (len(folders), entries) == ((1, 1) if is_there else (0, 0))
    done = again(workspace, dived)
    assert done.returncode == (2 if is_there else 0), done.stderr
    assert ("has been added already" in done.stderr) is is_there
    ((folder,), entries) = rows(workspace)
    assert entries == 1
    lying = {one.name for one in folder.parent.iterdir()} - {".lock"}
    assert lying - {f".adding-{folder.name}"} == {folder.name}
    assert {one.name for one in folder.iterdir()} == {one.name for one in dived.iterdir()}


# THE COMMAND


def test_the_command_says_why_it_refuses(workspace, copied):
    (copied / "report.html").chmod(0o600)
    (copied / "report.html").write_text("changed", encoding="utf-8")
    done = again(workspace, copied)
    assert done.returncode != 0
    assert "report.html" in done.stderr
    assert "Traceback" not in done.stderr
    assert rows(workspace) == ([], 0)


def test_the_command_explains_itself(capsys):
    assert main(["workspace", "add-dive", "--help"]) == 0
    assert "Each file of the folder is checked against its manifest" in capsys.readouterr().out
