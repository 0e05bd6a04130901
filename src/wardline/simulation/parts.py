"""A large force in parts: groups of areas that share nothing, each simulated on its own and then put together.

How the areas are grouped depends on how many people there are and on nothing else, so that the bytes are the same
however many processes there are.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from wardline.simulation.clock import Clock
from wardline.simulation.exports import Case, write_exports
from wardline.simulation.period_files import MADE_UP as IN_FILE_NAMES
from wardline.simulation.records import Episode
from wardline.simulation.truth_files import TruthCounts, TruthFiles
from wardline.simulation.world import DOING, AreaPlan, Told, world

__all__ = ["PartOfForce", "parts_of", "simulate_in_parts", "simulate_part"]

AREAS_IN_PART = 20
SEEDS_APART = 1_000_003  # so that no two parts of forces with neighbouring seeds share a source of chance


@dataclass(frozen=True)
class PartOfForce:
    """Some areas of a force, for so many years."""

    number: int
    areas: tuple[AreaPlan, ...]
    years: int
    seed: int


def parts_of(plans: Sequence[AreaPlan], years: int, seed: int) -> list[PartOfForce]:
    """The areas in groups."""
    groups = [tuple(plans[start : start + AREAS_IN_PART]) for start in range(0, len(plans), AREAS_IN_PART)]
    return [PartOfForce(number, group, years, seed) for number, group in enumerate(groups)]


def simulate_part(folder: Path, part: PartOfForce, progress: Told = lambda what, done, total: None) -> TruthCounts:
    """Write `exports` and `truth` of some areas into a folder, and return what was counted."""
    clock = Clock()
    with TruthFiles(folder / "truth") as truth:
        cases = world(truth, clock, part.areas, years=part.years, part=part.number, progress=progress)
        seed = part.seed + SEEDS_APART * part.number
        write_exports(
            _counted(cases, truth.counts.of_rows), folder / "exports", seed=seed, clock=clock, part=part.number
        )
        return truth.counts


def simulate_in_parts(folder: Path, parts: Sequence[PartOfForce], processes: int, progress: Told) -> TruthCounts:
    """Write the parts beside each other, each in its own files of exports; the truth is one."""
    counts = TruthCounts()
    apart = folder / "parts"
    others = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_answer_to_whoever_began) as pool:
        try:
            begun = [pool.submit(simulate_part, apart / str(part.number), part) for part in parts]
            progress(DOING, 0, len(parts))
            for done, finished in enumerate(as_completed(begun), start=1):
                counts.add(finished.result())
                progress(DOING, done, len(parts))
        except BaseException:
            # A part takes minutes, and whoever is still writing would write again what is about to be taken away.
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            pool.shutdown(cancel_futures=True)
            raise
    for part in parts:
        _put_together(apart / str(part.number), folder, part.number)
    shutil.rmtree(apart)
    return counts


def _answer_to_whoever_began() -> None:
    """Ctrl-C reaches every process at a terminal; only the one that began the others is to answer it. And where that
    one is gone, killed perhaps, nobody waits for what the others write: they end too.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    began = multiprocessing.parent_process()
    assert began is not None, "this runs in a process that another began"

    def end_with_it() -> None:
        wait([began.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_it, daemon=True).start()


def _counted(cases: Iterator[Case], counts: Counter[str]) -> Iterator[Case]:
    for case in cases:
        kind = type(case).__name__.lower()
        counts[f"cases: {kind}"] += 1
        held = sum(not entry.is_unrecorded for entry in case.entries)
        counts[f"events: {kind}"] += held + _events_of_incidents(case)
        yield case


def _events_of_incidents(case: Case) -> int:
    """What the control room recorded of a missing episode: who was sent, and who arrived."""
    incidents = case.incidents if isinstance(case, Episode) else []
    return sum((incident.deployed_at is not None) + (incident.arrived_at is not None) for incident in incidents)


def _put_together(part: Path, folder: Path, number: int) -> None:
    for path in sorted((part / "exports").rglob("*")):
        if path.is_file():
            to = folder / "exports" / path.parent.name
            to.mkdir(parents=True, exist_ok=True)
            path.rename(to / path.name.replace(IN_FILE_NAMES, f"part-{number + 1:02}-{IN_FILE_NAMES}"))
    for path in sorted((part / "truth").iterdir()):
        with path.open("rb") as rows, (folder / "truth" / path.name).open("ab") as table:
            rows.readline()  # the heading, which the table has
            shutil.copyfileobj(rows, table)
