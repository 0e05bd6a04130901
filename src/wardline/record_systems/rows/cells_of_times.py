"""The cells of a time, read as dates and times without a zone: one column, or a date and a time of day apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.record_systems.mapping.cells import TimeCell
from wardline.record_systems.mapping.time_formats import LOCAL, NotAFormat, TimeFormat, read_texts
from wardline.record_systems.rows.rejects import RejectReason
from wardline.time_limits import (
    Calendar,
    instant_column,
    is_local_midnight_column,
    is_midnight_column,
    local_date_column,
    next_day_if_earlier_column,
)

__all__ = ["CellsRead", "is_midnight_elsewhere", "read_cells", "says_no_event"]

ISO_DAY, WHOLE_CLOCK = "%Y-%m-%d", "%H:%M:%S.%f"
ANY_DAY = "2000-01-01"
CLOCKS_OF_TYPED_CELLS = ("%H:%M:%S", WHOLE_CLOCK, "%H:%M")


@dataclass(frozen=True)
class CellsRead:
    """`table` as `read_texts` gives it; where there is no time, and where the cells say that nothing happened; and
    which cells of which column are rejected for what.
    """

    table: pl.DataFrame
    is_empty: pl.Series
    is_no_event: pl.Series
    rejected: tuple[tuple[pl.Series, str, RejectReason], ...]


def read_cells(
    cell: TimeCell,
    texts_of: Callable[[str], pl.Series],
    formats: tuple[TimeFormat, ...],
    *,
    is_typed: bool,
    days_of: Calendar | None,
) -> CellsRead:
    """Read the cells of some rows. `is_typed` says that cells may be dates or times as such, `days_of` that a time at
    midnight, be it that of this calendar, is a whole day.
    """
    texts = texts_of(cell.column)
    no_event = _is_one_of(texts, () if cell.is_day_of_another else cell.no_event)
    texts = texts.set(no_event, None)
    if cell.clock_column is None:
        table = read_texts(texts, formats)
        table = table if days_of is None else _without_midnights(table, days_of)
        unread = texts.is_not_null() & table["local"].is_null()
        return CellsRead(table, texts.is_null(), no_event, ((unread, cell.column, RejectReason.UNREADABLE_TIME),))
    clocks = texts_of(cell.clock_column)
    says_none = _is_one_of(clocks, cell.no_event)
    no_event, clocks = no_event | says_none, clocks.set(says_none, None)
    pair = _Pair(texts.set(says_none, None), clocks, formats, is_typed=is_typed)
    return _day_of_another(cell, pair, no_event) if cell.is_day_of_another else _joined(cell, pair, no_event)


class _Pair:
    """Dates and times of day in cells of their own, each as it is written."""

    def __init__(self, days: pl.Series, clocks: pl.Series, formats: tuple[TimeFormat, ...], *, is_typed: bool) -> None:
        self.days = days
        self.clocks = clocks
        self.formats = formats
        self.of_the_date = [day for each in formats if (day := each.of_the_date) is not None]
        further = CLOCKS_OF_TYPED_CELLS if is_typed else ()
        self.of_the_clock = tuple(dict.fromkeys([*filter(None, map(_clock_of, formats)), *further]))
        typed = [f"{day.text} {clock}" for day in self.of_the_date for clock in further]
        self.of_both = tuple(dict.fromkeys([*formats, *self.of_the_date, *map(TimeFormat, typed)]))

    def joined(self) -> pl.Series:
        """Both in one text; the date alone where there is no time of day."""
        pair = pl.DataFrame({"day": self.days, "clock": self.clocks})
        return pair.select(
            pl.when(pl.col("day").is_not_null()).then(pl.concat_str("day", "clock", separator=" ", ignore_nulls=True))
        ).to_series()

    def apart(self, at: pl.Series) -> pl.DataFrame:
        """Some of them read one by one: the day of the date's cell, the time of day of the other's, if need be of a
        whole date and time that stands there.
        """
        days = read_texts(self.days.gather(at), (*self.formats, *self.of_the_date))["local"].dt.strftime(ISO_DAY)
        return self._on(days, at).with_columns(days.alias("day"))

    def are_clocks(self, where: pl.Series) -> pl.Series:
        """Where a time of day can be read among those cells, whatever stands in the date's."""
        at = where.arg_true()
        read = self._on(pl.repeat(ANY_DAY, len(at), eager=True), at)["local"].is_not_null()
        return pl.repeat(False, len(where), eager=True).scatter(at, read)

    def _on(self, days: pl.Series, at: pl.Series) -> pl.DataFrame:
        clocks = self.clocks.gather(at)
        whole = read_texts(clocks, [each for each in self.formats if each.has_clock])["local"]
        clocks = pl.select(pl.coalesce(whole.dt.strftime("%H:%M:%S%.6f"), clocks)).to_series()
        texts = pl.select(days + pl.lit(" ") + clocks).to_series()
        return read_texts(texts, _dated((*self.of_the_clock, WHOLE_CLOCK)))


