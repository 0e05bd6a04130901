"""`wardline workspace`: what is done in a workspace from the command line, without its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.saying import say
from wardline.cli.workspace_accounts import erase_account, first_administrator, new_password
from wardline.cli.workspace_demonstration import demonstration
from wardline.errors import Place, Problem, ProblemKind, UsageError

__all__ = ["workspace"]

AT_THE_COMMAND_LINE = "command line"  # who did it, in the trail

workspace = typer.Typer(
    name="workspace", no_args_is_help=True, help="Do in a workspace what its pages do.", rich_markup_mode=None
)


@workspace.callback()
def _workspace() -> None:
    """Do in a workspace what its pages do."""


@workspace.command("add-dive", cls=PlainCommand)
def add_dive(
    settings: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
    ],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The dive's folder.", show_default=False)],
) -> None:
    """Add a dive to a workspace.

    Each file of the folder is checked against its manifest. It is refused, with the reason, where a byte differs
    or a newer version of Wardline made it. The folder is copied, and its figures are counted and kept, so that the
    pages are there at once. If it is stopped in the middle, nothing of it is added.

    \b
    Examples:
      wardline workspace add-dive workspace.yaml dives/march-2025
    """
    from wardline_workspace.deployment import running

    running.set_up(settings)
    running.migrate()
    from wardline_workspace.dives.actions import add_dive as add
    from wardline_workspace.pages.refused import Refused

    try:
        added = add(folder, by=AT_THE_COMMAND_LINE)
    except Refused as refused:
        remedy = "Nothing was added."
        raise UsageError(Problem(ProblemKind.WRONG_USE, refused.reason, remedy, Place(str(folder)))) from None
    say(f"Added: {added.title}")
    say(f"Every file is as its manifest says. Its pages are at /dives/{added.slug}/.")


for command in (first_administrator, new_password, erase_account, demonstration):
    workspace.command(cls=PlainCommand)(command)
