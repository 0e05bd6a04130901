"""`wardline backup` and `wardline restore`: a workspace in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.errors import Place, Problem, ProblemKind, UsageError

__all__ = ["backup", "restore"]

SHORTEST_PASSPHRASE = 12  # letters
PassphraseFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A file with a passphrase, readable by you only.")
]


def backup(
    settings: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="The workspace's settings, a YAML file.", show_default=False)
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the backup.", show_default=False)],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write everything a workspace holds into one file.

    The database with the trail, the dives and releases, the settings and the secret. The workspace may be in use. The
    file is written whole or not at all. Without a passphrase whoever has the file has the records: encrypt it, and
    keep the passphrase elsewhere.

    \b
    Examples:
      wardline backup workspace.yaml /backups/monday.wardline --passphrase-file /etc/wardline/passphrase
    """
    from wardline_workspace.deployment import running

    passphrase = _passphrase(passphrase_file)
    running.set_up(settings)
    running.migrate()
    from wardline_workspace.deployment.backup import back_up
    from wardline_workspace.trail.actions import COMMAND_LINE, head_in_words

    back_up(file, passphrase=passphrase, by=COMMAND_LINE)
    say(f"Backed up{'' if passphrase is None else ', encrypted'}: {file}\nHead of its trail: {head_in_words()}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or a new one.", show_default=False)],
    passphrase_file: PassphraseFile = None,
    database: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="An empty PostgreSQL database, where the one of the settings is not."),
    ] = None,
) -> None:
    """Make a workspace from a backup, in an empty folder.

    Every file is compared with the hash that was taken when it was backed up, and the trail is verified. Where anything
    differs nothing is restored. Whoever was logged in logs in again.

    \b
    Examples:
      wardline restore /backups/monday.wardline /srv/wardline --passphrase-file /etc/wardline/passphrase
    """
    from wardline_workspace.deployment.restore import restore as restored

    workspace = restored(file, folder, passphrase=_passphrase(passphrase_file), database=database, by="command line")
    say(f"Restored, and the trail is whole. Serve it with: wardline serve {workspace}")


def _passphrase(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        passphrase = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        what, remedy = "The file of the passphrase cannot be read.", "Check its name, and that you may read it."
        raise UsageError(Problem(ProblemKind.MISSING_FILE, what, remedy, Place(str(file)))) from None
    if len(passphrase) < SHORTEST_PASSPHRASE:
        what = f"The passphrase is shorter than {SHORTEST_PASSPHRASE} letters, and could be guessed."
        raise UsageError(Problem(ProblemKind.WRONG_VALUE, what, "Choose several words.", Place(str(file))))
    return passphrase
