"""Dives, as an app of Django."""

from django.apps import AppConfig
from django.core.signals import request_started

__all__ = ["Dives"]


class Dives(AppConfig):
    """The dives that were added."""

    name = "wardline_workspace.dives"
    label = "dives"

    def ready(self) -> None:
        """Say how long dives are kept, and forget those that another process removed."""
        from wardline_workspace.dives import shelf  # noqa: F401  registers itself
        from wardline_workspace.dives.forgetting import forget_what_is_gone

        request_started.connect(forget_what_is_gone, dispatch_uid="forget dives that are gone")
