"""How far a release has come, and what can follow."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["TITLES", "VALID_TRANSITIONS", "State"]


class State(StrEnum):
    """How far a release has come; the value is written in the database."""

    PREPARED = "prepared"
    NOT_RELEASED = "not released"
    SIGNED = "signed"
    RECALLED = "recalled"
    DESTROYED = "destroyed"


TITLES: Mapping[State, str] = {
    State.PREPARED: "Not signed",
    State.NOT_RELEASED: "Not released",
    State.SIGNED: "Signed",
    State.RECALLED: "Recalled",
    State.DESTROYED: "Destroyed",
}
"""What people read."""


VALID_TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.PREPARED: frozenset({State.SIGNED, State.NOT_RELEASED}),
    State.NOT_RELEASED: frozenset(),
    State.SIGNED: frozenset({State.RECALLED, State.DESTROYED}),
    State.RECALLED: frozenset({State.DESTROYED}),
    State.DESTROYED: frozenset(),
}
"""Which state of a release follows which; docs/reference/states.md is written from this."""
