"""Measure the engine, a whole dive, the simulation, the measures and the reading of times.

`python -m tests.performance.bench [--part PART] [--events N]`.

Of a check every figure is a ratio of times measured in this run, one after the other on the same two cores, each in a
process of its own; the median of the runs is told. The findings of all are held against each other before anything is
told. A dive is timed from its process's start to its end. A force is made up once in each size. With `--write FILE` the
part that was measured is written anew.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import polars as pl

from tests.performance.claims import what_was_claimed
from tests.performance.diving import dived, force_of, what_was_dived
from tests.performance.figures import Figure, page_with, table_of
from tests.performance.large_log import EVENTS_PER_CASE
from tests.performance.making_up import FEWER, made_up, what_was_made_up
from tests.performance.many_findings import what_was_counted
from tests.performance.times_by_polars import what_was_read
from tests.performance.workspace import dive_served, what_was_served

CORES = 2
ROOT = Path(__file__).parents[2]
CHECKING, DIVE, SIMULATING, MEASURES, TIMES, CLAIMED = "checking", "dive", "simulating", "measures", "times", "claims"
WORKSPACE = "workspace"
PARTS = (CHECKING, DIVE, SIMULATING, MEASURES, TIMES, CLAIMED, WORKSPACE)
DIVES_AT_MOST = 3  # into the small force
SERIES = 1_000  # of each kind that is claimed about


@dataclass(frozen=True)
class Measured:
    """The medians of some runs of one measurement."""

    seconds: float
    gigabytes: float


def main() -> None:
    """Generate two logs, measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="only this part; all if left out")
    parser.add_argument("--events", type=int, default=10_000_000, help="how many events the large log or force has")
    parser.add_argument("--runs", type=int, default=5, help="how often each time of a check is taken")
    parser.add_argument("--forces", type=Path, help="keep the forces dived into there, or take those made up before")
    parser.add_argument("--write", type=Path, help="the page to write the tables to")
    asked = parser.parse_args()
    _keep_to_two_cores()
    figures: list[Figure] = []
    for part in PARTS if asked.part is None else (asked.part,):
        with tempfile.TemporaryDirectory(prefix="wardline-bench-") as folder:
            if part == CHECKING:
                found = _measure(Path(folder), asked.events, asked.runs)
                told = _what_was_checked(asked.events, asked.runs)
            elif part == DIVE:
                found, told = _dive(Path(folder), asked.forces or Path(folder), asked.events, asked.runs)
            elif part == MEASURES:
                found, told = what_was_counted(Path(folder), asked.events, asked.runs, CORES)
            elif part == TIMES:
                found, told = what_was_read(asked.runs)
            elif part == WORKSPACE:
                found, told = what_was_served(Path(folder), dive_served(asked.forces or Path(folder)))
            elif part == CLAIMED:
                found, told = what_was_claimed(Path(folder), SERIES)
            else:
                forces = [made_up(Path(folder) / name, events) for name, events in _two_sizes(asked.events)]
                found, told = what_was_made_up(*forces)
        print(table_of(found))
        if asked.write is not None:
            before = asked.write.read_text(encoding="utf-8") if asked.write.exists() else ""
            asked.write.write_text(page_with(before, part, f"{told}\n\n{table_of(found)}"), encoding="utf-8")
        figures += found
    sys.exit(0 if all(figure.is_reached for figure in figures) else 1)


def _dive(folder: Path, forces: Path, events: int, runs: int) -> tuple[list[Figure], str]:
    large, small = (force_of(forces / name, count) for name, count in _two_sizes(events))
    environment = {**os.environ, "POLARS_MAX_THREADS": str(CORES)}
    several = [dived(small, folder / "dived", environment) for _ in range(min(runs, DIVES_AT_MOST))]
    return what_was_dived(dived(large, folder / "dived", environment), several)