def _joined(cell: TimeCell, pair: _Pair, no_event: pl.Series) -> CellsRead:
    texts = pair.joined()
    table = read_texts(texts, pair.of_both)
    has_clock = table["has_clock"].fill_null(False)
    alone = pair.days.is_not_null() & pair.clocks.is_null()
    if (alone & has_clock).any():
        # A date with a time of day beside an empty one is the time of something else.
        midnights = table.select(is_midnight_column(pl.col("local"))).to_series()
        is_none = alone & has_clock & ~midnights.fill_null(False)
        table = _put_null(table.with_columns((has_clock & ~alone).alias("has_clock")), is_none)
        texts = texts.set(is_none, None)
    unread = texts.is_not_null() & table["local"].is_null()
    blamed = pl.repeat(False, len(texts), eager=True)
    apart = unread & pair.clocks.is_not_null()
    if apart.any():
        at = apart.arg_true()
        one_by_one = pair.apart(at)
        table = table.with_columns(table[name].scatter(at, one_by_one[name]) for name in table.columns)
        blamed = blamed.scatter(at, one_by_one["day"].is_not_null())
        unread = texts.is_not_null() & table["local"].is_null()
    without_date = pair.days.is_null() & pair.clocks.is_not_null()
    are_clocks = pair.are_clocks(without_date)
    assert cell.clock_column is not None
    return CellsRead(
        table,
        texts.is_null() & ~without_date,
        no_event,
        (
            (without_date & are_clocks, cell.clock_column, RejectReason.CLOCK_WITHOUT_DATE),
            (without_date & ~are_clocks, cell.clock_column, RejectReason.UNREADABLE_TIME),
            (unread & blamed, cell.clock_column, RejectReason.UNREADABLE_TIME),
            (unread & ~blamed, cell.column, RejectReason.UNREADABLE_TIME),
        ),
    )


def _day_of_another(cell: TimeCell, pair: _Pair, no_event: pl.Series) -> CellsRead:
    """Times of day on the day of another time, or on the day after where they are earlier than that to the minute."""
    other = read_texts(pair.days, (*pair.formats, *pair.of_the_date))
    table = pair.apart(pl.int_range(len(pair.days), eager=True)).select("local", "has_clock", "offset")
    if cell.next_day_if_earlier:
        table = table.with_columns(other["local"].alias("other")).with_columns(
            next_day_if_earlier_column(pl.col("local"), pl.col("other")).alias("local")
        )
        # Beside a day without a time of day nothing tells which of the two days it was.
        known = other["local"].is_not_null() & other["has_clock"].fill_null(False)
        table = _put_null(table.drop("other"), ~known)
    else:
        known = other["local"].is_not_null()
    is_given = pair.clocks.is_not_null()
    are_clocks = pair.are_clocks(is_given & ~known)
    unread = is_given & ((known & table["local"].is_null()) | (~known & ~are_clocks))
    without_day = are_clocks & pair.days.is_null()
    of_a_day_alone = are_clocks & other["local"].is_not_null()
    assert cell.clock_column is not None
    return CellsRead(
        table,
        ~is_given,
        no_event,
        (
            (without_day, cell.clock_column, RejectReason.CLOCK_WITHOUT_DATE),
            (of_a_day_alone, cell.clock_column, RejectReason.CLOCK_OF_TWO_DAYS),
            (are_clocks & ~without_day & ~of_a_day_alone, cell.clock_column, RejectReason.CLOCK_OF_UNREADABLE_DAY),
            (unread, cell.clock_column, RejectReason.UNREADABLE_TIME),
        ),
    )


def says_no_event(text: pl.Expr, words: Sequence[str]) -> pl.Expr:
    """Where a cell holds one of some words, in whatever letters and with whatever spaces it is written; never null."""
    return text.str.to_lowercase().str.replace_all(r"\s+", " ").is_in(list(words)).fill_null(False)


def _is_one_of(texts: pl.Series, words: Sequence[str]) -> pl.Series:
    if not words:
        return pl.repeat(False, len(texts), eager=True)
    return texts.to_frame("text").select(says_no_event(pl.col("text"), words)).to_series()


def is_midnight_elsewhere(calendar: Calendar) -> pl.Expr:
    """Whether a time written for another zone is midnight here, as 23:00Z is in a British summer; of `read_texts`.

    A program that keeps all times in UTC turns a date into that.
    """
    instant = instant_column(pl.col("local"), pl.col("offset"))
    return (pl.col("offset").is_not_null() & is_local_midnight_column(instant, calendar)).fill_null(value=False)


def _without_midnights(table: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """The same with whole days in the place of midnights, where they are written or, where they are not, here."""
    is_midnight = is_midnight_column(pl.col("local")) & pl.col("has_clock")
    if table["offset"].null_count() < table.height:
        elsewhere = ~is_midnight & pl.col("has_clock") & is_midnight_elsewhere(calendar)
        day_here = local_date_column(instant_column(pl.col("local"), pl.col("offset")), calendar)
        table = table.with_columns(pl.when(elsewhere).then(day_here.cast(LOCAL)).otherwise("local").alias("local"))
    return table.with_columns(
        (pl.col("has_clock") & ~is_midnight).alias("has_clock"), pl.when(~is_midnight).then("offset").alias("offset")
    )


def _put_null(table: pl.DataFrame, where: pl.Series) -> pl.DataFrame:
    return table.with_columns(pl.when(~where).then(pl.all()).name.keep())


def _clock_of(each: TimeFormat) -> str | None:
    """The part of a format that is the time of day, where it comes after the date."""
    first = re.search(r"%[HI]", each.text)
    return each.text[first.start() :] if first is not None and each.of_the_date is not None else None


def _dated(clocks: Sequence[str]) -> list[TimeFormat]:
    found = []
    for clock in dict.fromkeys(clocks):
        try:
            found.append(TimeFormat(f"{ISO_DAY} {clock}", fraction_digits=9))
        except NotAFormat:
            continue  # the date goes on after the time of day
    return found
