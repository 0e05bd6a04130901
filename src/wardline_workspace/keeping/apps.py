"""Keeping, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Keeping"]


class Keeping(AppConfig):
    """How long things are kept."""

    name = "wardline_workspace.keeping"
    label = "keeping"
