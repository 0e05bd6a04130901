"""`tables.xlsx`: a spreadsheet as Excel opens it. The same tables give the same bytes.

It is a ZIP archive of XML files (ECMA-376), written here row by row, as `tables.ods` is, so that memory does not grow
with the number of cells. `docs/decisions/0024` says why no library does it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from wardline.dive.pages.rows_of_frames import CellsAsXml, rows_of_cells, rows_of_frame
from wardline.dive.pages.spreadsheet import (
    CHARACTERS_SHOWN,
    CUT,
    WIDE,
    Book,
    Cell,
    LaidOut,
    TableSheet,
    is_exact,
    laid_out,
    widths_of,
)
from wardline.documents.open_document import printable, stamped_member, write_in_pieces

__all__ = ["as_office_open"]

PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
PLAIN, TITLE, HEADING, LINK, LINE = range(5)  # the styles, by their places in STYLES; a line runs over its cell
WRAPPED = '<alignment vertical="top" wrapText="1"/>'
STYLES = (
    f'{PROLOGUE}<styleSheet xmlns="{MAIN}"><fonts count="4"><font><sz val="12"/><name val="Arial"/></font>'
    '<font><b/><sz val="16"/><name val="Arial"/></font><font><b/><sz val="12"/><name val="Arial"/></font>'
    '<font><u/><sz val="12"/><color rgb="FF1D5A8A"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    + "".join(
        f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
        f"{'' if style in (TITLE, LINE) else WRAPPED}</xf>"
        for style, font in enumerate((0, 1, 2, 3, 0))
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
# What a reader of this format takes for a character that it stands for.
STANDS_FOR_A_CHARACTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def as_office_open(book: Book) -> bytes:
    """The spreadsheet as an XLSX file."""
    sheets = laid_out(book)
    marked_up = [(at, sheet) for at, sheet in enumerate(sheets, 1) if sheet.table_name is not None]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        add = partial(_add, archive)
        add("[Content_Types].xml", _content_types(len(sheets), len(marked_up)))
        add("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"), core="docProps/core.xml"))
        add("docProps/core.xml", _core(book.title))
        add("xl/workbook.xml", _workbook(sheets))
        parts = [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
        add("xl/_rels/workbook.xml.rels", _relations(*parts, ("styles", "styles.xml")))
        add("xl/styles.xml", STYLES)
        for at, sheet in enumerate(sheets, 1):
            write_in_pieces(archive, f"xl/worksheets/sheet{at}.xml", _sheet(sheet))
        for at, (of_sheet, sheet) in enumerate(marked_up, 1):
            add(f"xl/worksheets/_rels/sheet{of_sheet}.xml.rels", _relations(("table", f"../tables/table{at}.xml")))
            add(f"xl/tables/table{at}.xml", _table(sheet, at))
    return written.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(stamped_member(name), text)


def _content_types(sheets: int, tables: int) -> str:
    parts = [("/xl/workbook.xml", f"{TYPES}.sheet.main+xml"), ("/xl/styles.xml", f"{TYPES}.styles+xml")]
    parts += [(f"/xl/worksheets/sheet{at}.xml", f"{TYPES}.worksheet+xml") for at in range(1, sheets + 1)]
    parts += [(f"/xl/tables/table{at}.xml", f"{TYPES}.table+xml") for at in range(1, tables + 1)]
    parts.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    named = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{PROLOGUE}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(*parts: tuple[str, str], core: str | None = None) -> str:
    said = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(parts, 1)
    )
    if core is not None:
        said += f'<Relationship Id="rId{len(parts) + 1}" Type="{RELATIONS}/metadata/core-properties" Target="{core}"/>'
    return f'{PROLOGUE}<Relationships xmlns="{RELATIONS}">{said}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{PROLOGUE}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(printable(title))}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _workbook(sheets: Sequence[LaidOut]) -> str:
    named = "".join(
        f'<sheet name={quoteattr(printable(sheet.name))} sheetId="{at}" r:id="rId{at}"/>'
        for at, sheet in enumerate(sheets, 1)
    )
    return f'{PROLOGUE}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'


def _sheet(sheet: LaidOut) -> Iterator[str]:
    yield f'{PROLOGUE}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    widths = [WIDE] if sheet.table is None else widths_of(sheet.table)
    yield "<cols>"
    yield from (f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1))
    yield "</cols><sheetData>"
    yield _row((sheet.title,), TITLE)
    plain = PLAIN if sheet.table is None else LINE
    yield from (_row((line,), HEADING if at in sheet.strong else plain) for at, line in enumerate(sheet.lines))
    if sheet.table is not None:
        yield _row(sheet.table.columns, HEADING)
        if isinstance(sheet.table, TableSheet):
            yield from rows_of_frame(sheet.table, FORM)
        elif sheet.links:
            yield from (_row(row, first=LINK) for row in sheet.table.shown)
        else:
            yield from rows_of_cells(sheet.table.shown, FORM)
    yield "</sheetData>"
    yield from _links(sheet)
    if sheet.table_name is not None:
        yield '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    yield "</worksheet>"


def _links(sheet: LaidOut) -> Iterator[str]:
    if not sheet.links:
        return
    yield "<hyperlinks>"
    for row, name in enumerate(sheet.links, sheet.first_row + 1):
        where = "'" + printable(name).replace("'", "''") + "'!A1"
        yield f'<hyperlink ref="A{row}" location={quoteattr(where)} display={quoteattr(printable(name))}/>'
    yield "</hyperlinks>"


def _table(sheet: LaidOut, number: int) -> str:
    assert sheet.table is not None and sheet.table_name is not None
    columns = sheet.table.columns
    where = f"A{sheet.first_row}:{_column_letters(len(columns))}{sheet.first_row + sheet.table.height}"
    named = "".join(
        f'<tableColumn id="{at}" name={quoteattr(_as_written(name))}/>' for at, name in enumerate(columns, 1)
    )
    # Without buttons to filter by, which screen readers stumble over.
    return (
        f'{PROLOGUE}<table xmlns="{MAIN}" id="{number}" name="{sheet.table_name}" displayName="{sheet.table_name}" '
        f'ref="{where}" totalsRowShown="0"><tableColumns count="{len(columns)}">{named}</tableColumns>'
        '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
    )


def _row(values: Sequence[Cell], style: int = PLAIN, *, first: int = PLAIN) -> str:
    styles = [style or (first if at == 0 else PLAIN) for at in range(len(values))]
    return f"<row>{''.join(_cell(value, one) for value, one in zip(values, styles, strict=True))}</row>"


def _cell(value: Cell, style: int = PLAIN) -> str:
    styled = f' s="{style}"' if style else ""
    if value is None:
        return f"<c{styled}/>"
    if isinstance(value, bool):
        return f'<c{styled} t="b"><v>{int(value)}</v></c>'
    if is_exact(value):
        return f"<c{styled}><v>{value!r}</v></c>"
    # As text, whatever it looks like: a cell that begins with = is then not a formula.
    text = str(value)
    if len(text) > CHARACTERS_SHOWN:
        text = text[: CHARACTERS_SHOWN - len(CUT)] + CUT
    return f'<c{styled} t="inlineStr"><is><t xml:space="preserve">{escape(_as_written(text))}</t></is></c>'


def _as_written(text: str) -> str:
    """With line ends of one kind, and with what would be taken for another character told apart from it."""
    plain = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    return STANDS_FOR_A_CHARACTER.sub("_x005F_", plain)


def _column_letters(many: int) -> str:
    letters = ""
    while many:
        many, rest = divmod(many - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


FORM = CellsAsXml(
    of=_cell,
    empty="<c/>",
    plain='<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>',
    row=("<row>", "</row>"),
)
