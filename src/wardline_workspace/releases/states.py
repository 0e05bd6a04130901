"""How far a release has come, and what can follow."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices

__all__ = ["VALID_TRANSITIONS", "State"]


class State(TextChoices):
    """How far a release has come."""

    PREPARED = "prepared", "Not signed"
    NOT_RELEASED = "not released", "Not released"
    SIGNED = "signed", "Signed"
    RECALLED = "recalled", "Recalled"
    DESTROYED = "destroyed", "Destroyed"


VALID_TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.PREPARED: frozenset({State.SIGNED, State.NOT_RELEASED}),
    State.NOT_RELEASED: frozenset(),
    State.SIGNED: frozenset({State.RECALLED, State.DESTROYED}),
    State.RECALLED: frozenset({State.DESTROYED}),
    State.DESTROYED: frozenset(),
}
"""Which state of a release follows which; docs/reference/states.md is written from this."""
