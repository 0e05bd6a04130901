"""`make explore`: draw new worlds for as long as told, on all cores, and write down every one on which engines differ.

    make explore                              # ten minutes, every kind
    make explore MINUTES=60 KIND=repeat
    make explore WORLDS=100000                # so many of each kind, however long it takes
    make explore KIND=repeat SEED=4711 STEPS=1    # one step again

A step is one seed: some logs under one set of obligations (`many_worlds`), checked at once by both engines. Each log is
one world. What the engines find differently is traced to its log, made as small as it can be, and printed as a section
for a page of `specification/`. Interrupting (Ctrl-C) ends after the steps that are under way, with the same summary.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context

from tests.generative.comparing import ALL_ENGINES, report_of_differences
from tests.generative.many_worlds import ALL_KINDS, kinds_of, many_worlds_of

SECONDS_BETWEEN_LINES = 10
LARGEST_FIRST_SEED = 10**12


@dataclass(frozen=True)
class Step:
    """What one seed showed: how many worlds were drawn from it, and what the engines found differently."""

    kind: str
    seed: int
    worlds: int
    report: str | None


def step(kind: str, seed: int) -> Step:
    """Draw the worlds of one seed and compare the engines on them."""
    many = many_worlds_of(seed, kinds_of(kind))
    judge, other = ALL_ENGINES["reference"], ALL_ENGINES["columnar"]
    try:
        report = report_of_differences(many, judge, other)
    except Exception:  # noqa: BLE001 (whatever an engine raises is what is looked for)
        report = "An engine gave up:\n\n" + traceback.format_exc()
    return Step(kind, seed, len(many.names), report)


@dataclass
class Tally:
    """What was drawn so far."""

    first_seed: int
    began: float = field(default_factory=time.monotonic)
    worlds: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    different: list[Step] = field(default_factory=list)

    def add(self, one: Step) -> None:
        """Count a step; say at once what is wrong in it."""
        self.worlds[one.kind] += one.worlds
        self.steps[one.kind] += 1
        if one.report is not None:
            self.different.append(one)
            print(f"\n# {one.kind}, seed {one.seed}\n\n{one.report}", flush=True)

    def line(self) -> str:
        """How far it has come."""
        seconds = time.monotonic() - self.began
        drawn = sum(self.worlds.values())
        of_kinds = ", ".join(f"{kind} {self.worlds[kind]:,}" for kind in ALL_KINDS if self.worlds[kind])
        return (
            f"{seconds / 60:6.1f} min  {drawn:,} worlds ({drawn / max(seconds, 1):,.0f} a second): "
            f"{of_kinds or 'none'}; "
            f"steps with a difference: {len(self.different)}"
        )

    def summary(self) -> str:
        """Which seeds were drawn, and how to draw one again."""
        lines = [self.line(), ""]
        lines += [
            f"{kind}: {self.worlds[kind]:,} worlds from the {count:,} seeds "
            f"{self.first_seed} to {self.first_seed + count - 1}"
            for kind, count in sorted(self.steps.items())
        ]
        lines += [
            f"To draw this one again: make explore KIND={one.kind} SEED={one.seed} STEPS=1" for one in self.different
        ]
        return "\n".join(lines)


@dataclass(frozen=True)
class Told:
    """For how long, and of what."""

    kinds: tuple[str, ...]
    minutes: float
    worlds: int | None
    steps: int | None
    first_seed: int
    workers: int


def main() -> int:
    """Explore as the command line says; 1 where engines differed."""
    told = _told()
    tally = Tally(told.first_seed)
    print(f"First seed: {told.first_seed}, on {told.workers} processes.", file=sys.stderr, flush=True)
    try:
        explore(told, tally)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
    print(tally.summary(), flush=True)
    return 1 if tally.different else 0


def explore(told: Told, tally: Tally) -> None:
    """Take step after step until there are enough."""
    # Frames this small are faster on one thread each; workers read this when they import Polars.
    os.environ["POLARS_MAX_THREADS"] = "1"
    tasks = _tasks(told, tally)
    said_at = tally.began
    with ProcessPoolExecutor(told.workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts) as pool:
        under_way: set[Future[Step]] = set()
        try:
            while True:
                while len(under_way) < 2 * told.workers and (task := next(tasks, None)) is not None:
                    under_way.add(pool.submit(step, *task))
                if not under_way:
                    return
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for one in done:
                    tally.add(one.result())
                if time.monotonic() - said_at > SECONDS_BETWEEN_LINES:
                    said_at = time.monotonic()
                    print(tally.line(), file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            # What has begun is counted, so that the seeds drawn are the whole of what the summary says.
            for one in wait(under_way).done:
                tally.add(one.result())
            raise


def _tasks(told: Told, tally: Tally) -> Iterator[tuple[str, int]]:
    """Kinds in turn, each with the next seed, until there are enough worlds of each or the time is over."""
    given: Counter[str] = Counter()
    ends = tally.began + 60 * told.minutes
    for kind in cycle(told.kinds):
        wanted = [one for one in told.kinds if not _is_enough(told, tally, one, given[one])]
        if not wanted or time.monotonic() > ends:
            return
        if kind in wanted:
            yield kind, told.first_seed + given[kind]
            given[kind] += 1


def _is_enough(told: Told, tally: Tally, kind: str, given: int) -> bool:
    is_counted = told.worlds is not None and tally.worlds[kind] >= told.worlds
    return is_counted or (told.steps is not None and given >= told.steps)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _told() -> Told:
    parser = argparse.ArgumentParser(prog="make explore", description="Draw worlds and compare the engines on them.")
    parser.add_argument("--kind", choices=ALL_KINDS, action="append", help="of which kind (default: each in turn)")
    parser.add_argument("--minutes", type=float, help="for how long (default: 10, or as long as --worlds takes)")
    parser.add_argument("--worlds", type=int, help="until there are so many of each kind")
    parser.add_argument("--steps", type=int, help="so many seeds of each kind")
    parser.add_argument("--seed", type=int, help="the first seed (default: one that was never drawn)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)")
    said = parser.parse_args()
    is_endless = said.worlds is None and said.steps is None
    return Told(
        kinds=tuple(said.kind or ALL_KINDS),
        minutes=said.minutes if said.minutes is not None else 10 if is_endless else float("inf"),
        worlds=said.worlds,
        steps=said.steps,
        first_seed=secrets.randbelow(LARGEST_FIRST_SEED) if said.seed is None else said.seed,
        workers=said.workers,
    )


if __name__ == "__main__":
    sys.exit(main())
