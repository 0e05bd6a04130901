"""Workbooks: a sheet's cells as the text that a person sees, dates and times as such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from wardline.errors import ProblemKind, did_you_mean
from wardline.record_systems.exports.export_files import ROWS_AT_ONCE, Export, RawBatch, export_problem, named_header
from wardline.record_systems.mapping.cells import Files

__all__ = ["WORKBOOK_ENDINGS", "open_workbook", "sheet_beginnings"]

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

# A cell with a date or time comes as 2024-03-01 09:30:00, one with a time of day only as of the last day of 1899.
DATE_CELL = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$"
DATE_ONLY = r"^(\d{4}-\d\d-\d\d) 00:00:00$"
CLOCK_ONLY = r"^1899-12-3[01] "
WHOLE_MINUTE = r"^(\d\d:\d\d):00$"


def open_workbook(path: Path, name: str, shown_as: str, files: Files) -> Export:
    """Look at a sheet of a workbook. Raises ExportError where there is no such sheet or it holds nothing."""
    sheet = _sheet(path, shown_as, files.sheet)
    filled = sheet.select(pl.any_horizontal(pl.all().is_not_null()).alias("filled"))["filled"] if sheet.width else None
    if filled is None or not filled.any():
        raise export_problem(
            ProblemKind.EMPTY_FILE, shown_as, "This sheet is empty.", "Ask for it to be exported again."
        )
    first_filled = filled.arg_max()
    assert first_filled is not None
    header_at = first_filled if files.header_row is None else files.header_row - 1
    if header_at >= sheet.height or not filled[header_at]:
        raise export_problem(
            ProblemKind.EMPTY_FILE,
            shown_as,
            f"There is no header in row {header_at + 1}.",
            "Say with `header row` which row has the names of the columns.",
        )
    header = named_header(sheet.row(header_at))
    rows = sheet.slice(header_at + 1)
    rows = rows.select(_as_seen(rows[column]) for column in rows.columns)
    rows.insert_column(0, pl.Series("row", range(header_at + 2, header_at + 2 + rows.height), dtype=pl.Int64))

    def read() -> Iterator[RawBatch]:
        for at in range(0, rows.height, ROWS_AT_ONCE):
            yield RawBatch(rows.slice(at, ROWS_AT_ONCE), done=min(1.0, (at + ROWS_AT_ONCE) / rows.height))

    return Export(name=name, path=path, header=header, read=read, may_be_typed=True)


def sheet_beginnings(path: Path, shown_as: str, rows: int) -> dict[str, list[tuple[str | None, ...]]]:
    """The first rows of each sheet, by its name; none of an empty one. Raises ExportError where it is no workbook."""
    try:
        names = fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError:
        raise _no_workbook(shown_as) from None
    sheets = {name: _sheet(path, shown_as, name).head(rows) for name in names}
    return {name: sheet.rows() if sheet.width else [] for name, sheet in sheets.items()}


def _no_workbook(shown_as: str) -> Exception:
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        "This file is not a workbook that can be read.",
        "Open it in a spreadsheet program and save it again as XLSX, without a password.",
    )


def _sheet(path: Path, shown_as: str, wanted: str | None) -> pl.DataFrame:
    try:
        book = fastexcel.read_excel(path)
        if wanted is not None and wanted not in book.sheet_names:
            raise export_problem(
                ProblemKind.UNREADABLE_FILE,
                shown_as,
                f"There is no sheet `{wanted}`.{did_you_mean(wanted, book.sheet_names)}",
                f"Its sheets are: {', '.join(book.sheet_names)}.",
            )
        # skip_rows=0 keeps empty rows at the top, so that rows are numbered as people see them.
        sheet = book.load_sheet(
            wanted or 0, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True
        )
        table = sheet.to_polars()
    except fastexcel.FastExcelError:
        raise _no_workbook(shown_as) from None
    return table.rename({column: str(position) for position, column in enumerate(table.columns)})


def _as_seen(cells: pl.Series) -> pl.Series:
    """Cells that hold a time of day without its day of 1899, and a column of dates without its midnights."""
    has_dates = cells.str.contains(DATE_CELL)
    if not has_dates.any():
        return cells
    clocks = cells.str.contains(CLOCK_ONLY)
    dates = cells.filter(has_dates & ~clocks)
    seen = cells.to_frame("cell").with_columns(clocks.alias("is_clock"))
    clock = pl.col("cell").str.replace(CLOCK_ONLY, "").str.replace(WHOLE_MINUTE, "${1}")
    are_days = dates.str.contains(DATE_ONLY).all()
    other = pl.col("cell").str.replace(DATE_ONLY, "${1}") if are_days else pl.col("cell")
    shown = pl.when("is_clock").then(clock).otherwise(other)
    return seen.select(shown.alias(cells.name)).to_series()
