"""The force's actions, as an app of Django."""

from django.apps import AppConfig

__all__ = ["ForceActions"]


class ForceActions(AppConfig):
    """What the force does about what was asked."""

    name = "wardline_workspace.force_actions"
    label = "force_actions"

    def ready(self) -> None:
        """Register what this room has for home."""
        from wardline_workspace.force_actions import today  # noqa: F401  registers itself with home
