"""All rows of the database as lines of JSON, and back: the same for SQLite and PostgreSQL, or from one to the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, time
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

__all__ = ["holds_rows", "migrations_applied", "read_rows", "write_rows"]

# Made anew by migrations, or of no use elsewhere: whoever was logged in logs in again.
LEFT_OUT = {"contenttypes", "sessions", "auth"}
AT_ONCE = 2_000


def _kept() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT and model._meta.managed]


def migrations_applied() -> list[str]:
    """Which form the database has."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def holds_rows() -> bool:
    """Whether the database holds anything already."""
    return any(model._default_manager.exists() for model in _kept())


def write_rows(to: BinaryIO) -> None:
    """Write every row, as they all were at one instant."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in _kept():
            rows = model._default_manager.order_by("pk").iterator(chunk_size=AT_ONCE)
            to.writelines(line.encode() + b"\n" for line in _lines(rows))


def _lines(rows: Iterable[models.Model]) -> Iterator[str]:
    for row in rows:
        [written] = serializers.serialize("python", [row])
        yield json.dumps(written, default=_text)


def _text(value: object) -> str:
    """A time to the microsecond: Django's own JSON cuts it to the millisecond, and the trail's hashes are of all."""
    return value.isoformat() if isinstance(value, date | time) else str(value)


def read_rows(lines: Iterable[bytes], *, moved: tuple[Path, Path]) -> None:
    """Write the rows into an empty database. A path within the first folder of `moved` becomes one in the second."""
    before, after = (str(folder) for folder in moved)
    with transaction.atomic():
        for line in lines:
            [row] = json.loads(b"[" + line + b"]")
            row["fields"] = {name: _moved(value, before, after) for name, value in row["fields"].items()}
            for read in serializers.deserialize("python", [row]):
                read.save()
        for statement in connection.ops.sequence_reset_sql(no_style(), _kept()):
            connection.cursor().execute(statement)


def _moved(value: object, before: str, after: str) -> object:
    is_within = isinstance(value, str) and (value == before or value.startswith(f"{before}/"))
    return after + str(value)[len(before) :] if is_within else value
