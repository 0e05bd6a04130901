"""Puts the made-up force together: days are lived, cases are written into exports, and the truth beside them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from wardline.simulation.area import Area, AreaPlan
from wardline.simulation.changes import write_changes_and_standing_gaps
from wardline.simulation.clock import Clock
from wardline.simulation.exports import Case, write_exports
from wardline.simulation.parameters import AREA_POPULATION, DISTRICTS, LAST_YEAR, POPULATION, YEARS
from wardline.simulation.reading import Reader
from wardline.simulation.truth import Truth
from wardline.simulation.truth_files import TruthFiles

__all__ = ["NOTICE", "simulate", "world"]

Told = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is."""

NOTICE = "MADE-UP-DATA.txt"
NOTICE_TEXT = """made-up data

Everything in this folder was made up by a program: the force, its places, its children and all that happens to them.
No child, family, officer or place in it is real, and none of its figures are those of a real force.

exports/  what four record systems of the made-up force give out
truth/    what is so, and what is planted in the exports: keep it apart from whoever looks for it
"""
WARM_UP_DAYS = 365
DAYS_UNTIL_WRITTEN = 3  # by then every call of a day has been answered or given up
NUMBER_FORMS = {
    "incident": ("%Y%m%d", "TC-{day}-{number:05}"),
    "wrong incident": ("%Y%m%d", "TC-{day}-9{number:05}"),
    "episode": ("%y", "M{day}-{number:06}"),
    "investigation": ("%y", "TC{number:07}-{day}"),
    "referral": ("%y", "SG{day}-{number:06}"),
}


def simulate(
    folder: Path,
    *,
    seed: int = 1,
    years: int = YEARS,
    population: int = POPULATION,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Counter[str]:
    """Write `exports`, `truth` and a notice into a folder that does not exist yet, and return what was counted.

    The same seed, years and population give the same bytes on any machine. `years` full years end with the day
    before 1 April 2025; `population` sets how much happens. Nothing is left behind where it is interrupted.
    """
    with _unfinished(folder) as unfinished:
        (unfinished / NOTICE).write_text(NOTICE_TEXT, encoding="utf-8")
        clock = Clock()
        with TruthFiles(unfinished / "truth") as truth:
            write_changes_and_standing_gaps(truth)
            cases = world(truth, clock, seed=seed, years=years, population=population, progress=progress)
            write_exports(_counted(cases, truth), unfinished / "exports", seed=seed, clock=clock)
            truth.write_counts()
        return truth.counts


def world(truth: TruthFiles, clock: Clock, *, seed: int, years: int, population: int, progress: Told) -> Iterator[Case]:
    """Every case of the made-up force in the order in which they were opened; the truth is told on the way."""
    first = date(LAST_YEAR - years, 4, 1).toordinal()
    end = date(LAST_YEAR, 4, 1).toordinal()
    numbers = _Numbers(clock)
    areas = [
        Area(plan, Reader(clock, clock.start_of(end)), Truth(truth.tell), numbers.next, truth.child)
        for plan in _plans(population, seed)
    ]
    for day in range(first - WARM_UP_DAYS, first):
        for area in areas:
            area.warm_up(day)
    for day in range(first, end + DAYS_UNTIL_WRITTEN):
        progress("simulating the made-up force", day - first, end - first)
        if day < end:
            for area in areas:
                area.live_through(day)
        written = day - DAYS_UNTIL_WRITTEN
        if written >= first:
            numbers.forget_before(written)
            cases = [case for area in areas for case in area.write_day(written)]
            yield from sorted(cases, key=lambda case: (case.opened_at, case.number))
    for area in areas:
        area.finish()


def _plans(population: int, seed: int) -> list[AreaPlan]:
    """The areas: one for each district, and more of the same size where more people live than there should."""
    in_each = max(1, round(population / AREA_POPULATION / len(DISTRICTS)))
    count = in_each * len(DISTRICTS)
    return [AreaPlan(n + 1, DISTRICTS[n % len(DISTRICTS)], population / count, seed) for n in range(count)]


def _counted(cases: Iterator[Case], truth: TruthFiles) -> Iterator[Case]:
    counts = truth.counts
    for case in cases:
        kind = type(case).__name__.lower()
        counts[f"cases: {kind}"] += 1
        counts[f"events: {kind}"] += len(case.entries)
        yield case


class _Numbers:
    """Running numbers of each kind of record, by the day or year in which it was opened."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[tuple[str, str], int] = {}

    def next(self, kind: str, at: int) -> str:
        day_format, form = NUMBER_FORMS[kind]
        day = self._clock.day_text(at, day_format)
        number = self._last[kind, day] = self._last.get((kind, day), 0) + 1
        return form.format(day=day, number=number)

    def forget_before(self, day: int) -> None:
        """Let go of days that no number will be drawn for any more."""
        old = date.fromordinal(day - 2).strftime("%Y%m%d")
        for kind in ("incident", "wrong incident"):
            self._last.pop((kind, old), None)


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of `folder` if all goes well and is removed if it does not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.unfinished-", dir=folder.parent))
    try:
        yield unfinished
        if folder.exists():
            folder.rmdir()  # it may be there, but empty
        os.rename(unfinished, folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
