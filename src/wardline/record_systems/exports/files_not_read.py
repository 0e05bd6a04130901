"""What lies among exports and is not read: nothing may be lost there without a word."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardline.invisible_signs import as_shown
from wardline.record_systems.exports.opening import PARQUET_ENDINGS, OpenTable, Source
from wardline.record_systems.exports.workbooks import WORKBOOK_ENDINGS
from wardline.table_files.file_names import Folder
from wardline.table_files.files_in_folders import files_in, is_folder, is_hidden, is_left_behind, name_of_folder
from wardline.table_files.hindrances import CLOSED_FOLDER, Hindrance, hindrance_at, hindrance_in

__all__ = ["TABLE_ENDINGS", "UnreadFile", "is_of_a_finished_dive", "not_read_in", "unread_files"]

TABLE_ENDINGS = (".csv", ".txt", ".tsv", *WORKBOOK_ENDINGS, *PARQUET_ENDINGS)
# What lies beside exports and is none: our own documents and keys.
NO_EXPORT_ENDINGS = (".yaml", ".yml", ".key")
OF_A_FINISHED_DIVE = "manifest.json"


@dataclass(frozen=True)
class UnreadFile:
    """A file that lies where the exports of a record system do and that no table reads; or what may stand for one."""

    system: str
    name: str  # as it is shown; that of a folder ends in `/`
    why: str | None = None  # what stands in the way of reading it, where something does: `a link that leads nowhere`

    def __str__(self) -> str:
        return self.name if self.why is None else f"{self.name} ({self.why})"


def unread_files(sources: Sequence[Source], opened: Sequence[OpenTable]) -> list[UnreadFile]:
    """What lies where the exports of each record system do and is read by no table, by name."""
    seen = {os.path.realpath(export.path) for of in opened for export in of.exports}
    return [
        UnreadFile(source.mapping.system, name, None if hindrance is None else hindrance.what)
        for source in sources
        for name, hindrance in not_read_in(source.folder, seen)
    ]


def not_read_in(folder: Folder, seen: set[str]) -> Iterator[tuple[str, Hindrance | None]]:
    """The files in a folder that are not among those seen, which are added to them, and what stands in the way of each.

    A folder that may not be opened is named as a file is, and so is an empty one that is called as if it were a file.
    Our own documents and finished dives are not exports; nor are hidden files, but for one that may hold a table all
    the same, and that no program is known to have left behind.
    """
    if not isinstance(folder, Path):
        there = [(as_shown(path.name), path) for path in folder if _is_to_be_named(Path(path.name))]
    else:
        try:
            every = list(files_in(folder, with_hidden=True))
        except OSError:
            yield name_of_folder(folder.absolute().name), hindrance_at(folder)
            return
        there = [(name, path) for name, path in every if _may_be_an_export(folder, name, path)]
    for name, path in sorted(there):
        # Two links may lead to the same place where nothing is: each is named.
        lies = os.path.realpath(path) if os.path.exists(path) else os.path.abspath(path)
        if lies not in seen:
            seen.add(lies)
            yield name, hindrance_in(folder, path) if isinstance(folder, Path) else hindrance_at(path)


def is_of_a_finished_dive(folder: Path, path: Path) -> bool:
    """Whether what lies in a folder of exports is part of a dive that was written there."""
    # os.path, because Path raises where a folder may not be opened.
    return any(os.path.isfile(folder / above / OF_A_FINISHED_DIVE) for above in path.relative_to(folder).parents)


def _may_be_an_export(folder: Path, name: str, path: Path) -> bool:
    inside = path.relative_to(folder)
    if not _is_to_be_named(inside) or is_of_a_finished_dive(folder, path):
        return False
    if is_folder(name):
        return path.suffix.casefold() in TABLE_ENDINGS or hindrance_at(path) == CLOSED_FOLDER
    return path.suffix.casefold() not in NO_EXPORT_ENDINGS


def _is_to_be_named(inside: Path) -> bool:
    """Whether a file that nobody reads is named by its path inside the folder of a source."""
    if any(is_hidden(folder) for folder in inside.parts[:-1]) or is_left_behind(inside.name):
        return False
    return not is_hidden(inside.name) or inside.suffix.casefold() in TABLE_ENDINGS
