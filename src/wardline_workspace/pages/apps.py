"""The frame of pages, as an app of Django."""

from django.apps import AppConfig

from wardline_workspace.pages.log import set_up_log

__all__ = ["Pages"]


class Pages(AppConfig):
    """Sets the log up when the workspace starts."""

    name = "wardline_workspace.pages"
    label = "pages"

    def ready(self) -> None:
        """Once, when everything is loaded."""
        set_up_log()
