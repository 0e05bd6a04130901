"""Releases, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Releases"]


class Releases(AppConfig):
    """What leaves the force."""

    name = "wardline_workspace.releases"
    label = "releases"

    def ready(self) -> None:
        """Say at home what waits here."""
        from wardline_workspace.releases import for_today, held_cases_noted  # noqa: F401
