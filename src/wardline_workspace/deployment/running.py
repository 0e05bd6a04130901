"""Starting the workspace: settings, migrations, and the web server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wardline.errors import OutputError, Place, Problem, ProblemKind

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
    """Bring the database to what this version of Wardline needs. Raises OutputError where it is not reached."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError:
        raise OutputError(_not_reached()) from None
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _not_reached() -> Problem:
    """What is said of a database that is away; its own words could hold its address and password."""
    from django.conf import settings

    what = "The database of this workspace is not reached."
    remedy = "Check that it runs, that there is one of this name, and `database:` in the settings. Nothing was changed."
    return Problem(ProblemKind.DATABASE_NOT_READ, what, remedy, Place(str(settings.DEPLOYMENT.file)))


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
