"""`tables.ods`: a spreadsheet in OpenDocument. The same tables give the same bytes.

It is a ZIP archive of XML files, written here row by row, so that memory does not grow with the number of cells.
`docs/decisions/0011` says why no library does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

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
from wardline.documents.open_document import NAMES, PROLOGUE, open_document, paragraphs, printable

__all__ = ["as_open_document"]

CENTIMETRES_PER_CHARACTER = 0.21
TITLE, HEADING, PLAIN, LINE = "Title", "Heading", "Plain", "Line"
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = {  # a line runs over its cell, and all else is wrapped in it
    TITLE: ("no-wrap", 'fo:font-weight="bold" fo:font-size="16pt"'),
    HEADING: ("wrap", 'fo:font-weight="bold" fo:font-size="12pt"'),
    PLAIN: ("wrap", 'fo:font-size="12pt"'),
    LINE: ("no-wrap", 'fo:font-size="12pt"'),
}


def as_open_document(book: Book) -> bytes:
    """The spreadsheet as an OpenDocument file."""
    return open_document(TYPE, _content(laid_out(book)))


def _content(sheets: Sequence[LaidOut]) -> Iterator[str]:
    widths = {sheet.name: [WIDE] if sheet.table is None else widths_of(sheet.table) for sheet in sheets}
    yield f"{PROLOGUE}<office:document-content {NAMES}><office:automatic-styles>"
    for name, (wrap, letters) in STYLES.items():
        yield (
            f'<style:style style:name="{name}" style:family="table-cell">'
            f'<style:table-cell-properties fo:wrap-option="{wrap}" style:vertical-align="top"/>'
            f'<style:paragraph-properties fo:text-align="start"/><style:text-properties {letters}/></style:style>'
        )
    for width in sorted({width for of_sheet in widths.values() for width in of_sheet}):
        yield (
            f'<style:style style:name="{_column_style(width)}" style:family="table-column">'
            "<style:table-column-properties "
            f'style:column-width="{width * CENTIMETRES_PER_CHARACTER:.2f}cm"/></style:style>'
        )
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet in sheets:
        yield from _sheet(sheet, widths[sheet.name])
    yield "<table:database-ranges>"
    yield from (_marked_up(sheet) for sheet in sheets if sheet.table_name is not None)
    yield "</table:database-ranges></office:spreadsheet></office:body></office:document-content>\n"


def _sheet(sheet: LaidOut, widths: list[int]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(printable(sheet.name))}>"
    for width in widths:
        yield (
            f'<table:table-column table:style-name="{_column_style(width)}" table:default-cell-style-name="{PLAIN}"/>'
        )
    yield _row((sheet.title,), TITLE)
    plain = None if sheet.table is None else LINE
    yield from (_row((line,), HEADING if at in sheet.strong else plain) for at, line in enumerate(sheet.lines))
    if sheet.table is not None:
        yield _row(sheet.table.columns, HEADING)
        if isinstance(sheet.table, TableSheet):
            yield from rows_of_frame(sheet.table, FORM)
        elif sheet.links:
            yield from (_linked_row(row, to) for row, to in zip(sheet.table.shown, sheet.links, strict=True))
        else:
            yield from rows_of_cells(sheet.table.shown, FORM)
    yield "</table:table>"


def _marked_up(sheet: LaidOut) -> str:
    """The table, by its name and where it is: what a screen reader goes by."""
    assert sheet.table is not None and sheet.table_name is not None
    last = f"{_column_letters(len(sheet.table.columns))}{sheet.first_row + sheet.table.height}"
    where = f"{_quoted(sheet.name)}.A{sheet.first_row}:{_quoted(sheet.name)}.{last}"
    return (
        f'<table:database-range table:name="{sheet.table_name}" table:target-range-address={quoteattr(where)} '
        'table:contains-header="true"/>'
    )


def _linked_row(row: Sequence[Cell], to: str) -> str:
    href = quoteattr(f"#{_quoted(to)}.A1")
    words = paragraphs(re.sub(r"[\r\n]+", " ", str(row[0]))).removeprefix("<text:p>").removesuffix("</text:p>")
    link = f'<text:a xlink:type="simple" xlink:href={href}>{words}</text:a>'
    first = f'<table:table-cell office:value-type="string"><text:p>{link}</text:p></table:table-cell>'
    return f"<table:table-row>{first}{''.join(_cell(value, '') for value in row[1:])}</table:table-row>"


def _row(values: Sequence[Cell], style: str | None = None) -> str:
    styled = f' table:style-name="{style}"' if style else ""
    return f"<table:table-row>{''.join(_cell(value, styled) for value in values)}</table:table-row>"


def _cell(value: Cell, styled: str = "") -> str:
    if value is None:
        return f"<table:table-cell{styled}/>"
    if isinstance(value, bool):
        truth = str(value).lower()
        kind, text = f'office:value-type="boolean" office:boolean-value="{truth}"', truth.upper()
    elif is_exact(value):
        kind, text = f'office:value-type="float" office:value="{value!r}"', repr(value)
    else:
        # As text, whatever it looks like: a cell that begins with = is then not a formula.
        kind, text = 'office:value-type="string"', str(value)
    return f"<table:table-cell{styled} {kind}>{_paragraphs(text)}</table:table-cell>"


def _paragraphs(text: str) -> str:
    """A line of the text is a paragraph of the cell, with each of its spaces and tabs."""
    if len(text) > CHARACTERS_SHOWN:
        text = text[: CHARACTERS_SHOWN - len(CUT)] + CUT
    return paragraphs(text)


def _quoted(name: str) -> str:
    return "'" + printable(name).replace("'", "''") + "'"


def _column_letters(many: int) -> str:
    letters = ""
    while many:
        many, rest = divmod(many - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_style(width: int) -> str:
    return f"Column{width}"


FORM = CellsAsXml(
    of=_cell,
    empty="<table:table-cell/>",
    plain='<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>',
    row=("<table:table-row>", "</table:table-row>"),
)
