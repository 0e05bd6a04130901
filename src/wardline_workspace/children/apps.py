"""Children to check, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Children"]


class Children(AppConfig):
    """Takes in the list of each dive that is added, and says on the home page what waits."""

    name = "wardline_workspace.children"
    label = "children"

    def ready(self) -> None:
        """Register what this room has for others."""
        from wardline_workspace.children import today  # noqa: F401  registers itself with home
        from wardline_workspace.children.taking import take_when_added
        from wardline_workspace.dives.after_adding import after_adding

        after_adding(take_when_added)
