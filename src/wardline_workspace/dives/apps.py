"""Dives, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Dives"]


class Dives(AppConfig):
    """The dives that were added."""

    name = "wardline_workspace.dives"
    label = "dives"
