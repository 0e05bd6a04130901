"""Silence around a library that writes past Python to the terminal: what it writes may hold what is in a cell."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

__all__ = ["silence"]

_STDERR = 2
_lock = Lock()
_silent = 0  # how many blocks there are at the moment, in all threads
_kept: int | None = None


@contextmanager
def silence() -> Iterator[None]:
    """Let nothing that is written to stderr in the block reach it, whichever thread or library writes it.

    Blocks may lie in each other and beside each other; stderr is heard again when the last one ends.
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _silent, _kept
    with _lock:
        _silent += 1
        if _silent > 1:
            return
        with suppress(OSError, ValueError, AttributeError):  # there may be no stderr, or one that is no file
            sys.stderr.flush()
        with suppress(OSError):
            _kept = os.dup(_STDERR)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, _STDERR)
            os.close(nowhere)


def _end() -> None:
    global _silent, _kept
    with _lock:
        _silent -= 1
        if _silent or _kept is None:
            return
        os.dup2(_kept, _STDERR)
        os.close(_kept)
        _kept = None
