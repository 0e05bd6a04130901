"""A database as the first version of each room made it, with rows in every table: `older_database WORKSPACE fill|look`.

Printed: for each table how many rows it has, and a digest of what stands in the columns that the first version had.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ROWS = 3
OURS = "wardline_workspace."
WRITTEN_BY_ACTIONS_ALONE = {"trail"}  # a row that somebody makes up would break the chain
# What a constraint asks for where a made-up value is not it.
FITS = {("release", "kind"): "totals"}


def main(workspace: str, what: str) -> None:
    """Fill the database in its first form, or look at it in whichever form it has."""
    from wardline_workspace.deployment import running

    running.set_up(Path(workspace))
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    first = [node for node in executor.loader.graph.nodes if _is_ours(node[0]) and node[1].startswith("0001")]
    if what == "fill":
        executor.migrate(first)
    tables = _tables(executor.loader.project_state(first).apps)
    if what == "fill":
        for model in tables:
            for number in range(ROWS):
                model.objects.create(**_row(model, number))
    print(json.dumps({model._meta.label_lower: _digest(model) for model in tables}))


def _is_ours(label: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(label).name.startswith(OURS)


def _tables(apps: Any) -> list[Any]:
    """Every table of ours, those first that others point at."""
    left = [one for one in apps.get_models() if _is_ours(one._meta.app_label)]
    left = [one for one in left if one._meta.app_label not in WRITTEN_BY_ACTIONS_ALONE]
    done: list[Any] = []
    while left:
        ready = [one for one in left if not {to for to in _points_at(one) if to in left and to is not one}]
        done += ready
        left = [one for one in left if one not in ready]
        assert ready, "tables point at each other in a ring"
    return done


def _points_at(model: Any) -> list[Any]:
    return [field.related_model for field in model._meta.concrete_fields if field.is_relation]


def _row(model: Any, number: int) -> dict[str, Any]:
    asked = [
        one for one in model._meta.concrete_fields if not (one.auto_created or getattr(one, "auto_now_add", False))
    ]
    return {
        one.name: _value(model, one, number)
        for one in asked
        if not (one.null or (one.has_default() and not one.unique))
    }


def _value(model: Any, field: Any, number: int) -> Any:
    from django.db import models
    from django.utils import timezone

    if (fits := FITS.get((model._meta.model_name, field.name))) is not None:
        return fits
    if field.is_relation:
        return field.related_model.objects.order_by("pk")[number]
    if isinstance(field, models.EmailField):
        return f"{number}@made-up.example"
    if isinstance(field, models.CharField | models.TextField):
        return "" if field.blank and not field.unique else f"{field.name} {number}"[: field.max_length]
    made_up = {
        models.DateTimeField: timezone.now(),
        models.DateField: timezone.localdate(),
        models.JSONField: {"n": number},
        models.BooleanField: False,
    }
    return made_up.get(type(field), number)


def _digest(model: Any) -> list[Any]:
    """How many rows, and what stands in them; a time to the microsecond as both databases keep it."""
    columns = sorted(field.attname for field in model._meta.concrete_fields)
    rows = [[str(row[name]) for name in columns] for row in model.objects.order_by("pk").values(*columns)]
    return [len(rows), hashlib.sha256(json.dumps(rows).encode()).hexdigest()]


if __name__ == "__main__":
    main(*sys.argv[1:])
