"""Every export that a set of mappings reads, opened; all problems of all files at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wardline.errors import ExportError, Place, Problem, ProblemKind, Problems
from wardline.invisible_signs import as_shown
from wardline.record_systems.exports.csv_files import open_csv
from wardline.record_systems.exports.databases import open_query
from wardline.record_systems.exports.export_files import Export, column_problems
from wardline.record_systems.exports.parquet_files import open_parquet
from wardline.record_systems.exports.workbooks import WORKBOOK_ENDINGS, open_workbook
from wardline.record_systems.mapping.cells import Files, Query
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.table_files.file_names import (
    Folder,
    files_in,
    find_files,
    is_hidden,
    is_left_behind,
    leads_outside,
    near_names,
)
from wardline.threads import in_turn

__all__ = [
    "OpenTable",
    "Source",
    "may_be_an_export",
    "name_of_query",
    "open_exports",
    "open_file",
    "outside_problem",
    "unread_files",
]

PARQUET_ENDINGS = (".parquet", ".pq")
TABLE_ENDINGS = (".csv", ".txt", ".tsv", *WORKBOOK_ENDINGS, *PARQUET_ENDINGS)
# What lies beside exports and is none: our own documents and keys.
NO_EXPORT_ENDINGS = (".yaml", ".yml", ".key")
OF_A_FINISHED_DIVE = "manifest.json"


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


def unread_files(sources: Sequence[Source], opened: Sequence[OpenTable]) -> list[tuple[str, str]]:
    """The files that lie where the exports of each record system do and that no table reads, by name.

    Our own documents and finished dives are not exports; nor are hidden files, but for one that may hold a table all
    the same, and that no program is known to have left behind.
    """
    seen = {os.path.realpath(export.path) for of in opened for export in of.exports}
    found = []
    for source in sources:
        if isinstance(source.folder, Path):
            every = files_in(source.folder, with_hidden=True)
            there = [(name, path) for name, path in every if may_be_an_export(source.folder, path)]
            there = [(name, path) for name, path in there if _is_to_be_named(path.relative_to(source.folder))]
        else:
            there = [(as_shown(path.name), path) for path in source.folder if _is_to_be_named(Path(path.name))]
        for name, path in sorted(there):
            if os.path.realpath(path) not in seen:
                seen.add(os.path.realpath(path))
                found.append((source.mapping.system, name))
    return found


def _is_to_be_named(inside: Path) -> bool:
    """Whether a file that nobody reads is named by its path inside the folder of a source."""
    if any(is_hidden(folder) for folder in inside.parts[:-1]) or is_left_behind(inside.name):
        return False
    return not is_hidden(inside.name) or inside.suffix.casefold() in TABLE_ENDINGS


def may_be_an_export(folder: Path, path: Path) -> bool:
    """Whether a file in a folder of exports that is not hidden may be one: not our own documents or a finished dive."""
    return path.suffix.casefold() not in NO_EXPORT_ENDINGS and not any(
        (folder / above / OF_A_FINISHED_DIVE).is_file() for above in path.relative_to(folder).parents
    )


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
    where = source.mapping.document.place(("tables", table.position, "files"))
    problems += [outside_problem(name, where) for name, path in found if _is_outside(source.folder, path)]
    found = [(name, path) for name, path in found if not _is_outside(source.folder, path)]
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
        f"No file matches `{pattern}`.{near_names(source.folder, pattern)}",
        "Put the export into the folder of this source, or correct the pattern.",
        where,
    )


def _is_outside(folder: Folder, path: Path) -> bool:
    """Whether a file of a folder is only a link to somewhere else; files that were named one by one may be."""
    return isinstance(folder, Path) and leads_outside(folder, path)


def outside_problem(name: str, where: Place | None) -> Problem:
    """That a file of a folder is a link to somewhere else: what lies there is nobody's export of this source."""
    return Problem(
        ProblemKind.UNREADABLE_FILE,
        f"`{name}` is a link that leads out of the folder of this source.",
        "Put the export itself into the folder, or name the folder where it lies.",
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
