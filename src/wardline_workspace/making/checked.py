"""How a mapping understands the exports at hand, kept for as long as neither changes, and what a change did to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wardline.errors import Problem, WardlineError
from wardline.record_systems import FileCount, MappingCheck, check_mapping, parse_mapping
from wardline.record_systems.drafting import FirstRows, first_rows

__all__ = ["Checked", "Effect", "check", "effects", "rows_of"]

HELD = 32
Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Checked:
    """What a mapping makes of the exports, or the problems because of which nothing can be said."""

    check: MappingCheck | None
    problems: tuple[Problem, ...] = ()

    def files_of(self, table: int) -> list[FileCount]:
        """The files that a table reads (tables are counted from 1), with what became of their rows."""
        return [] if self.check is None else [one for one in self.check.files if one.table == table]


@dataclass(frozen=True)
class Effect:
    """What became of the rows of one table's file before and after a change; None where it was not read."""

    table: int
    file: str
    before: FileCount | None
    after: FileCount | None


def check(text: str, folder: Path, *, shown_as: str) -> Checked:
    """How a mapping's text understands the exports in a folder."""
    return _checked(text, folder, _fingerprint(folder), shown_as)


def rows_of(folder: Path) -> tuple[tuple[FirstRows, ...], tuple[Problem, ...]]:
    """The first rows of the exports in a folder, and what stands in the way of reading them."""
    return _rows(folder, _fingerprint(folder))


def effects(before: Checked, after: Checked) -> list[Effect]:
    """What a change did: each file whose rows are kept, left out or rejected otherwise than before."""
    one, other = _by_file(before), _by_file(after)
    every = [Effect(*key, one.get(key), other.get(key)) for key in dict.fromkeys((*one, *other))]
    return [each for each in every if _counts(each.before) != _counts(each.after)]


def _by_file(checked: Checked) -> dict[tuple[int, str], FileCount]:
    return {} if checked.check is None else {(one.table, one.file): one for one in checked.check.files}


def _counts(file: FileCount | None) -> tuple[int, ...]:
    return () if file is None else (file.rows_in, file.kept, file.left_out, file.rejected)


@lru_cache(maxsize=HELD)
def _checked(text: str, folder: Path, _: Fingerprint, shown_as: str) -> Checked:
    try:
        return Checked(check_mapping(parse_mapping(text, shown_as), folder))
    except WardlineError as error:
        return Checked(None, error.problems)


@lru_cache(maxsize=HELD)
def _rows(folder: Path, _: Fingerprint) -> tuple[tuple[FirstRows, ...], tuple[Problem, ...]]:
    try:
        return first_rows([folder]), ()
    except WardlineError as error:
        return (), error.problems


def _fingerprint(folder: Path) -> Fingerprint:
    return tuple(sorted(_files(folder)))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.is_file():
            found = os.stat(path)
            yield str(path), found.st_size, found.st_mtime_ns
