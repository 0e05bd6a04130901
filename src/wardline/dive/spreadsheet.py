"""`tables.ods`: the tables for people who work in a spreadsheet. The same tables give the same bytes.

A spreadsheet is no place for half a million rows: a longer table is cut, says so in its last row, and stands whole
beside it as Parquet.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import ParagraphProperties, Style, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import P

from wardline.reports.words import number

__all__ = ["ROWS_SHOWN", "Sheet", "write_spreadsheet"]

ROWS_SHOWN = 5_000
# A ZIP archive stamps its members; the earliest stamp that it can hold says nothing about when this was made.
STAMP = (1980, 1, 1, 0, 0, 0)
CHARACTERS_WIDE = (8, 48)
CENTIMETRES_PER_CHARACTER = 0.21

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """One table: what its columns are called and its rows; `row_count` where only the first rows are given.

    `whole_in` names the file that holds every row.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    row_count: int | None = None
    whole_in: str | None = None

    def cut_sentence(self) -> str | None:
        """What the last row says where there are more rows than are shown."""
        total = len(self.rows) if self.row_count is None else self.row_count
        shown = min(len(self.rows), ROWS_SHOWN)
        if total <= shown:
            return None
        whole = f"; all of them are in {self.whole_in}" if self.whole_in else ""
        return f"These are the first {number(shown)} of {number(total)} rows{whole}."


def write_spreadsheet(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the sheets as an OpenDocument spreadsheet."""
    # odfpy declares in every document what it met in earlier ones; then the second would have other bytes.
    Element.namespaces.clear()
    document = OpenDocumentSpreadsheet()
    heading = Style(name="Heading", family="table-cell")
    heading.addElement(TextProperties(fontweight="bold"))
    heading.addElement(ParagraphProperties(textalign="start"))
    document.automaticstyles.addElement(heading)
    for position, sheet in enumerate(sheets):
        document.spreadsheet.addElement(_table(document, sheet, position, heading))
    written = io.BytesIO()
    document.write(written)
    path.write_bytes(_without_stamps(written.getvalue()))


def _table(document: OpenDocumentSpreadsheet, sheet: Sheet, position: int, heading: Style) -> Table:
    table = Table(name=sheet.name)
    for index, width in enumerate(_widths(sheet)):
        style = Style(name=f"Column{position}x{index}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{width * CENTIMETRES_PER_CHARACTER:.2f}cm"))
        document.automaticstyles.addElement(style)
        table.addElement(TableColumn(stylename=style))
    header = TableHeaderRows()
    header.addElement(_row(sheet.columns, heading))
    table.addElement(header)
    for row in sheet.rows[:ROWS_SHOWN]:
        table.addElement(_row(row))
    if sentence := sheet.cut_sentence():
        table.addElement(_row((sentence,)))
    return table


def _row(values: Sequence[Cell], style: Style | None = None) -> TableRow:
    row = TableRow()
    for value in values:
        options = {} if style is None else {"stylename": style}
        if value is None:
            row.addElement(TableCell(**options))
            continue
        if isinstance(value, int | float):
            cell = TableCell(valuetype="float", value=repr(value), **options)
        else:
            # As text, whatever it looks like: a cell that begins with = is then no formula.
            cell = TableCell(valuetype="string", **options)
        cell.addElement(P(text=_printable(str(value))))
        row.addElement(cell)
    return row


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(max(character, " ") for character in text)


def _widths(sheet: Sheet) -> list[int]:
    least, most = CHARACTERS_WIDE
    sample = [sheet.columns, *sheet.rows[:200]]
    return [
        max(least, min(most, max(len(str(row[index] if row[index] is not None else "")) for row in sample) + 2))
        for index in range(len(sheet.columns))
    ]


def _without_stamps(archive: bytes) -> bytes:
    """The same archive with every member stamped alike, `mimetype` first and uncompressed as the format asks."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(again, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            member = zipfile.ZipInfo(name, STAMP)
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return again.getvalue()
