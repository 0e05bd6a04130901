"""`wardline trail`: whether a workspace's trail is whole, and its head, to be kept outside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.saying import say
from wardline.english import count

__all__ = ["trail"]

NOT_WHOLE = 1  # the exit code

trail = typer.Typer(
    name="trail", no_args_is_help=True, help="Look whether a workspace's trail is whole.", rich_markup_mode=None
)
Settings = Annotated[
    Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
]


@trail.callback()
def _trail() -> None:
    """Look whether a workspace's trail is whole."""


@trail.command(cls=PlainCommand)
def verify(
    settings: Settings,
    expect: Annotated[
        list[str] | None,
        typer.Option(metavar="HASH@NUMBER", help="A head that was kept outside; may be given more than once."),
    ] = None,
) -> None:
    """Say whether the trail is whole, and where it is not.

    Each entry is looked at: whether it follows the one before it, and is as it was written. Whoever can write in the
    database could write a whole new trail, so keep its head outside (`wardline trail head`) and give it here: it is
    said whether it is still in the chain. Exits with 1 where the trail is not whole, or a head is not in it.

    \b
    Examples:
      wardline trail verify workspace.yaml
      wardline trail verify workspace.yaml --expect 4f0c...9a@1203
    """
    _set_up(settings)
    from wardline_workspace.trail.actions import COMMAND_LINE, find_break, head, head_in_words, record, why_not_in_chain
    from wardline_workspace.trail.kinds import Did

    broken = find_break()
    reasons = [(kept, why_not_in_chain(kept)) for kept in expect or []]
    many = head()[0]
    if broken is None:
        say(f"The trail is whole: {count(many, 'entry', 'entries')}.")
    else:
        say(f"The trail is not whole: {broken.what}.")
    for kept, reason in reasons:
        say(f"{kept}\n  {reason or 'This head is in the chain.'}")
    if broken is None:
        record(Did.VERIFIED_TRAIL, by=COMMAND_LINE, whole=True)
    say(f"Its head: {head_in_words()}")
    if broken is not None or any(reason for _, reason in reasons):
        raise typer.Exit(NOT_WHOLE)


@trail.command("head", cls=PlainCommand)
def head_of(settings: Settings) -> None:
    """Print the head of the trail, to be kept outside.

    Print it each night and send it to somebody who cannot write in the database: the other body, a solicitor, a
    notebook. `wardline trail verify --expect` says later whether the trail still has it.

    \b
    Examples:
      wardline trail head workspace.yaml
      wardline trail head workspace.yaml | mail -s "Head of the trail" auditor@council.example
    """
    _set_up(settings)
    from wardline_workspace.trail.actions import head_in_words

    say(head_in_words())


def _set_up(settings: Path) -> None:
    from wardline_workspace.deployment import running

    running.set_up(settings)
    running.migrate()
