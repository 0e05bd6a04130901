"""Lines that query windows, print-outs and reports leave below and between the records: how many rows there are, who
printed them and when, on which page, under which marking.

They stand in one cell, or are torn into several where the separator stands in them; so the cells of a row are joined.
The patterns are read by Python and by Polars, so they use only what both know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

__all__ = ["COUNTED", "DONE", "END", "NUMBER", "ends_report", "is_end_of_report"]

COUNTED = r"(?:rows?|records?|cases|episodes|incidents|lines|entries|items|results?)(?:\(s\))?"
DONE = (
    r"(?:affected|selected|returned|retrieved|fetched|exported|processed|printed|listed|found|copied|in set|in total)"
)
NUMBER = r"\d[\d,. ]*"
PAGE = r"page\s*:?\s*\d+(?:\s*(?:of|/)\s*\d+)?"
MARK = (
    r"(?:(?:uk|gsc|hmg|classification|protective marking)[\s:=–-]*)*"
    r"(?:official(?:[\s:–-]*sensitive)?|restricted|confidential|(?:top )?secret|not protectively marked|unclassified)\b"
)
THING = r"(?:(?:this |the )?(?:report|export|extract|data|list|file|document|query|table)s?(?: was| were| is)? )"
MADE = r"(?:generated|printed|produced|exported|extracted|created|downloaded|compiled|prepared|refreshed|run)"

END = r"end of (?:the |this )?(?:report|file|export|data|list|extract|output|document|results?|table|page)"


def _line(*kinds: str) -> str:
    return rf"(?i)^[\W_]*(?:{'|'.join(kinds)})[\W_]*$"


# What is such a line, however many cells it is torn into: nothing of a record stands beside it.
WHOLE = _line(
    rf"(?:(?:query )?(?:returned|selected|exported|fetched) )?{NUMBER} ?{COUNTED} {DONE}\b(?: ?\([\d.]+ s(?:ec)?\))?",
    rf"(?:query )?(?:returned|selected|exported|fetched) {NUMBER} ?{COUNTED}",
    rf"(?:total )?(?:number of )?{COUNTED}(?: {DONE}| count)?\s*[:=]\s*{NUMBER}",
    rf"total (?:number of )?{COUNTED}\s+{NUMBER}",
    END,
    rf"(?:{MARK}[\W_]*)?{PAGE}",
    rf"{PAGE}[\W_]*{MARK}",
    MARK + r"[\W_]*(?:police|personal|data|when complete|for police use only|[\W_])*",
)
# What is one where it stands in one cell alone.
ALONE = _line(
    rf"{NUMBER} ?{COUNTED}",
    rf"(?:(?:grand|sub|overall|page|report)[\s-]*)?totals?[\s:=(-]*{NUMBER}",
    rf"{MARK}.{{0,60}}",
    rf"{END}\b.{{0,60}}",
)
# What is one where a row begins with it, and its id does.
BEGINNING = (
    rf"(?i)^[\W_]*(?:(?:date |time )?{THING}?{MADE}(?: (?:by|on|at|from|for)\b|\s*[:=])|{THING}{MADE}(?:\s+\d|$)"
    r"|(?:data |figures )?(?:correct )?as (?:at|of)\s*:?\s*\d|(?:report|print|run|export|extract) (?:date|time|by)\b"
    r"|(?:completion time|elapsed(?: time)?|time taken|execution time)\s*:)"
)


def is_end_of_report(cells: Sequence[pl.Expr], id_cell: pl.Expr) -> pl.Expr:
    """Whether the trimmed cells of a row, the empty ones null, are such a line; never null.

    Where the line may go on in any way, it must stand alone or in the place of the id: what stands in another column
    beside an id is the text of a record.
    """
    text = pl.concat_str(list(cells), separator=" ", ignore_nulls=True)
    is_alone = pl.sum_horizontal(cell.is_not_null() for cell in cells) == 1
    is_at_id = (pl.coalesce(cells) == id_cell).fill_null(value=False)
    found = text.str.contains(WHOLE) | (is_alone & text.str.contains(ALONE))
    return (found | ((is_alone | is_at_id) & text.str.contains(BEGINNING))).fill_null(value=False)


def ends_report(cells: Sequence[str]) -> bool:
    """The same of a row that has fewer or more cells than the header, so that none of them is known to be an id."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    text = " ".join(filled)
    is_alone = len(filled) == 1
    return bool(re.search(WHOLE, text) or re.search(BEGINNING, text) or (is_alone and re.search(ALONE, text)))
