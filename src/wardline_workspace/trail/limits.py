"""How often somebody may do a thing within an hour: what takes records away, and what opens the door to others.

A person does not come near these; a program with somebody's session does. What is done for a child (saying that one
may be at risk, the list of children to check, opening a case) has no limit, and never gets one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import Entry

__all__ = ["MOST_IN_AN_HOUR", "why_too_often"]

MOST_IN_AN_HOUR = {
    Did.EXPORTED: 100,
    Did.TOOK_RELEASE: 30,
    Did.MADE_COUNTS: 60,
    Did.INVITED: 60,
    Did.MADE_RESET_LINK: 30,
    Did.UPLOADED_FILES: 200,
    Did.STARTED_DIVE: 60,
}
HOUR = timedelta(hours=1)


def why_too_often(did: Did, *, by: Any) -> str | None:
    """Why somebody does not do this once more now, in words; None where they may.

    Asked while the end of the trail is held, so that two requests at once are not both the last one. The command line
    has no limit: whoever is there has the records anyway.
    """
    most, account = MOST_IN_AN_HOUR.get(did), getattr(by, "public_id", None)
    if most is None or account is None:
        return None
    since = timezone.now() - HOUR
    times = list(
        Entry.objects.filter(by=account, did=did.value, at__gt=since).order_by("at").values_list("at", flat=True)
    )
    if len(times) < most:
        return None
    again = timezone.localtime(times[-most] + HOUR)
    return (
        f"You have done this {len(times)} times within an hour, and {most} is the most that is allowed. "
        f"You can do it again at {again:%H:%M}. If you did not do it yourself, tell your administrator now."
    )
