"""`wardline workspace expire`: what is past its time in a workspace is removed, unless it is held."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.english import count

__all__ = ["expire"]

AT_THE_COMMAND_LINE = "command line"  # who did it, in the trail


def expire(
    settings: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be removed and what stays, and change nothing.")
    ] = False,
) -> None:
    """Remove what is past its time, unless it is held.

    How long each kind of thing is kept is `keep for` in the settings; of a kind that is not there nothing is removed.
    What is on legal hold stays, and is said with the reason. Each removal is an entry in the trail. If it is stopped
    in the middle, run it again.

    \\b
    Examples:
      wardline workspace expire workspace.yaml --dry-run
    """
    from wardline_workspace.deployment import running

    running.set_up(settings)
    running.migrate()
    from wardline_workspace.keeping.expiring import expire as remove
    from wardline_workspace.keeping.expiring import not_settled

    removed = stay = 0
    for due in remove(by=AT_THE_COMMAND_LINE, is_dry_run=dry_run):
        until = f"{due.until.day} {due.until:%B %Y}"
        if due.stays is None:
            removed += 1
            did = "Would be removed" if dry_run else "Removed"
            say(f"{did}: {due.thing.kind}, {due.thing.code}. Kept until {until}.")
        else:
            stay += 1
            say(f"Stays: {due.thing.kind}, {due.thing.code}. Kept until {until}. {due.stays}")
    is_open = not_settled()
    if is_open:
        say(f"Not settled, so nothing is removed: {', '.join(is_open)}. Write `keep for` in the settings.")
    say(f"{count(removed, 'thing')} {'would be removed' if dry_run else 'removed'}, {stay} stay.")
