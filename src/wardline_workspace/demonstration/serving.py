"""Serves the two workspaces of the demonstration side by side, until somebody stops them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from wardline.errors import OutputError, Problem, ProblemKind, UsageError
from wardline_workspace.demonstration.what_there_is import Demonstration
from wardline_workspace.deployment.described import Place

__all__ = ["check_ports_are_free", "serve_both"]

ADDRESS = "127.0.0.1"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 20
BETWEEN_LOOKS = 0.2
LOG = "served.log"
WORKERS = 1  # each with several threads; two workspaces share the machine


def check_ports_are_free(ports: Mapping[Place, int]) -> None:
    """Raise UsageError, before anything is made, where something answers already at one of the ports."""
    taken = [(place, port) for place, port in ports.items() if _answers(port)]
    if taken:
        raise UsageError(
            [
                Problem(
                    ProblemKind.WRONG_USE,
                    f"Something answers already at port {port} of this machine, where the {place.value}'s workspace "
                    "would be. It may be this demonstration, started before.",
                    f"Stop it, or name another port after --{place.value}-port.",
                )
                for place, port in taken
            ]
        )


def serve_both(demonstration: Demonstration, ports: Mapping[Place, int], *, ready: Callable[[], None]) -> None:
    """Serve both until this process is interrupted or one of them stops; both have stopped when this ends.

    `ready` is called once, when both answer. Raises OutputError where one does not start, or stops by itself.
    """
    served: dict[Place, subprocess.Popen[bytes]] = {}
    try:
        for place, port in ports.items():
            served[place] = _start(demonstration.workspace(place), port)
        _wait_until_both_answer(demonstration, ports, served)
        ready()
        while True:
            _check_both_run(demonstration, served)
            time.sleep(BETWEEN_LOOKS)
    finally:
        _stop(list(served.values()))


def _start(workspace: Path, port: int) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "wardline.cli", "serve", str(workspace), "--address", ADDRESS]
    line += ["--port", str(port), "--workers", str(WORKERS)]
    # In a session of its own: an interrupt at the terminal is for us, and we stop both in order.
    with (workspace.parent / LOG).open("wb") as log:
        return subprocess.Popen(
            line, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env=dict(os.environ)
        )


def _wait_until_both_answer(
    demonstration: Demonstration, ports: Mapping[Place, int], served: Mapping[Place, subprocess.Popen[bytes]]
) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while not all(_shows_a_page(port) for port in ports.values()):
        _check_both_run(demonstration, served)
        if time.monotonic() > ends:
            raise _not_served(f"The two workspaces did not start within {SECONDS_TO_START} seconds.", demonstration)
        time.sleep(BETWEEN_LOOKS)


def _check_both_run(demonstration: Demonstration, served: Mapping[Place, subprocess.Popen[bytes]]) -> None:
    for place, process in served.items():
        if process.poll() is not None:
            raise _not_served(f"The {place.value}'s workspace stopped, so the other was stopped too.", demonstration)


def _not_served(what: str, demonstration: Demonstration) -> OutputError:
    logs = " and ".join(str(demonstration.workspace(place).parent / LOG) for place in Place)
    return OutputError(Problem(ProblemKind.CANNOT_WRITE, what, f"What they said is in {logs}. Then start it again."))


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((ADDRESS, port), timeout=2):
        return True
    return False


def _shows_a_page(port: int) -> bool:
    """The port is open before there is anybody behind it who can make a page."""
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}:{port}/account/login/", timeout=10) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
