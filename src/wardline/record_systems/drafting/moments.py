"""In which manner a column of cells is read as times: measured, and never guessed between day and month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import polars as pl

from wardline.record_systems.mapping.time_formats import AS_EXPORTED, TimeFormat, read_texts

__all__ = ["CLOCK_FORMATS", "TimeGuess", "clock_format_of", "time_guess"]

TRIED = 300  # different cells on which every manner is tried first
TRIED_OF_A_SHAPE = 3  # and so many of each shape that cells have
FEWEST_READ = 0.9
DATES = tuple(
    date.replace("/", separator)
    for separator in "/-. "
    for date in ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d/%b/%Y", "%d/%b/%y", "%d/%B/%Y")
) + ("%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%d%m%Y", "%b %d %Y", "%B %d, %Y")
CLOCK_FORMATS = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%H%M", "%H.%M")
GAPS = (" ", ", ", "T")
ORDERS = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year/month/day"}


@dataclass(frozen=True)
class TimeGuess:
    """How a column is read: `formats` (none where it is as exported), how many cells of how many, and whether alone.

    `other` is the format with day and month changed about, where each cell reads both ways; then nothing is decided.
    `only_this_way` counts the cells that decide it.
    """

    formats: tuple[str, ...]
    read: int
    filled: int
    has_clock: bool
    other: str | None = None
    only_this_way: int = 0
    only_the_other_way: int = 0

    def in_words(self) -> str:
        """`4,211 of 4,215 cells read as day/month/year`, with what decides between day and month."""
        how = "as 2025-04-01 02:00" if not self.formats else f"as {_order(self.formats[0])}"
        text = f"{self.read:,} of {self.filled:,} cells read {how}"
        if not self.has_clock:
            text += ", without a time of day"
        if self.other is not None:
            return f"{text}, and as {_order(self.other)} as well"
        if self.only_this_way:
            text += f", {self.only_this_way:,} of them only so"
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
    if read_texts(sample, AS_EXPORTED)["local"].null_count() < len(sample) / 2:
        exported = read_texts(texts, AS_EXPORTED)
        read = int(counts.filter(exported["local"].is_not_null()).sum())
        if read >= FEWEST_READ * filled:
            clocks = exported["has_clock"].fill_null(False)
            return TimeGuess((), read, filled, bool(clocks.any()))
    tried_on = pl.concat([sample, _some_of_each_shape(texts)])
    fitting = [each for each in _candidates(tried_on) if each.read(tried_on)["local"].is_not_null().any()]
    tried = {each: each.read(texts)["local"].is_not_null() for each in fitting}
    if not tried:
        return None
    best = max(tried, key=lambda each: (int(counts.filter(tried[each]).sum()), each.has_clock))
    fits, formats = tried[best], [best]
    for each in sorted(tried, key=lambda other: -int(counts.filter(tried[other]).sum())):
        # A further manner, for cells that the first does not fit; not the same with day and month changed about.
        is_alike = each.text not in (best.text, _swapped(best.text)) and _order(each.text) == _order(best.text)
        if is_alike and int(counts.filter(tried[each] & ~fits).sum()):
            fits = fits | tried[each]
            formats.append(each)
    read = int(counts.filter(fits).sum())
    if read < FEWEST_READ * filled:
        return None
    has_clock = any(each.has_clock for each in formats)
    names = tuple(each.text for each in formats)
    swapped = next((each for each in tried if each.text == _swapped(best.text)), None)
    if swapped is None:
        return TimeGuess(names, read, filled, has_clock)
    this_way, that_way = tried[best] & ~tried[swapped], tried[swapped] & ~tried[best]
    only, only_other = int(counts.filter(this_way).sum()), int(counts.filter(that_way).sum())
    if only == 0 and only_other == 0:
        # Day before month is written first, as most exports here have it; which it is, nobody has said.
        first, second = sorted((best.text, swapped.text), key=lambda text: text.index("%m") < text.index("%d"))
        return TimeGuess((first, *names[1:]), read, filled, has_clock, other=second)
    return TimeGuess(names, read, filled, has_clock, None, only, only_other)


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


def _candidates(sample: pl.Series) -> Iterator[TimeFormat]:
    """The formats that have digits, letters and other characters where the cells have them."""
    shapes = {_shape(text) for text in sample}
    for date in DATES:
        for ending in ("", *(f"{gap}{clock}" for gap in GAPS for clock in CLOCK_FORMATS)):
            shape = re.sub(r"%[bBp]", "A", re.sub(r"%[dmYyHIMSf]", "9", date + ending)).replace("T", "A")
            if re.sub("9+", "9", shape) in shapes:
                yield TimeFormat(date + ending)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[A-Za-z]+", "A", text))


def _swapped(text: str) -> str:
    return text.replace("%d", "%0").replace("%m", "%d").replace("%0", "%m")


def _order(text: str) -> str:
    letters = [letter for letter in text.replace("%B", "%m").replace("%b", "%m").replace("%Y", "%y") if letter in "dmy"]
    return ORDERS.get("".join(letters[:3]), text)
