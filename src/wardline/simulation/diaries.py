"""Diaries: what officers do on duty takes a slot in somebody's shift, and a full diary means a later day."""

from __future__ import annotations

from random import Random

from wardline.simulation.clock import HOUR, MINUTE, Clock

__all__ = ["Diary"]

SLOT_SPREAD = 25 * MINUTE  # a slot begins within so long of its hour


class Diary:
    """The free slots of a team, day by day; each booking takes the first one from an instant on.

    `slots_a_day` may be less than one: then most days have none. Of a team that works on working days only, other
    days have none.
    """

    def __init__(
        self, clock: Clock, source: Random, *, hours: tuple[int, int], slots_a_day: float, every_day: bool
    ) -> None:
        self._clock = clock
        self._source = source
        self._hours = hours
        self._slots_a_day = slots_a_day
        self._every_day = every_day
        self._free: dict[int, list[int]] = {}

    def book(self, at: int) -> int:
        """The first free slot at or after an instant, which is then taken."""
        day = self._clock.day(at)
        while True:
            free = self._slots_of(day)
            for index, slot in enumerate(free):
                if slot >= at:
                    return free.pop(index)
            day += 1

    def forget_before(self, day: int) -> None:
        """Let go of days that nobody will book any more."""
        self._free.pop(day - 1, None)

    def _slots_of(self, day: int) -> list[int]:
        known = self._free.get(day)
        if known is None:
            known = self._free[day] = self._drawn(day)
        return known

    def _drawn(self, day: int) -> list[int]:
        if not self._every_day and not self._clock.is_working_day(day):
            return []
        draw = self._source.random
        count = int(self._slots_a_day) + (draw() < self._slots_a_day % 1)
        first, last = self._hours
        length = (last - first) * HOUR / max(count, 1)
        slots = [
            first * HOUR + int(number * length + draw() * SLOT_SPREAD) // MINUTE * MINUTE for number in range(count)
        ]
        return [self._clock.at(day, slot) for slot in slots]
