"""The sheets of a workbook, whatever kind of file it is; and the table in one under a header."""

from __future__ import annotations

from pathlib import Path
from zipfile import is_zipfile

import polars as pl

from wardline.invisible_signs import as_named
from wardline.table_files.headers import unnamed
from wardline.workbooks.cells_of_sheets import SheetCells, WorkbookSheet, check_repeated
from wardline.workbooks.office_open_sheets import office_open_sheets
from wardline.workbooks.older_workbooks import older_sheets
from wardline.workbooks.open_document_sheets import open_document_sheets
from wardline.workbooks.workbook_parts import parts_of

__all__ = ["header_of", "sheets_of", "with_merged"]


def sheets_of(path: Path) -> list[WorkbookSheet]:
    """The sheets of a workbook by what the file is, whatever its ending says. Raises CannotBeRead."""
    if not is_zipfile(path):
        return older_sheets(path)
    parts = parts_of(path)
    if "content.xml" in parts:
        return open_document_sheets(path)
    if any(part.endswith("workbook.bin") for part in parts):
        return older_sheets(path)
    return office_open_sheets(path)


def header_of(cells: SheetCells, header_at: int) -> tuple[str, ...]:
    """The names of the columns; of several of one name, each with the heading above it."""
    above = {
        row[0]: dict(zip(cells.rows.columns[1:], row[1:], strict=True)) for row in cells.rows.head(header_at).rows()
    }
    for first, last, left, right in cells.merged:
        if first <= header_at:
            text = above.get(first, {}).get(str(left))
            for number in range(first, min(last, header_at) + 1):
                for column in range(left, right + 1) if number < header_at else (left,):
                    if number in above and str(column) in above[number]:
                        above[number][str(column)] = text
    names = [
        as_named(above[header_at][column] or "") or unnamed(position)
        for position, column in enumerate(cells.rows.columns[1:], start=1)
    ]
    for number in range(header_at - 1, 0, -1):
        if len(set(names)) == len(names) or number not in above:
            break
        longer = [
            f"{as_named(text)} {name}" if names.count(name) > 1 and (text := above[number][column]) else name
            for name, column in zip(names, cells.rows.columns[1:], strict=True)
        ]
        names = longer
    return tuple(names)


def with_merged(rows: pl.DataFrame, cells: SheetCells, header_at: int) -> tuple[pl.DataFrame, dict[str, int]]:
    """The rows with the text of cells that are merged over several of them in each, and how many cells that filled."""
    filled: dict[str, int] = {}
    shown: dict[str, list[tuple[int, int, str]]] = {}
    for first, last, column, _ in cells.merged:
        name = str(column)
        last = min(last, header_at + rows.height)
        if first > header_at and first < last and name in rows.columns:
            text = rows[name][first - header_at - 1]
            if text is not None:
                shown.setdefault(name, []).append((first - header_at, last - header_at, text))
    check_repeated(sum(end - begin for each in shown.values() for begin, end, _ in each))
    for name, each in shown.items():
        below = pl.DataFrame(each, {"begin": pl.Int64, "end": pl.Int64, "text": pl.String}, orient="row")
        texts = below.select(pl.int_ranges("begin", "end").alias("at"), "text").explode("at")
        rows = rows.with_columns(rows[name].scatter(texts["at"], texts["text"]).alias(name))
        filled[name] = texts.height
    return rows, filled
