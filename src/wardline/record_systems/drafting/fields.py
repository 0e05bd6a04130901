"""The columns of a table as the lines of a mapping: times, events, attributes and the fields of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wardline.documents import EntryValue, InQuotes, YamlEntry, remark
from wardline.english import some_of
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.mapping.cells import TimeCell
from wardline.record_systems.mapping.time_formats import AS_EXPORTED, TimeFormat
from wardline.record_systems.rows.cells_of_times import read_cells
from wardline.record_systems.rows.values import Times, times_of_cells
from wardline.record_systems.rows.words_shown import FEWEST_OF_A_CODE
from wardline.time_limits import Calendar

__all__ = ["Moment", "as_formats", "codes_in_words", "meanings", "moments_of", "recorded_moments", "time_format"]

RECORDED_WORDS = frozenset(["keyed", "typed", "entered", "inputted", "input", "logged", "inserted", "keying"])
RECORDED_OR_OPENED = frozenset(["created", "creation", "entry", "updated", "modified"])
HAPPENED_WORDS = frozenset(
    ["reported", "received", "opened", "start", "happened", "occurred", "action", "done", "when"]
)
YES, NO = frozenset(["y", "yes", "1", "t", "true"]), frozenset(["n", "no", "0", "f", "false"])


@dataclass(frozen=True)
class Moment:
    """A time that a row holds: one column, or that of the date and that of the time of day."""

    column: ColumnSeen
    clock: ColumnSeen | None = None

    @property
    def name(self) -> str:
        """The heading by which it is known."""
        return self.column.name

    @property
    def columns(self) -> tuple[ColumnSeen, ...]:
        """The columns that it is read from."""
        return (self.column,) if self.clock is None else (self.column, self.clock)

    @property
    def formats(self) -> tuple[str, ...]:
        """How it is read; nothing where it is as exported."""
        assert self.column.time is not None
        return self._with_clock(self.column.time.formats)

    @property
    def others(self) -> tuple[str, ...]:
        """The formats with day and month changed about, where nothing decides between the two."""
        assert self.column.time is not None
        return () if self.column.time.other is None else self._with_clock(self.column.time.formats_otherwise)

    def _with_clock(self, formats: tuple[str, ...]) -> tuple[str, ...]:
        clock = self.clock.clock if self.clock is not None else None
        return tuple(each if clock is None else f"{each} {clock}" for each in formats)

    def where(self, table_format: str | None) -> EntryValue:
        """Where it stands, as a mapping has it; with a format of its own where that of the table is another."""
        own = () if self.others or not self.formats or self.formats[0] == table_format else self.formats
        if self.clock is None and not own:
            return self.column.name
        said: dict[str, EntryValue] = {"date" if self.clock else "column": self.column.name}
        if self.clock is not None:
            said["time"] = self.clock.name
        if own:
            said["format"] = as_formats(own)
        return said

    def read(self, table: TableSeen, calendar: Calendar) -> Times:
        """The times of the looked-at rows, for comparing them: the first and last instant that each can be.

        Where every time of day in a column is midnight, whole days are meant.
        """
        formats = tuple(map(TimeFormat, self.formats)) or AS_EXPORTED
        cell = TimeCell(self.name, None if self.clock is None else self.clock.name, formats)
        cells_of = {column.name: table.cells(column) for column in self.columns}
        read = read_cells(cell, cells_of.__getitem__, formats, is_typed=True, days_of=None)
        if self.clock is None:
            as_days = read_cells(cell, cells_of.__getitem__, formats, is_typed=True, days_of=calendar)
            read = read if as_days.table["has_clock"].any() else as_days
        return times_of_cells(read, calendar)

    def in_words(self, table_format: str | None = None) -> str:
        """What reading it rests on; in short where the table's format says it."""
        time = self.column.time
        assert time is not None
        beside = f", its time of day in {self.clock.name}" if self.clock is not None else ""
        if table_format is not None and self.formats[:1] == (table_format,):
            return f"{time.read:,} of {time.filled:,} cells read{beside}"
        return time.in_words().replace(", without a time of day", beside or ", without a time of day")


def moments_of(table: TableSeen) -> list[Moment]:
    """The times of a table, a date beside the time of day that goes with it."""
    clocks = table.of_kind(ColumnKind.CLOCK)
    found: list[Moment] = []
    for column in table.of_kind(ColumnKind.TIME):
        assert column.time is not None
        clock = None if column.time.has_clock else _clock_of(column, clocks)
        if clock is not None:
            clocks.remove(clock)
        found.append(Moment(column, clock))
    return found


