"""Inspections, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Inspections"]


class Inspections(AppConfig):
    """What inspectors found, what they ask, and by when the office answers."""

    name = "wardline_workspace.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Register what this room has for home."""
        from wardline_workspace.inspections import today  # noqa: F401  registers itself with home
