"""Instants with dangerous edges: on a deadline, a microsecond beside it, at another event, across a clock change.

Uniform times almost never touch a boundary, so they prove little. Here every instant is drawn *relative* to those drawn
before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from wardline.time_limits import Calendar, Length, SingleLimit, Unit, deadline

ZONE = "Europe/London"
CALENDAR = Calendar(ZONE, "England")
MICROSECOND = timedelta(microseconds=1)

ANCHORS = (
    datetime(2025, 6, 2, 9, tzinfo=UTC),  # an ordinary Monday
    datetime(2025, 3, 30, 0, 30, tzinfo=UTC),  # half an hour before the clocks go forward
    datetime(2025, 10, 26, 0, 15, tzinfo=UTC),  # in the first of the two hours called one o'clock
    datetime(2024, 2, 29, 22, 30, tzinfo=UTC),  # a leap day
    datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),  # the last microsecond of a year
    datetime(2025, 4, 17, 16, tzinfo=UTC),  # the Thursday before Easter
)


def one_in(rng: Random, count: int) -> bool:
    """True one time in so many."""
    return rng.randint(1, count) == count


class Instants:
    """Draws instants that lie on, beside and between those drawn before and the deadlines that follow from them."""

    def __init__(self, anchor: datetime, limits: Sequence[SingleLimit], also_known: Sequence[datetime] = ()) -> None:
        self.anchor = anchor
        self.limits = limits or (Length(60, Unit.MINUTES),)
        self.known = [anchor, *also_known]

    def near(self, rng: Random) -> datetime:
        """An instant, not remembered."""
        start = rng.choice(self.known)
        moved = rng.choice(
            ("same", "deadline", "deadline", "minutes", "deadline of deadline", "hour", "local midnight")
        )
        match moved:
            case "deadline":
                start = deadline(rng.choice(self.limits), start, CALENDAR)
            case "deadline of deadline":
                limit = rng.choice(self.limits)
                start = deadline(limit, deadline(limit, start, CALENDAR), CALENDAR)
            case "minutes":
                start += timedelta(minutes=rng.randint(1, 200))
            case "hour":
                start += timedelta(hours=rng.choice((-1, 1, 24, 25)))
            case "local midnight":
                start = CALENDAR.start_of(CALENDAR.local_date(start))
        return start + rng.choice((0, 0, 0, 1, -1)) * MICROSECOND

    def due(self, rng: Random) -> datetime:
        """An instant exactly on a deadline that follows from a known one."""
        return deadline(rng.choice(self.limits), rng.choice(self.known), CALENDAR)

    def remembered(self, rng: Random) -> datetime:
        """An instant from which later ones may be drawn."""
        instant = self.near(rng)
        self.known.append(instant)
        return instant
