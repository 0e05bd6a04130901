"""The small notation of worked examples: one event per line, and times of Monday 2 June 2025.

18:00 reported
18:05 risk_graded grade=high
2025-06-03 09:30 interviewed method="video call"
2025-06-03 child_found                              (a date without a time of day)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from wardline.errors import Place
from wardline.time_limits import Calendar

__all__ = [
    "CASE_TIMES",
    "EXAMPLE_CALENDAR",
    "EXAMPLE_DAY",
    "NotInNotation",
    "NotedEvent",
    "line_of_text",
    "noted_events",
    "read_event",
    "read_instant",
]

EXAMPLE_DAY = "2025-06-02"  # a Monday in summer time, without a bank holiday near it
EXAMPLE_CALENDAR = Calendar("Europe/London", "England")
CASE_TIMES = ("opened at", "closed at")
"""What `case` may give beside attributes: when the case was opened (else: at its first event) and closed."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?")
_PIECES = re.compile(r'(?:[^\s"]|"[^"]*")+')
_ATTRIBUTE = re.compile(r'(?P<name>[^\s="]+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]*))')


class NotInNotation(ValueError):
    """A line or a time of an example cannot be read; `remedy` says what to write."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


@dataclass(frozen=True)
class NotedEvent:
    """An event of an example: its earliest and latest instant (the same where exact), and its attributes."""

    event: str
    happened_at: datetime
    happened_by: datetime
    attributes: tuple[tuple[str, str], ...] = ()


def read_instant(text: str) -> datetime:
    """`18:00` (of the example's day), `2025-06-03 09:00`, or `2025-06-03` (the start of that day), as UTC.

    Raises NotInNotation.
    """
    pieces = text.split()
    day = pieces.pop(0) if pieces and _DAY.fullmatch(pieces[0]) else None
    clock = pieces.pop(0) if pieces and _CLOCK.fullmatch(pieces[0]) else None
    if pieces or (day is None and clock is None):
        raise NotInNotation(f'"{text}" is not a time.', "Write `18:00`, or `2025-06-03 18:00`.")
    return _interval(day, clock)[0]


def read_event(line: str) -> NotedEvent:
    """One line of the notation. Raises NotInNotation."""
    pieces = _PIECES.findall(line)
    day = pieces.pop(0) if pieces and _DAY.fullmatch(pieces[0]) else None
    clock = pieces.pop(0) if pieces and _CLOCK.fullmatch(pieces[0]) else None
    if day is None and clock is None:
        raise NotInNotation(
            "This line does not begin with a time.",
            "Write each event as `18:00 reported`, with a date before the time on another day.",
        )
    if not pieces or "=" in pieces[0] or '"' in pieces[0]:
        raise NotInNotation("No event is named after the time.", "Write each event as `18:00 reported`.")
    name, *attributes = pieces
    earliest, latest = _interval(day, clock)
    noted = tuple(_attribute(piece) for piece in attributes)
    names = [attribute for attribute, _ in noted]
    if twice := [attribute for place, attribute in enumerate(names) if attribute in names[:place]]:
        raise NotInNotation(f"`{twice[0]}` is here twice.", "Keep one of the two.")
    return NotedEvent(name, earliest, latest, noted)


def noted_events(text: str) -> tuple[NotedEvent, ...]:
    """Every event of an example, in the order of its lines. Raises NotInNotation."""
    return tuple(read_event(line) for line in text.splitlines() if line.strip())


def line_of_text(place: Place, number: int, line: str) -> Place:
    """The place of a line (`number` from 0) of a text that stands at `place`: below it where it is a block (`|`), else
    on it.
    """
    begins = None if place.source_line is None else place.source_line[(place.column or 1) - 1 :]
    if place.line is None or begins is None or not begins.startswith(("|", ">")):
        return place
    return Place(place.file, place.line + 1 + number, 1, len(line), line)


def _interval(day: str | None, clock: str | None) -> tuple[datetime, datetime]:
    try:
        local_day = date.fromisoformat(day or EXAMPLE_DAY)
        if clock is None:
            return EXAMPLE_CALENDAR.start_of(local_day), EXAMPLE_CALENDAR.end_of(local_day)
        instant = EXAMPLE_CALENDAR.read_local(datetime.fromisoformat(f"{local_day} {clock}")).earliest
    except ValueError:
        raise NotInNotation(
            f"There is no such time as {' '.join(filter(None, (day, clock)))}.",
            "Write a day and a time that exist, such as `2025-06-03 18:00`.",
        ) from None
    return instant, instant


def _attribute(piece: str) -> tuple[str, str]:
    match = _ATTRIBUTE.fullmatch(piece)
    if match is None:
        raise NotInNotation(
            f"`{piece}` is not an attribute with its value.",
            'Write `grade=high`, or `method="video call"` where there are spaces.',
        )
    return match["name"], match["plain"] if match["quoted"] is None else match["quoted"]
