"""How a mapping understands the exports at hand, kept for as long as neither changes, and what a change did to it."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from wardline.dive import coverage
from wardline.errors import Problem, WardlineError
from wardline.record_systems import FileCount, MappingCheck, check_mapping, parse_mapping
from wardline.record_systems.drafting import FirstRows, first_rows
from wardline.reports.coverage_in_words import Coverage
from wardline_workspace.making.work_in_files import DIVE, FORCE, WorkInFiles

__all__ = ["Checked", "Effect", "check", "coverage_of", "effects", "megabytes_in", "rows_of"]

HELD = 32
QUICK = 50_000_000  # bytes of exports that are read while somebody waits, without being asked to
Fingerprint = tuple[tuple[str, int, int], ...]
Found = TypeVar("Found")


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


class _Kept(Generic[Found]):
    """What was found, for as long as nothing that it rests on has changed: counts and names, and no more."""

    def __init__(self) -> None:
        self.found: OrderedDict[object, Found] = OrderedDict()
        self.lock = Lock()

    def get(self, key: object, find: Callable[[], Found], *, unless_slow: Iterable[Path] | None) -> Found | None:
        """What is known under the key, or is found now; None where that would take long, and it is not to."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        if unless_slow is not None and _bytes_in(unless_slow) > QUICK:
            return None
        found = find()
        with self.lock:
            self.found[key] = found
            if len(self.found) > HELD:
                self.found.popitem(last=False)
        return found


_checks: _Kept[Checked] = _Kept()
_rows: _Kept[tuple[tuple[FirstRows, ...], tuple[Problem, ...]]] = _Kept()
_coverages: _Kept[Coverage] = _Kept()


def check(text: str, folder: Path, *, shown_as: str, at_any_length: bool = True) -> Checked | None:
    """How a mapping's text understands the exports in a folder.

    None where they are large, nothing is known yet, and it is not to be found `at_any_length`.
    """

    def find() -> Checked:
        try:
            return Checked(check_mapping(parse_mapping(text, shown_as), folder))
        except WardlineError as error:
            return Checked(None, error.problems)

    slow = None if at_any_length else [folder]
    return _checks.get((text, shown_as, _fingerprint([folder])), find, unless_slow=slow)


def rows_of(folder: Path) -> tuple[tuple[FirstRows, ...], tuple[Problem, ...]]:
    """The first rows of the exports in a folder, and what stands in the way of reading them."""

    def find() -> tuple[tuple[FirstRows, ...], tuple[Problem, ...]]:
        try:
            return first_rows([folder]), ()
        except WardlineError as error:
            return (), error.problems

    found = _rows.get((folder, _fingerprint([folder])), find, unless_slow=None)
    assert found is not None, "it is found at any length"
    return found


def coverage_of(work: WorkInFiles, *, at_any_length: bool) -> Coverage | None:
    """What the exports of a piece of work can show; None as of `check`. Raises DocumentError, ExportError."""
    folders = [work.exports(source) for source in work.sources]
    versions = [work.read(name).version for name in (DIVE, FORCE, *work.sources)]
    key = (work.folder, *versions, _fingerprint(folders))
    return _coverages.get(key, lambda: coverage(work.dive), unless_slow=None if at_any_length else folders)


def megabytes_in(folders: Iterable[Path]) -> int:
    """How large the exports in some folders are, in megabytes, rounded up."""
    return -(-_bytes_in(folders) // 1_000_000)


def effects(before: Checked, after: Checked) -> list[Effect]:
    """What a change did: each file whose rows are kept, left out or rejected otherwise than before."""
    one, other = _by_file(before), _by_file(after)
    every = [Effect(*key, one.get(key), other.get(key)) for key in dict.fromkeys((*one, *other))]
    return [each for each in every if _counts(each.before) != _counts(each.after)]


def _by_file(checked: Checked) -> dict[tuple[int, str], FileCount]:
    return {} if checked.check is None else {(one.table, one.file): one for one in checked.check.files}


def _counts(file: FileCount | None) -> tuple[int, ...]:
    return () if file is None else (file.rows_in, file.kept, file.left_out, file.rejected)


def _fingerprint(folders: Iterable[Path]) -> Fingerprint:
    return tuple(sorted(file for folder in folders for file in _files(folder)))


def _bytes_in(folders: Iterable[Path]) -> int:
    return sum(size for folder in folders for _, size, _ in _files(folder))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.is_file():
            found = os.stat(path)
            yield str(path), found.st_size, found.st_mtime_ns
