"""What a room has for somebody today. A room that has something registers a function here; home only lists it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from wardline_workspace.people.models import Account

__all__ = ["Urgency", "Waiting", "has_for_today", "waiting_for"]


class Urgency(IntEnum):
    """In which order things stand, and under which heading."""

    RISK = 0
    TODAY = 1
    FORTNIGHT = 2
    SEEN = 3


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: what, where it is done, and by when in words (`tag`)."""

    urgency: Urgency
    title: str
    address: str
    words: str = ""
    tag: str = ""
    tag_kind: str = "plain"


_Room = Callable[[Account], Iterable[Waiting]]
_rooms: list[_Room] = []


def has_for_today(room: _Room) -> _Room:
    """Register what a room has for somebody today. It asks itself whether they may."""
    _rooms.append(room)
    return room


def waiting_for(account: Account) -> list[Waiting]:
    """All that waits for somebody, the most urgent first, and within that as each room gives it."""
    found = [one for room in _rooms for one in room(account)]
    return sorted(found, key=lambda one: one.urgency)
