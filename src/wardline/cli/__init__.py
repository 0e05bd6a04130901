"""The command line: one file per command.

The commands are imported only when one of them is asked for: they and what they use take more than a second to load,
and `wardline --version` should answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wardline import __version__

if TYPE_CHECKING:
    from wardline.cli.command_line import app

__all__ = ["ALLOCATOR", "STOPPED", "app", "main"]

STOPPED = 130  # the exit code of an interrupted command

# How long Polars keeps memory that it has used before the system gets it back, in milliseconds; its own is half a
# second and a whole one. What a dive gives back it nearly always needs again soon, and asking the system takes time.
ALLOCATOR, MEMORY_IS_KEPT = "_RJEM_MALLOC_CONF", "dirty_decay_ms:2000,muzzy_decay_ms:2000"


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
    os.environ.setdefault(ALLOCATOR, MEMORY_IS_KEPT)  # which Polars looks at when it is loaded
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
