"""Instants written as local times, each record system in its own way: the same few days and minutes, ten million times.

What a day and a minute of it look like is worked out once and then looked up; only the lookup is done for each time.
"""

from __future__ import annotations

from datetime import date

from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock

__all__ = ["LocalTimes"]

FIRST_DAY = date(1970, 1, 1).toordinal()
MINUTES = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(DAY // MINUTE))
SECONDS = tuple(f":{second:02}" for second in range(MINUTE))
UNREADABLE = ";"  # a finger on the key beside the colon


class LocalTimes:
    """How one system writes local times: the day in a format of `strftime`, and what stands before the time of day."""

    def __init__(self, clock: Clock, day_format: str, between: str = " ") -> None:
        self._offsets = _Offsets(clock)
        self._days = _Days(day_format)
        self._between = between

    def text(self, at: int) -> str:
        """The local day, hour and minute."""
        day, second = divmod(at + self._offsets[at // HOUR], DAY)
        return f"{self._days[day]}{self._between}{MINUTES[second // MINUTE]}"

    def with_seconds(self, at: int) -> str:
        """The local day, hour, minute and second."""
        day, second = divmod(at + self._offsets[at // HOUR], DAY)
        return f"{self._days[day]}{self._between}{MINUTES[second // MINUTE]}{SECONDS[second % MINUTE]}"

    def day(self, at: int) -> str:
        """The local day alone."""
        return self._days[(at + self._offsets[at // HOUR]) // DAY]

    def time_of_day(self, at: int) -> str:
        """The local hour and minute alone."""
        return MINUTES[(at + self._offsets[at // HOUR]) % DAY // MINUTE]

    def days(self, at: int) -> float:
        """Local days since 1970 with their part of a day, as a workbook counts."""
        return (at + self._offsets[at // HOUR]) / DAY

    def typed(self, at: int, *, is_date_only: bool = False, is_unreadable: bool = False) -> str:
        """The local time as somebody typed it: perhaps the day alone, perhaps such that it cannot be read."""
        if is_date_only:
            return self.day(at)
        text = self.text(at)
        return text.replace(":", UNREADABLE) if is_unreadable else text


class _Offsets(dict[int, int]):
    """Seconds that local time is ahead, by the hour since 1970."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def __missing__(self, hour: int) -> int:
        self[hour] = offset = self._clock.offset(hour * HOUR)
        return offset


class _Days(dict[int, str]):
    """Each day since 1970 as it is written."""

    def __init__(self, day_format: str) -> None:
        super().__init__()
        self._format = day_format

    def __missing__(self, day: int) -> str:
        self[day] = text = date.fromordinal(day + FIRST_DAY).strftime(self._format)
        return text
