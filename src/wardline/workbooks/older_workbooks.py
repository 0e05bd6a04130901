"""The sheets of workbooks that are not XML (XLS and XLSB): their cells as fastexcel reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import is_zipfile

import fastexcel
import polars as pl

from wardline.errors import is_panic, was_interrupted
from wardline.silence import silence
from wardline.workbooks.cells_of_sheets import MOST_CELLS, SheetCells, WorkbookSheet
from wardline.workbooks.compound_files import check_size, damaged
from wardline.workbooks.records_of_older_workbooks import extents_in, merged_in
from wardline.workbooks.workbook_parts import CannotBeRead, Merged

__all__ = ["older_sheets"]

NO_WORKBOOK = "This file is not a workbook that can be read."
WITHOUT_PASSWORD = "Open it in a spreadsheet program and save it again as XLSX, without a password."
ERRORS = {
    "NA": "#N/A",
    "Value": "#VALUE!",
    "Ref": "#REF!",
    "Div0": "#DIV/0!",
    "Name": "#NAME?",
    "Num": "#NUM!",
    "Null": "#NULL!",
    "GettingData": "#GETTING_DATA",
}
# A cell with a date or time comes as 2024-03-01 09:30:00, one with a time of day only as of the last day of 1899.
CLOCK_ONLY = r"^1899-12-3[01] "
WHOLE_MINUTE = r"^(\d\d:\d\d):00$"
BOOLEAN = r"^(true|false)$"
COLUMNS_OF_XLS = 256
# fastexcel takes some sixty bytes for each cell that it makes room for, filled or not.
MOST_ROOM, MOST_FOR_A_CELL = 20_000_000, 4


def older_sheets(path: Path) -> list[WorkbookSheet]:
    """The sheets of a workbook in their order. Raises CannotBeRead."""
    check_size(path)
    _check_extents(path)
    with _damage_of_older_told():
        book = _opened(path)
        sheets = [book.load_sheet(name, n_rows=0) for name in book.sheet_names]
    hidden = {sheet.name: sheet.visible != "visible" for sheet in sheets}
    return [WorkbookSheet(name, hidden[name], _SheetReading(path, name)) for name in book.sheet_names]


@contextmanager
def _damage_of_older_told() -> Iterator[None]:
    """Raise CannotBeRead where fastexcel cannot read a workbook, or breaks at one that is damaged."""
    try:
        with silence():
            yield
    except fastexcel.FastExcelError:
        raise CannotBeRead(NO_WORKBOOK, WITHOUT_PASSWORD) from None
    except BaseException as error:
        if not is_panic(error) or was_interrupted(error):
            raise
        raise damaged() from None


def _opened(path: Path) -> fastexcel.ExcelReader:
    """A workbook by its name, or by what it holds where its name is not UTF-8."""
    is_text = os.fsencode(path).decode(errors="replace") == str(path)
    return fastexcel.read_excel(path if is_text else path.read_bytes())


def _check_extents(path: Path) -> None:
    """See that the filled cells of each sheet lie close together, as room is made for all between."""
    for extent in extents_in(path):
        room = extent.rows * extent.columns
        if room > MOST_CELLS or room > max(MOST_ROOM, MOST_FOR_A_CELL * extent.filled):
            raise CannotBeRead(
                f"A sheet of this workbook has cells as far apart as row {extent.rows:,} and column "
                f"{extent.columns:,}.",
                "Open it in a spreadsheet program, delete what is far from the table, and save it as XLSX.",
            )
        if not is_zipfile(path) and extent.columns > COLUMNS_OF_XLS:
            raise CannotBeRead("This workbook is damaged: one of its cells is not in any column.")


class _SheetReading:
    """Reads one sheet each time that it is called."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    def __call__(self, most_rows: int | None) -> SheetCells:
        with _damage_of_older_told():
            # skip_rows=0 keeps empty rows at the top, so that rows are numbered as people see them.
            sheet = _opened(self.path).load_sheet(
                self.name, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True
            )
            found, errors = sheet.to_arrow_with_errors()
        table = pl.DataFrame(found)
        by_column: dict[int, list[tuple[int, str]]] = {}
        for error in errors.errors if errors is not None else ():
            row, column = error.position
            by_column.setdefault(column + 1, []).append((row, _error(error.detail)))
        # A stray cell far right makes thousands of empty columns.
        filled = [cells.null_count() < len(cells) for cells in table]
        kept = [at for at, is_filled in enumerate(filled, start=1) if is_filled or at in by_column]
        table = table.select(table.columns[at - 1] for at in kept)
        table = table.rename({column: str(at) for at, column in zip(kept, table.columns, strict=True)})
        for column, cells in by_column.items():
            shown = table[str(column)].scatter([row for row, _ in cells], [text for _, text in cells])
            table = table.with_columns(shown.alias(str(column)))
        table = table.select(_as_seen(table[column]) for column in table.columns)
        table.insert_column(0, pl.int_range(1, table.height + 1, dtype=pl.Int64, eager=True).alias("row"))
        columns = sheet.available_columns()
        left = columns[0].absolute_index if columns else 0
        return SheetCells(_filled(table, most_rows), self._merged(left) if most_rows is None else ())

    def _merged(self, left: int) -> tuple[Merged, ...]:
        """What is merged, with columns numbered as in the table, which begins after the `left` first of the sheet."""
        return tuple(
            (first, last, at - left, right - left) for first, last, at, right in merged_in(self.path, self.name)
        )


def _filled(table: pl.DataFrame, most_rows: int | None) -> pl.DataFrame:
    """From the first filled row to the last, and only columns that hold something."""
    columns = [name for name in table.columns[1:] if table[name].str.strip_chars().str.len_chars().sum()]
    is_filled = table.select(pl.any_horizontal(pl.lit(False), *(pl.col(name).is_not_null() for name in columns)))
    filled = is_filled.to_series().arg_true()
    if not columns or not len(filled):
        return table.select("row").clear()
    if most_rows is not None:
        filled = filled.head(most_rows)
    return table.select("row", *columns)[filled[0] : filled[-1] + 1]


def _error(detail: str) -> str:
    found = re.search(r"Error\((\w+)\)", detail)
    return ERRORS.get(found[1] if found else "", "#VALUE!")


def _as_seen(cells: pl.Series) -> pl.Series:
    """Times of day without their day of 1899, yes and no as the spreadsheet programs show them."""
    cell = pl.col("cell")
    return (
        cells.to_frame("cell")
        .select(
            pl.when(cell.str.contains(CLOCK_ONLY))
            .then(cell.str.replace(CLOCK_ONLY, "").str.replace(WHOLE_MINUTE, "${1}"))
            .when(cell.str.contains(BOOLEAN))
            .then(cell.str.to_uppercase())
            .otherwise(cell)
            .alias(cells.name)
        )
        .to_series()
    )
