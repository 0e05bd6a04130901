"""What each column of an export seems to hold, and what that rests on. No value of a cell leaves this module but
those of columns whose headings speak of codes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum

import polars as pl

from wardline.record_systems.drafting.headings import CODE_WORDS, ends_as_id, field_of_person, is_of_somebody, words_of
from wardline.record_systems.drafting.looking import Layout
from wardline.record_systems.drafting.moments import TimeGuess, clock_format_of, date_in, time_guess
from wardline.record_systems.rows.words_shown import FEWEST_OF_A_CODE, LONGEST_CODE, OF_SOMEBODY

__all__ = ["ColumnKind", "ColumnSeen", "TableSeen", "see", "without_order"]

EMPTY_WORDS = frozenset(
    ["null", "n/a", "na", "nil", "-", "--", "---", "undefined", "#n/a", "(null)", "nan", ".", "?", "(blank)", "(none)"]
)
FEWEST_ROWS = 20
MOST_CODES = 40
LONG_TEXT = 25  # letters on average, from which a column of many different cells is free text
FLAGS = frozenset(["y", "n", "yes", "no", "t", "f", "true", "false", "0", "1", "u", "x"])


class ColumnKind(Enum):
    """What a column seems to hold."""

    EMPTY = "empty"
    ID = "number or reference"
    TIME = "time"
    CLOCK = "time of day"
    CODE = "codes"
    NUMBER = "number"
    TEXT = "free text"
    PERSON = "of a person"
    OTHER = "text"


@dataclass(frozen=True)
class ColumnSeen:
    """A column and what is guessed of it. `codes` are those that may be shown, the most frequent first."""

    name: str
    position: int
    kind: ColumnKind
    filled: int
    rows: int
    different: int
    time: TimeGuess | None = None
    clock: str | None = None
    codes: tuple[tuple[str, int], ...] = ()
    codes_not_shown: int = 0
    person_field: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its heading."""
        return words_of(self.name)

    @property
    def is_key(self) -> bool:
        """Whether every row has a cell of its own here."""
        return self.filled == self.rows > 0 and self.different == self.filled

    @property
    def is_nearly_key(self) -> bool:
        """Whether nearly every row has: an export may give a row twice, or leave one out."""
        return self.rows > 0 and self.filled >= 0.95 * self.rows and self.different >= 0.95 * self.filled


@dataclass(frozen=True)
class TableSeen:
    """A layout with its columns, and the texts that mean that nothing was recorded."""

    layout: Layout
    columns: tuple[ColumnSeen, ...]
    empty: tuple[tuple[str, int], ...] = ()

    def of_kind(self, *kinds: ColumnKind) -> list[ColumnSeen]:
        """Its columns of some kinds, in order."""
        return [column for column in self.columns if column.kind in kinds]

    def cells(self, column: ColumnSeen) -> pl.Series:
        """What stands in a column."""
        return self.layout.rows[str(column.position)]


def see(layouts: Iterable[Layout]) -> list[TableSeen]:
    """Look at every column of every layout. Names of people in one are known as such in all of them."""
    emptied = [_without_empty_words(layout) for layout in layouts]
    tables = [TableSeen(layout, tuple(_columns(layout, frozenset())), empty) for layout, empty in emptied]
    names = _names(tables)
    if not names:
        return tables
    return [TableSeen(table.layout, tuple(_columns(table.layout, names)), table.empty) for table in tables]


def without_order(tables: Iterable[TableSeen]) -> list[TableSeen]:
    """The tables with day and month told apart where another column, written in the same way, tells them apart."""
    tables = list(tables)
    decided = {
        date_in(each)
        for table in tables
        for column in table.columns
        if (time := column.time) is not None and time.other is None and time.only_this_way
        for each in time.formats
    }

    def told(column: ColumnSeen) -> ColumnSeen:
        time = column.time
        if time is None or time.other is None:
            return column
        ways = (time.formats, time.formats_otherwise)
        dates = [{date_in(each) for each in way} for way in ways]
        fitting = [way for way, mine, others in zip(ways, dates, dates[::-1], strict=True) if (mine - others) & decided]
        return column if len(fitting) != 1 else replace(column, time=replace(time, formats=fitting[0], other=None))

    return [replace(table, columns=tuple(map(told, table.columns))) for table in tables]


