"""What commands write to the terminal, with nothing in it that a terminal would obey."""

from __future__ import annotations

import sys

from wardline.errors import harmless

__all__ = ["say"]


def say(text: str, *, nl: bool = True, err: bool = False) -> None:
    """Write a text that may contain names and values from somebody's files."""
    file = sys.stderr if err else sys.stdout
    written = harmless(text) + ("\n" if nl else "")
    try:
        file.write(written)
    except UnicodeEncodeError:
        # A terminal that knows fewer letters than there are shows the others by their number.
        encoding = file.encoding or "ascii"
        file.write(written.encode(encoding, "backslashreplace").decode(encoding))
    file.flush()
