"""In which manner a column of cells is read as times: measured, and never guessed between day and month."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

import polars as pl

from wardline.record_systems.mapping.time_formats import AS_EXPORTED, TimeFormat, read_texts

__all__ = ["CLOCK_FORMATS", "TimeGuess", "clock_format_of", "date_in", "time_guess"]

TRIED = 300  # different cells on which every manner is tried first
TRIED_OF_A_SHAPE = 3  # and so many of each shape that cells have
FEWEST_READ = 0.9
COMPACT = ("%Y%m%d", "%d%m%Y", "%m%d%Y")
DATES = (
    *(
        date.replace("/", separator)
        for separator in "/-. "
        for date in ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d/%b/%Y", "%d/%b/%y", "%d/%B/%Y")
    ),
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%b %d %Y",
    "%B %d, %Y",
    *COMPACT,
)
CLOCK_FORMATS = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%H%M", "%H.%M")
GAPS = (" ", ", ", "T")
# What may stand behind a time of day for its zone, and the shapes of what `%z` reads: UTC, +0100, +01:00.
ZONES = ("", " %z", "%z")
SHAPES_OF_ZONES = ("A", "+9", "-9", "+9:9", "-9:9")
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
ORDERS = {DAY_FIRST: "day/month/year", MONTH_FIRST: "month/day/year", "ymd": "year/month/day"}


@dataclass(frozen=True)
class TimeGuess:
    """How a column is read: `formats` (none where it is as exported), how many cells of how many, and whether alone.

    `other` is the first format with day and month changed about, where each cell reads both ways; then nothing is
    decided. `only_this_way` counts the cells that decide it.
    """

    formats: tuple[str, ...]
    read: int
    filled: int
    has_clock: bool
    other: str | None = None
    only_this_way: int = 0
    only_the_other_way: int = 0

    @property
    def formats_otherwise(self) -> tuple[str, ...]:
        """The formats with day and month changed about, in those that have both in digits."""
        return tuple(swapped(each) if _both_in_digits(each) else each for each in self.formats)

    def in_words(self) -> str:
        """`4,211 of 4,215 cells read as day/month/year`, with what decides between day and month."""
        orders = list(dict.fromkeys(map(_order, self.formats))) or ["2025-04-01 02:00"]
        text = f"{self.read:,} of {self.filled:,} cells read as {' or '.join(orders)}"
        if not self.has_clock:
            text += ", without a time of day"
        decides = next(filter(_both_in_digits, self.formats), "")
        if self.other is not None:
            return f"{text}, and as {_order(self.other)} as well"
        if self.only_this_way:
            text += f", {self.only_this_way:,} of them only {'so' if len(orders) == 1 else f'as {_order(decides)}'}"
        if self.only_the_other_way:
            text += f"; {self.only_the_other_way:,} read only the other way about"
        return text


def time_guess(cells: pl.Series) -> TimeGuess | None:
    """How the filled cells of a column are read as times; None where most are not. Times of day alone are not times."""
    # In an order of their own, so that the same exports always give the same draft.
    counted = cells.drop_nulls().value_counts().sort(pl.first())
    if not counted.height:
        return None
    texts, counts = counted.get_columns()
    filled = int(counts.sum())
    sample = texts.gather_every(ceil(len(texts) / TRIED))
    if not sample.str.contains(r"\d.*\d.*\d").any():
        return None
    found: list[TimeGuess] = []
    if read_texts(sample, AS_EXPORTED)["local"].null_count() < len(sample) / 2:
        exported = read_texts(texts, AS_EXPORTED)
        read = int(counts.filter(exported["local"].is_not_null()).sum())
        found.append(TimeGuess((), read, filled, bool(exported["has_clock"].fill_null(False).any())))
    if not found or found[0].read < filled:
        tried_on = pl.concat([sample, _some_of_each_shape(texts)])
        fitting = [each for each in _candidates(tried_on) if each.read(tried_on)["local"].is_not_null().any()]
        fits = {each: each.read(texts)["local"].is_not_null() for each in fitting}
        found += [_as_written(fits, counts)] if fits else []
    best = max(found, key=lambda each: each.read, default=None)
    return best if best is not None and best.read >= FEWEST_READ * filled else None


def _as_written(fits: dict[TimeFormat, pl.Series], counts: pl.Series) -> TimeGuess:
    """The formats that together read most cells: none of them has day and month in another order than the others."""

    def many(where: pl.Series) -> int:
        return int(counts.filter(where).sum())

    first = max(fits, key=lambda each: (many(fits[each]), each.has_clock))
    # Digits alone read as many a date, so they are not taken in beside dates that have signs in between.
    of_a_kind = [each for each in fits if _is_compact(each) == _is_compact(first)]
    if _is_compact(first):
        of_a_kind = [
            each for each in of_a_kind if _order(each.text) in (_order(first.text), _order(swapped(first.text)))
        ]
    ways = {
        order: _together([each for each in of_a_kind if _order_in_digits(each.text) in (None, order)], fits, many)
        for order in (DAY_FIRST, MONTH_FIRST)
    }
    # Day before month where both read as many, as most exports here have it; which it is, nobody has said.
    order = max(ways, key=lambda each: many(ways[each][1]))
    other_order = MONTH_FIRST if order == DAY_FIRST else DAY_FIRST
    (formats, read), (_, read_otherwise) = ways[order], ways[other_order]
    guess = TimeGuess(
        tuple(each.text for each in formats), many(read), int(counts.sum()), any(each.has_clock for each in formats)
    )
    decided = next((each.text for each in formats if _order_in_digits(each.text)), None)
    if decided is None:
        return guess
    only, only_other = many(read & ~read_otherwise), many(read_otherwise & ~read)
    if only == 0 and only_other == 0:
        return replace(guess, other=swapped(decided))
    return replace(guess, only_this_way=only, only_the_other_way=only_other)


def _together(
    formats: list[TimeFormat], fits: dict[TimeFormat, pl.Series], many: Callable[[pl.Series], int]
) -> tuple[list[TimeFormat], pl.Series]:
    """Those of some formats that read cells which none before them reads, and what they read together."""
    taken: list[TimeFormat] = []
    read = next(iter(fits.values())) & False
    for each in sorted(formats, key=lambda one: (many(fits[one]), one.has_clock), reverse=True):
        if many(fits[each] & ~read):
            read = read | fits[each]
            taken.append(each)
    return taken, read


def clock_format_of(cells: pl.Series) -> str | None:
    """How cells are read that hold a time of day alone, if nearly all do."""
    texts = cells.drop_nulls()
    if not len(texts):
        return None
    for clock in CLOCK_FORMATS:
        dated = ("2024-01-01 " + texts.to_frame("text")["text"]) if len(texts) else texts
        if clock == "%H%M" and not texts.str.contains(r"^\d{4}$").all():
            continue
        read = TimeFormat(f"%Y-%m-%d {clock}").read(dated)["local"].is_not_null()
        if int(read.sum()) >= FEWEST_READ * len(texts):
            return clock
    return None


def _some_of_each_shape(texts: pl.Series) -> pl.Series:
    """Texts of the commonest shapes, so that a few dates without a time of day are seen among many times."""
    shapes = texts.str.replace_all(r"[A-Za-z]+", "A").str.replace_all(r"\d+", "9")
    by_shape = pl.DataFrame({"text": texts, "shape": shapes})
    commonest = by_shape.group_by("shape").len().sort("len", "shape", descending=[True, False]).head(TRIED)
    some = by_shape.join(commonest, on="shape", how="semi", maintain_order="left")
    return some.group_by("shape", maintain_order=True).head(TRIED_OF_A_SHAPE)["text"].alias(texts.name)


def _candidates(sample: pl.Series) -> list[TimeFormat]:
    """The formats that have digits, letters and other characters where the cells have them."""
    shapes = {_shape(text) for text in sample}
    return [each for each, its_shapes in _every_format() if its_shapes & shapes]


@cache
def _every_format() -> tuple[tuple[TimeFormat, frozenset[str]], ...]:
    """Every format that is tried, with the shapes of what it reads."""
    endings = ("", *(f"{gap}{clock}{zone}" for gap in GAPS for clock in CLOCK_FORMATS for zone in ZONES))
    found = []
    for text in (date + ending for date in DATES for ending in endings):
        shape = re.sub(r"%[bBp]", "A", re.sub(r"%[dmYyHIMSf]", "9", text)).replace("T", "A")
        zones = SHAPES_OF_ZONES if "%z" in text else ("",)
        found.append((TimeFormat(text), frozenset(_shape(shape.replace("%z", zone)) for zone in zones)))
    return tuple(found)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[A-Za-z]+", "A", text))


def date_in(text: str) -> str:
    """The part of a format that is the date."""
    of_the_date = TimeFormat(text).of_the_date
    return text if of_the_date is None else of_the_date.text


def swapped(text: str) -> str:
    """A format with day and month changed about."""
    return text.replace("%d", "%0").replace("%m", "%d").replace("%0", "%m")


def _is_compact(each: TimeFormat) -> bool:
    return date_in(each.text) in COMPACT


def _order_in_digits(text: str) -> str | None:
    """The order of day and month where both are in digits before a year, so that the one can be taken for the other."""
    letters = "".join(letter for letter in text.replace("%Y", "%y") if letter in "dmy")[:3]
    return letters if "%m" in text and letters in (DAY_FIRST, MONTH_FIRST) else None


def _both_in_digits(text: str) -> bool:
    return _order_in_digits(text) is not None


def _order(text: str) -> str:
    letters = [letter for letter in text.replace("%B", "%m").replace("%b", "%m").replace("%Y", "%y") if letter in "dmy"]
    return ORDERS.get("".join(letters[:3]), text)
