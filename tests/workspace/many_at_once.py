"""Many people at once, each writing entries of the trail: run with WORKSPACE, how many people, how many entries each.

Prints the slowest and the 95th of a hundred in milliseconds, and whether the trail is whole. Threads of two processes,
as `wardline serve` has them.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path


def waits_of(workspace: str, people: int, entries: int) -> list[float]:
    """How long each entry took, in seconds, in one process."""
    from wardline_workspace.deployment import running

    running.set_up(Path(workspace))
    from django.db import connection

    from wardline_workspace.trail.actions import record
    from wardline_workspace.trail.kinds import Did

    def one_person(number: int) -> list[float]:
        waits = []
        for entry in range(entries):
            began = time.perf_counter()
            record(Did.OPENED_CASE, by=f"person-{number}", about_kind="case", about=f"case-{entry}")
            waits.append(time.perf_counter() - began)
        connection.close()
        return waits

    with ThreadPoolExecutor(people) as threads:
        return [wait for waits in threads.map(one_person, range(people)) for wait in waits]


def main(workspace: str, people: int, entries: int) -> None:
    """Write them, and say how long it took."""
    from wardline_workspace.deployment import running

    running.set_up(Path(workspace))
    running.migrate()
    from wardline_workspace.trail.actions import find_break, head

    before = head()[0]
    began = time.perf_counter()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        halves = [processes.submit(waits_of, workspace, people // 2, entries) for _ in range(2)]
        waits = sorted(wait for half in halves for wait in half.result())
    took = time.perf_counter() - began
    said = {
        "entries": head()[0] - before,
        "whole": find_break() is None,
        "p95_ms": round(waits[int(len(waits) * 0.95)] * 1000),
        "slowest_ms": round(waits[-1] * 1000),
        "seconds": round(took, 1),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
