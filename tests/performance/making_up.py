"""What making up a large force costs: `python -m tests.performance.making_up FOLDER PEOPLE` prints it as JSON."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.performance.figures import Figure
from wardline.simulation import simulate

__all__ = ["FEWER", "made_up", "what_was_made_up"]

ROOT = Path(__file__).parents[2]
YEARS = 2
PROCESSES = 2
# Of two years: a little fewer than there are, so that no fewer events are made than are asked for.
EVENTS_PER_PERSON = 0.158
FEWER = 10  # the small force has so many times fewer events
MOST_SECONDS, MOST_GIGABYTES, MOST_GROWTH = 600, 2.0, 12


@dataclass(frozen=True)
class MadeUp:
    """One force: how many events its cases have, how large its exports are, and what it cost."""

    events: int
    people: int
    seconds: float
    gigabytes: float
    exported: int  # bytes


def made_up(folder: Path, events: int) -> MadeUp:
    """Make up a force of about so many events in a process of its own, and take it away again."""
    people = round(events / EVENTS_PER_PERSON)
    print(f"making up a force of {people:,} people", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.performance.making_up", str(folder), str(people)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    exported = sum(path.stat().st_size for path in (folder / "exports").rglob("*") if path.is_file())
    shutil.rmtree(folder)
    cost = MadeUp(people=people, exported=exported, **json.loads(done.stdout.splitlines()[-1]))
    print(f"  {cost.events:,} events {cost.seconds:8.1f} s {cost.gigabytes:6.2f} GB", file=sys.stderr, flush=True)
    return cost


def what_was_made_up(large: MadeUp, small: MadeUp) -> tuple[list[Figure], str]:
    """The figures, and what was measured in words."""
    growth = (large.seconds / large.events) / (small.seconds / small.events) * FEWER
    more = large.gigabytes / small.gigabytes
    figures = [
        Figure("Time", f"{large.seconds:.0f} s", "under 600 s", large.seconds < MOST_SECONDS),
        Figure("Most memory held", f"{large.gigabytes:.2f} GB", "under 2 GB", large.gigabytes < MOST_GIGABYTES),
        Figure(
            "Time for ten times the events, as a multiple",
            f"{growth:.1f}",
            "about 10 (at most 12)",
            growth <= MOST_GROWTH,
        ),
        Figure("Memory for ten times the events, as a multiple", f"{more:.1f}", "at most 2", more <= 2),
    ]
    told = (
        f"A force of {large.people:,} people is made up with two years of records: {large.events:,} "
        "events, in exports of\n"
        f"{large.exported / 10**9:.1f} GB, with the truth about them. It is done once, on two cores, in "
        f"parts by {PROCESSES} "
        "processes; memory is that of the\nprocess that began it and twice the most that one of those held. The ratios "
        f"are to a force of {small.events:,} events, made up\nright after it."
    )
    return figures, told


def _measure(folder: Path, people: int) -> dict[str, float]:
    start = perf_counter()
    counts = simulate(folder, years=YEARS, population=people, processes=PROCESSES)
    seconds = perf_counter() - start
    own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    in_bytes = (own + PROCESSES * others) * (1 if sys.platform == "darwin" else 1024)
    events = sum(count for what, count in counts.items() if what.startswith("events: "))
    return {"events": events, "seconds": seconds, "gigabytes": in_bytes / 10**9}


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), int(sys.argv[2]))))
