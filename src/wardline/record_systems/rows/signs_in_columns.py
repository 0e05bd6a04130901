"""Signs in the cells of an export that it is not what it was: counted while its rows are chosen, and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl

from wardline.record_systems.mapping.cells import Attribute, AttributeType, TimeCell
from wardline.record_systems.mapping.kinds_of_table import CaseTable, EventTable, MappedTable, NoteTable
from wardline.record_systems.mapping.time_formats import AS_EXPORTED, read_texts
from wardline.record_systems.rows.cells_of_times import is_midnight_elsewhere
from wardline.record_systems.rows.rejects import RemarkKind
from wardline.time_limits import Calendar

__all__ = ["MIDNIGHT", "MIDNIGHT_APART", "Signs", "time_cells_of"]

OFFSET = r"(Z|UTC|GMT|BST|[+-]\d\d(:?\d\d)?)"
MIDNIGHT = rf"(?i)\d[ T](0?0:00(:00(\.0+)?)?|12:00(:00)? ?am)\s*{OFFSET}?$"
# What may be midnight here where a time was written for another zone: there are zones of half hours and of quarters.
WITH_OFFSET = rf"(?i)\d[ T]\d?\d:[0134][05](:00(\.0+)?)?\s*{OFFSET}$"
MIDNIGHT_APART = r"(?i)^(0?0:00(:00(\.0+)?)?|12:00(:00)? ?am)$"
CLOCK = r"\d:\d\d"
FEWEST_MIDNIGHTS, SHARE_OF_MIDNIGHTS = 3, 0.2
# A number of twelve digits as a spreadsheet shows it, and one of which it kept fifteen digits.
SHORTENED, LONG, ROUNDED = r"^-?\d([.,]\d+)?[Ee]\+\d\d+$|^-?\d[.,]\d+[Ee]\d\d+$", r"^[1-9]\d{15,}$", r"^[1-9]\d{14}0+$"
FEWEST_ROUNDED = 2
# What a spreadsheet makes of a number such as 3/25, and shows in its place. In a workbook such a cell is a date; in
# other files 2025-03-17 may well be a number of its own.
SHOWN_AS_A_DATE = r"(?i)^(\d{1,2}-)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-\d\d)?$"
A_DATE = r"^\d{4}-\d\d-\d\d$"
# A program that holds numbers as decimals as soon as one is missing writes 1001 as 1001.0; 12.5 is a number of its own.
DECIMAL, WHOLE, FRACTION = r"^\d+\.0$", r"^\d+$", r"^\d+\.\d*[1-9]\d*$"
ISO_DATE, DATE = r"^\d{4}-(?P<month>\d\d)-(?P<day>\d\d)", r"^(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-]\d{2,4}"
LAST_MONTH = 12
FEWEST_DATED = 2
FEWEST_SWAPPED, FEWEST_DATES, FEWEST_MONTHS = 2, 20, 3
# Of a free column, before one value of it says anything: rows, and different values, a fifth of the rows or many.
FEWEST_ROWS, FEWEST_VALUES, MANY_VALUES = 20, 5, 10

Cell = Callable[[str], pl.Expr]


@dataclass
class Signs:
    """What was seen in the columns of one file so far. `seen` counts by what was seen and the column."""

    table: MappedTable
    calendar: Calendar
    is_of_a_workbook: bool = False
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    months: dict[str, set[int]] = field(default_factory=dict)
    most_frequent: dict[str, str] = field(default_factory=dict)

    def look(self, rows: pl.DataFrame, cell: Cell) -> None:
        """Look at some more rows."""
        if rows.is_empty():
            return
        self._choose_most_frequent(rows, cell)
        found = rows.select(count.alias(f"{what}|{column}") for what, column, count in self._counts(cell))
        for name, count in found.row(0, named=True).items():
            what, _, column = name.partition("|")
            self.seen[what, column] += count
        self._look_for_midnights_elsewhere(rows, cell)
        for column in self._date_columns():
            self._look_at_dates(column, rows.select(cell(column).alias("text"))["text"])

    def columns_of_days(self, of_all_files: Counter[tuple[str, str]]) -> frozenset[str]:
        """The columns in which every time of day is midnight, in all files together."""
        return frozenset(
            column
            for column in self._clock_columns()
            if of_all_files["midnight", column] and not of_all_files["other", column]
        )

    def tallied(self, days: frozenset[str]) -> Iterator[tuple[RemarkKind, str, int]]:
        """What is to be said, by column."""
        for column in sorted(days):
            if count := self.seen["midnight", column]:
                yield RemarkKind.MIDNIGHTS, column, count
        for column in dict.fromkeys([*self._clock_columns(), *self._clocks_apart()]):
            count, others = self.seen["midnight", column], self.seen["other", column]
            many = count >= FEWEST_MIDNIGHTS and count >= SHARE_OF_MIDNIGHTS * (count + others)
            # A file of a month that holds dates, beside others that hold times, is not chance either.
            if column not in days and (many or (count and not others)):
                yield RemarkKind.SOME_MIDNIGHTS, column, count
        for column in self._number_columns():
            rounded = self.seen["rounded", column]
            is_rounded = rounded >= FEWEST_ROUNDED and rounded == self.seen["long", column]
            if count := self.seen["shortened", column] + is_rounded * rounded:
                yield RemarkKind.ROUNDED, column, count
        for column in self._whole_ids():
            dated = self.seen["made a date", column]
            if dated and (self.seen["no date", column] or dated >= FEWEST_DATED):
                yield RemarkKind.MADE_DATES, column, dated
        for column in self._date_columns():
            if count := self._swapped(column):
                yield RemarkKind.SWAPPED, column, count
        for column in self.most_frequent:
            if 2 * self.seen["most frequent", column] > self.seen["filled", column] >= FEWEST_ROWS:
                yield RemarkKind.ONE_VALUE, column, self.seen["most frequent", column]

    def _counts(self, cell: Cell) -> Iterator[tuple[str, str, pl.Expr]]:
        for column in self._clock_columns():
            is_midnight = cell(column).str.contains(MIDNIGHT)
            yield "midnight", column, is_midnight.sum()
            yield "other", column, (cell(column).str.contains(CLOCK) & ~is_midnight).sum()
        for column in self._clocks_apart():
            yield "midnight", column, cell(column).str.contains(MIDNIGHT_APART).sum()
            yield "other", column, (cell(column).is_not_null() & ~cell(column).str.contains(MIDNIGHT_APART)).sum()
        for column in self._number_columns():
            for what, pattern in (("shortened", SHORTENED), ("long", LONG), ("rounded", ROUNDED)):
                yield what, column, cell(column).str.contains(pattern).sum()
        for column in self._whole_ids():
            for what, pattern in (("decimal", DECIMAL), ("whole", WHOLE), ("fraction", FRACTION)):
                yield what, column, cell(column).str.contains(pattern).sum()
            is_date = cell(column).str.contains(SHOWN_AS_A_DATE)
            if self.is_of_a_workbook:
                is_date |= cell(column).str.contains(A_DATE)
            yield "made a date", column, is_date.sum()
            yield "no date", column, (~is_date).sum()
        for column, value in self.most_frequent.items():
            yield "most frequent", column, (cell(column) == value).sum()
            yield "filled", column, cell(column).count()

    def _look_for_midnights_elsewhere(self, rows: pl.DataFrame, cell: Cell) -> None:
        """Count times that are midnight here as midnights, though they are written for another zone."""
        for each in self._whole_times():
            texts = rows.select(cell(each.column).alias("text"))["text"].drop_nulls()
            if texts.is_empty() or re.search(WITH_OFFSET, texts[0]) is None:
                continue  # a program writes all times of a column in one way
            others = texts.filter(texts.str.contains(WITH_OFFSET) & ~texts.str.contains(MIDNIGHT))
            read = read_texts(others, (*each.formats, *AS_EXPORTED))
            count = int(read.select(is_midnight_elsewhere(self.calendar).sum()).item())
            self.seen["midnight", each.column] += count
            self.seen["other", each.column] -= count

    def _choose_most_frequent(self, rows: pl.DataFrame, cell: Cell) -> None:
        """The most frequent value of the first rows of each free column; only it is counted in those that follow."""
        if self.seen["rows", ""] == 0 and rows.height >= FEWEST_ROWS:
            for column in self._free_columns():
                counts = rows.select(cell(column).alias("text"))["text"].drop_nulls().value_counts()
                if counts.height >= FEWEST_VALUES and counts.height >= min(MANY_VALUES, counts["count"].sum() / 5):
                    self.most_frequent[column] = min(counts.filter(pl.col("count") == pl.col("count").max())["text"])
        self.seen["rows", ""] += rows.height

    def _look_at_dates(self, column: str, texts: pl.Series) -> None:
        if self.seen["late real", column] or (self.seen["late", column] and self.seen["early", column]):
            return  # what was there already shows that day and month are where they should be
        day_first = not self._is_month_first(column)
        frame = texts.to_frame("text").select(
            pl.col("text").str.extract_groups(ISO_DATE).alias("real"),
            pl.col("text").str.extract_groups(DATE).alias("of"),
        )
        dates = frame.select(
            pl.col("real").struct.field("day").cast(pl.Int64).alias("real"),
            pl.col("of").struct.field("first" if day_first else "second").cast(pl.Int64).alias("written"),
            pl.coalesce(
                pl.col("real").struct.field("month"), pl.col("of").struct.field("second" if day_first else "first")
            )
            .cast(pl.Int64)
            .alias("month"),
        )
        real, written = dates["real"], dates["written"]
        self.seen["early real", column] += int((real <= LAST_MONTH).sum())
        self.seen["late real", column] += int((real > LAST_MONTH).sum())
        self.seen["early", column] += int((written <= LAST_MONTH).sum())
        self.seen["late", column] += int((written > LAST_MONTH).sum())
        self.seen["not the first", column] += int(((real > 1) | (written > 1)).sum())
        self.months.setdefault(column, set()).update(dates["month"].drop_nulls().unique())

    def _swapped(self, column: str) -> int:
        """How many dates may have day and month changed about; none where nothing says so."""
        early_real, late_real = self.seen["early real", column], self.seen["late real", column]
        early, late = self.seen["early", column], self.seen["late", column]
        if early_real >= FEWEST_SWAPPED and late and not late_real and not early:
            return early_real  # a spreadsheet has made dates of those that can be read both ways
        is_always_early = not late_real and not late and self.seen["not the first", column]
        if is_always_early and early_real + early >= FEWEST_DATES and len(self.months[column]) >= FEWEST_MONTHS:
            return early_real + early
        return 0

    def _is_month_first(self, column: str) -> bool:
        formats = [each.text for cell in time_cells_of(self.table) if cell.column == column for each in cell.formats]
        return any(0 <= text.find("%m") < text.find("%d") and not text.startswith("%Y") for text in formats[:1])

    def _clock_columns(self) -> list[str]:
        return [each.column for each in self._whole_times()]

    def _whole_times(self) -> list[TimeCell]:
        """The times of a column of their own of which the mapping does not say what midnight means: one of a column."""
        of_column = {
            cell.column: cell
            for cell in time_cells_of(self.table)
            if cell.clock_column is None and cell.whole_days is None
        }
        return list(of_column.values())

    def _clocks_apart(self) -> list[str]:
        clocks = (cell.clock_column for cell in time_cells_of(self.table) if cell.clock_column is not None)
        return list(dict.fromkeys(clocks))

    def _date_columns(self) -> list[str]:
        return list(dict.fromkeys(cell.column for cell in time_cells_of(self.table)))

    def _number_columns(self) -> list[str]:
        of_person = self.table.person if isinstance(self.table, CaseTable) else ()
        return list(dict.fromkeys([*self.table.id_columns, *of_person, *(each.column for each in self._texts())]))

    def _whole_ids(self) -> list[str]:
        """The column that alone makes the id; a part of an id may well be a date."""
        return list(self.table.id_columns) if len(self.table.id_columns) == 1 else []

    def _free_columns(self) -> list[str]:
        return list(dict.fromkeys([*(each.column for each in self._texts()), *self._clock_columns()]))

    def _texts(self) -> list[Attribute]:
        attributes = [
            *self.table.attributes,
            *(each for event in self.table.events_of_row for each in event.attributes),
        ]
        return [each for each in attributes if each.type is AttributeType.TEXT and each.values is None]


def time_cells_of(table: MappedTable) -> Iterator[TimeCell]:
    """The times that a table's rows hold, but for days of birth."""
    match table:
        case CaseTable():
            yield from filter(None, (table.opened_at, table.closed_at))
        case EventTable():
            yield from filter(None, (table.at, table.recorded_at))
        case NoteTable():
            yield from filter(None, (table.written_at,))
    for event in table.events_of_row:
        yield from filter(None, (event.at, event.recorded_at))
    for attribute in _attributes_of(table):
        if attribute.type is AttributeType.TIME:
            yield TimeCell(attribute.column, None, attribute.formats)


def _attributes_of(table: MappedTable) -> list[Attribute]:
    return [*table.attributes, *(attribute for event in table.events_of_row for attribute in event.attributes)]
