"""Why a row was not kept or a cell was emptied, and what else is counted of a file; never the value itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from wardline import events

__all__ = ["ERROR_OF_A_SPREADSHEET", "REASONS", "FileCount", "RejectReason", "Remark", "RemarkKind", "Tally"]


class RejectReason(Enum):
    """The fixed list of sentences of the table `rejects`."""

    EMPTY_ROW = "Every cell of the row is empty."
    UNEVEN_ROW = "The row has more or fewer cells than the header."
    SWALLOWED_CELLS = "A cell of the row seems to contain other cells, as stray quotation marks can cause."
    HEADER_ROW = "The row repeats the header."
    SEPARATOR_ROW = "The row only tells a spreadsheet program the separator."
    RULE_ROW = "The row is a line of dashes."
    TOTAL_ROW = "The row is a total or the end of a report, not a record."
    NO_CASE_ID = "The case id is empty."
    CASE_OF_NOBODY = "The case id says that there is none, such as UNKNOWN or N/A."
    NO_PERSON_ID = "The person id is empty."
    ERROR_ID = "The id is an error of a spreadsheet, such as #N/A."
    NO_EVENT_NAME = "The cell that names the event is empty."
    SAME_ROW = "The same row is in the exports twice; one is kept."
    WHOLE_ROW = "Another row with the same id has all its cells; that one is kept."
    LATER_CASE = "A later row gives this case; that one is kept."
    LATER_PERSON = "A later row gives this person record; that one is kept."
    NO_CASE = events.NO_CASE
    NOT_MATCHED = events.NOT_MATCHED
    UNREADABLE_TIME = "The time cannot be read."
    CLOCK_WITHOUT_DATE = "There is a time of day here without a date."
    CLOCK_OF_UNREADABLE_DAY = "There is a time of day here, and the cell with its day cannot be read."
    CLOCK_OF_TWO_DAYS = (
        "There is a time of day here, and the cell with its day has no time of day to compare it with, so it may be of "
        "the day after."
    )
    UNREADABLE_ASIDE = "The date or time cannot be read; nothing that should have been done depends on it."
    UNREADABLE_NUMBER = "The number cannot be read."
    ERROR_CELL = "The cell is an error of a spreadsheet, such as #N/A."
    UNLISTED_VALUE = "The value is not one of those that the mapping lists."
    PERSON_OF_NOBODY = "The person's number is a word or sign for nobody, such as UNKNOWN or 0."
    PERSON_IS_THE_CASE = "The person's number is the case's own number, so it does not identify a child."
    PERSON_OF_MANY_CASES = "The person's number is on so many cases that it does not identify a child."

    @property
    def is_of_a_cell(self) -> bool:
        """Whether one cell was emptied and the row stays; else the row was not kept."""
        return self in (
            RejectReason.UNREADABLE_TIME,
            *WITHOUT_ITS_DAY,
            RejectReason.UNREADABLE_ASIDE,
            RejectReason.UNREADABLE_NUMBER,
            RejectReason.ERROR_CELL,
            RejectReason.UNLISTED_VALUE,
            RejectReason.PERSON_OF_NOBODY,
            RejectReason.PERSON_IS_THE_CASE,
            RejectReason.PERSON_OF_MANY_CASES,
        )

    @property
    def may_hide_a_child(self) -> bool:
        """Whether what was lost could have put a case on the list of children to check: a row, or a time.

        A row that no case matches tells of no case that is not known, and a person record of no case at all.
        """
        if self.is_of_a_cell:
            return self in (RejectReason.UNREADABLE_TIME, *WITHOUT_ITS_DAY)
        return self not in (
            RejectReason.EMPTY_ROW,
            RejectReason.HEADER_ROW,
            RejectReason.SEPARATOR_ROW,
            RejectReason.RULE_ROW,
            RejectReason.TOTAL_ROW,
            RejectReason.NO_PERSON_ID,
            RejectReason.SAME_ROW,
            RejectReason.WHOLE_ROW,
            RejectReason.LATER_CASE,
            RejectReason.LATER_PERSON,
            RejectReason.NOT_MATCHED,
        )

    @property
    def code(self) -> int:
        """Its position in the list, by which columns hold it."""
        return REASONS.index(self)


REASONS = tuple(RejectReason)
WITHOUT_ITS_DAY = (
    RejectReason.CLOCK_WITHOUT_DATE,
    RejectReason.CLOCK_OF_UNREADABLE_DAY,
    RejectReason.CLOCK_OF_TWO_DAYS,
)

# Excel writes its errors in its own language: #VALUE!, #WERT!, #¡VALOR!, #ЗНАЧ!, #DĚLENÍ_NULOU!; and for #N/A:
NOT_AVAILABLE = "N/A|NV|N/D|N/B|I/T|Н/Д|Δ/Υ|D/D|YOK|SAKNAS|HIÁNYZIK|NENÍ_K_DISPOZICI|NEDOSTUPNÝ|PUUTTUU|ÚLTIMO"
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΆΈ-ΏΑ-ΫЀ-Я"
ERROR_OF_A_SPREADSHEET = (
    rf"^(#({NOT_AVAILABLE}|[¡¿]?[{CAPITALS}][{CAPITALS}_]*(/0)?[!?]|GETTING_DATA|NOT CALCULATED)"
    r"|[Ee]rr:\d{3}|#{3,})$"
)
"""What is in a cell whose value a spreadsheet could not work out, in a workbook or in what was saved from one."""


class RemarkKind(Enum):
    """What is counted of a file beside its rejects; `{n}` is the count, `{column}` the column, events or sheets."""

    READ_AS = "It is not written in UTF-8 and was read as Windows-1252."
    NO_ROWS = "It has a header and no rows."
    NO_ORDER = "It has no ORDER BY: its rows are numbered as they came, and may come in another order the next time."
    NO_TEXT = "Cells in column {column} that contain bytes instead of text, and were read as empty: {n}."
    SHORT_ROWS = "Rows that lack cells at their end, which were read as empty: {n}."
    LONG_ROWS = "Rows with empty cells after the last column of the header, which were ignored: {n}."
    SOME_LONG_ROWS = (
        "Rows with more empty cells after the last column of the header than other rows have, which were ignored: {n}. "
        "If a text in such a row contains a separator, what follows it is in the wrong column. Look at these rows."
    )
    SPLIT_ROWS = (
        "Rows with a cell that begins with a space, like the rest of a text that a separator has split, in a file "
        "whose rows lack cells at their end: {n}. If so, what follows it is in the wrong column. Look at these rows."
    )
    QUOTED_SHORT_ROWS = (
        "Rows that lack cells at their end, and have a text in quotation marks that may contain them, as stray "
        "quotation marks can cause: {n}. Look at these rows of the file."
    )
    SWALLOWED_ROWS = (
        "Rows with a cell that seems to contain further rows, as stray quotation marks can cause: {n}. "
        "Look at these rows of the file."
    )
    UNLISTED_EVENT = "Rows left out, because the mapping does not list the event in column {column}: {n}."
    UNLISTED_CODE = "Of these rows, {column}: {n}."
    OTHER_UNLISTED = "Of these rows, {column} holds others, whose texts are not shown: {n}."
    NEARLY = (
        "Cells in column {column} that differ from a value of the mapping in capital letters or spaces only, so that "
        "they do not fit it: {n}. Add them to its values, if the same is meant."
    )
    GIVEN_AGAIN = (
        "Rows whose case a later row of the same file gives differently, and which are rejected: {n}. If they are "
        "about different children, the case id lacks a part."
    )
    GIVEN_OTHERWISE = (
        "Rows whose case another file or sheet gives with another person, type or time of opening, and which are "
        "rejected: {n}. If they are about different children, the case id lacks a part."
    )
    GIVEN_BY_OLDER = (
        "Rows whose case a file or sheet with an earlier day in its name gives differently, and which are rejected: "
        "{n}. Of two files the one that is later by name counts: begin the names with year, month and day."
    )
    WORDS = (
        "Cells that contain words where a time belongs, {column}: {n}. If they say that nothing happened, `texts` in "
        "the mapping can say so."
    )
    WHOLE_DAY = "Dates without a time of day in column {column}, for which the whole day is meant: {n}."
    MIDNIGHTS = (
        "Every time of day in column {column} is midnight, so its dates are taken for whole days: {n}. "
        "`whole days: no` in the mapping says that midnight is meant."
    )
    SOME_MIDNIGHTS = (
        "Times of day in column {column} that are exactly 00:00, which may mean that there is none: {n}. `whole days` "
        "and `texts` in the mapping can say so."
    )
    AMBIGUOUS = "Local times in column {column} that the clock showed twice, for which an interval is meant: {n}."
    IMPOSSIBLE = "Local times in column {column} that the clock never showed, moved to the change: {n}."
    ROUNDED = (
        "Numbers in column {column} that were shortened or rounded, as spreadsheets do, so that different ones may "
        "have become one: {n}."
    )
    MADE_DATES = (
        "Numbers in column {column} that a spreadsheet seems to have turned into dates, as 3/25 into Mar-25, so that "
        "they are the same as no number elsewhere: {n}."
    )
    DECIMALS = (
        "Numbers in column {column} that end in .0, as some programs write whole numbers, beside others of the system "
        "without it, so that they are the same as none of those: {n}."
    )
    SWAPPED = (
        "Dates in column {column} whose day and month a spreadsheet may have swapped, as no day of them is above 12: "
        "{n}."
    )
    ONE_VALUE = "Rows in which column {column} has the one value that most rows have: {n}."
    SAME_MINUTE = "Events that always fall in the same minute as another, {column}: {n}."
    FILLED_ENDS = (
        "Times in column {column} that are in the very minute in which the case opened: {n}. If the system fills them "
        "in at the start, what they tell has not happened yet, and such a case may still be open. Look at these rows."
    )
    MERGED = "Cells of column {column} that are merged with one above and were read as having its text: {n}."
    HIDDEN_SHEET = "Hidden sheets that are read, {column}: {n}."
    UNREAD_SHEETS = "Sheets that no table reads, {column}: {n}."
    UNUSED_COLUMNS = "Columns that no table uses, {column}: {n}."
    AFTER_AS_AT = "Events that happened or were recorded after as at, which are kept and not yet known: {n}."

    @property
    def may_hide_a_child(self) -> bool:
        """Whether a case that belongs on the list of children to check may have been lost by it, or taken for another.

        A date whose day and month were swapped may lie after as at, and a time that means none is taken for
        that of a response.
        """
        return self in (
            RemarkKind.NO_TEXT,
            RemarkKind.SOME_LONG_ROWS,
            RemarkKind.SPLIT_ROWS,
            RemarkKind.QUOTED_SHORT_ROWS,
            RemarkKind.SWALLOWED_ROWS,
            RemarkKind.NEARLY,
            RemarkKind.GIVEN_AGAIN,
            RemarkKind.GIVEN_OTHERWISE,
            RemarkKind.GIVEN_BY_OLDER,
            RemarkKind.SOME_MIDNIGHTS,
            RemarkKind.ROUNDED,
            RemarkKind.MADE_DATES,
            RemarkKind.DECIMALS,
            RemarkKind.SWAPPED,
            RemarkKind.SAME_MINUTE,
            RemarkKind.FILLED_ENDS,
        )


Tally = Counter[tuple[RemarkKind, str | None]]
"""How often each was counted, by what it is about."""


@dataclass(frozen=True)
class Remark:
    """Something counted of a file that is no reject."""

    source: str
    file: str
    kind: RemarkKind
    count: int
    column: str | None = None

    @property
    def text(self) -> str:
        """What was counted, in words, without the file."""
        return self.kind.value.format(n=f"{self.count:,}", column=self.column)

    def __str__(self) -> str:
        return f"{self.source}, {self.file}: {self.text}"


@dataclass(frozen=True)
class FileCount:
    """Rows in = kept + left out + rejected, for one table of one file (`table` counts the mapping's tables from 1).

    `sha256` is of the result that was read where the "file" is a query, which no file holds. Rows are left out by `only
    where` and `leave out where`, and where the mapping does not list their event.
    """

    source: str
    table: int
    file: str
    rows_in: int
    kept: int
    left_out: int
    rejected: int
    sha256: str | None = None
    workbook: str | None = None  # the file, where `file` names one of its sheets as well
    path: Path = field(default=Path(), compare=False, repr=False)  # of the file on this machine

    @property
    def on_disk(self) -> str:
        """The name of the file that holds the rows, below the folder of its source, as it is shown."""
        return self.workbook or self.file

    def __post_init__(self) -> None:
        assert self.rows_in == self.kept + self.left_out + self.rejected, (
            f"rows of {self.file} went astray: {self.rows_in} in, {self.kept} kept, {self.left_out} left out, "
            f"{self.rejected} rejected"
        )
