"""What is local about time: a time zone with its clock changes, and a nation's bank holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardline.time_limits.bank_holidays import bank_holidays, first_and_last_year

__all__ = ["Calendar", "LocalTime", "NoHolidays", "UnknownZone"]

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)


class UnknownZone(ValueError):
    """No time zone of this name is known."""


class NoHolidays(ValueError):
    """The bank holidays of a nation are not known for a year, so working days cannot be counted there."""


@dataclass(frozen=True)
class LocalTime:
    """What a local time of day says: the earliest and the latest instant it can mean, and whether it can be at all.

    They differ where the clocks went back. Where the clocks went forward over it, both are the first instant
    after the gap and `is_possible` is false.
    """

    earliest: datetime
    latest: datetime
    is_possible: bool = True


@dataclass(frozen=True)
class Calendar:
    """A time zone (as `Europe/London`) and a nation (`England`, `Wales`, `Scotland`, `Northern Ireland`).

    A nation may be None where no limit counts working days.
    """

    zone: str
    nation: str | None = None

    def __post_init__(self) -> None:
        _zone(self.zone)

    def local(self, instant: datetime) -> datetime:
        """The local date and time at an instant, aware."""
        return instant.astimezone(_zone(self.zone))

    def local_date(self, instant: datetime) -> date:
        """The local date at an instant."""
        return self.local(instant).date()

    def read_local(self, naive: datetime) -> LocalTime:
        """What a local date and time without a zone means."""
        zone = _zone(self.zone)
        first = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
        second = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
        if first.astimezone(zone).replace(tzinfo=None) != naive:
            # The clocks went forward over it: fold 0 lies after the change by the length of the gap left to run.
            after = _first_instant_after_gap(zone, first, second)
            return LocalTime(after, after, is_possible=False)
        return LocalTime(min(first, second), max(first, second))

    def start_of(self, day: date) -> datetime:
        """The first instant of a local day."""
        return self.read_local(datetime.combine(day, time())).earliest

    def end_of(self, day: date) -> datetime:
        """The last microsecond of a local day."""
        return self.start_of(day + DAY) - MICROSECOND

    def is_working_day(self, day: date) -> bool:
        """Neither a Saturday, a Sunday nor a bank holiday of the nation. Raises NoHolidays."""
        if self.nation is None:
            raise NoHolidays("Working days cannot be counted, because no nation is given whose bank holidays to skip.")
        if day.weekday() >= 5:
            return False
        first, last = first_and_last_year(self.nation)
        if not first <= day.year <= last:
            raise NoHolidays(f"The bank holidays of {self.nation} are known from {first} to {last}, not for {day.year}.")
        return day not in bank_holidays(self.nation)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(f"No time zone is called {name!r}.") from None


def _first_instant_after_gap(zone: ZoneInfo, one: datetime, other: datetime) -> datetime:
    """The instant at which the clocks went forward, which lies between the two readings of an impossible time."""
    low, high = min(one, other), max(one, other)
    before = low.astimezone(zone).utcoffset()
    while high - low > MICROSECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
