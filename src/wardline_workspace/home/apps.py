"""The home page, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Home"]


class Home(AppConfig):
    """What needs you today."""

    name = "wardline_workspace.home"
    label = "home"
