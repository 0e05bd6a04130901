"""The whole force, or a part of its areas: days are lived one after the other, and cases come in order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from wardline.simulation.area import Area, AreaPlan
from wardline.simulation.careful_reader import Reader
from wardline.simulation.children import KnownChild
from wardline.simulation.clock import Clock
from wardline.simulation.exports import Case
from wardline.simulation.parameters import AREA_POPULATION, DISTRICTS, LAST_YEAR
from wardline.simulation.truth import Truth, WhatIsSo

__all__ = ["AreaPlan", "Told", "TruthTaker", "plans_of", "world"]

Told = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is."""

DOING = "simulating the made-up force"
WARM_UP_DAYS = 365
DAYS_UNTIL_WRITTEN = 3  # by then every call of a day has been answered or given up
NUMBERS_OF_PART = 1_000_000
NUMBER_FORMS = {
    "incident": ("%Y%m%d", "TC-{day}-{number:05}"),
    "wrong incident": ("%Y%m%d", "TC-{day}-9{number:05}"),
    "episode": ("%y", "M{day}-{number:06}"),
    "investigation": ("%y", "TC{number:07}-{day}"),
    "referral": ("%y", "SG{day}-{number:06}"),
}


class TruthTaker(Protocol):
    """Takes what is planted, and which records a system has of a child."""

    def tell(self, what: WhatIsSo) -> None: ...

    def child(self, known: KnownChild, system: str) -> None: ...


def plans_of(population: int, seed: int) -> list[AreaPlan]:
    """The areas: one for each district, and more of the same size where more people live than there should."""
    in_each = max(1, round(population / AREA_POPULATION / len(DISTRICTS)))
    count = in_each * len(DISTRICTS)
    return [AreaPlan(n + 1, DISTRICTS[n % len(DISTRICTS)], population / count, seed) for n in range(count)]


def world(
    truth: TruthTaker, clock: Clock, plans: Sequence[AreaPlan], *, years: int, part: int = 0, progress: Told
) -> Iterator[Case]:
    """Every case of some areas in the order in which they were opened; the truth is told on the way.

    The records of each `part` have numbers of their own.
    """
    first = date(LAST_YEAR - years, 4, 1).toordinal()
    end = date(LAST_YEAR, 4, 1).toordinal()
    numbers = _Numbers(clock, part * NUMBERS_OF_PART)
    reader = Reader(clock, clock.start_of(end))
    areas = [Area(plan, reader, Truth(truth.tell), numbers.next, truth.child) for plan in plans]
    for day in range(first - WARM_UP_DAYS, first):
        for area in areas:
            area.warm_up(day)
    for day in range(first, end + DAYS_UNTIL_WRITTEN):
        progress(DOING, min(day, end) - first, end - first)
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


class _Numbers:
    """Running numbers of each kind of record, by the day or year in which it was opened."""

    def __init__(self, clock: Clock, start: int) -> None:
        self._clock = clock
        self._start = start
        self._last: dict[tuple[str, str], int] = {}

    def next(self, kind: str, at: int) -> str:
        day_format, form = NUMBER_FORMS[kind]
        day = self._clock.day_text(at, day_format)
        number = self._last[kind, day] = self._last.get((kind, day), self._start) + 1
        return form.format(day=day, number=number)

    def forget_before(self, day: int) -> None:
        """Let go of days that no number will be drawn for any more."""
        old = date.fromordinal(day - 2).strftime("%Y%m%d")
        for kind in ("incident", "wrong incident"):
            self._last.pop((kind, old), None)
