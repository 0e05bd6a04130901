"""What the hand-written engines need of the local clock: offsets, and deadlines of whole days, as plain tables.

They work on microseconds since 1970. The clock changes of these years are all that the made-up log touches.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from wardline.time_limits import Calendar, CountingTheFirst, Length, SameDay, SingleLimit, Unit, deadline

__all__ = ["DAYS", "SPRING_AND_AUTUMN", "day_deadlines", "elapsed", "moved_days"]

CALENDAR = Calendar("Europe/London", "England")
HOUR = 3_600_000_000
MICROSECOND = timedelta(microseconds=1)
DAYS = [date(2022, 12, 1) + timedelta(days=number) for number in range(1200)]


def _micros(*parts: int) -> int:
    return (datetime(*parts, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // MICROSECOND  # type: ignore[misc]


SPRING_AND_AUTUMN = [
    (_micros(2023, 3, 26, 1), _micros(2023, 10, 29, 1)),
    (_micros(2024, 3, 31, 1), _micros(2024, 10, 27, 1)),
    (_micros(2025, 3, 30, 1), _micros(2025, 10, 26, 1)),
    (_micros(2026, 3, 29, 1), _micros(2026, 10, 25, 1)),
]


def elapsed(limit: SingleLimit) -> int | None:
    """The microseconds of minutes and hours; None for a limit that keeps to the calendar."""
    if isinstance(limit, Length) and limit.unit in (Unit.MINUTES, Unit.HOURS):
        return limit.amount * HOUR // (60 if limit.unit is Unit.MINUTES else 1)
    return None


def moved_days(limit: SingleLimit) -> int | None:
    """The days by which the local clock time is moved, for a limit in days or weeks."""
    if isinstance(limit, Length) and limit.unit in (Unit.DAYS, Unit.WEEKS):
        return limit.amount * (7 if limit.unit is Unit.WEEKS else 1)
    return None


def day_deadlines(limit: SingleLimit) -> dict[int, int]:
    """For limits that end with a local day: from the trigger's local day (days since 1970) to the deadline."""
    assert isinstance(limit, SameDay | CountingTheFirst) or limit.unit is Unit.WORKING_DAYS
    noon = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in DAYS]
    first = date(1970, 1, 1)
    return {
        (day - first).days: (deadline(limit, at, CALENDAR) - datetime(1970, 1, 1, tzinfo=UTC)) // MICROSECOND
        for day, at in zip(DAYS, noon, strict=True)
    }
