"""A child may be at risk now, as an app of Django."""

from django.apps import AppConfig

__all__ = ["AtRisk"]


class AtRisk(AppConfig):
    """Says on the home page of a post what it has not acknowledged yet."""

    name = "wardline_workspace.at_risk"
    label = "at_risk"

    def ready(self) -> None:
        """Register what this room has for home."""
        from wardline_workspace.at_risk import today  # noqa: F401  registers itself with home
