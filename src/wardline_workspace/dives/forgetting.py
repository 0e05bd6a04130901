"""What a process remembers of opened dives, and forgets once a folder is gone, whichever process removed it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["forget_what_is_gone", "remembered", "remembers", "remembers_of"]

Made = TypeVar("Made")
_forget: list[Callable[[], Any]] = []
_folders: set[Path] = set()


def remembers(forget: Callable[[], Any]) -> None:
    """Register how what is held of opened dives is forgotten, all of it at once."""
    _forget.append(forget)


def remembered(many: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Hold so many of what a function makes of folders, until one of the folders is gone."""

    def held(make: Callable[..., Made]) -> Callable[..., Made]:
        cached = lru_cache(maxsize=many)(make)
        remembers(cached.cache_clear)
        return cached

    return held


def remembers_of(folder: Path) -> None:
    """Say that something of this folder may be held from now on."""
    _folders.add(folder)


def forget_what_is_gone(**_: Any) -> None:
    """Forget everything held where one of the folders is gone: each process asks so at the begin of each request."""
    gone = {folder for folder in _folders if not folder.exists()}
    if gone:
        for forget in _forget:
            forget()
        _folders.difference_update(gone)
