"""The instant from which we look, as people write it in a document."""

from __future__ import annotations

import re
from datetime import date, datetime

from wardline.time_limits.calendars import Calendar

__all__ = ["NotATime", "read_as_at"]

_AS_AT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?: (?P<clock>\d{2}:\d{2}(?::\d{2})?))?", re.ASCII)


class NotATime(ValueError):
    """A text is no date and no local date and time; `remedy` says what to write."""

    def __init__(self, text: str) -> None:
        super().__init__(f'"{text}" is not a date, and not a date and time.')
        self.remedy = "Write `2025-04-01` (the start of that day) or a local date and time such as `2025-04-01 02:00`."


def read_as_at(text: str, calendar: Calendar) -> datetime:
    """Read `2025-04-01` (the local start of that day), `2025-04-01 02:00` or `2025-04-01 02:00:30`, as UTC.

    A local time that the clock showed twice is the earlier; one that it never showed is the first instant after
    the gap. Raises NotATime.
    """
    match = _AS_AT.fullmatch(text.strip())
    if match is None:
        raise NotATime(text)
    try:
        if match["clock"] is None:
            return calendar.start_of(date.fromisoformat(match["day"]))
        return calendar.read_local(datetime.fromisoformat(f"{match['day']} {match['clock']}")).earliest
    except ValueError:
        raise NotATime(text) from None
