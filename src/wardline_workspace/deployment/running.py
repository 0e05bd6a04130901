"""Starting the workspace: settings, migrations, and the web server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["migrate", "serve", "set_up"]

SETTINGS = "wardline_workspace.settings"


def set_up(workspace: Path) -> None:
    """Make Django ready for the deployment that a `workspace.yaml` describes. Raises DocumentError."""
    from wardline_workspace.deployment.described import read_deployment

    read_deployment(workspace)  # its problems in the reader's words, before Django asks for the settings
    os.environ["WARDLINE_WORKSPACE"] = str(workspace.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to what this version of Wardline needs."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def serve(workspace: Path, *, address: str, port: int, workers: int) -> None:
    """Serve the workspace until it is stopped. This process becomes the web server."""
    arguments = [
        "--bind",
        f"{address}:{port}",
        "--workers",
        str(workers),
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "--timeout",
        "120",
        "--graceful-timeout",
        "10",
        "--log-level",
        "error",  # its warnings quote what was sent
        "wardline_workspace.wsgi:application",
    ]
    os.environ["WARDLINE_WORKSPACE"] = str(workspace.absolute())
    _go_on_with_dives()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])


def _go_on_with_dives() -> None:
    """Dives that wait, or were cut off, go on when a force's workspace starts."""
    from django.conf import settings
    from django.db import connection

    from wardline_workspace.making.background import begin_again

    if settings.DEPLOYMENT.is_force:
        begin_again()
    connection.close()
