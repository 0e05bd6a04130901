"""Every export that a set of mappings reads, opened; all problems of all files at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wardline.errors import ExportError, Place, Problem, ProblemKind, Problems
from wardline.record_systems.exports.csv_files import open_csv
from wardline.record_systems.exports.databases import open_query
from wardline.record_systems.exports.export_files import Export, Folder, column_problems, find_files
from wardline.record_systems.exports.parquet_files import open_parquet
from wardline.record_systems.exports.workbooks import WORKBOOK_ENDINGS, open_workbook
from wardline.record_systems.mapping.cells import Files, Query
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.threads import in_turn

__all__ = ["OpenTable", "Source", "name_of_query", "open_exports", "open_file"]

PARQUET_ENDINGS = (".parquet", ".pq")


@dataclass(frozen=True)
class Source:
    """A mapping and where the exports that it describes lie: a folder, or the files themselves; none for queries."""

    mapping: Mapping
    folder: Folder = ()


@dataclass(frozen=True)
class OpenTable:
    """A table of a mapping with the files that hold it, by name, or with the result of its query."""

    mapping: Mapping
    table: MappedTable
    exports: tuple[Export, ...]


def open_exports(sources: Sequence[Source], working: Path) -> list[OpenTable]:
    """Find and look at every file that the mappings read: sources as given, tables as in the mapping, files by name.

    What a database answers is kept in the folder `working`. Raises ExportError with the problems of all files.
    """
    problems = Problems(ExportError)
    found = []
    for source in sources:
        for table in source.mapping.tables:
            if isinstance(table.files, Query):
                exports = _opened_query(table, table.files, source, working, problems)
            else:
                exports = _opened_files(table, table.files, source, problems)
            found.append(OpenTable(source.mapping, table, tuple(exports)))
    problems.tell()
    return found


def name_of_query(table: MappedTable) -> str:
    """What the result of a table's query is called where files are named."""
    return f"query of table {table.position + 1}"


def open_file(path: Path, name: str, shown_as: str, files: Files, needed: Sequence[str]) -> list[Export]:
    """Look at one file, which is several exports where several sheets of it are read.

    Raises ExportError where it cannot be read.
    """
    ending = path.suffix.casefold()
    try:
        if path.stat().st_size == 0:
            raise ExportError(
                Problem(
                    ProblemKind.EMPTY_FILE, "This file is empty.", "Ask for it to be exported again.", Place(shown_as)
                )
            )
        if ending in WORKBOOK_ENDINGS:
            return open_workbook(path, name, shown_as, files)
        if ending in PARQUET_ENDINGS:
            return [open_parquet(path, name, shown_as)]
        return [open_csv(path, name, shown_as, files, needed)]
    except OSError as error:
        raise ExportError(
            Problem(
                ProblemKind.UNREADABLE_FILE,
                f"This file cannot be read: {error.strerror}.",
                "Check that you may read it.",
                Place(shown_as),
            )
        ) from None


def _opened_query(table: MappedTable, query: Query, source: Source, working: Path, problems: Problems) -> list[Export]:
    document = source.mapping.document
    where = document.place(("tables", table.position, "files"))
    name = name_of_query(table)
    folder = Path(document.file).parent
    export = problems.collect(lambda: open_query(query, name, working, where, folder=folder, variables=os.environ))
    if export is None:
        return []
    problems += column_problems(export, table.columns_needed(), f"{source.mapping.system}: {name}")
    return [export]


def _opened_files(table: MappedTable, files: Files, source: Source, problems: Problems) -> list[Export]:
    try:
        found = find_files(source.folder, files.pattern)
    except OSError as error:
        problems.append(_folder_not_read(source, table, error))
        return []
    if not found:
        problems.append(_no_file(source, table, files.pattern))
    exports = []
    needed = table.columns_needed()

    def opened(file: tuple[str, Path]) -> tuple[list[Export], Problems]:
        name, path = file
        its_problems = Problems(ExportError)
        shown_as = f"{source.mapping.system}: {name}"
        found = its_problems.collect(partial(open_file, path, name, shown_as, files, needed)) or []
        for export in found:
            its_problems += column_problems(export, needed, f"{source.mapping.system}: {export.name}")
        return found, its_problems

    for of_file, its_problems in in_turn(opened, found):
        problems += its_problems
        exports += of_file
    return exports


def _no_file(source: Source, table: MappedTable, pattern: str) -> Problem:
    where = source.mapping.document.place(("tables", table.position, "files"))
    return Problem(
        ProblemKind.MISSING_FILE,
        f"No file matches `{pattern}`.",
        "Put the export into the folder of this source, or correct the pattern.",
        where,
    )


def _folder_not_read(source: Source, table: MappedTable, error: OSError) -> Problem:
    where = source.mapping.document.place(("tables", table.position, "files"))
    return Problem(
        ProblemKind.UNREADABLE_FILE,
        f"The folder of this source cannot be read: {error.strerror}.",
        "Check that you may open it and look at the files in it.",
        where,
    )
