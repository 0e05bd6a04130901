"""Every export that a set of mappings reads, opened; all problems of all files at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from wardline.errors import ExportError, Place, Problem, ProblemKind, Problems
from wardline.record_systems.exports.csv_files import open_csv
from wardline.record_systems.exports.databases import open_query
from wardline.record_systems.exports.export_files import Export, RawBatch, column_problems, export_problem
from wardline.record_systems.exports.parquet_files import open_parquet
from wardline.record_systems.exports.workbooks import WORKBOOK_ENDINGS, open_workbook
from wardline.record_systems.mapping.cells import Files, Query
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.table_files.file_names import Folder, find_files, near_names
from wardline.table_files.files_in_folders import is_folder
from wardline.table_files.hindrances import GONE, Hindrance, hindrance_at, hindrance_in, what_stopped
from wardline.threads import in_turn

__all__ = [
    "FINISH_A_TABLE",
    "NO_TABLE",
    "PARQUET_ENDINGS",
    "OpenTable",
    "Source",
    "name_of_query",
    "not_read_told",
    "open_exports",
    "open_file",
    "problem_in_folder",
]

NO_TABLE = "This mapping has no table yet, so it reads nothing."
FINISH_A_TABLE = (
    "Write a table under `tables`. Where a draft has left one to you, finish it and take away the # with which its "
    "lines begin."
)
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


def open_exports(sources: Sequence[Source], working: Path) -> Iterator[OpenTable]:
    """Find and look at every file that the mappings read, table by table: sources as given, tables as in the mapping,
    files by name.

    What a database answers is kept in the folder `working`. Raises ExportError with the problems of all files after
    the last table; from the first problem on, tables come without exports, as nothing will be read.
    """
    problems = Problems(ExportError)
    for source in sources:
        if not source.mapping.tables:
            problems.append(_no_table(source))
        for table in source.mapping.tables:
            if isinstance(table.files, Query):
                exports = _opened_query(table, table.files, source, working, problems)
            else:
                exports = _opened_files(table, table.files, source, problems)
            yield OpenTable(source.mapping, table, () if problems else tuple(exports))
    problems.tell()


def _no_table(source: Source) -> Problem:
    where = source.mapping.document.place(("tables",))
    return Problem(ProblemKind.MISSING_KEY, NO_TABLE, FINISH_A_TABLE, where)


def name_of_query(table: MappedTable) -> str:
    """What the result of a table's query is called where files are named."""
    return f"query of table {table.position + 1}"


@contextmanager
def not_read_told(path: Path, shown_as: str) -> Iterator[None]:
    """Tell as an ExportError that a file cannot be read, before the block is begun or where the block finds it out."""
    if (hindrance := hindrance_at(path)) is not None:
        raise ExportError(_not_read(hindrance, shown_as))
    try:
        yield
    except OSError as error:
        raise ExportError(_not_read(what_stopped(path, error), shown_as)) from None


def open_file(path: Path, name: str, shown_as: str, files: Files, needed: Sequence[str]) -> list[Export]:
    """Look at one file, which is several exports where several sheets of it are read.

    Raises ExportError where it cannot be read; reading its rows does so too, where it was there and is so no longer.
    """
    with not_read_told(path, shown_as):
        if path.stat().st_size == 0:
            raise export_problem(
                ProblemKind.EMPTY_FILE, shown_as, "This file is empty.", "Ask for it to be exported again."
            )
        exports = _looked_at(path, name, shown_as, files, needed)
    return [replace(export, read=partial(_read, export, shown_as)) for export in exports]


def _looked_at(path: Path, name: str, shown_as: str, files: Files, needed: Sequence[str]) -> list[Export]:
    ending = path.suffix.casefold()
    if ending in WORKBOOK_ENDINGS:
        return open_workbook(path, name, shown_as, files)
    if ending in PARQUET_ENDINGS:
        return [open_parquet(path, name, shown_as)]
    return [open_csv(path, name, shown_as, files, needed)]


def _read(export: Export, shown_as: str) -> Iterator[RawBatch]:
    try:
        yield from export.read()
    except OSError as error:
        raise ExportError(_not_read(what_stopped(export.path, error), shown_as)) from None


def _not_read(hindrance: Hindrance, shown_as: str) -> Problem:
    kind = ProblemKind.MISSING_FILE if hindrance == GONE else ProblemKind.UNREADABLE_FILE
    return Problem(kind, f"This is {hindrance.what}.", hindrance.remedy, Place(shown_as))


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
    where = source.mapping.document.place(("tables", table.position, "files"))
    try:
        found = find_files(source.folder, files.pattern)
        if not found:
            problems.append(_no_file(source, where, files.pattern))
    except OSError as error:
        problems.append(_folder_not_read(where, error))
        return []
    if isinstance(source.folder, Path):
        tried = [(file, problem_in_folder(source.folder, *file, where)) for file in found]
        problems += (problem for _, problem in tried if problem is not None)
        found = [file for file, problem in tried if problem is None]
    exports: list[Export] = []
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


def _no_file(source: Source, where: Place, pattern: str) -> Problem:
    return Problem(
        ProblemKind.MISSING_FILE,
        f"No file matches `{pattern}`.{near_names(source.folder, pattern)}",
        "Put the export into the folder of this source, or correct the pattern.",
        where,
    )


def problem_in_folder(folder: Path, name: str, path: Path, where: Place | None) -> Problem | None:
    """That what was found in the folder of a source cannot be read, where that is so: a link that leads nowhere, a
    folder that may not be opened; and a link out of the folder, for what lies there is nobody's export of this source.
    """
    hindrance = hindrance_in(folder, path)
    if hindrance is None:
        return None
    and_so = ", and an export may be in it" if is_folder(name) else ""
    return Problem(ProblemKind.UNREADABLE_FILE, f"`{name}` is {hindrance.what}{and_so}.", hindrance.remedy, where)


def _folder_not_read(where: Place, error: OSError) -> Problem:
    return Problem(
        ProblemKind.UNREADABLE_FILE,
        f"The folder of this source cannot be read: {error.strerror}.",
        "Check that you may open it and look at the files in it.",
        where,
    )
