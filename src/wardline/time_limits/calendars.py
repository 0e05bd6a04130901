"""What is local about time: a time zone with its clock changes, and a nation's bank holidays.

Where a local time or an instant would lie before year 1 or after year 9999, it is the first or the last that can be
written: exports hold 31 December 9999 for "no end", and that must not stop a dive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardline.time_limits.bank_holidays import bank_holidays, first_and_last_year, nation_called

__all__ = ["Calendar", "LocalTime", "NoHolidays", "UnknownZone", "day_before"]

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
SATURDAY = 5  # as date.weekday() counts
MONTHS = 12  # of a year
FIRST_INSTANT = datetime.min.replace(tzinfo=UTC)
LAST_INSTANT = datetime.max.replace(tzinfo=UTC)
FIRST_LOCAL = FIRST_INSTANT.replace(tzinfo=None)
LAST_LOCAL = LAST_INSTANT.replace(tzinfo=None)


class UnknownZone(ValueError):
    """No time zone of this name is known."""


class NoHolidays(ValueError):
    """The bank holidays of a nation are not known for a year, so working days cannot be counted there."""

    @classmethod
    def of(cls, nation: str | None, year: int | None = None) -> NoHolidays:
        """The error for a nation (None: none is given) and a year."""
        if nation is None:
            return cls("Working days cannot be counted, because no nation is given whose bank holidays to skip.")
        first, last = first_and_last_year(nation)
        return cls(f"The bank holidays of {nation} are known from {first} to {last}, not for {year}.")


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

    A nation may be None where no limit counts working days. Raises UnknownZone, UnknownNation.
    """

    zone: str
    nation: str | None = None

    def __post_init__(self) -> None:
        _zone(self.zone)
        if self.nation is not None:
            object.__setattr__(self, "nation", nation_called(self.nation))

    def local(self, instant: datetime) -> datetime:
        """The local date and time at an instant, aware."""
        zone = _zone(self.zone)
        try:
            return instant.astimezone(zone)
        except OverflowError:
            return (FIRST_LOCAL if instant.year == 1 else LAST_LOCAL).replace(tzinfo=zone)

    def local_date(self, instant: datetime) -> date:
        """The local date at an instant."""
        return self.local(instant).date()

    def days_between(self, earlier: datetime, later: datetime) -> int:
        """How many local days the day of `later` comes after that of `earlier`; below zero where it comes before."""
        return (self.local_date(later) - self.local_date(earlier)).days

    def read_local(self, naive: datetime) -> LocalTime:
        """What a local date and time without a zone means."""
        zone = _zone(self.zone)
        first, second = _instant(naive, zone, fold=0), _instant(naive, zone, fold=1)
        if first > second:
            # No clock showed it: read by the offset before the change it lies after that, and the other way round.
            after = _first_instant_after_gap(zone, second, first)
            return LocalTime(after, after, is_possible=False)
        return LocalTime(first, second)

    def start_of(self, day: date) -> datetime:
        """The first instant of a local day; of a day that was skipped altogether, the first instant after the gap."""
        return self.read_local(datetime.combine(day, time())).earliest

    def end_of(self, day: date) -> datetime:
        """The last microsecond of a local day; of a day that was skipped altogether, that of the day before it."""
        if day == date.max:
            return self.read_local(LAST_LOCAL).latest
        midnight = self.read_local(datetime.combine(day + DAY, time()))
        # Clocks that go back from just after midnight show it twice, and the day ends before the second one. Where
        # they go back to midnight itself, both belong to the new day, and the old one ends before the first.
        last = midnight.latest - MICROSECOND
        return last if self.local_date(last) <= day else midnight.earliest - MICROSECOND

    def is_whole_day(self, earliest: datetime, latest: datetime) -> bool:
        """Whether these are the first and the last instant of one local day: then only the day is known."""
        day = self.local_date(earliest)
        return (earliest, latest) == (self.start_of(day), self.end_of(day))

    def is_working_day(self, day: date) -> bool:
        """Neither a Saturday, a Sunday nor a bank holiday of the nation. Raises NoHolidays."""
        if self.nation is None:
            raise NoHolidays.of(None)
        if day.weekday() >= SATURDAY:
            return False
        first, last = first_and_last_year(self.nation)
        if not first <= day.year <= last:
            raise NoHolidays.of(self.nation, day.year)
        return day not in bank_holidays(self.nation)


def day_before(day: date) -> date:
    """The day before; the first that can be written stays as it is."""
    return day if day == date.min else day - DAY


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(f"No time zone is called {name!r}.") from None


def _instant(naive: datetime, zone: ZoneInfo, fold: int) -> datetime:
    try:
        return naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    except OverflowError:
        return FIRST_INSTANT if naive.year == 1 else LAST_INSTANT


def _first_instant_after_gap(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The instant at which the clocks went forward, which lies between the two readings of an impossible time."""
    before = low.astimezone(zone).utcoffset()
    while high - low > MICROSECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
