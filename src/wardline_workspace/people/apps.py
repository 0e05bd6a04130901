"""Accounts, as an app of Django."""

from django.apps import AppConfig

__all__ = ["People"]


class People(AppConfig):
    """Accounts, and what is recorded when somebody logs in or out."""

    name = "wardline_workspace.people"
    label = "people"

    def ready(self) -> None:
        """Listen for log-ins once everything is loaded."""
        from wardline_workspace.people import sign_in

        sign_in.listen()
