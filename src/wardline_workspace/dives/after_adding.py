"""What another room does once a dive was added. A room that does something registers a function here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardline_workspace.dives.models import AddedDive

__all__ = ["after_adding", "tell_rooms"]

_Room = Callable[[AddedDive, Any], None]
_rooms: list[_Room] = []


def after_adding(room: _Room) -> _Room:
    """Register what a room does with a dive that is there now; it gets the dive, and who added it."""
    if room not in _rooms:
        _rooms.append(room)
    return room


def tell_rooms(added: AddedDive, by: Any) -> None:
    """Let each room do its part, after the dive itself is kept: a room that stops takes no dive away."""
    for room in _rooms:
        room(added, by)
