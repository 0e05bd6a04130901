"""The processes that make up a large force end with the one that began them."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

BEGINS_TWO = """
from pathlib import Path
import sys
from wardline.simulation import simulate
simulate(Path(sys.argv[1]), population=30_000_000, years=2, seed=1, processes=2)
"""
PATIENCE = 30  # seconds


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="which processes another began is read from /proc")
def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", BEGINS_TWO, str(tmp_path / "force")])
    try:
        workers = until(lambda: [one for one in begun_by(parent.pid) if "spawn_main" in command_of(one)][:2], many=2)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until(lambda: [one for one in workers if "spawn_main" in command_of(one)] == [] and [True], many=1)


def until(found, *, many):
    """What is found once there is so much of it; the test fails where that takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (it := found()) and len(it) >= many:
            return it
        time.sleep(0.1)
    pytest.fail("it took too long")


def begun_by(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
