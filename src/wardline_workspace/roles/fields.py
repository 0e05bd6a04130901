"""Every model of the workspace, and for each of its fields whom it may be shown to."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from wardline_workspace.roles.visibility import SeenBy

__all__ = ["field_names", "models_of_the_workspace", "seen_by", "uncategorised"]

OURS = "wardline_workspace."


def models_of_the_workspace() -> list[type[Model]]:
    """The models of our own rooms, by their names."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
    return sorted(ours, key=lambda model: model._meta.label)


def field_names(model: type[Model]) -> list[str]:
    """The fields that a model stores, in the order they are declared."""
    return [field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)]


def seen_by(model: type[Model]) -> dict[str, SeenBy]:
    """Whom each field may be shown to, as the model says. A field that says nothing is shown to nobody."""
    said: dict[str, SeenBy] = getattr(model, "SEEN_BY", {})
    return {name: said.get(name, SeenBy.NOBODY) for name in field_names(model)}


def uncategorised(model: type[Model]) -> set[str]:
    """The fields of which a model does not say who sees them, and the names in SEEN_BY that are no fields of it."""
    return set(getattr(model, "SEEN_BY", {})) ^ set(field_names(model))