def _clock_of(date: ColumnSeen, clocks: Sequence[ColumnSeen]) -> ColumnSeen | None:
    about = set(date.words) - {"date", "day", "on"}
    same = [clock for clock in clocks if set(clock.words) - {"time", "at", "clock"} == about]
    beside = [clock for clock in clocks if clock.position == date.position + 1]
    return next(iter(same or beside), None)


def recorded_moments(moments: Sequence[Moment]) -> list[tuple[Moment, Moment | None]]:
    """The times at which something was typed in, by their headings, each with the time that it belongs to.

    `FoundKeyed` belongs to `FoundDate`; `Keyed` alone to none of them, and so to the row.
    """
    for words in (RECORDED_WORDS, RECORDED_OR_OPENED):
        recorded = [moment for moment in moments if words & set(moment.column.words)]
        happened = [moment for moment in moments if moment not in recorded]
        # A call is often opened by being typed in: then that is when it was received.
        is_told = words is RECORDED_WORDS or any(HAPPENED_WORDS & set(moment.column.words) for moment in happened)
        if recorded and happened and is_told:
            return [(moment, _about_the_same(moment, words, happened)) for moment in recorded]
    return []


def _about_the_same(recorded: Moment, words: frozenset[str], happened: Sequence[Moment]) -> Moment | None:
    about = [word[:4] for word in recorded.column.words if word not in words and len(word) > 3 and word != "time"]
    for moment in happened:
        if any(word[:4] in about for word in moment.column.words):
            return moment
    return None


def time_format(moments: Iterable[Moment]) -> tuple[str | None, list[YamlEntry]]:
    """The format that most times of a table have, and the entry that says so; left open where two formats would do."""
    moments = list(moments)
    written = [moment for moment in moments if moment.formats]
    if not written or len(written) < len(moments):
        return None, [entry for moment in written if moment.others for entry in _either(moment, own=True)]
    formats = [moment.formats[0] for moment in written]
    usual = max(dict.fromkeys(formats), key=formats.count)
    of_it = [moment for moment in written if moment.formats[0] == usual]
    either = [moment for moment in of_it if moment.others]
    if either:
        return None, _either(either[0], own=False)
    every = tuple(dict.fromkeys(each for moment in of_it for each in moment.formats))
    return usual, [YamlEntry("time format", as_formats(every), _rests_on(of_it, every))]


def _rests_on(moments: Sequence[Moment], formats: tuple[str, ...]) -> str:
    """All cells of the columns of one format together, as one column."""
    times = [moment.column.time for moment in moments if moment.column.time is not None]
    together = replace(
        times[0],
        formats=formats,
        read=sum(time.read for time in times),
        filled=sum(time.filled for time in times),
        has_clock=True,
        only_this_way=sum(time.only_this_way for time in times),
        only_the_other_way=sum(time.only_the_other_way for time in times),
    )
    return f"{some_of([moment.name for moment in moments], 4)}: {together.in_words()}"


def _either(moment: Moment, *, own: bool) -> list[YamlEntry]:
    said = (
        f"{moment.name}: {moment.in_words()}. Nothing in the files says which; ask, and take the sign away before the "
        "right one of the two lines."
    )
    key = f"{moment.name} format" if own else "time format"
    ways = (moment.formats, moment.others)
    return [remark(said), *(YamlEntry(key, as_formats(way), is_open=True) for way in ways)]


def as_formats(formats: Sequence[str]) -> EntryValue:
    """A format in quotation marks, or several in a list."""
    return InQuotes(formats[0]) if len(formats) == 1 else [InQuotes(each) for each in formats]


def codes_in_words(column: ColumnSeen) -> str:
    """The codes of a column that may be shown, each with its count."""
    text = some_of([f"{code} {count:,}" for code, count in column.codes])
    if column.codes_not_shown:
        rare = column.codes_not_shown
        text += f"{'; ' if text else ''}{rare} found in fewer than {FEWEST_OF_A_CODE} rows not shown"
    return text


def meanings(column: ColumnSeen, wanted: Sequence[str]) -> dict[str, str]:
    """What codes may mean among the values that standards tell apart: yes and no, the same word, or how it begins."""
    found: dict[str, str] = {}
    for code, _ in column.codes:
        low = code.casefold()
        if set(wanted) & {"yes", "no"}:
            if low in YES | NO:
                found[code] = "yes" if low in YES else "no"
            continue
        same = [each for each in wanted if each == low]
        alike = [each for each in wanted if each.startswith(low) or low.startswith(each)]
        initials = [each for each in wanted if "".join(word[0] for word in each.split()) == low]
        for fitting in (same, alike if len(low) > 1 or len(alike) == 1 else [], initials):
            if len(fitting) == 1:
                found[code] = fitting[0]
                break
    return found
