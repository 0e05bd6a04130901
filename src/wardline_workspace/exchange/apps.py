"""Files between the two workspaces, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Exchange"]


class Exchange(AppConfig):
    """Signing, and the keys that somebody has confirmed."""

    name = "wardline_workspace.exchange"
    label = "exchange"
