"""Deadlines once more, as naively as can be: by looking at the clock, minute by minute and day by day.

It knows nothing of how Wardline reads clock changes; all it asks is what a clock on the wall shows at an instant
(`datetime.astimezone`). Offsets are taken to be whole quarters of an hour, as they all are after 1972.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
SUBDIVISIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
DAYS_OFF = {
    nation: set(holidays.country_holidays("GB", subdiv=letters, years=range(2004, 2032)))
    for nation, letters in SUBDIVISIONS.items()
}


def shown(instant: datetime, zone: str) -> datetime:
    """What the clock on the wall shows."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def readings(wall: datetime, zone: str) -> list[datetime]:
    """Every instant at which the clock shows this; where there is none, the first at which it shows more."""
    as_if_utc = wall.replace(tzinfo=UTC)
    candidates = [as_if_utc + quarters * QUARTER for quarters in range(-64, 65)]
    found = [instant for instant in candidates if shown(instant, zone) == wall]
    if found:
        return found
    instant = as_if_utc.replace(second=0, microsecond=0) - 30 * timedelta(hours=1)
    while shown(instant, zone) < wall:
        instant += MINUTE
    return [instant]


def last_of_day(somewhere_in_it: datetime, zone: str) -> datetime:
    """The last microsecond at which the clock shows the date that it shows at this instant."""
    day = shown(somewhere_in_it, zone).date()
    minute = somewhere_in_it.replace(second=0, microsecond=0)
    minutes = [minute + count * MINUTE for count in range(30 * 60)]
    return max(instant for instant in minutes if shown(instant, zone).date() == day) + MINUTE - MICROSECOND


def noon_or_before(day: date, zone: str) -> datetime:
    """An instant on this day; of a day that the calendar skipped, one on the day before it."""
    [instant, *_] = readings(datetime(day.year, day.month, day.day, 12), zone)
    return instant if shown(instant, zone).date() == day else noon_or_before(day - DAY, zone)


def naive_deadline(limit: str, start: datetime, zone: str, nation: str) -> datetime:
    """The deadline of a limit as people write it."""
    amount, _, unit = limit.partition(" ")
    wall = shown(start, zone)
    if limit == "same day":
        return last_of_day(start, zone)
    if unit.endswith("counting the first"):
        return last_of_day(noon_or_before(wall.date() + (int(amount) - 1) * DAY, zone), zone)
    if unit.startswith("working day"):
        day, left = wall.date(), int(amount)
        while left:
            day += DAY
            left -= day.weekday() not in (5, 6) and day not in DAYS_OFF[nation]
        return last_of_day(noon_or_before(day, zone), zone)
    match unit.rstrip("s"):
        case "minute":
            return start + int(amount) * MINUTE
        case "hour":
            return start + int(amount) * 60 * MINUTE
        case "day":
            return max(readings(wall + int(amount) * DAY, zone))
        case "week":
            return max(readings(wall + int(amount) * 7 * DAY, zone))
        case "month":
            return max(readings(months_later(wall, int(amount)), zone))
    raise AssertionError(limit)


def months_later(wall: datetime, count: int) -> datetime:
    """The same day and time so many months later, or the last day of a shorter month."""
    first = wall.replace(day=1)
    for _ in range(count):
        first = (first + 32 * DAY).replace(day=1)
    last = (first + 32 * DAY).replace(day=1) - DAY
    return first.replace(day=min(wall.day, last.day))
