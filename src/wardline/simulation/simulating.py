"""Puts the made-up force together: its exports, the truth beside them, and a notice that nothing of it is real."""

from __future__ import annotations

import errno
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wardline.simulation.changes import write_changes_and_standing_gaps, write_sizes
from wardline.simulation.investigators import investigators_by_month, write_investigators
from wardline.simulation.parameters import POPULATION, YEARS
from wardline.simulation.parts import parts_of, simulate_in_parts, simulate_part
from wardline.simulation.truth_files import TruthFiles
from wardline.simulation.world import plans_of
from wardline.whole_files import full_path
from wardline.work_folders import claim

__all__ = ["NOTICE", "simulate"]

NOTICE = "MADE-UP-DATA.txt"
NOTICE_TEXT = """made-up data

Everything in this folder was made up by a program: the force, its places, its children and all that happens to them.
No child, family, officer or place in it is real, and none of its figures are those of a real force.

exports/  what four record systems of the made-up force give out
truth/    what is so, and what is planted in the exports: keep it apart from whoever looks for it

investigators-made-up-data.csv says how many investigators the force has, month by month, for its settings.
"""
PROCESSES_AT_MOST = 8  # each takes up to 200 MB


def simulate(
    folder: Path,
    *,
    seed: int = 1,
    years: int = YEARS,
    population: int = POPULATION,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
    processes: int | None = None,
) -> Counter[str]:
    """Write `exports`, `truth` and a notice into a folder that does not exist yet, and return what was counted.

    The same seed, years and population give the same bytes on any machine and with any number of processes. `years`
    full years end with the day before 1 April 2025; `population` sets how much happens. Where it is interrupted,
    nothing is left behind.
    """
    parts = parts_of(plans_of(population, seed), years, seed)
    with _unfinished(folder) as unfinished:
        (unfinished / NOTICE).write_text(NOTICE_TEXT, encoding="utf-8")
        if len(parts) == 1:
            counts = simulate_part(unfinished, parts[0], progress)
        else:
            TruthFiles(unfinished / "truth").close()  # the headings
            usual = min(os.cpu_count() or 1, PROCESSES_AT_MOST)
            counts = simulate_in_parts(unfinished, parts, processes or usual, progress)
        with TruthFiles(unfinished / "truth", goes_on=True) as truth:
            write_changes_and_standing_gaps(truth)
            write_sizes(truth, counts)
            write_investigators(unfinished, truth, investigators_by_month(population, years, seed))
            truth.write_counts(counts)
        return counts.of_rows


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of `folder` if all goes well and is removed if it does not.

    Raises FileExistsError where `folder` holds anything.
    """
    folder = full_path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(errno.EEXIST, "something is there already", str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.unfinished-", dir=folder.parent))
    claimed = claim(unfinished)
    try:
        yield unfinished
        if folder.exists():
            folder.rmdir()  # it may be there, but empty
        claimed.release()
        os.rename(unfinished, folder)
    except BaseException:
        claimed.give_up()
        raise
