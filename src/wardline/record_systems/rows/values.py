"""The cells of some kept rows, read as what the mapping says they are; what cannot be read is a reject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import reduce
from operator import or_

import polars as pl

from wardline.record_systems.mapping.cells import Attribute, AttributeType, RowPattern, TimeCell
from wardline.record_systems.mapping.kinds_of_table import NoteTable, PersonTable
from wardline.record_systems.mapping.time_formats import AS_EXPORTED, TimeFormat
from wardline.record_systems.rows.cells_of_times import CellsRead, read_cells
from wardline.record_systems.rows.choosing import holds_one_of
from wardline.record_systems.rows.rejects import ERROR_OF_A_SPREADSHEET, REASONS, RejectReason, RemarkKind
from wardline.record_systems.rows.staged_files import StagedFile, raw
from wardline.record_systems.rows.words_shown import known_words
from wardline.time_limits import Calendar, end_of_local_day_column, instant_column, read_local_column

__all__ = ["Rows", "TimeState", "Times", "rows_of_rejects", "times_of_cells"]

# By their times no case or event is there, and nothing is owed.
DECIDE_NOTHING = (PersonTable, NoteTable)
REJECTED = pl.Schema({"row": pl.Int64(), "column": pl.String(), "reason": pl.UInt8()})


class TimeState(IntEnum):
    """How a time was read."""

    EXACT = 0
    EMPTY = 1
    UNREADABLE = 2
    WHOLE_DAY = 3
    AMBIGUOUS = 4
    IMPOSSIBLE = 5
    NO_EVENT = 6


COUNTED = {
    TimeState.WHOLE_DAY: RemarkKind.WHOLE_DAY,
    TimeState.AMBIGUOUS: RemarkKind.AMBIGUOUS,
    TimeState.IMPOSSIBLE: RemarkKind.IMPOSSIBLE,
}


@dataclass(frozen=True)
class Times:
    """A column of times: the earliest and latest instant each can be, its local date, and how it was read."""

    earliest: pl.Series
    latest: pl.Series
    day: pl.Series
    state: pl.Series

    def is_(self, *states: TimeState) -> pl.Series:
        """Where the state is one of these."""
        # One comparison for each: a list of states would have to be made into a column first.
        return reduce(or_, (self.state == int(state) for state in states))


@dataclass
class Rows:
    """Kept rows of one file, with the columns of its staging; what is rejected of their cells gathers in `rejected`."""

    frame: pl.DataFrame
    file: StagedFile
    rejected: list[pl.DataFrame] = field(default_factory=list)
    _times: dict[TimeCell, Times] = field(default_factory=dict)
    _words_told: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return self.frame.height

    def cell(self, column: str) -> pl.Series:
        """The text of a raw column."""
        return self.frame[raw(column)]

    def fit(self, pattern: RowPattern) -> pl.Series:
        """Where the rows fit a pattern."""
        return self.frame.select(
            pl.all_horizontal(holds_one_of(pl.col(raw(column)), values) for column, values in pattern.conditions)
        ).to_series()

    def times(self, cell: TimeCell) -> Times:
        """The times of a cell. Unreadable ones are rejected; inexact, ambiguous and impossible ones are counted."""
        if cell not in self._times:
            times = self._times[cell] = self._read_times(cell)
            if bool((times.state > TimeState.UNREADABLE).any()):  # else there is none to count
                for state, kind in COUNTED.items():
                    if count := int(times.is_(state).sum()):
                        self.file.tally[kind, cell.column] += count
        return self._times[cell]

    def days(self, cell: TimeCell) -> pl.Series:
        """The local dates of a cell; unreadable ones are rejected."""
        return self._read_times(cell).day

    def attribute(self, attribute: Attribute, where: pl.Series | None = None) -> pl.Series:
        """An attribute's values; cells that cannot be read are rejected where `where` holds, and empty."""
        texts = self.cell(attribute.column)
        match attribute.type:
            case AttributeType.TIME:
                # A date alone stands for its last microsecond: a deadline of a date includes the day.
                times = self.times(TimeCell(attribute.column, None, attribute.formats))
                return times.latest.alias(attribute.name)
            case AttributeType.NUMBER:
                numbers = texts.cast(pl.Float64, strict=False)
                numbers = numbers.set(~numbers.is_finite(), None)
                self.reject(
                    texts.is_not_null() & numbers.is_null(), attribute.column, RejectReason.UNREADABLE_NUMBER, where
                )
                return numbers.alias(attribute.name)
        if attribute.values is None:
            return self.text(attribute.column, where).alias(attribute.name)
        given = [value for value, _ in attribute.values]
        self.reject(texts.is_not_null() & ~texts.is_in(given), attribute.column, RejectReason.UNLISTED_VALUE, where)
        return texts.replace_strict(
            given, [ours for _, ours in attribute.values], default=None, return_dtype=pl.String()
        ).alias(attribute.name)

    def text(self, column: str, where: pl.Series | None = None) -> pl.Series:
        """The text of a raw column without the errors of spreadsheets, which are rejected where `where` holds."""
        texts = self.cell(column)
        is_error = texts.str.contains(ERROR_OF_A_SPREADSHEET).fill_null(False)
        if not is_error.any():
            return texts
        self.reject(is_error, column, RejectReason.ERROR_CELL, where)
        return texts.set(is_error, None)

    def reject(self, is_rejected: pl.Series, column: str, reason: RejectReason, where: pl.Series | None = None) -> None:
        """Note the rejected cells of a column."""
        if where is not None:
            is_rejected = is_rejected & where
        if is_rejected.any():
            self.rejected.append(
                pl.DataFrame({"row": self.frame["row"].filter(is_rejected)}).with_columns(
                    pl.lit(column).alias("column"), pl.lit(reason.code, dtype=pl.UInt8).alias("reason")
                )
            )

    def _read_times(self, cell: TimeCell) -> Times:
        of_days = cell.column in self.file.of_days if cell.whole_days is None else cell.whole_days
        is_typed = self.file.export.may_be_typed or bool(self.file.export.typed)
        calendar = self.file.mapping.calendar
        days_of = calendar if of_days else None
        cells = read_cells(cell, self.cell, self._formats(cell), is_typed=is_typed, days_of=days_of)
        for is_rejected, column, reason in cells.rejected:
            decides = not isinstance(self.file.table, DECIDE_NOTHING)
            self.reject(is_rejected, column, reason if decides else RejectReason.UNREADABLE_ASIDE)
            if reason is RejectReason.UNREADABLE_TIME and column not in self._words_told and is_rejected.any():
                self._words_told.add(column)
                for text, count in known_words(self.cell(column).filter(is_rejected)):
                    self.file.tally[RemarkKind.WORDS, f"{column}: {text}"] += count
        return times_of_cells(cells, calendar)

    def _formats(self, cell: TimeCell) -> tuple[TimeFormat, ...]:
        if not cell.formats:
            return AS_EXPORTED
        if set(cell.columns()) & self.file.export.typed:
            return AS_EXPORTED + cell.formats
        return cell.formats + AS_EXPORTED if self.file.export.may_be_typed else cell.formats


