"""What can be sent, to which post it goes, and which state follows which. The page in the docs is made from this.

No state says that a child is safe: that is for the force to find out, and is written in its own systems.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings

from wardline_workspace.deployment.described import Post
from wardline_workspace.roles import Permission as May

__all__ = ["ACKNOWLEDGED_WITH", "GOES_TO", "VALID_TRANSITIONS", "GoesTo", "Kind", "State", "post_of"]


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
ACKNOWLEDGED_WITH: dict[GoesTo, May] = {
    GoesTo.DUTY_POST: May.ACKNOWLEDGE_RISK,
    GoesTo.PROFESSIONAL_STANDARDS: May.ACKNOWLEDGE_CONDUCT,
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


def post_of(goes_to: GoesTo) -> Post:
    """The post's name and telephone number."""
    is_duty = goes_to is GoesTo.DUTY_POST
    return settings.DEPLOYMENT.duty_post if is_duty else settings.DEPLOYMENT.professional_standards
