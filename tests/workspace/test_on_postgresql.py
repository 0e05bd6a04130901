"""The workspace on a real PostgreSQL: each room's tests again, and fifty people at once on either database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.architecture.repository import ROOT
from tests.integration.record_systems.databases import postgres_server
from tests.workspace.served import environment, written

PEOPLE, ENTRIES = 50, 4
HERE = Path(__file__).parent
OF_THEIR_OWN = {  # make databases of their own, in processes of their own, or look at pages in a browser
    "browser",
    "test_in_a_browser.py",
    "test_pages_in_a_browser.py",
    "test_all_or_nothing.py",
    "test_backups.py",
    "test_children_killed.py",
    "test_demonstration.py",
    "test_guide.py",
    "test_in_the_background.py",
    Path(__file__).name,
}
FOLDERS = sorted(path.name for path in HERE.iterdir() if next(path.glob("test_*.py"), None))
PARTS = ["", *(name for name in FOLDERS if name not in OF_THEIR_OWN)]
FEWEST_TESTS = {"": 350, "cases": 80, "dives": 90, "making": 100, "releases": 40}  # so that it is not nothing that held
SECONDS_TO_WAIT_AT_MOST = 20  # after that the database is said to be locked
ALREADY = os.environ.get("WARDLINE_TEST_DATABASE")
pytestmark = pytest.mark.skipif(bool(ALREADY), reason="these are the tests that run there")


@pytest.fixture(scope="module")
def server():
    databases = "".join(f"CREATE DATABASE {name};" for name in ("many", *map(database_of, PARTS)))
    with postgres_server(f"CREATE TABLE episodes (); {databases}") as socket:
        yield socket


def database_of(part: str) -> str:
    return f"wardline_{part or 'all_rooms'}"


def files_of(part: str) -> list[str]:
    return [str(path) for path in sorted((HERE / part).glob("test_*.py")) if path.name not in OF_THEIR_OWN]


def address(socket: str, name: str) -> str:
    return f"postgresql://postgres:@/{name}?host={socket}"


def fifty_at_once(workspace: Path) -> dict[str, object]:
    """What fifty people at once wrote into the trail of a workspace, in two processes."""
    line = [sys.executable, "-m", "tests.workspace.many_at_once", str(workspace), str(PEOPLE), str(ENTRIES)]
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    said = subprocess.run(
        line, cwd=ROOT, env=environment() | paths, capture_output=True, text=True, check=False, timeout=300
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def check(said: dict[str, object]) -> None:
    assert said["entries"] == PEOPLE * ENTRIES
    assert said["whole"]
    assert said["slowest_ms"] < SECONDS_TO_WAIT_AT_MOST * 1000


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "all rooms")
def test_what_holds_on_sqlite_holds_on_postgresql(server, tmp_path, part):
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *files_of(part)]
    results = tmp_path / "results.xml"
    run += ["--create-db", f"--junitxml={results}"]
    database = address(server, database_of(part))
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "WARDLINE_TEST_DATABASE": database}
    said = subprocess.run(
        run, cwd=ROOT, env=environment() | paths, capture_output=True, text=True, check=False, timeout=900
    )
    assert said.returncode == 0, said.stdout[-8000:] + said.stderr[-2000:]
    suite = ElementTree.parse(results).getroot().find("testsuite")
    ran = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
    assert ran["tests"] - ran["skipped"] >= FEWEST_TESTS[part], ran


def test_fifty_at_once_write_one_whole_trail_on_postgresql(server, tmp_path):
    check(fifty_at_once(written(tmp_path, more=f"database: {address(server, 'many')}\n")))


def test_fifty_at_once_write_one_whole_trail_on_sqlite(tmp_path):
    check(fifty_at_once(written(tmp_path)))
