"""The database that a deployment names: SQLite in its folder, or PostgreSQL."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from wardline_workspace.deployment.described import Deployment

__all__ = ["database_settings"]

SQLITE_FILE = "workspace.sqlite3"
SECONDS_TO_WAIT = 20


def database_settings(deployment: Deployment) -> dict[str, Any]:
    """What Django calls a database.

    SQLite begins every transaction as one that writes: two that read first and write afterwards would otherwise stop
    each other at once instead of waiting for one another.
    """
    if deployment.database is None:
        return {
            "ENGINE": "wardline_workspace.deployment.sqlite_in_turn",
            "NAME": str(deployment.folder / SQLITE_FILE),
            "TEST": {"NAME": ":memory:"},  # where tests run: pytest-django knows it of Django's own engine only
            "OPTIONS": {
                "timeout": SECONDS_TO_WAIT,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    address = urlsplit(deployment.database)
    options = dict(parse_qsl(address.query))
    host = options.pop("host", None) or address.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": host,
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": SECONDS_TO_WAIT, **options},
    }
