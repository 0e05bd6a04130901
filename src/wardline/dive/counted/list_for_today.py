"""The lists for today as files that go from hand to hand: to check today, due next, closed without a record."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import polars as pl

from wardline.measures import ListsForToday
from wardline.reports.lists_in_words import COLUMNS_OF_A_LIST, list_in_words
from wardline.reports.wording import MADE_UP
from wardline.time_limits import Calendar

__all__ = ["CHILDREN_TO_CHECK", "CLOSED_WITHOUT_A_RECORD", "DUE_NEXT", "write_lists_for_today"]

CHILDREN_TO_CHECK = "children-to-check-today.csv"
CLOSED_WITHOUT_A_RECORD = "closed-without-a-record.csv"
DUE_NEXT = "due-next.csv"
MADE_UP_CELL = "yes"  # under a last column that is there only where the records are of nobody
# A spreadsheet takes a cell that begins so for a formula, and would run it.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_lists_for_today(lists: ListsForToday, folder: Path, calendar: Calendar, *, is_made_up: bool = False) -> None:
    """Write the three lists as CSV files that a spreadsheet opens; only their owner may read them, times are local.

    The children to check today come first, so that nothing else delays somebody who looks. Where the
    records are of nobody a last column says so, in its heading too: a list goes from hand to hand alone.
    """
    for name, listed in (
        (CHILDREN_TO_CHECK, lists.to_check),
        (DUE_NEXT, lists.due_next),
        (CLOSED_WITHOUT_A_RECORD, lists.closed_without_a_record),
    ):
        _write(listed, folder / name, calendar, is_made_up)


def _write(listed: pl.DataFrame, path: Path, calendar: Calendar, is_made_up: bool) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    last = (MADE_UP_CELL,) if is_made_up else ()
    writer.writerow([*COLUMNS_OF_A_LIST, MADE_UP] if is_made_up else COLUMNS_OF_A_LIST)
    for row in list_in_words(listed.iter_rows(named=True), calendar):
        writer.writerow([*map(_harmless, row), *last])
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.getvalue().encode("utf-8-sig"))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
