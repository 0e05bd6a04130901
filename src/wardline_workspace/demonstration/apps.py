"""The demonstration, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Demonstration"]


class Demonstration(AppConfig):
    """Accounts without passwords, on made-up data only."""

    name = "wardline_workspace.demonstration"
    label = "demonstration"