def _without_empty_words(layout: Layout) -> tuple[Layout, tuple[tuple[str, int], ...]]:
    """The rows with empty cells where a word says that nothing was recorded, and how often each stood there."""
    found: dict[str, int] = {}
    of_ids: set[str] = set()
    for column, name in zip(layout.rows.columns, layout.header, strict=True):
        counts = layout.rows[column].drop_nulls().value_counts(name="count")
        for text, count in counts.filter(pl.col(column).str.to_lowercase().is_in(list(EMPTY_WORDS))).rows():
            found[text] = found.get(text, 0) + count
            if ends_as_id(words_of(name)):
                of_ids.add(text)  # a word where a number belongs may be one
    found = {text: count for text, count in found.items() if text not in of_ids}
    if not found:
        return layout, ()
    rows = layout.rows.with_columns(pl.when(~pl.all().is_in(list(found))).then(pl.all()))
    return replace(layout, rows=rows), tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _names(tables: Iterable[TableSeen]) -> frozenset[str]:
    """Every word of the names of people that stand in the exports, in small letters."""
    found: set[str] = set()
    for table in tables:
        for column in table.of_kind(ColumnKind.PERSON):
            if column.person_field in ("given name", "family name") or "name" in column.words:
                words = table.cells(column).drop_nulls().str.to_lowercase().str.extract_all(r"\p{L}{3,}")
                found.update(words.explode().drop_nulls().unique())
    return frozenset(found)


def _columns(layout: Layout, names: Collection[str]) -> Iterable[ColumnSeen]:
    for position, name in enumerate(layout.header):
        if layout.header.count(name) > 1:
            continue  # no mapping can say which of them it means
        cells = layout.rows[str(position)].drop_nulls()
        words = words_of(name)
        plain = ColumnSeen(name, position, ColumnKind.OTHER, len(cells), layout.row_count, cells.n_unique())
        yield _guessed(plain, words, cells, names)


def _guessed(column: ColumnSeen, words: tuple[str, ...], cells: pl.Series, names: Collection[str]) -> ColumnSeen:
    """The first of the kinds that fits."""
    if not column.filled:
        return replace(column, kind=ColumnKind.EMPTY, person_field=field_of_person(words))
    person_field = field_of_person(words)
    if person_field not in (None, "date of birth"):
        return replace(column, kind=ColumnKind.PERSON, person_field=person_field)
    is_digits = bool(cells.str.contains(r"^\d+$").all())
    time = (
        None
        if is_digits and (ends_as_id(words) or cells.str.len_chars().max() not in (8, 12, 14))
        else time_guess(cells)
    )
    if person_field is not None:
        return replace(column, kind=ColumnKind.PERSON, person_field=person_field, time=time)
    if time is not None:
        return replace(column, kind=ColumnKind.TIME, time=time)
    clock = clock_format_of(cells)
    if clock is not None and (not is_digits or "time" in words):
        return replace(column, kind=ColumnKind.CLOCK, clock=clock)
    length = cells.str.len_chars().mean()
    has_spaces = cells.str.contains(" ").mean()
    if isinstance(length, float) and length > LONG_TEXT and column.different > 0.3 * column.filled:
        return replace(column, kind=ColumnKind.TEXT)
    codes = None if is_of_somebody(words) else _codes(column, words, cells, names)
    if codes is not None and CODE_WORDS & set(words):
        return codes
    if ends_as_id(words) or (
        column.is_nearly_key and isinstance(has_spaces, float) and has_spaces < 0.1 and cells.str.contains(r"\d").all()
    ):
        return replace(column, kind=ColumnKind.ID)
    if is_of_somebody(words):
        return replace(column, kind=ColumnKind.PERSON)
    if codes is not None:
        return codes
    if cells.str.contains(r"^-?\d+(\.\d+)?$").mean() == 1.0:
        return replace(column, kind=ColumnKind.NUMBER)
    return column


def _codes(column: ColumnSeen, words: tuple[str, ...], cells: pl.Series, names: Collection[str]) -> ColumnSeen | None:
    """The column as one of codes, where it has few different cells in many rows.

    None of them may hold what looks like an address or a number of somebody's, or a name that another column gives.
    Shown are those that stand in some rows, under a heading that speaks of codes; of others, only yes and no.
    """
    few = column.rows >= FEWEST_ROWS and column.different <= min(MOST_CODES, column.filled / 3)
    if not few or (cells.str.len_chars() > LONGEST_CODE).any() or cells.str.contains(OF_SOMEBODY).any():
        return None
    lowered = cells.str.to_lowercase()
    is_flag = bool(lowered.is_in(list(FLAGS)).all())
    if not is_flag and not CODE_WORDS & set(words):
        return None
    in_words = lowered.str.extract_all(r"\p{L}{3,}").explode().drop_nulls()
    if names and bool(in_words.is_in(list(names)).any()):
        return None
    counts = cells.value_counts(name="count").sort("count", cells.name, descending=[True, False]).rows()
    shown = tuple((text, count) for text, count in counts if count >= FEWEST_OF_A_CODE)
    return replace(column, kind=ColumnKind.CODE, codes=shown, codes_not_shown=len(counts) - len(shown))
