"""The two posts of the force: who acknowledges for each, and how to reach it by telephone."""

from __future__ import annotations

from django.conf import settings

from wardline_workspace.at_risk.kinds import GoesTo
from wardline_workspace.deployment.described import Post
from wardline_workspace.roles import Permission as May

__all__ = ["ACKNOWLEDGED_WITH", "post_of"]

ACKNOWLEDGED_WITH: dict[GoesTo, May] = {
    GoesTo.DUTY_POST: May.ACKNOWLEDGE_RISK,
    GoesTo.PROFESSIONAL_STANDARDS: May.ACKNOWLEDGE_CONDUCT,
}


def post_of(goes_to: GoesTo) -> Post:
    """The post's name and telephone number."""
    is_duty = goes_to is GoesTo.DUTY_POST
    return settings.DEPLOYMENT.duty_post if is_duty else settings.DEPLOYMENT.professional_standards
