"""Whoever reads a case at the force, or finds it in a list, sees that it is held.

It is kept from what leaves the force, and not from those at the force who may see cases: they act on it.
"""

from __future__ import annotations

from django.conf import settings

from wardline_workspace.cases.policies import marks, notes
from wardline_workspace.dives.models import AddedDive

__all__ = ["held_in_lists", "held_in_words"]


HELD = "held: in no release and no vignette"


@notes
def held_in_words(dive: AddedDive, case: str) -> str | None:
    """That a case is held, and why; None where it is not."""
    if dive.is_release or not settings.DEPLOYMENT.is_force:
        return None
    from wardline_workspace.releases.holding import held_of  # loads what reads a dive, which many commands do without

    held = held_of(case)
    if held is None:
        return None
    since = f"{held.since.day} {held.since:%B %Y}"
    return f"Held: {held.get_because_display().lower()}, since {since}. It is in no release and no vignette."


@marks
def held_in_lists(dive: AddedDive) -> dict[str, str]:
    """Which cases are held: the same in every dive of the force."""
    if dive.is_release or not settings.DEPLOYMENT.is_force:
        return {}
    from wardline_workspace.releases.holding import held_now

    return dict.fromkeys(held_now(), HELD)