def times_of_cells(cells: CellsRead, calendar: Calendar) -> Times:
    """The times that cells hold, where a calendar's clocks are meant unless they say of which zone they are."""
    read = cells.table.with_columns(
        cells.is_empty.alias("is_empty"),
        cells.is_no_event.alias("is_no_event"),
        read_local_column(pl.col("local"), calendar).alias("at"),
    )
    if not cells.table["has_clock"].all():
        read = read.with_columns(end_of_local_day_column(pl.col("local").dt.date(), calendar).alias("end_of_day"))
    return _as_times(read)


def _as_times(read: pl.DataFrame) -> Times:
    at = pl.col("at").struct
    instant = instant_column(pl.col("local"), pl.col("offset"))
    is_day = ~pl.col("has_clock") & pl.col("local").is_not_null()
    has_offset = pl.col("offset").is_not_null()
    end_of_day = pl.col("end_of_day") if "end_of_day" in read.columns else at.field("latest")
    earliest = pl.when(has_offset).then(instant).otherwise(at.field("earliest"))
    latest = pl.when(has_offset).then(instant).when(is_day).then(end_of_day).otherwise(at.field("latest"))
    state = (
        pl.when("is_no_event")
        .then(int(TimeState.NO_EVENT))
        .when("is_empty")
        .then(int(TimeState.EMPTY))
        .when(pl.col("local").is_null())
        .then(int(TimeState.UNREADABLE))
        .when(has_offset)
        .then(int(TimeState.EXACT))
        .when(is_day)
        .then(int(TimeState.WHOLE_DAY))
        .when(~at.field("is_possible"))
        .then(int(TimeState.IMPOSSIBLE))
        .when(at.field("earliest") != at.field("latest"))
        .then(int(TimeState.AMBIGUOUS))
        .otherwise(int(TimeState.EXACT))
        .cast(pl.UInt8)
    )
    result = read.select(
        earliest.alias("earliest"), latest.alias("latest"), pl.col("local").dt.date().alias("day"), state.alias("state")
    )
    return Times(*result.get_columns())


def rows_of_rejects(file: StagedFile, rows: pl.DataFrame, cells: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Rows of the table `rejects`, in order of row; a cell that several uses read is rejected once."""
    whole_rows = rows.select("row", pl.lit(None, dtype=pl.String).alias("column"), "reason")
    found = (
        pl.concat([whole_rows, REJECTED.to_frame(), *cells]).unique().sort("row", "column", "reason", nulls_last=False)
    )
    in_words = [reason.value for reason in REASONS]
    of_a_cell = [reason.code for reason in REASONS if reason.is_of_a_cell]
    return found.select(
        pl.lit(file.mapping.system).alias("source"),
        pl.lit(file.export.name).alias("source_file"),
        pl.col("row").alias("source_row"),
        "column",
        pl.when(pl.col("reason").is_in(of_a_cell)).then(pl.lit("cell")).otherwise(pl.lit("row")).alias("what"),
        pl.col("reason").replace_strict(list(range(len(in_words))), in_words, return_dtype=pl.String()),
    )
