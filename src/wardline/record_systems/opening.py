"""Every export that a set of mappings reads, opened; all problems of all files at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wardline.errors import ExportError, Place, Problem, ProblemKind
from wardline.record_systems.columns import columns_needed
from wardline.record_systems.csv_files import open_csv
from wardline.record_systems.exports import Export, Folder, column_problems, find_files
from wardline.record_systems.mapping import Mapping, Table
from wardline.record_systems.parquet_files import open_parquet
from wardline.record_systems.workbooks import WORKBOOK_ENDINGS, open_workbook

__all__ = ["OpenTable", "Source", "open_exports"]

PARQUET_ENDINGS = (".parquet", ".pq")


@dataclass(frozen=True)
class Source:
    """A mapping and where the exports that it describes lie: a folder, or the files themselves."""

    mapping: Mapping
    folder: Folder


@dataclass(frozen=True)
class OpenTable:
    """A table of a mapping with the files that hold it, by name."""

    mapping: Mapping
    table: Table
    exports: tuple[Export, ...]


def open_exports(sources: Sequence[Source]) -> list[OpenTable]:
    """Find and look at every file that the mappings read: sources as given, tables as in the mapping, files by name.

    Raises ExportError with the problems of all files.
    """
    problems: list[Problem] = []
    found = []
    for source in sources:
        for table in source.mapping.tables:
            try:
                files = find_files(source.folder, table.files.pattern)
            except OSError as error:
                problems.append(_folder_not_read(source, table, error))
                continue
            if not files:
                problems.append(_no_file(source, table))
            exports = []
            for name, path in files:
                try:
                    exports.append(_open(path, name, table, source))
                except ExportError as error:
                    problems += error.problems
            found.append(OpenTable(source.mapping, table, tuple(exports)))
    if problems:
        # One file may hold several tables; what is wrong with it is told once.
        raise ExportError(dict.fromkeys(problems))
    return found


def _open(path: Path, name: str, table: Table, source: Source) -> Export:
    shown_as = f"{source.mapping.system}: {name}"
    needed = columns_needed(table)
    ending = path.suffix.casefold()
    try:
        if path.stat().st_size == 0:
            raise ExportError(
                Problem(
                    ProblemKind.EMPTY_FILE, "This file is empty.", "Ask for it to be exported again.", Place(shown_as)
                )
            )
        if ending in WORKBOOK_ENDINGS:
            export = open_workbook(path, name, shown_as, table.files)
        elif ending in PARQUET_ENDINGS:
            export = open_parquet(path, name, shown_as)
        else:
            export = open_csv(path, name, shown_as, table.files, needed)
    except OSError as error:
        raise ExportError(
            Problem(
                ProblemKind.UNREADABLE_FILE,
                f"This file cannot be read: {error.strerror}.",
                "Check that you may read it.",
                Place(shown_as),
            )
        ) from None
    if problems := column_problems(export, needed, shown_as):
        raise ExportError(problems)
    return export


def _no_file(source: Source, table: Table) -> Problem:
    where = source.mapping.document.place(("tables", table.position, "files"))
    return Problem(
        ProblemKind.MISSING_FILE,
        f"No file fits `{table.files.pattern}`.",
        "Put the export into the folder of this source, or correct the pattern.",
        where,
    )


def _folder_not_read(source: Source, table: Table, error: OSError) -> Problem:
    where = source.mapping.document.place(("tables", table.position, "files"))
    return Problem(
        ProblemKind.UNREADABLE_FILE,
        f"The folder of this source cannot be read: {error.strerror}.",
        "Check that you may open it and look at the files in it.",
        where,
    )
