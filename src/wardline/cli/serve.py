"""`wardline serve`: the workspace, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say

__all__ = ["serve"]


def serve(
    workspace: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
    ],
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", help="The port to listen at.")] = 8000,
    workers: Annotated[int, typer.Option(metavar="NUMBER", help="How many processes answer.")] = 2,
) -> None:
    """Serve the workspace of a force or of an office.

    The database is made, or brought to this version, before the first page is shown. Stop it with Ctrl-C.

    \b
    Examples:
      wardline serve workspace.yaml
      wardline serve office/workspace.yaml --port 8000 --workers 4
    """
    from wardline_workspace.deployment import running

    running.set_up(workspace)
    running.migrate()
    from wardline_workspace.dives.opened import count_what_is_not_kept

    for title in count_what_is_not_kept():
        say(f"Counting the figures again, by this version of Wardline: {title}")
    say(f"The workspace is at http://{address}:{port}. Stop it with Ctrl-C.")
    running.serve(workspace, address=address, port=port, workers=workers)
