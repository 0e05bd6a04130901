"""What can be said about something on the list, and which state follows which. The page in the docs is made from this.

Looked at is not safe: no state here says that a child is.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LOOKED_AT", "STATE_AFTER", "VALID_TRANSITIONS", "AnswerKind", "State", "can_become"]


class State(StrEnum):
    """Where something on the list stands; the value is what people read."""

    NOBODY_YET = "nobody has looked yet"
    ON_AGAIN = "on the list again, and nobody has looked yet"
    LOOKED_FOR = "looked at, still being looked for"
    ANSWERED = "seen, spoken with or located"
    WAITS_FOR_SECOND = "“not needed”, waiting for a second person"
    NOT_NEEDED = "not needed, and why is recorded"


class AnswerKind(StrEnum):
    """What somebody who looked can say; the value is what people read."""

    CHILD_SEEN = "Child seen"
    SPOKEN_WITH = "Child spoken with"
    LOCATED = "Child located, not yet seen"
    LOOKED_FOR = "Still being looked for"
    NOT_NEEDED = "Not needed, because"


STATE_AFTER: dict[AnswerKind, State] = {
    AnswerKind.CHILD_SEEN: State.ANSWERED,
    AnswerKind.SPOKEN_WITH: State.ANSWERED,
    AnswerKind.LOCATED: State.ANSWERED,
    AnswerKind.LOOKED_FOR: State.LOOKED_FOR,
    AnswerKind.NOT_NEEDED: State.NOT_NEEDED,  # of an open case only once a second person agrees
}

_AN_ANSWER = frozenset({State.LOOKED_FOR, State.ANSWERED, State.WAITS_FOR_SECOND, State.NOT_NEEDED})

VALID_TRANSITIONS: dict[State, frozenset[State]] = {
    State.NOBODY_YET: _AN_ANSWER,
    State.ON_AGAIN: _AN_ANSWER,
    State.LOOKED_FOR: _AN_ANSWER | {State.ON_AGAIN},
    State.ANSWERED: _AN_ANSWER | {State.ON_AGAIN},
    # A later dive takes nothing from what a second person still has to say; not agreed, it is as if nobody had looked.
    State.WAITS_FOR_SECOND: _AN_ANSWER | {State.NOBODY_YET},
    State.NOT_NEEDED: _AN_ANSWER | {State.ON_AGAIN},
}

LOOKED_AT = frozenset({State.LOOKED_FOR, State.ANSWERED, State.NOT_NEEDED})
"""The states in which somebody has looked. An answer that waits for a second person does not count yet."""


def can_become(now: State, then: State) -> bool:
    """Whether a state may follow another."""
    return then in VALID_TRANSITIONS[now]
