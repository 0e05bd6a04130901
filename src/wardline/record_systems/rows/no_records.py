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

__all__ = ["with_reasons_of_no_record"]

RULE = r"^[-=_*+~|.\s‐-―─-╿]*[-=_*+~‐-―─-╿][-=_*+~|.\s‐-―─-╿]*$"
KINDS_OF_TOTAL = r"(?:(?:grand|sub|overall|page|report)[\s-]*)?totals?"
# What a row may begin with, whatever its first column.
TOTAL = rf"(?i)^[\s*(-]*{KINDS_OF_TOTAL}[\s:=*)-]*$"
# What cannot be the id of anything.
NO_ID = (
    rf"(?i)^[\s*(-]*(?:{KINDS_OF_TOTAL}[\s:=(-]+(?:\d|for\b|of\b|number\b|count\b|{COUNTED}\b).*"
    rf"|{NUMBER} {COUNTED}(?: {DONE}(?: \([\d.]+ s(?:ec)?\))?)?[\s.:*)-]*"
    rf"|(?:number of )?{COUNTED}(?: {DONE}| count)?\s*[:=]\s*{NUMBER}"
    rf"|(?:row|record) count\b.*|{END}[\s.*)-]*)$"
)


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
