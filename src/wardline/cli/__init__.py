"""The command line: one file per command.

The commands are imported only when one of them is asked for: they and what they use take more than a second to load,
and `wardline --version` should answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wardline import __version__

if TYPE_CHECKING:
    from wardline.cli.command_line import app

__all__ = ["STOPPED", "app", "main"]

STOPPED = 130  # the exit code of an interrupted command


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--version"]:
        try:
            print(f"wardline {__version__}", flush=True)
        except OSError:
            pass  # whoever reads our output has gone: the whole command line knows what to do then
        else:
            return 0
    try:
        from wardline.cli.command_line import main as main_of_the_commands
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    return main_of_the_commands(given)


def __getattr__(name: str) -> Any:
    if name == "app":
        from wardline.cli.command_line import app

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
