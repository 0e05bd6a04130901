"""Findings and cases, as an app of Django."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from wardline_workspace.dives.models import AddedDive

__all__ = ["Cases"]


class Cases(AppConfig):
    """The rows behind figures, and the cases that they are about."""

    name = "wardline_workspace.cases"
    label = "cases"

    def ready(self) -> None:
        """Register what this room does with a dive that was added."""
        from wardline_workspace.dives.after_adding import after_adding

        after_adding(_prepare)


def _prepare(dive: AddedDive, by: Any) -> None:
    """Keep its findings for lists. What reads a dive is loaded only now."""
    from wardline_workspace.cases.opened_findings import prepare_findings

    prepare_findings(dive)
