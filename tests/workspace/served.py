"""A workspace as it is run: made by the command line in a folder of its own, and served by gunicorn."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.repository import ROOT

SETTINGS = """\
workspace of: {place}
force: Teesmouth Police
office: Teesmouth Commissioner’s office
duty post: {{name: the duty inspector, telephone: 01632 960 101}}
professional standards: {{name: professional standards, telephone: 01632 960 102}}
hosts: [localhost, 127.0.0.1]
{more}"""
SECONDS_TO_START = 60


def written(folder: Path, *, place: str = "force", more: str = "") -> Path:
    """A `workspace.yaml` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "workspace.yaml"
    file.write_text(SETTINGS.format(place=place, more=more), encoding="utf-8")
    return file


def environment(*, https: bool = False) -> dict[str, str]:
    """The environment of a command that a person types: nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARDLINE_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "WARDLINE_HTTPS": "yes" if https else "no"}


def command(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """A command as a person types it."""
    line = [sys.executable, "-m", "wardline.cli", *map(str, arguments)]
    given = {"env": environment(), "capture_output": True, "text": True, "timeout": 120}
    return subprocess.run(line, check=False, **(given | options))


def link_in(said: str) -> str:
    """The path of the link that a command printed."""
    return re.search(r"https?://[^/\s]+(/\S+)", said)[1]


@contextmanager
def serving(workspace: Path, *, workers: int = 1) -> Iterator[str]:
    """The address of the workspace while it is served; its stderr goes to `stderr.txt` beside its settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "wardline.cli", "serve", str(workspace), "--port", str(port)]
    with (workspace.parent / "stderr.txt").open("wb") as stderr:
        process = subprocess.Popen(
            [*line, "--workers", str(workers)], env=environment(), stdout=subprocess.DEVNULL, stderr=stderr
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/account/login/", process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends:
        assert process.poll() is None, "the workspace stopped as it was started"
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the workspace did not answer")
