"""Workbooks: a sheet's cells as the text that a person sees, dates and times as such."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

import polars as pl

from wardline.errors import ExportError, ProblemKind, did_you_mean
from wardline.invisible_signs import as_seen
from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export, RawBatch, SheetRead, export_problem
from wardline.record_systems.mapping.cells import Files
from wardline.workbooks import CannotBeRead, WorkbookSheet, header_of, sheets_of, with_merged

__all__ = ["EVERY_SHEET", "WORKBOOK_ENDINGS", "SheetBeginning", "open_workbook", "sheet_beginnings"]

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
EVERY_SHEET = "all"
PATTERN = frozenset("*?[")

SheetBeginning = tuple[str, bool, list[tuple[str | None, ...]]]
"""The name of a sheet as a mapping writes it, whether it is hidden, and its first rows."""


def open_workbook(path: Path, name: str, shown_as: str, files: Files) -> list[Export]:
    """Look at the sheets of a workbook that a table reads. Raises ExportError where there are none, or one is empty."""
    try:
        sheets = sheets_of(path)
        filled = {sheet.name: sheet for sheet in sheets if _may_be_filled(sheet)}
        wanted = _wanted(sheets, filled, files.sheet, shown_as)
    except CannotBeRead as problem:
        raise _not_read(shown_as, problem) from None
    is_one = len(wanted) == 1 and not _is_pattern(files.sheet, sheets)
    several = []
    for sheet in wanted:
        label = "" if is_one else f", sheet {sheet.name}"
        read = SheetRead(sheet.name, sheet.is_hidden, tuple((one.name, one.is_hidden) for one in filled.values()))
        if not is_one and sheet.name not in filled:
            continue
        try:
            several.append(_export(path, f"{name}{label}", f"{shown_as}{label}", sheet, files, read))
        except CannotBeRead as problem:
            raise _not_read(f"{shown_as}, sheet {sheet.name}", problem) from None
    if not several:
        raise _empty(shown_as)
    return several


def _may_be_filled(sheet: WorkbookSheet) -> bool:
    """Whether a sheet holds anything; one that cannot be read may, which matters only to a table that reads it."""
    try:
        return sheet.is_filled
    except CannotBeRead:
        return True


def sheet_beginnings(path: Path, shown_as: str, rows: int) -> list[SheetBeginning]:
    """The first rows of each sheet; none of an empty one. Raises ExportError where it is no workbook."""
    found = []
    try:
        for sheet in sheets_of(path):
            cells = sheet.read(rows).rows
            above = [] if cells.is_empty() else [(None,) * (cells.width - 1)] * (cells["row"][0] - 1)
            found.append((_seen(sheet), sheet.is_hidden, (above + cells.drop("row").rows())[:rows]))
    except CannotBeRead as problem:
        raise _not_read(shown_as, problem) from None
    return found


def _is_pattern(wanted: str | None, sheets: Sequence[WorkbookSheet]) -> bool:
    if wanted is None or wanted in map(_seen, sheets):
        return False
    return wanted == EVERY_SHEET or bool(PATTERN & set(wanted))


def _wanted(
    sheets: Sequence[WorkbookSheet], filled: Collection[str], wanted: str | None, shown_as: str
) -> list[WorkbookSheet]:
    """The sheet of a name, even if it is hidden; of the others the first filled one, or those that fit a pattern."""
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    if wanted is None:
        found = list(islice((sheet for sheet in (*visible, *sheets) if sheet.name in filled), 1)) or list(sheets[:1])
    elif _is_pattern(wanted, sheets):
        found = [sheet for sheet in visible if wanted == EVERY_SHEET or fnmatchcase(_seen(sheet), wanted)]
    else:
        found = [sheet for sheet in sheets if _seen(sheet) == wanted]
    if not found:
        names = [sheet.name for sheet in sheets]
        raise export_problem(
            ProblemKind.UNREADABLE_FILE,
            shown_as,
            f"There is no sheet `{wanted}`.{did_you_mean(wanted or '', names)}",
            f"Its sheets are: {', '.join(names)}.",
        )
    return found


def _seen(sheet: WorkbookSheet) -> str:
    """The name of a sheet, as a mapping writes it."""
    return as_seen(sheet.name).strip()


def _export(path: Path, name: str, shown_as: str, sheet: WorkbookSheet, files: Files, sheet_read: SheetRead) -> Export:
    cells = sheet.read(None)
    rows = cells.rows
    if rows.is_empty():
        raise _empty(shown_as)
    header_at = rows["row"][0] if files.header_row is None else files.header_row
    header_row = rows.filter(pl.col("row") == header_at)
    if header_row.is_empty() or not any(header_row.row(0)[1:]):
        raise export_problem(
            ProblemKind.EMPTY_FILE,
            shown_as,
            f"There is no header in row {header_at}.",
            "Say with `header row` which row has the names of the columns.",
        )
    header = header_of(cells, header_at)
    rows = rows.filter(pl.col("row") > header_at)
    rows, filled = with_merged(rows, cells, header_at)
    names = dict(zip(rows.columns[1:], header, strict=True))
    texts = rows.rename({column: str(at) for at, column in enumerate(rows.columns[1:])})

    def read() -> Iterator[RawBatch]:
        for at in range(0, texts.height, ROWS_AT_ONCE):
            yield RawBatch(texts.slice(at, ROWS_AT_ONCE), done=min(1.0, (at + ROWS_AT_ONCE) / texts.height))

    return Export(
        name=name,
        path=path,
        header=header,
        read=read,
        may_be_typed=True,
        sheet=sheet_read,
        merged=tuple((names[column], count) for column, count in filled.items()),
    )


def _empty(shown_as: str) -> ExportError:
    return export_problem(ProblemKind.EMPTY_FILE, shown_as, "This sheet is empty.", "Ask for it to be exported again.")


def _not_read(shown_as: str, problem: CannotBeRead) -> ExportError:
    return export_problem(ProblemKind.UNREADABLE_FILE, shown_as, problem.what, problem.remedy)
