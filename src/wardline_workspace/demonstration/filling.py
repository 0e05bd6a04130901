"""Sets one workspace of the demonstration up: its database, an account for each role, its dives or releases.

Run as `python -m wardline_workspace.demonstration.filling WORKSPACE FOLDER...`, in a process of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from wardline.errors import WardlineError
from wardline_workspace.deployment import running

__all__ = ["fill"]

BY = "demonstration"  # who did it, in the trail


def fill(workspace: Path, folders: list[Path]) -> list[str]:
    """Make the accounts that are not there, and add the folders that are not added; say what could not be added."""
    running.set_up(workspace)
    running.migrate()
    from wardline_workspace.demonstration.accounts import make_accounts
    from wardline_workspace.dives.actions import add_dive
    from wardline_workspace.pages.refused import Refused

    make_accounts()
    said = []
    for folder in folders:
        try:
            add_dive(folder, by=BY)
        except Refused as refused:
            if not _is_added(folder):
                said.append(f"{folder.name} is not in it: {refused.reason}")
        except WardlineError as error:
            said += [f"{folder.name} is not in it: {problem.what}" for problem in error.problems]
    return said


def _is_added(folder: Path) -> bool:
    """Whether it was added when the demonstration was begun before, and cut off."""
    import hashlib

    from wardline_workspace.dives.models import AddedDive

    digests = [hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.glob("*.json")]
    return AddedDive.objects.filter(manifest_sha256__in=digests).exists()


if __name__ == "__main__":
    for sentence in fill(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]):
        print(sentence)
