"""A workspace's database backed up, restored, moved and brought up to date, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import http.cookiejar
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import urllib.parse
import urllib.request
from hashlib import sha256
from itertools import count

import pytest

from tests.architecture.repository import ROOT
from tests.integration.record_systems.databases import postgres_server
from tests.workspace.conftest import PASSWORD
from tests.workspace.served import command, environment, link_in, serving, written

pytestmark = pytest.mark.skipif("WARDLINE_TEST_DATABASE" in os.environ, reason="makes databases of its own")
EMAIL = "ada@force.example"
DATABASES = [f"made{number}" for number in range(4)]


@pytest.fixture(scope="module")
def new_database():
    """The address of an empty PostgreSQL database, another one each time."""
    made = "".join(f"CREATE DATABASE {name};" for name in DATABASES)
    numbers = count()
    with postgres_server(f"CREATE TABLE episodes (); {made}") as socket:
        yield lambda: f"postgresql://postgres:@/{DATABASES[next(numbers)]}?host={socket}"


class Browser:
    """Somebody at a browser: opens pages, and sends the form that a page has."""

    def __init__(self, address):
        self.address = address
        self.opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path):
        return self.opened.open(self.address + path, timeout=30).read().decode()

    def send(self, path, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.open(path))[1]
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.opened.open(self.address + path, sent, timeout=30).read().decode()


def done(*arguments):
    said = command(*arguments)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def invited(file):
    """A workspace with an invitation; its link."""
    return link_in(done("workspace", "first-administrator", file, "--email", EMAIL, "--name", "Ada Jones"))


def test_postgresql_is_backed_up_in_use_and_restored_into_an_empty_database(new_database, tmp_path):
    file = written(tmp_path / "force", more=f"database: {new_database()}\n")
    (file.parent / "uploads").mkdir()
    (file.parent / "uploads" / "märz.csv").write_text("episode\n1\n", encoding="utf-8")
    link, backup, folder = invited(file), tmp_path / "monday.wardline", tmp_path / "restored"
    with serving(file) as address:
        assert "Your account is made" in Browser(address).send(link, password=PASSWORD, again=PASSWORD)
        head = done("backup", file, backup).split()[-1]
    said = command("restore", backup, folder)
    assert said.returncode == 5
    assert "The database is not empty" in said.stderr
    assert not folder.exists()
    done("restore", backup, folder, "--database", new_database())
    done("trail", "verify", folder / "workspace.yaml", "--expect", head)
    assert (folder / "uploads" / "märz.csv").is_file()
    with serving(folder / "workspace.yaml") as address:
        page = Browser(address).send("/account/login/", login=EMAIL, password=PASSWORD)
        assert "Set up your second step" in page
    # What numbers the rows goes on after those that were restored.
    done("workspace", "new-password", folder / "workspace.yaml", "--email", EMAIL)


def test_a_workspace_moves_to_postgresql_or_leaves_the_database_empty_where_its_trail_is_not_whole(
    new_database, tmp_path
):
    file = written(tmp_path / "force")
    link, backup, folder, address = invited(file), tmp_path / "monday.wardline", tmp_path / "moved", new_database()
    done("backup", file, backup)
    changed = with_another_entry(backup, tmp_path / "changed.wardline")
    said = command("restore", changed, folder, "--database", address)
    assert said.returncode == 5, said.stderr
    assert "The trail in the backup is not whole" in said.stderr
    done("restore", backup, folder, "--database", address)
    assert not list(folder.glob("*.sqlite3*"))
    with serving(folder / "workspace.yaml") as address:
        assert "Ada Jones, you are invited" in Browser(address).open(link)


def with_another_entry(backup, to):
    """A backup in which somebody made an entry of the trail say something else, and took its hash anew."""
    with tarfile.open(backup) as archive:
        held = {entry.name: archive.extractfile(entry).read() for entry in archive}
    held["rows.jsonl"] = held["rows.jsonl"].replace(b'"did": "invited somebody"', b'"did": "closed an account"')
    manifest = json.loads(held["manifest.json"])
    manifest["files"]["rows.jsonl"] = sha256(held["rows.jsonl"]).hexdigest()
    held["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(to, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in held.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return to


@pytest.mark.parametrize(
    "line", [("backup", "{}", "monday.wardline"), ("check-deployment", "{}")], ids=lambda line: line[0]
)
def test_a_database_that_is_away_is_said_in_words_without_its_password(tmp_path, line):
    file = written(tmp_path, more=f"database: postgresql://wardline:that-nobody-sees@/none?host={tmp_path}\n")
    said = command(*[part.format(file) for part in line], cwd=tmp_path)
    assert said.returncode == (5 if line[0] == "backup" else 1)
    assert "not reached" in said.stderr + said.stdout
    assert "Traceback" not in said.stderr
    assert "that-nobody-sees" not in said.stdout + said.stderr


@pytest.mark.parametrize("is_on_postgresql", [False, True], ids=["sqlite", "postgresql"])
def test_a_database_of_the_first_version_is_brought_up_to_date_with_all_it_holds(
    new_database, tmp_path, is_on_postgresql
):
    file = written(tmp_path / "force", more=f"database: {new_database()}\n" if is_on_postgresql else "")
    before = older_database(file, "fill")
    assert len(before) > 15
    assert all(rows > 0 for rows, _ in before.values())
    assert "of an earlier version" in command("check-deployment", file).stdout
    done("backup", file, tmp_path / "monday.wardline")
    assert older_database(file, "look") == before


def older_database(file, what):
    line = [sys.executable, "-m", "tests.workspace.older_database", str(file), what]
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    said = subprocess.run(line, cwd=ROOT, env=environment() | paths, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-3000:]
    return json.loads(said.stdout)


def test_no_change_of_what_is_stored_lacks_its_migration(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
