"""The local clock of the made-up force: from whole seconds to local days and times of day, and back.

Calendar (time_limits) does the arithmetic; this only keeps its answers, because ten million times have to be written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from wardline.time_limits import Calendar, SingleLimit, deadline, read_length

__all__ = ["DAY", "HOUR", "MINUTE", "Clock"]

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR
FIRST_DAY = date(1970, 1, 1).toordinal()


class Clock:
    """Local time of one place. Days are ordinals of `date` (`date.fromordinal`)."""

    def __init__(self, zone: str = "Europe/London", nation: str = "England") -> None:
        self.calendar = Calendar(zone, nation)
        self._offsets: dict[int, int] = {}
        self._shown_twice: dict[int, bool] = {}
        self._starts: dict[int, int] = {}
        self._days: dict[str, dict[int, str]] = {}
        self._working: dict[int, bool] = {}
        self._lengths: dict[str, SingleLimit] = {}

    def offset(self, at: int) -> int:
        """Seconds that local time is ahead of UTC. The clocks of this zone change on the hour."""
        hour = at // HOUR
        known = self._offsets.get(hour)
        if known is None:
            away = self.calendar.local(datetime.fromtimestamp(hour * HOUR, UTC)).utcoffset()
            assert away is not None
            known = self._offsets[hour] = int(away.total_seconds())
        return known

    def day(self, at: int) -> int:
        """The local day, as an ordinal."""
        return (at + self.offset(at)) // DAY + FIRST_DAY

    def second_of_day(self, at: int) -> int:
        """What the clock shows, in seconds since midnight."""
        return (at + self.offset(at)) % DAY

    def start_of(self, day: int) -> int:
        """The first instant of a local day."""
        known = self._starts.get(day)
        if known is None:
            known = self._starts[day] = int(self.calendar.start_of(date.fromordinal(day)).timestamp())
        return known

    def at(self, day: int, second_of_day: int) -> int:
        """The instant at which the clock shows this time of day; the first one where it shows it twice."""
        guess = self.start_of(day) + second_of_day
        return guess + self.offset(self.start_of(day)) - self.offset(guess)

    def is_shown_twice(self, at: int) -> bool:
        """Whether the local time at this instant is also that of another: the hour before or after the clocks go
        back.
        """
        hour = at // HOUR
        known = self._shown_twice.get(hour)
        if known is None:
            away = self.offset(at)
            known = self.offset(at + HOUR) < away or self.offset(at - HOUR) > away
            self._shown_twice[hour] = known
        return known

    def is_working_day(self, day: int) -> bool:
        known = self._working.get(day)
        if known is None:
            known = self._working[day] = self.calendar.is_working_day(date.fromordinal(day))
        return known

    def deadline(self, limit: str, start: int) -> float:
        """The last instant of a limit in words (`2 working days`, `90 days`), in seconds."""
        length = self._lengths.get(limit)
        if length is None:
            length = self._lengths[limit] = read_length(limit)
        return deadline(length, datetime.fromtimestamp(start, UTC), self.calendar).timestamp()

    def is_within_days(self, start: int, at: int, days: int) -> bool:
        """Whether an instant is no later than so many days after another."""
        away = at - start - days * DAY
        # The calendar is asked only where a change of the clocks could make a difference.
        return away < 0 if abs(away) > DAY else at <= self.deadline(f"{days} days", start)

    def are_over(self, start: int, days: int, at: int) -> bool:
        """Whether so many days after an instant are over at another."""
        away = at - start - days * DAY
        return away > 0 if abs(away) > DAY else self.deadline(f"{days} days", start) <= at

    def day_text(self, at: int, day_format: str = "%d/%m/%Y") -> str:
        """The local date."""
        day = (at + self.offset(at)) // DAY
        known = self._days.get(day_format)
        if known is None:
            known = self._days[day_format] = {}
        text = known.get(day)
        if text is None:
            text = known[day] = date.fromordinal(day + FIRST_DAY).strftime(day_format)
        return text
