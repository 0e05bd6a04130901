"""Rows that are not records: a repeated header and the line that tells the separator, a line of dashes, a total.

Files that were joined end to end, query windows and reports leave such rows between the records. Each
would silently become a case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from wardline.record_systems.exports.csv_files import TELLS_SEPARATOR
from wardline.record_systems.rows.rejects import RejectReason
from wardline.table_files.ends_of_reports import COUNTED, DONE, END, NUMBER

__all__ = ["another_header", "with_reasons_of_no_record"]

RULE = r"^[-=_*+~|.\s‐-―─-╿]*[-=_*+~‐-―─-╿][-=_*+~|.\s‐-―─-╿]*$"
KINDS_OF_TOTAL = r"(?:(?:(?:grand|sub|overall|page|report)[\s-]*)?totals?|(?:is-?)?cyfanswm|gesamt)"
# What a row may begin with, whatever its first column.
TOTAL = rf"(?i)^[\s*(-]*{KINDS_OF_TOTAL}[\s:=*)-]*$"
# What cannot be the id of anything.
NO_ID = (
    rf"(?i)^[\s*(-]*(?:{KINDS_OF_TOTAL}[\s:=(-]+(?:\d|for\b|of\b|number\b|count\b|{COUNTED}\b).*"
    rf"|{NUMBER} {COUNTED}(?: {DONE}(?: \([\d.]+ s(?:ec)?\))?)?[\s.:*)-]*"
    rf"|(?:number of )?{COUNTED}(?: {DONE}| count)?\s*[:=]\s*{NUMBER}"
    r"|(?:sum|summe|count|cyfrif|end|diwedd)[\s.:*)-]*"
    rf"|(?:row|record) count\b.*|{END}[\s.*)-]*)$"
)
FEWEST_NAMES = 2  # of the header in one row, before it may be another header


def with_reasons_of_no_record(rows: pl.DataFrame, header: Sequence[str], id_at: int) -> pl.DataFrame:
    """The rows, trimmed, that are not records, with the code of the reason in a column `reason`.

    The columns are `row` and then `0`, `1`, … for the header's, of which `id_at` has the id, or its first part.
    """
    cells = rows.columns[1:]
    first = pl.coalesce(cells)
    folded = [_folded(name) for name in header]
    names = [name for name in folded if name]
    begins_as_header = first.str.to_lowercase().str.replace_all(r"\s+", " ").is_in(names)
    tells_separator = first.str.contains(TELLS_SEPARATOR) & pl.sum_horizontal(pl.col(cells).is_not_null()).eq(1)
    id_cell = pl.col(cells[id_at])
    is_total = first.str.contains(TOTAL) | id_cell.str.contains(TOTAL) | id_cell.str.contains(NO_ID)
    looked_at = rows.with_columns(
        begins_as_header.fill_null(value=False).alias("begins as header"),
        first.str.contains(RULE).fill_null(value=False).alias("begins as rule"),
        is_total.fill_null(value=False).alias("is total"),
        tells_separator.fill_null(value=False).alias("tells separator"),
    ).filter(pl.any_horizontal("begins as header", "begins as rule", "is total", "tells separator"))
    reasons = [
        _reason(row[1 : len(cells) + 1], *row[len(cells) + 1 :], header=folded)  # few rows ever come here
        for row in looked_at.iter_rows()
    ]
    found = looked_at.select(rows.columns).with_columns(pl.Series("reason", reasons, dtype=pl.UInt8))
    return found.filter(pl.col("reason").is_not_null())


def another_header(rows: pl.DataFrame, header: Sequence[str], id_at: int) -> int | None:
    """The first of the rows, trimmed, that is a header again, and of a table whose columns are others or elsewhere.

    Files that were joined end to end have one where they were exported in different ways; what follows it would be read
    in the wrong columns. Either all that it has are names of this header, in other places; or some of its cells have
    the name of their column, and none has a digit, as the id or a time of a record would.
    """
    cells = rows.columns[1:]
    folded = [_folded(name) for name in header]
    has_no_digit = rows.filter(~pl.col(cells[id_at]).str.contains(r"\d"))
    as_folded = has_no_digit.with_columns(pl.col(cells).str.to_lowercase().str.replace_all(r"\s+", " "))
    filled = pl.sum_horizontal(pl.col(cells).is_not_null())
    in_place = pl.sum_horizontal((pl.col(cell) == name) for cell, name in zip(cells, folded, strict=True))
    are_names = pl.all_horizontal(pl.col(cell).is_in(folded) | pl.col(cell).is_null() for cell in cells)
    has_digit = pl.any_horizontal(pl.col(cells).str.contains(r"\d"))
    is_other = (are_names & (filled >= FEWEST_NAMES)) | (
        (in_place >= FEWEST_NAMES) & ~has_digit & (2 * in_place >= filled)
    )
    found = as_folded.filter(is_other.fill_null(value=False) & (in_place.fill_null(0) < filled))
    several = (row for row in found.iter_rows() if len(set(filter(None, row[1:]))) >= FEWEST_NAMES)
    return next((int(row[0]) for row in several), None)


def _reason(
    cells: Sequence[str | None],
    begins_as_header: bool,
    begins_as_rule: bool,
    is_total: bool,
    tells_separator: bool,
    *,
    header: Sequence[str],
) -> int | None:
    if begins_as_header and all(
        cell is None or _folded(cell) == name for cell, name in zip(cells, header, strict=True)
    ):
        return RejectReason.HEADER_ROW.code
    if begins_as_rule and all(cell is None or re.search(RULE, cell) for cell in cells):
        return RejectReason.RULE_ROW.code
    if tells_separator:
        return RejectReason.SEPARATOR_ROW.code
    return RejectReason.TOTAL_ROW.code if is_total else None


def _folded(text: str) -> str:
    """The text in small letters, with single blanks in it and none around it."""
    return " ".join(text.lower().split())
