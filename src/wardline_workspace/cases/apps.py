"""Findings and cases, as an app of Django."""

from django.apps import AppConfig

__all__ = ["Cases"]


class Cases(AppConfig):
    """The rows behind figures, and the cases that they are about."""

    name = "wardline_workspace.cases"
    label = "cases"
