"""A force's deployment in a folder of its own, with processes of its own, as it is run in earnest."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[3]
SECONDS = 120
SET_UP = """
import sys, shutil
from pathlib import Path
from wardline_workspace.deployment import running
running.set_up(Path(sys.argv[1]))
running.migrate()
from django.conf import settings
from wardline_workspace.demonstration.accounts import make_accounts
from wardline_workspace.making import background
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.people.models import Account
make_accounts()
background.wake = lambda: None
for number in range(int(sys.argv[2])):
    work = DiveBeingMade.objects.create(slug=f"work-{number}", begun_by="nobody")
    shutil.copytree("examples/first-dive", work.folder)
    background.start_dive(work, by=Account.objects.get(role="force-lead"))
"""


class Place:
    """A force's deployment in a folder of its own, with processes of its own."""

    def __init__(self, folder: Path, dives: int) -> None:
        self.file = folder / "workspace.yaml"
        self.file.write_text(
            "workspace of: force\nforce: Teesmouth Police\noffice: Office\ndemonstration: yes\n"
            "duty post: {name: the duty inspector, telephone: 01632 960 101}\n"
            "professional standards: {name: professional standards, telephone: 01632 960 102}\n",
            encoding="utf-8",
        )
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        set_up = [sys.executable, "-c", SET_UP, str(self.file), str(dives)]
        subprocess.run(set_up, check=True, env=self.environment, cwd=ROOT)

    @property
    def environment(self) -> dict[str, str]:
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("WARDLINE", "DJANGO"))}
        return mine | {"PYTHONPATH": "src"}

    def run(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "wardline_workspace.making.run", str(self.file)], env=self.environment, cwd=ROOT
        )
        self.processes.append(process)
        return process

    def serve(self) -> str:
        """Serve the workspace; where it is."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "wardline.cli", "serve", str(self.file), "--port", str(port), "--workers", "1"]
        self.processes.append(
            subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
        address = f"http://127.0.0.1:{port}"
        self.until(lambda: answers(f"{address}/account/login/"))
        return address

    def end(self) -> None:
        """End the processes that were started here."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()

    def ask(self, sql: str) -> list[tuple]:
        with sqlite3.connect(self.folder / "workspace.sqlite3", timeout=20) as database:
            return database.execute(sql).fetchall()

    def states(self) -> list[tuple]:
        return self.ask("SELECT state, cut_off FROM making_backgrounddive ORDER BY id")

    def until(self, is_so) -> None:
        end = time.monotonic() + SECONDS
        while not is_so():
            assert time.monotonic() < end, f"it never came to be so: {self.states()}"
            time.sleep(0.05)

    def dives(self) -> list[str]:
        return [slug for (slug,) in self.ask("SELECT slug FROM dives_addeddive")]

    def names(self) -> list[str]:
        folder = self.folder / "dives"
        return sorted(path.name for path in folder.glob("[!.]*"))


def answers(address: str) -> bool:
    """Whether somebody answers at an address."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
