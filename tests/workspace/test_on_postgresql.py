"""The workspace on a real PostgreSQL: what stores and changes, and fifty people at once on either database."""

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
OF_THE_DATABASE = [
    f"tests/workspace/{name}"
    for name in (
        "test_trail.py",
        "test_log_in.py",
        "test_accounts_erased.py",
        "test_children.py",
        "test_taking_lists.py",
        "test_at_risk.py",
        "releases/test_policies.py",
        "releases/test_held_and_vignettes.py",
    )
]
FEWEST_TESTS = 100  # so that a run in which nothing was found is not taken for one that held
SECONDS_TO_WAIT_AT_MOST = 20  # after that the database is said to be locked
ALREADY = os.environ.get("WARDLINE_TEST_DATABASE")
pytestmark = pytest.mark.skipif(bool(ALREADY), reason="these are the tests that run there")


@pytest.fixture(scope="module")
def server():
    with postgres_server("CREATE TABLE episodes (); CREATE DATABASE wardline; CREATE DATABASE many;") as socket:
        yield socket


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


def test_what_is_stored_and_changed_holds_on_postgresql(server, tmp_path):
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *OF_THE_DATABASE]
    results = tmp_path / "results.xml"
    run += ["--create-db", f"--junitxml={results}"]
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "WARDLINE_TEST_DATABASE": address(server, "wardline")}
    said = subprocess.run(
        run, cwd=ROOT, env=environment() | paths, capture_output=True, text=True, check=False, timeout=900
    )
    assert said.returncode == 0, said.stdout[-8000:] + said.stderr[-2000:]
    suite = ElementTree.parse(results).getroot().find("testsuite")
    ran = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
    assert ran["tests"] - ran["skipped"] >= FEWEST_TESTS, ran


def test_fifty_at_once_write_one_whole_trail_on_postgresql(server, tmp_path):
    check(fifty_at_once(written(tmp_path, more=f"database: {address(server, 'many')}\n")))


def test_fifty_at_once_write_one_whole_trail_on_sqlite(tmp_path):
    check(fifty_at_once(written(tmp_path)))
