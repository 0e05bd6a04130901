"""Dives as they are opened for a page: each once in a process, since checking its files takes time."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from wardline.dive import KeptDive, open_dive
from wardline_workspace.dives.models import AddedDive

__all__ = ["opened"]

HELD_OPEN = 8


@lru_cache(maxsize=HELD_OPEN)
def _opened(folder: Path, manifest_sha256: str) -> KeptDive:
    return open_dive(folder)


def opened(dive: AddedDive) -> KeptDive:
    """The dive's tables and figures. Raises OutputError where a file is no longer as it was written."""
    return _opened(dive.path, dive.manifest_sha256)
