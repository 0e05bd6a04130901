"""Whoever reads a case at the force sees that it is held."""

from __future__ import annotations

from django.conf import settings

from wardline_workspace.cases.policies import notes
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.releases.holding import held_of

__all__ = ["held_in_words"]


@notes
def held_in_words(dive: AddedDive, case: str) -> str | None:
    """That a case is held, and why; None where it is not."""
    if dive.is_release or not settings.DEPLOYMENT.is_force:
        return None
    held = held_of(case)
    if held is None:
        return None
    since = f"{held.since.day} {held.since:%B %Y}"
    return f"Held: {held.get_because_display().lower()}, since {since}. It is in no release and no vignette."
