"""What can be sent, to which post it goes, and which state follows which. The page in the docs is made from this.

No state says that a child is safe: that is for the force to find out, and is written in its own systems.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["GOES_TO", "VALID_TRANSITIONS", "GoesTo", "Kind", "State"]


class Kind(StrEnum):
    """What somebody is worried about; the value is what people read."""

    CHILD_AT_RISK = "A child may be at risk now"
    MISCONDUCT = "Possible misconduct by an officer or a member of staff"
    DEATH = "A death"
    SERIOUS_INJURY = "A serious injury"


class GoesTo(StrEnum):
    """The two posts of the force."""

    DUTY_POST = "duty post"
    PROFESSIONAL_STANDARDS = "professional standards"


GOES_TO: dict[Kind, GoesTo] = {
    Kind.CHILD_AT_RISK: GoesTo.DUTY_POST,
    Kind.MISCONDUCT: GoesTo.PROFESSIONAL_STANDARDS,
    Kind.DEATH: GoesTo.PROFESSIONAL_STANDARDS,
    Kind.SERIOUS_INJURY: GoesTo.PROFESSIONAL_STANDARDS,
}


class State(StrEnum):
    """How it stands; the value is what people read."""

    SENT = "sent, and not acknowledged yet"
    ACKNOWLEDGED = "acknowledged by the post"
    WRITTEN = "written here, and not with the force yet"
    TOLD = "the force was told by telephone"


VALID_TRANSITIONS: dict[State, frozenset[State]] = {
    State.SENT: frozenset({State.ACKNOWLEDGED}),  # at the force, and by the post alone
    State.ACKNOWLEDGED: frozenset(),
    State.WRITTEN: frozenset({State.TOLD}),  # at the office: it can tell, and decides nothing
    State.TOLD: frozenset(),
}
