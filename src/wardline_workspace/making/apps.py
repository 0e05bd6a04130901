"""Making dives, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Making"]


class Making(AppConfig):
    """From an export to an answer."""

    name = "wardline_workspace.making"
    label = "making"

    def ready(self) -> None:
        """Tell the home page what it has for somebody."""
        from wardline_workspace.home.today import has_for_today
        from wardline_workspace.making.today import dives_being_made

        has_for_today(dives_being_made)
