"""What a whole dive costs, from exports to report: `python -m tests.performance.diving EXPORTS` times a plain scan of
them.

The exports are those of a made-up force, described by the mappings of `examples/teesmouth`. The dive is the command
that people type, in a process of its own, from its start to its end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl

from tests.performance.figures import Figure
from wardline.simulation import simulate

__all__ = ["Dived", "dive_file_of", "dived", "force_of", "what_was_dived"]

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "teesmouth"
EXPORTS_OF_EXAMPLE = "../../dives/teesmouth/force/exports"
YEARS = 2
PROCESSES = 2
EVENTS_PER_PERSON = 0.17  # of two years; a little fewer than there are
HEADER_ROW = 2  # of the workbooks, from 0
SEPARATORS = ",;\t|"

# What a dive into about a million events must keep to, and one into ten times as many.
MOST_SECONDS, MOST_GIGABYTES = 30, 1.5
MOST_SECONDS_LARGE, MOST_GIGABYTES_LARGE = 480, 4.0
MOST_GROWTH = 12


@dataclass(frozen=True)
class Dived:
    """One dive: what it read and what it cost, beside a scan of the same files."""

    events: int
    exported: int  # bytes
    seconds: float
    gigabytes: float  # the most that the process, or one that it started, ever held
    scanned: float  # seconds

    @property
    def to_scan(self) -> float:
        """The time as a multiple of that of the scan."""
        return self.seconds / self.scanned


def force_of(folder: Path, events: int) -> Path:
    """The exports of a made-up force of about so many events, made up in a process of its own where there are none."""
    if not folder.exists():
        people = round(events / EVENTS_PER_PERSON)
        _say(f"making up a force of {people:,} people")
        made = (str(folder), str(people))
        subprocess.run([sys.executable, "-m", "tests.performance.diving", *made], cwd=ROOT, check=True)
    return folder / "exports"


def dived(exports: Path, folder: Path, environment: dict[str, str]) -> Dived:
    """Dive into these exports in a folder of its own, which is taken away again, and scan them right after it."""
    folder.mkdir()
    try:
        dive_file = dive_file_of(exports, folder)
        command = [sys.executable, "-m", "wardline.cli", "dive", str(dive_file), "--out", str(folder / "dive")]
        said = folder / "said.txt"
        start = perf_counter()
        with said.open("w") as file:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT)
            _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        assert status == 0, f"the dive ended in an error:\n{said.read_text()[-2000:]}"
        process.returncode = 0
        events = pl.scan_parquet(folder / "dive" / "events.parquet").select(pl.len()).collect().item()
        found = Dived(
            events=events,
            exported=sum(path.stat().st_size for path in exports.rglob("*") if path.is_file()),
            seconds=seconds,
            gigabytes=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 10**9,
            scanned=_scanned(exports, environment),
        )
    finally:
        shutil.rmtree(folder)
    _say(f"  {found.events:,} events {found.seconds:8.1f} s {found.gigabytes:6.2f} GB; scan {found.scanned:.2f} s")
    return found


def what_was_dived(large: Dived, several: Sequence[Dived]) -> tuple[list[Figure], str]:
    """The figures of a dive into the large force and of several into the small one, and what was measured in words."""
    small = several[0]
    seconds, memory = median(one.seconds for one in several), max(one.gigabytes for one in several)
    growth = (large.seconds / large.events) / (seconds / small.events) * 10
    more = (large.gigabytes / large.events) / (memory / small.events) * 10
    millions = f"{small.events / 10**6:.1f} million events"
    figures = [
        Figure("Time", f"{large.seconds:.0f} s", "under 480 s", large.seconds < MOST_SECONDS_LARGE),
        Figure("Most memory held", f"{large.gigabytes:.2f} GB", "under 4 GB", large.gigabytes < MOST_GIGABYTES_LARGE),
        Figure("Time, as a multiple of merely scanning the same files with Polars", f"{large.to_scan:.1f}", "–", True),
        Figure(f"Time for {millions}", f"{seconds:.1f} s", "at most 30 s", seconds <= MOST_SECONDS),
        Figure(f"Most memory held for {millions}", f"{memory:.2f} GB", "under 1.5 GB", memory < MOST_GIGABYTES),
        Figure(
            f"Time for {millions}, as a multiple of merely scanning the same files with Polars",
            f"{median(one.to_scan for one in several):.1f}",
            "–",
            True,
        ),
        Figure(
            "Time for ten times the events, as a multiple",
            f"{growth:.1f}",
            "about 10 (at most 12)",
            growth <= MOST_GROWTH,
        ),
        Figure("Memory for ten times the events, as a multiple", f"{more:.1f}", "at most 12", more <= MOST_GROWTH),
    ]
    told = (
        f"`wardline dive` reads the exports of a made-up force ({large.exported / 10**9:.1f} GB, "
        f"{large.events:,} events, "
        "CSV and workbooks), as\n`examples/teesmouth` describes them, judges them by six standards and writes the dive "
        "folder with its report. It is timed\nfrom the start of its process to the end, on two cores: once for this "
        f"force, and {len(several)} times for one with {small.events:,}\nevents, of which the median is "
        "given. The scan reads "
        "every cell of the same files as text with Polars, right after each dive."
    )
    return figures, told


def dive_file_of(exports: Path, folder: Path) -> Path:
    """The example's dive with everything that it names, but for the exports."""
    for name in ("force.yaml", "dive.yaml", "claims.yaml"):
        shutil.copy(EXAMPLE / name, folder / name)
    for name in ("mappings", "register"):
        shutil.copytree(EXAMPLE / name, folder / name)
    dive_file = folder / "dive.yaml"
    text = dive_file.read_text(encoding="utf-8")
    assert EXPORTS_OF_EXAMPLE in text, "the example names its exports otherwise now"
    dive_file.write_text(text.replace(EXPORTS_OF_EXAMPLE, str(exports.resolve())), encoding="utf-8")
    return dive_file


def _scanned(exports: Path, environment: dict[str, str]) -> float:
    command = [sys.executable, "-m", "tests.performance.diving", str(exports)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _scan(exports: Path) -> float:
    """The seconds in which Polars reads every cell of the exports as text, and counts those that are filled in."""
    start = perf_counter()
    cells = 0
    for path in sorted(exports.rglob("*.csv")):
        with path.open("rb") as file:
            header = file.readline().decode("utf-8", "replace")
        table = pl.scan_csv(
            path,
            separator=max(SEPARATORS, key=header.count),
            infer_schema=False,
            encoding="utf8-lossy",
            truncate_ragged_lines=True,
        )
        cells += sum(table.select(pl.all().count()).collect(engine="streaming").row(0))
    for path in sorted(exports.rglob("*.xlsx")):
        sheets = pl.read_excel(path, sheet_id=0, infer_schema_length=0, read_options={"header_row": HEADER_ROW})
        cells += sum(sum(table.select(pl.all().count()).row(0)) for table in sheets.values())
    assert cells, "there is nothing in these exports"
    return perf_counter() - start


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(json.dumps(_scan(Path(sys.argv[1]))))
    else:
        simulate(Path(sys.argv[1]), years=YEARS, population=int(sys.argv[2]), processes=PROCESSES)
