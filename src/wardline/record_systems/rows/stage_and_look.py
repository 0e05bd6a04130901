"""The rows of the exports staged, and what is to be said of files, sheets and columns once all of them are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from wardline.english import some_of
from wardline.record_systems.exports.opening import OpenTable
from wardline.record_systems.rows.rejects import RemarkKind
from wardline.record_systems.rows.staged_files import StagedFile
from wardline.record_systems.rows.staging import Progress, stage_all
from wardline.table_files.headers import is_unnamed

__all__ = ["stage_and_look"]


def stage_and_look(
    found: Iterable[OpenTable], tables: int, working: Path, progress: Progress
) -> tuple[list[OpenTable], list[list[StagedFile]]]:
    """Stage the rows of every file of so many tables, and count what is remarkable in them; returns the tables and the
    files of each.

    Raises ExportError with all problems.
    """
    opened, staged = stage_all(found, tables, working, progress)
    for of_table in staged:
        _tally_columns(of_table)
    files = [file for of_table in staged for file in of_table]
    _tally_decimals(files)
    _tally_sheets(files)
    _tally_unused_columns(files)
    return opened, staged


def _tally_columns(files: Sequence[StagedFile]) -> None:
    """What the columns of a table's files show; whether one holds days is a question to all of them together."""
    together: Counter[tuple[str, str]] = sum((file.signs.seen for file in files), Counter())
    for file in files:
        file.of_table = files
        file.of_days = file.signs.columns_of_days(together)
        for kind, column, count in file.signs.tallied(file.of_days):
            file.tally[kind, column] += count
        for column, count in file.export.merged:
            file.tally[RemarkKind.MERGED, column] += count


def _tally_decimals(files: Sequence[StagedFile]) -> None:
    """Which numbers of a system's cases end in .0, where others of its cases, in any file, are whole."""
    seen: dict[str, Counter[str]] = {}
    of_cases = []
    for file in files:
        named = file.table.names_its_case
        if named is not None and named.matching is None:
            system = named.of or file.mapping.system
            of_cases.append((file, system))
            for (what, _), count in file.signs.seen.items():
                seen.setdefault(system, Counter())[what] += count
    for file, system in of_cases:
        for column in file.table.id_columns:
            count = file.signs.seen["decimal", column]
            if count and seen[system]["whole"] and not seen[system]["fraction"]:
                file.tally[RemarkKind.DECIMALS, column] += count


def _tally_sheets(files: Sequence[StagedFile]) -> None:
    """Which hidden sheets are read, and which sheets of a workbook are read by no table at all: said once of each."""
    read: dict[Path, set[str]] = {}
    for file in files:
        if (sheet := file.export.sheet) is not None:
            read.setdefault(file.export.path.resolve(), set()).add(sheet.name)
            if sheet.is_hidden:
                file.tally[RemarkKind.HIDDEN_SHEET, sheet.name] = 1
    for file in files:
        names = read.pop(file.export.path.resolve(), None)
        if names is None or file.export.sheet is None:
            continue
        others = [(name, is_hidden) for name, is_hidden in file.export.sheet.of if name not in names]
        if others:
            said = ", ".join(f"{name} (hidden)" if is_hidden else name for name, is_hidden in others)
            file.tally[RemarkKind.UNREAD_SHEETS, said] = len(others)


def _tally_unused_columns(files: Sequence[StagedFile]) -> None:
    """Which columns of a file no table of any mapping uses: said once of each file, or sheet of it."""
    used: dict[tuple[Path, str | None], set[str]] = {}
    for file in files:
        used.setdefault(_place(file), set()).update(file.table.columns_needed())
    for file in files:
        names = used.pop(_place(file), None)
        if names is None:
            continue
        unused = [
            column
            for position, column in enumerate(file.export.header, start=1)
            # A column without a name is what a separator at the end of the header makes.
            if column not in names and not is_unnamed(column, position)
        ]
        if unused := list(dict.fromkeys(unused)):
            file.tally[RemarkKind.UNUSED_COLUMNS, some_of(unused)] = len(unused)


def _place(file: StagedFile) -> tuple[Path, str | None]:
    sheet = file.export.sheet
    return file.export.path.resolve(), None if sheet is None else sheet.name
