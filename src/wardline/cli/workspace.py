"""`wardline workspace`: what is done in a workspace from the command line, without its pages."""

from __future__ import annotations

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.workspace_accounts import erase_account, first_administrator, new_password

__all__ = ["workspace"]

workspace = typer.Typer(
    name="workspace", no_args_is_help=True, help="Do in a workspace what its pages do.", rich_markup_mode=None
)


@workspace.callback()
def _workspace() -> None:
    """Do in a workspace what its pages do."""


for command in (first_administrator, new_password, erase_account):
    workspace.command(cls=PlainCommand)(command)
