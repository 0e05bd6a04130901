"""What commands write to the terminal, with nothing in it that a terminal would obey."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from wardline.english import count
from wardline.errors import harmless

__all__ = ["give_up", "open_what_is_closed", "say", "say_that_examples_hold"]


def say(text: str, *, nl: bool = True, err: bool = False) -> None:
    """Write a text that may contain names and values from somebody's files.

    Nothing stops because stderr cannot be written; for what a command was asked to print an OSError is raised.
    """
    written = harmless(text) + ("\n" if nl else "")
    try:
        _write(written, sys.stderr if err else sys.stdout)
    except OSError:
        if not err:
            raise
        give_up(sys.stderr)


def say_that_examples_hold(name: str, many: int) -> None:
    """Say of a standard, or of a set of measures, that its worked examples hold."""
    hold = f" {'holds' if many == 1 else 'hold'}" if many else ""
    say(f"{name}: {count(many, 'worked example')}{hold}")


def open_what_is_closed() -> None:
    """Open nothing in the place of stdin, stdout and stderr where a command was started without them.

    The next file that is opened would take the place of one of them, and what is said would be written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for as long as the process lasts


def give_up(file: TextIO) -> None:
    """Write to nobody what is still to be written, or Python would say once more at the end that it cannot."""
    with suppress(OSError, ValueError):
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, file.fileno())
        os.close(nobody)


def _write(text: str, file: TextIO) -> None:
    try:
        file.write(text)
    except UnicodeEncodeError:
        # A terminal that knows fewer letters than there are shows the others by their number.
        encoding = file.encoding or "ascii"
        file.write(text.encode(encoding, "backslashreplace").decode(encoding))
    file.flush()