def _two_sizes(events: int) -> list[tuple[str, int]]:
    return [("large", events), ("small", events // FEWER)]


def _keep_to_two_cores() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


def _measure(folder: Path, events: int, runs: int) -> list[Figure]:
    large, small = folder / "large", folder / "small"
    for log, count in ((large, events), (small, events // 10)):
        _say(f"making up a log of {count:,} events")
        # In a process of its own: a process starts with the memory mark of the one that started it.
        subprocess.run(
            [sys.executable, "-m", "tests.performance.large_log", str(log), str(count)], cwd=ROOT, check=True
        )
    names = ("wardline", "limit", "duckdb", "pandas")
    taken: dict[str, list[Measured]] = {name: [] for name in (*names, "small", "batches", "one case")}
    for run in range(runs):
        _say(f"run {run + 1} of {runs}")
        # One after the other within a run, so that a busy machine is busy for all of them.
        taken["wardline"].append(_run("wardline", large, folder / "findings.parquet"))
        taken["limit"].append(_run("limit", large, folder / "findings.parquet"))
        taken["duckdb"].append(_run("duckdb", large, folder / "duckdb.parquet"))
        taken["pandas"].append(_run("pandas", large, folder / "pandas.parquet"))
        taken["small"].append(_run("wardline", small, folder / "small.parquet"))
        taken["batches"].append(_run("wardline in batches", large, folder / "batches.parquet"))
        taken["one case"].append(_run("one case", small, folder / "none"))
    _check_same(folder)
    return _figures(taken)


def _run(name: str, log: Path, out: Path) -> Measured:
    environment = {**os.environ, "POLARS_MAX_THREADS": str(CORES)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.performance.measure", name, str(log), str(out)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    measured = Measured(**json.loads(done.stdout.splitlines()[-1]))
    _say(f"  {name:<20} {measured.seconds:8.3f} s {measured.gigabytes:6.2f} GB")
    return measured


def _check_same(folder: Path) -> None:
    """What is compared for time must have found the same."""
    ours = pl.read_parquet(folder / "findings.parquet")
    assert (folder / "batches.parquet").read_bytes() == (folder / "findings.parquet").read_bytes(), "batches differ"
    for name in ("duckdb", "pandas"):
        theirs = pl.read_parquet(folder / f"{name}.parquet")
        if theirs.schema["late_by"] == pl.Int64():
            theirs = theirs.with_columns(pl.col("late_by").cast(pl.Duration("us")))
        assert ours.equals(theirs.cast(dict(ours.schema))), f"{name} finds something else"
        _say(f"{name} finds the same {ours.height:,} findings")


def _figures(taken: dict[str, list[Measured]]) -> list[Figure]:
    def ratio(one: str, other: str) -> float:
        pairs = zip(taken[one], taken[other], strict=True)
        return median(a.seconds / b.seconds for a, b in pairs)

    def memory(name: str) -> float:
        return max(one.gigabytes for one in taken[name])

    to_limit, to_duckdb = ratio("wardline", "limit"), ratio("duckdb", "wardline")
    to_pandas, growth = ratio("pandas", "wardline"), ratio("wardline", "small")
    milliseconds = median(one.seconds for one in taken["one case"]) * 1000
    return [
        Figure(
            "Time, as a multiple of merely reading the same columns and writing the same findings",
            f"{to_limit:.2f}",
            "at most 3",
            to_limit <= 3,
        ),
        Figure(
            "How many times faster than as-of joins written by hand in DuckDB",
            f"{to_duckdb:.2f}",
            "more than 1",
            to_duckdb > 1,
        ),
        Figure("How many times faster than the same in pandas", f"{to_pandas:.2f}", "at least 3", to_pandas >= 3),
        Figure("Time for ten times the events, as a multiple", f"{growth:.1f}", "about 10 (at most 12)", growth <= 12),
        Figure("Most memory held", f"{memory('wardline'):.2f} GB", "under 4 GB", memory("wardline") < 4),
        Figure("Most memory held for a tenth of the events", f"{memory('small'):.2f} GB", "–", True),
        Figure(
            "Memory for ten times the events, as a multiple",
            f"{memory('wardline') / memory('small'):.1f}",
            "at most 12",
            memory("wardline") <= 12 * memory("small"),
        ),
        Figure(
            "Most memory held in eight batches (the file is the same, byte for byte)",
            f"{memory('batches'):.2f} GB",
            "less than in one",
            memory("batches") < memory("wardline"),
        ),
        Figure(
            "Time in eight batches, as a multiple of one batch",
            f"{ratio('batches', 'wardline'):.2f}",
            "at most 1.3",
            ratio("batches", "wardline") <= 1.3,
        ),
        Figure(
            "One case checked again by the reference engine", f"{milliseconds:.2f} ms", "under 2 ms", milliseconds < 2
        ),
    ]


def _what_was_checked(events: int, runs: int) -> str:
    return (
        f"A made-up log of {events:,} events in {events // EVENTS_PER_CASE:,} cases is checked against twenty "
        "obligations of all kinds,\nfrom Parquet on disk to `findings.parquet` on disk, on two cores. Each figure is "
        "the median of "
        f"{runs} runs, and each\nratio is of times taken one after the other in the same run. DuckDB and pandas find "
        "exactly the same findings."
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
