"""`tables.ods`: the tables for people who work in a spreadsheet. The same tables give the same bytes.

A spreadsheet is not a place for half a million rows: a longer table is cut, says so in its last row, and is whole in
a Parquet file of the same folder.

An OpenDocument spreadsheet is a ZIP archive of XML files, written here row by row, so that memory does not grow with
the number of cells. `docs/decisions/0011` says why no library does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import polars as pl

from wardline.documents.open_document import NAMES, PROLOGUE, open_document, paragraphs, printable
from wardline.english import number

__all__ = ["ROWS_SHOWN", "Cell", "Sheet", "TableSheet", "spreadsheet"]

ROWS_SHOWN = 5_000
# As many as a cell of Excel can have.
CHARACTERS_SHOWN = 32_767
CUT = " … (cut)"
# A whole number beyond this would be shown rounded, because spreadsheets count in floating point.
LARGEST_EXACT = 2**53
CHARACTERS_WIDE = (8, 48)
ROWS_MEASURED = 200
CENTIMETRES_PER_CHARACTER = 0.21
HEADING = "Heading"

# What is not a paragraph as it is (as in `open_document`), for Polars, whose texts hold no lone surrogates.
NEEDS_CARE_IN_A_COLUMN = r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]|[\t\n\r]|^ +| {2,}| +$"
FRAME_ROWS_AT_ONCE = 4_096

TYPE = "application/vnd.oasis.opendocument.spreadsheet"

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """One table: what its columns are called and its rows; `row_count` where only the first rows are given.

    `whole_in` names the file that has every row.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    row_count: int | None = None
    whole_in: str | None = None

    def cut_sentence(self) -> str | None:
        """What the last row says where there are more rows than are shown."""
        total = len(self.rows) if self.row_count is None else self.row_count
        return _cut_sentence(min(len(self.rows), ROWS_SHOWN), total, self.whole_in)


@dataclass(frozen=True)
class TableSheet:
    """One table as a frame, for many rows: its cells are written a column at a time.

    `row_count` is how many rows there are where the frame holds only the first; `whole_in` names the file that has all.
    """

    name: str
    frame: pl.DataFrame
    row_count: int
    whole_in: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(self.frame.columns)

    @property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """The first rows, by which the width of a column goes."""
        return self.frame.head(ROWS_MEASURED).rows()

    def cut_sentence(self) -> str | None:
        """What the last row says where there are more rows than are shown."""
        return _cut_sentence(self.frame.height, self.row_count, self.whole_in)


def _cut_sentence(shown: int, total: int, whole_in: str | None) -> str | None:
    if total <= shown:
        return None
    whole = f"; all of them are in {whole_in}" if whole_in else ""
    return f"These are the first {number(shown)} of {number(total)} rows{whole}."


def spreadsheet(sheets: Sequence[Sheet | TableSheet]) -> bytes:
    """The sheets as an OpenDocument spreadsheet."""
    return open_document(TYPE, _content(sheets))


def _content(sheets: Sequence[Sheet | TableSheet]) -> Iterator[str]:
    widths = [_widths(sheet) for sheet in sheets]
    yield f"{PROLOGUE}<office:document-content {NAMES}><office:automatic-styles>"
    yield (
        f'<style:style style:name="{HEADING}" style:family="table-cell">'
        '<style:paragraph-properties fo:text-align="start"/><style:text-properties '
        'fo:font-weight="bold"/></style:style>'
    )
    for width in sorted({width for of_sheet in widths for width in of_sheet}):
        yield (
            f'<style:style style:name="{_column_style(width)}" style:family="table-column">'
            "<style:table-column-properties "
            f'style:column-width="{width * CENTIMETRES_PER_CHARACTER:.2f}cm"/></style:style>'
        )
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet, of_sheet in zip(sheets, widths, strict=True):
        yield from _table(sheet, of_sheet)
    yield "</office:spreadsheet></office:body></office:document-content>\n"


