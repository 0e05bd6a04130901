"""The list of the children to check today, as a file that goes from hand to hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from wardline.reports.wording import MADE_UP
from wardline.time_limits import Calendar

__all__ = ["write_children_to_check"]

COLUMNS = ("case", "child", "obligation", "deadline")
MADE_UP_CELL = "yes"  # under a last column that is there only where the records are of nobody


def write_children_to_check(listed: pl.DataFrame, path: Path, calendar: Calendar, *, is_made_up: bool = False) -> None:
    """Write the list as a CSV file that a spreadsheet opens; deadlines are local times.

    Where the records are of nobody a last column says so, in its heading too: the file goes from hand to hand alone.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    last = (MADE_UP_CELL,) if is_made_up else ()
    writer.writerow([*COLUMNS, MADE_UP] if is_made_up else COLUMNS)
    for case, child, obligation, deadline in listed.select(COLUMNS).iter_rows():
        local = "" if deadline is None else f"{calendar.local(deadline):%Y-%m-%d %H:%M}"
        writer.writerow([case, child or "", obligation, local, *last])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
