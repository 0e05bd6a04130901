"""Files as record systems give them out: one for each year or quarter, written row by row and never held in memory.

Rows come in the order of time, so that a period's file is closed when the next one begins. Every file says in its name
that its data are made up.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import IO, Any

import xlsxwriter

__all__ = ["ADULTS_IN_PART", "MADE_UP", "CsvFiles", "Workbooks", "quarter_of", "year_of"]

MADE_UP = "made-up-data"
# So many rows of a log stand in an export twice. Our choice: enough to be met with, too few to matter.
ROWS_GIVEN_TWICE = 0.002
MONTHS_IN_QUARTER = 3
ADULTS_IN_PART = 1_000_000  # numbers kept for the adults of each part of a large force


def year_of(day: str) -> str:
    """The year of a local day written `2024-04-01`."""
    return day[:4]


def quarter_of(day: str) -> str:
    """The quarter of a local day written `2024-04-01`, as `2024-Q2`."""
    return f"{day[:4]}-Q{(int(day[5:7]) - 1) // MONTHS_IN_QUARTER + 1}"


class CsvFiles:
    """One kind of rows of a system: `actions-2024-made-up-data.csv`, and so for each period.

    With `doubled`, a source of chance, some rows stand there twice; `rows_given_twice` counts them.
    """

    def __init__(
        self,
        folder: Path,
        kind: str,
        columns: Sequence[str],
        *,
        separator: str = ",",
        encoding: str = "utf-8",
        doubled: Random | None = None,
    ) -> None:
        self.kind = kind
        self.row_count = 0
        self.rows_given_twice = 0
        self._folder = folder
        self._columns = columns
        self._separator = separator
        self._encoding = encoding
        self._doubled = doubled
        self._period = ""
        self._file: IO[str] | None = None
        self._write: Any = None

    def write(self, period: str, row: Iterable[object], *, is_aside: bool = False) -> None:
        """Write a row into the file of a period. One that stands aside, as one about nobody of ours, is never doubled,
        and changes nothing about which others are.
        """
        if period != self._period:
            self._begin(period)
        self._write(row)
        self.row_count += 1
        if self._doubled is not None and not is_aside and self._doubled.random() < ROWS_GIVEN_TWICE:
            self._write(row)
            self.row_count += 1
            self.rows_given_twice += 1

    def close(self) -> None:
        """Finish the file at hand."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self, period: str) -> None:
        """Finish the last file. Where there was no row at all, a file of this period says so by its header alone."""
        if not self._period:
            self._begin(period)
        self.close()

    def _begin(self, period: str) -> None:
        self.close()
        self._period = period
        # "x": a period that came back would overwrite its own file.
        path = self._folder / f"{self.kind}-{period}-{MADE_UP}.csv"
        self._file = path.open("x", encoding=self._encoding, newline="", buffering=1 << 20)
        writer = csv.writer(self._file, delimiter=self._separator)
        writer.writerow(self._columns)
        self._write = writer.writerow


class Workbooks:
    """Workbooks with several sheets, one workbook for each period, each sheet under two lines of heading.

    A cell is a text, empty (None), or an instant of the local clock as a workbook counts it (a float, in days).
    """

    def __init__(self, folder: Path, kind: str, title: str, sheets: Mapping[str, Sequence[str]]) -> None:
        self.kind = kind
        self.row_counts: Counter[str] = Counter()
        self._folder = folder
        self._title = title
        self._columns = sheets
        self._period = ""
        self._workbook: Any = None
        self._sheets: dict[str, Any] = {}
        self._next_row: dict[str, int] = {}
        self._as_time: Any = None

    def write(self, period: str, sheet: str, row: Sequence[str | float | None]) -> None:
        """Write a row into a sheet of the workbook of a period."""
        if period != self._period:
            self._begin(period)
        to, number = self._sheets[sheet], self._next_row[sheet]
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, float):
                to.write_number(number, column, cell, self._as_time)
            else:
                to.write_string(number, column, cell)
        self._next_row[sheet] = number + 1
        self.row_counts[sheet] += 1

    def close(self) -> None:
        """Finish the workbook at hand."""
        if self._workbook is not None:
            self._workbook.close()
            self._workbook = None

    def finish(self, period: str) -> None:
        """Finish the last workbook. Where there was no row at all, one of this period says so by its headings alone."""
        if not self._period:
            self._begin(period)
        self.close()

    def _begin(self, period: str) -> None:
        self.close()
        self._period = period
        path = self._folder / f"{self.kind}-{period}-{MADE_UP}.xlsx"
        assert not path.exists(), f"the period {period} came back"
        self._workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(self._folder)})
        # The day on which a workbook was made stands in it; ours must be the same each time.
        self._workbook.set_properties(
            {"title": f"{self._title}, made-up data", "created": datetime(2025, 4, 1, tzinfo=UTC)}
        )
        self._as_time = self._workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for name, columns in self._columns.items():
            sheet = self._workbook.add_worksheet(name)
            sheet.write_string(0, 0, f"{self._title}, {period}: {name.lower()}")
            sheet.write_string(1, 0, "Made-up data: no child, officer or place in this workbook is real.")
            for column, heading in enumerate(columns):
                sheet.write_string(2, column, heading)
            self._sheets[name], self._next_row[name] = sheet, 3
