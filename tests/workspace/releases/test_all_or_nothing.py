"""Whoever signs is killed, at each step: the release is not signed, nobody can take it, and the next one cleans up."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

SET_UP = """
from datetime import timedelta
from wardline_workspace.deployment import running
running.migrate()
from django.utils import timezone
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.people.actions import make_account
from wardline_workspace.releases import actions
added = add_dive(Path(sys.argv[3]), by="")
lead = make_account(email="l@made-up.example", name="Lead", role="force-lead", password="a long enough one")
make_account(email="a@made-up.example", name="Approver", role="release-approver", password="a long enough one")
today = timezone.localdate()
actions.prepare(dive=added, by=lead, purpose="p", recipients=["r"], kind="totals", question="", about=[],
                ends_on=today + timedelta(90), destroyed_by=today + timedelta(90), certified_by="c", marking="m")
"""
SIGN = """
import os, signal
from wardline_workspace.people.models import Account
from wardline_workspace.releases import preview, signing
from wardline_workspace.releases.models import Release
import wardline.dive.releasing.releasing as library
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
at = sys.argv[3]
if at == "searching": library.search_release = die
if at == "archive": signing._archive = die
if at == "packing": signing.zipfile.ZipFile.write = die
if at == "signing": signing.record = die
release = Release.objects.get(number=1)
signing.sign(release=release, fingerprint=preview.fingerprint_of(release), by=Account.objects.get(name="Approver"))
"""
BEGIN = """
import sys
from pathlib import Path
from wardline_workspace.deployment import running
running.set_up(Path(sys.argv[2]))
"""


def _run(script: str, workspace: Path, *arguments: str) -> int:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "WARDLINE_WORKSPACE": str(workspace)}
    command = [sys.executable, "-c", BEGIN + script, "run", str(workspace), *arguments]
    return subprocess.run(command, env=environment, check=False, timeout=300).returncode


def _state(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "workspace.sqlite3") as database:
        return list(database.execute("select state, sha256 from releases_release"))


def test_signing_is_all_or_nothing_wherever_it_is_killed(tmp_path: Path, dived: Path) -> None:
    workspace = tmp_path / "workspace.yaml"
    workspace.write_text(
        "workspace of: force\nforce: Made-up Police\noffice: Made-up office\n"
        "duty post: {name: duty, telephone: 01632 960 101}\n"
        "professional standards: {name: standards, telephone: 01632 960 102}\ndemonstration: yes\n"
    )
    assert _run(SET_UP, workspace, str(dived)) == 0
    for step in ("searching", "archive", "packing", "signing"):
        assert _run(SIGN, workspace, step) == -9, step
        assert _state(tmp_path) == [("prepared", "")], step
        with sqlite3.connect(tmp_path / "workspace.sqlite3") as database:
            entries = database.execute("select count(*) from trail_entry where did = 'signed a release'")
            assert entries.fetchone() == (0,), step
    assert _run(SIGN, workspace, "") == 0
    ((state, sha256),) = _state(tmp_path)
    assert state == "signed" and sha256
    left = sorted(path.name for path in (tmp_path / "releases").iterdir())
    assert left == [".lock", "release-1", "release-1.zip"]