def _table(sheet: Sheet | TableSheet, widths: list[int]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(printable(sheet.name))}>"
    yield from (f'<table:table-column table:style-name="{_column_style(width)}"/>' for width in widths)
    yield f"<table:table-header-rows>{_row(sheet.columns, HEADING)}</table:table-header-rows>"
    if isinstance(sheet, TableSheet):
        yield from _rows_of_frame(sheet.frame)
    else:
        yield from (_row(row) for row in sheet.rows[:ROWS_SHOWN])
    if sentence := sheet.cut_sentence():
        yield _row((sentence,))
    yield "</table:table>"


def _row(values: Sequence[Cell], style: str | None = None) -> str:
    styled = f' table:style-name="{style}"' if style else ""
    return f"<table:table-row>{''.join(_cell(value, styled) for value in values)}</table:table-row>"


def _rows_of_frame(frame: pl.DataFrame) -> Iterator[str]:
    """The rows of a table, the same as `_row` gives of each."""
    for at in range(0, frame.height, FRAME_ROWS_AT_ONCE):
        some = frame.slice(at, FRAME_ROWS_AT_ONCE)
        cells = [_cells_of_column(some[name]).alias(str(place)) for place, name in enumerate(some.columns)]
        rows = pl.select(pl.concat_str(pl.lit("<table:table-row>"), *cells, pl.lit("</table:table-row>"))).to_series()
        yield rows.str.join("").item()


def _cells_of_column(values: pl.Series) -> pl.Series:
    """The cell of each value. Texts, nearly all of which are plain, are put together by Polars."""
    if values.dtype != pl.String():
        different = values.unique().to_list()
        return values.replace_strict(different, [_cell(value, "") for value in different], return_dtype=pl.String())
    text = pl.col("text")
    needs_care = text.str.contains(NEEDS_CARE_IN_A_COLUMN) | (text.str.len_chars() > CHARACTERS_SHOWN)
    escaped = text.str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
    plain = pl.format('<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>', escaped)
    cells = pl.when(text.is_null()).then(pl.lit("<table:table-cell/>")).otherwise(plain)
    found = values.alias("text").to_frame().select(cells=cells, text=text, care=needs_care.fill_null(False))
    careful = found.filter("care")["text"].unique().to_list()
    if careful:
        with_care = text.replace_strict(careful, [_cell(value, "") for value in careful], default=None)
        found = found.with_columns(cells=pl.when("care").then(with_care).otherwise("cells"))
    return found["cells"]


def _cell(value: Cell, styled: str) -> str:
    if value is None:
        return f"<table:table-cell{styled}/>"
    if isinstance(value, bool):
        truth = str(value).lower()
        kind, text = f'office:value-type="boolean" office:boolean-value="{truth}"', truth.upper()
    elif _is_exact(value):
        kind, text = f'office:value-type="float" office:value="{value!r}"', repr(value)
    else:
        # As text, whatever it looks like: a cell that begins with = is then not a formula.
        kind, text = 'office:value-type="string"', str(value)
    return f"<table:table-cell{styled} {kind}>{_paragraphs(text)}</table:table-cell>"


def _is_exact(value: str | float) -> bool:
    """Whether a spreadsheet shows this number as it is: neither endless nor of too many digits."""
    return isinstance(value, int | float) and abs(value) <= LARGEST_EXACT


def _paragraphs(text: str) -> str:
    """A line of the text is a paragraph of the cell, with each of its spaces and tabs."""
    if len(text) > CHARACTERS_SHOWN:
        text = text[: CHARACTERS_SHOWN - len(CUT)] + CUT
    return paragraphs(text)


def _column_style(width: int) -> str:
    return f"Column{width}"


def _widths(sheet: Sheet | TableSheet) -> list[int]:
    """How wide each column is, in characters: as its heading and its first rows need, within bounds."""
    least, most = CHARACTERS_WIDE
    sample = [sheet.columns, *sheet.rows[:ROWS_MEASURED]]
    return [
        max(least, min(most, max(len("" if row[index] is None else str(row[index])) for row in sample) + 2))
        for index in range(len(sheet.columns))
    ]
