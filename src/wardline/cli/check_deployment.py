"""`wardline check-deployment`: whether a workspace is set up to hold real records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.english import count

__all__ = ["check_deployment"]

NOT_RIGHT = 1  # the exit code


def check_deployment(
    settings: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
    ],
) -> None:
    """Check whether a workspace is set up to hold real records.

    HTTPS, hosts, the secret's and the folder's rights, the database, the trail, space, the last backup, the duty post's
    telephone and more, each in a line. Nothing is changed. Exits with 1 where something is not right.

    \b
    Examples:
      wardline check-deployment workspace.yaml
    """
    from wardline_workspace.deployment import running

    running.set_up(settings)
    from wardline_workspace.deployment.checks import all_checks

    wrong = 0
    for checked in all_checks():
        wrong += not checked.is_right
        say(f"{'right ' if checked.is_right else 'CHANGE'}  {checked.what}: {checked.words}.")
    if wrong:
        say(f"\n{count(wrong, 'thing')} to change before this workspace holds real records.")
        raise typer.Exit(NOT_RIGHT)
    say("\nEverything that can be checked from here is right.")
