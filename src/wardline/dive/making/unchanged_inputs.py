"""Whether what a dive is made from stays as it was while it is read: what was read is what is hashed and kept.

An export is large, and somebody may still be writing it. Before anything of a source is read, the size and the times of
its files are noted; once everything is read, a file that is gone or not as it was then is refused. The documents of a
dive are small: their content is noted before they are read, and compared afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from wardline.dive.kept.manifest import digest
from wardline.errors import ExportError, Place, Problem, ProblemKind, Problems
from wardline.table_files.files_in_folders import files_in

__all__ = ["NotedDocuments", "NotedExports"]

AFTER_WRITING = "Wait until whoever writes it is done"

Noted: TypeAlias = tuple[int, int, int, int]
"""Of a file: which it is, its size, and when it and its entry were last changed (nanoseconds)."""


@dataclass(frozen=True)
class NotedExports:
    """The files below some folders as they were at one moment."""

    files: dict[Path, Noted]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> NotedExports:
        """Note every file that may be read in the folders; a folder that cannot be looked at has none."""
        found: dict[Path, Noted] = {}
        for folder in folders:
            with suppress(OSError):
                for _, path in files_in(folder, with_hidden=True):
                    if (noted := _noted(path)) is not None:
                        found[path] = noted
        return cls(found)

    def check(self, read: Iterable[tuple[Path, str]]) -> None:
        """Raise ExportError with a problem for each file that was read (with its name) and is no longer the same."""
        problems = Problems(ExportError)
        for path, shown_as in read:
            now = _noted(path)
            if now != self.files.get(path):
                problems.append(_changed(shown_as, is_gone=now is None))
        problems.tell()


@dataclass(frozen=True)
class NotedDocuments:
    """The SHA-256 of some documents at one moment; of one that could not be read then, none."""

    sums: dict[Path, str | None]

    @classmethod
    def of(cls, documents: Iterable[Path]) -> NotedDocuments:
        """Note the documents."""
        return cls({path: _sum(path) for path in documents})

    def check(self) -> None:
        """Raise ExportError with a problem for each document that is no longer the same."""
        problems = Problems(ExportError)
        for path, noted in self.sums.items():
            now = _sum(path)
            if now != noted:
                problems.append(_changed(path.name, is_gone=now is None))
        problems.tell()


def _changed(shown_as: str, *, is_gone: bool) -> Problem:
    became, remedy = ("deleted or moved away", "Put it back") if is_gone else ("written over", AFTER_WRITING)
    return Problem(
        ProblemKind.UNREADABLE_FILE,
        f"This file was {became} while it was read, so nobody could say what the dive was made from.",
        f"{remedy}, then run the dive again.",
        Place(shown_as),
    )


def _noted(path: Path) -> Noted | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _sum(path: Path) -> str | None:
    try:
        return digest(path)
    except OSError:
        return None
