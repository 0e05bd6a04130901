"""The trail, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Trail"]


class Trail(AppConfig):
    """The record of what was done."""

    name = "wardline_workspace.trail"
    label = "trail"
