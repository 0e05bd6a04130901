"""`tables.ods`: the tables for people who work in a spreadsheet. The same tables give the same bytes.

A spreadsheet is no place for half a million rows: a longer table is cut, says so in its last row, and stands whole
beside it as Parquet.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import ParagraphProperties, Style, TableColumnProperties, TextProperties
from odf.table import Table

from wardline.reports.wording import number

__all__ = ["ROWS_SHOWN", "Sheet", "spreadsheet"]

ROWS_SHOWN = 5_000
# A ZIP archive stamps its members; the earliest stamp that it can hold says nothing about when this was made.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f]")
TABLES_GO_HERE = "tables-go-here"
HEADING = "Heading"
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


def spreadsheet(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an OpenDocument spreadsheet."""
    # odfpy declares in every document what it met in earlier ones; then the second would have other bytes.
    Element.namespaces.clear()
    document = OpenDocumentSpreadsheet()
    heading = Style(name=HEADING, family="table-cell")
    heading.addElement(TextProperties(fontweight="bold"))
    heading.addElement(ParagraphProperties(textalign="start"))
    document.automaticstyles.addElement(heading)
    for position, sheet in enumerate(sheets):
        for index, width in enumerate(_widths(sheet)):
            style = Style(name=_column_style(position, index), family="table-column")
            style.addElement(TableColumnProperties(columnwidth=f"{width * CENTIMETRES_PER_CHARACTER:.2f}cm"))
            document.automaticstyles.addElement(style)
    document.spreadsheet.addElement(Table(name=TABLES_GO_HERE))
    written = io.BytesIO()
    document.write(written)
    tables = "".join(_table(sheet, position) for position, sheet in enumerate(sheets))
    return _without_stamps(written.getvalue(), tables)


def _column_style(position: int, index: int) -> str:
    return f"Column{position}x{index}"


def _table(sheet: Sheet, position: int) -> str:
    """The table as OpenDocument writes it. As text: an object for each of a hundred thousand cells takes a minute."""
    parts = [f"<table:table table:name={quoteattr(sheet.name)}>"]
    parts += [
        f'<table:table-column table:style-name="{_column_style(position, index)}"/>'
        for index in range(len(sheet.columns))
    ]
    style = f' table:style-name="{HEADING}"'
    parts += ["<table:table-header-rows>", _row(sheet.columns, style), "</table:table-header-rows>"]
    parts += [_row(row) for row in sheet.rows[:ROWS_SHOWN]]
    if sentence := sheet.cut_sentence():
        parts.append(_row((sentence,)))
    return "".join([*parts, "</table:table>"])


def _row(values: Sequence[Cell], style: str = "") -> str:
    return f"<table:table-row>{''.join(_cell(value, style) for value in values)}</table:table-row>"


def _cell(value: Cell, style: str) -> str:
    if value is None:
        return f"<table:table-cell{style}/>"
    if isinstance(value, int | float):
        kind, text = f'office:value-type="float" office:value="{value!r}"', repr(value)
    else:
        # As text, whatever it looks like: a cell that begins with = is then no formula.
        kind, text = 'office:value-type="string"', escape(_printable(value))
    return f"<table:table-cell {kind}{style}><text:p>{text}</text:p></table:table-cell>"


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return CONTROL_CHARACTERS.sub(" ", text)


def _widths(sheet: Sheet) -> list[int]:
    least, most = CHARACTERS_WIDE
    sample = [sheet.columns, *sheet.rows[:200]]
    return [
        max(least, min(most, max(len(str(row[index] if row[index] is not None else "")) for row in sample) + 2))
        for index in range(len(sheet.columns))
    ]


def _without_stamps(archive: bytes, tables: str) -> bytes:
    """The same archive with the tables in their place, and every member stamped alike, `mimetype` first and uncompressed as the format asks."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(again, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            member = zipfile.ZipInfo(name, STAMP)
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            data = source.read(name)
            if name == "content.xml":
                before, found, after = data.decode("utf-8").partition(f'<table:table table:name="{TABLES_GO_HERE}"/>')
                assert found, "odfpy writes an empty table otherwise than it did"
                data = f"{before}{tables}{after}".encode()
            target.writestr(member, data)
    return again.getvalue()
