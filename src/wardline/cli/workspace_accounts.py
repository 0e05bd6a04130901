"""`wardline workspace first-administrator | new-password | erase-account`: accounts, where no page can do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from wardline.cli.saying import say
from wardline.errors import Place, Problem, ProblemKind, UsageError

if TYPE_CHECKING:
    from wardline_workspace.people.models import Account

__all__ = ["erase_account", "first_administrator", "new_password"]

Settings = Annotated[
    Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
]
Address = Annotated[str, typer.Option(metavar="ADDRESS", help="The e-mail address they log in with.")]
At = Annotated[
    str, typer.Option("--at", metavar="ADDRESS", help="Where the workspace is, as a browser is told it; else its host.")
]


def first_administrator(
    settings: Settings,
    email: Address,
    name: Annotated[str, typer.Option(metavar="NAME", help="Their name.")],
    at: At = "",
) -> None:
    """Invite the first administrator of a workspace.

    The link that is printed works once, for seven days. Open it to choose a password. It is refused where there is
    an administrator already: they invite everybody else, in the workspace.

    \b
    Examples:
      wardline workspace first-administrator workspace.yaml --email ada@office.example --name "Ada Jones"
    """
    with _workspace(settings):
        from wardline_workspace.people.actions import invite_first_administrator
        from wardline_workspace.trail.actions import COMMAND_LINE

        _, secret = invite_first_administrator(email=_an_address(email), name=name, by=COMMAND_LINE)
        _say_link("take_up", secret, at)


def new_password(
    settings: Settings,
    email: Address,
    lost_second_step: Annotated[
        bool, typer.Option("--lost-second-step", help="They have lost their telephone or passkey too.")
    ] = False,
    at: At = "",
) -> None:
    """Make a link to a new password, where no administrator can.

    The link that is printed works once, for 24 hours. The trail records that it was made.

    \b
    Examples:
      wardline workspace new-password workspace.yaml --email ada@office.example --lost-second-step
    """
    with _workspace(settings):
        from wardline_workspace.people.actions import make_reset_link
        from wardline_workspace.trail.actions import COMMAND_LINE

        account = _account(email)
        _, secret = make_reset_link(account=account, forgets_second_step=lost_second_step, by=COMMAND_LINE)
        _say_link("use_reset_link", secret, at)


def erase_account(
    settings: Settings,
    email: Address,
    why: Annotated[str, typer.Option(metavar="REASON", help="left, asked or retention: the word kept in the trail.")],
) -> None:
    """Erase whose a closed account was.

    What the account did stays in the trail, under its code, with the reason and a digest of what was erased. Nothing
    of the trail is changed.

    \b
    Examples:
      wardline workspace erase-account workspace.yaml --email ada@office.example --why left
    """
    with _workspace(settings):
        from wardline_workspace.people.actions import Why
        from wardline_workspace.people.actions import erase_account as erase
        from wardline_workspace.trail.actions import COMMAND_LINE

        if why not in set(Why):
            _refuse(f"The reason `{why}` is not one of: {', '.join(Why)}.")
        erased = erase(account=_account(email), why=Why(why), by=COMMAND_LINE)
        say(f"Erased. In the trail the account is {erased.public_id}.")


@contextmanager
def _workspace(settings: Path) -> Iterator[None]:
    """The workspace, ready to be changed; what it refuses, in its words."""
    from wardline_workspace.deployment import running

    running.set_up(settings)
    running.migrate()
    from wardline_workspace.pages.refused import Refused

    try:
        yield
    except Refused as refused:
        _refuse(refused.reason)


def _refuse(reason: str) -> NoReturn:
    raise UsageError(Problem(ProblemKind.WRONG_USE, reason, "Nothing was changed.", Place("the workspace"))) from None


def _an_address(email: str) -> str:
    from wardline_workspace.people.links import is_an_address

    if not is_an_address(email):
        _refuse("The e-mail address is not one such as name@example.org.")
    return email


def _account(email: str) -> Account:
    from wardline_workspace.people.models import Account

    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        _refuse("No account has this e-mail address.")
    return account


def _say_link(url_name: str, secret: str, at: str) -> None:
    from wardline_workspace.people.links import link_to

    link = link_to(url_name, secret, at=at)
    say(f"Hand this link over in person, or in a way that only they can read:\n\n{link}")
