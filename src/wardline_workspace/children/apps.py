"""Children to check, as an app of Django."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from wardline_workspace.dives.models import AddedDive

__all__ = ["Children"]


class Children(AppConfig):
    """Takes in the list of each dive that is added, and says on the home page what waits."""

    name = "wardline_workspace.children"
    label = "children"

    def ready(self) -> None:
        """Register what this room has for others."""
        from wardline_workspace.children import today  # noqa: F401  registers itself with home
        from wardline_workspace.dives.after_adding import after_adding

        after_adding(_take_list)


def _take_list(dive: AddedDive, by: Any) -> None:
    """Take its list. What reads a dive is loaded only now: a command that looks at no dive begins a second sooner."""
    from wardline_workspace.children.taking import take_when_added

    take_when_added(dive, by)
