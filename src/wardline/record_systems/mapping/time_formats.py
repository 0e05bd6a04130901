"""Time formats, as Python's `strptime` reads them, for a whole column of text.

Polars' own directives are not quite Python's (`%f` counts nanoseconds there), so a format becomes a regular
expression with the same pieces as Python's. Cells in the plain zero-padded shape of their format, which are nearly
all, take a faster way to the same result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from wardline.record_systems.mapping.time_directives import (
    MONTHS,
    OF_A_CLOCK,
    PIECES,
    NotAFormat,
    check_time_format,
    parts_of_format,
)
from wardline.time_limits import length_column, local_time_column

__all__ = ["AS_EXPORTED", "LOCAL", "NotAFormat", "TimeFormat", "read_texts"]

LOCAL = pl.Datetime("us")
PARSED = pl.Schema({"local": LOCAL, "has_clock": pl.Boolean(), "offset": pl.Int64()})

# A sentinel such as 9999-12-31 is not a time at which anything happened.
FIRST_YEAR, LAST_YEAR = 1850, 2200
# As Python: 69 to 99 are of the 1900s, 00 to 68 of the 2000s.
FIRST_SHORT_YEAR_OF_1900S = 69

# The shapes that Polars' own reading takes as Python does, and what Polars calls them.
PADDED = {"d": "[0-9]{2}", "m": "[0-9]{2}", "Y": "[0-9]{4}", "H": "[0-9]{2}", "M": "[0-9]{2}", "S": "[0-5][0-9]"}
# What a cell may say of its zone in letters, and how many minutes that is before UTC; BST is British Summer Time.
ZONES = {"z": 0, "utc": 0, "gmt": 0, "bst": 60}


@dataclass(frozen=True)
class TimeFormat:
    """A format with the directives of Python's `strptime`. Raises NotAFormat when made.

    A format without a time of day stands for a whole day; one with `%z` for an instant, whatever the zone.
    `fraction_digits` is how many digits `%f` takes; those beyond six are below a microsecond and are dropped.
    """

    text: str
    fraction_digits: int = 6

    def __post_init__(self) -> None:
        check_time_format(self.text)

    @property
    def has_clock(self) -> bool:
        """Whether it holds a time of day."""
        return bool(OF_A_CLOCK & set(self._letters))

    @cached_property
    def of_the_date(self) -> TimeFormat | None:
        """The part of it that is the date, where the time of day stands after it."""
        first = re.search(r"%[HIMSfpz]", self.text)
        if first is None:
            return self
        try:
            return TimeFormat(re.sub(r"[\s,T]+$", "", self.text[: first.start()]))
        except NotAFormat:
            return None

    def read(self, texts: pl.Series) -> pl.DataFrame:
        """`local` (a time without a zone), `has_clock` and `offset` (microseconds, where the text gives it).

        `local` is null where the text does not fit or there is no such day.
        """
        text = pl.col("text")
        if self._padded is None:
            is_padded, as_padded = pl.lit(False), pl.lit(None, dtype=LOCAL)
        else:
            shape, directives = self._padded
            is_padded = text.str.contains(shape)
            as_padded = pl.when(is_padded).then(text).str.strptime(LOCAL, directives, strict=False, exact=True)
        parsed = texts.to_frame("text").select(
            as_padded.alias("local"),
            pl.lit(None, dtype=pl.Int64).alias("offset"),
            (text.is_not_null() & ~is_padded).alias("is_other"),
        )
        if parsed["is_other"].any():
            rest = parsed["is_other"].arg_true()
            others = texts.gather(rest)
            # Only what fits at all is taken apart, which is slow: most formats that are tried fit nothing.
            fits = others.str.contains(self._pattern)
            if fits.any():
                parsed = _put(parsed.drop("is_other"), rest.filter(fits), self._read_any(others.filter(fits)))
        local = pl.col("local")
        return parsed.select(
            pl.when(local.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(local).alias("local"),
            pl.lit(self.has_clock).alias("has_clock"),
            "offset",
        )

    def _read_any(self, texts: pl.Series) -> pl.DataFrame:
        found = texts.alias("text").to_frame().select(pl.col("text").str.extract_groups(self._pattern)).unnest("text")
        clock = length_column(
            hours=self._hour(),
            minutes=_number("M") if "%M" in self._directives else 0,
            seconds=_number("S") if "%S" in self._directives else 0,
            microseconds=_microseconds() if "%f" in self._directives else 0,
        )
        local = local_time_column(self._year(), self._month(), _number("d"), clock)
        return found.select(local.alias("local"), self._offset().alias("offset"))

    def _year(self) -> pl.Expr:
        if "%Y" in self._directives:
            # Year 0 is none; it is refused below with every year outside the known range.
            return _number("Y").clip(lower_bound=1)
        return (
            pl.when(_number("y") >= FIRST_SHORT_YEAR_OF_1900S).then(_number("y") + 1900).otherwise(_number("y") + 2000)
        )

    def _month(self) -> pl.Expr:
        if "%m" in self._directives:
            return _number("m")
        return (
            pl.col("b")
            .str.to_lowercase()
            .str.slice(0, 3)
            .replace_strict([month[:3] for month in MONTHS], list(range(1, 13)), default=None, return_dtype=pl.Int64())
        )

    def _hour(self) -> pl.Expr:
        if "%H" in self._directives:
            return _number("H")
        if "%I" not in self._directives:
            return pl.lit(0, dtype=pl.Int64)
        hour = _number("I") % 12
        if "%p" not in self._directives:
            return hour
        return hour + pl.when(pl.col("p").str.to_lowercase() == "pm").then(12).otherwise(0)

    def _offset(self) -> pl.Expr:
        if "%z" not in self._directives:
            return pl.lit(None, dtype=pl.Int64)
        written = pl.col("z").str.replace(":", "", literal=True).str.to_lowercase()
        minutes_past_hour = written.str.slice(3, 2).cast(pl.Int64, strict=False).fill_null(0)
        minutes = written.str.slice(1, 2).cast(pl.Int64, strict=False) * 60 + minutes_past_hour
        signed = pl.when(written.str.starts_with("-")).then(-minutes).otherwise(minutes)
        named = written.replace_strict(ZONES, default=None, return_dtype=pl.Int64)
        return length_column(minutes=pl.coalesce(named, signed))

    @cached_property
    def _letters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"%(.?)", self.text))

    @cached_property
    def _directives(self) -> frozenset[str]:
        return frozenset(f"%{letter}" for letter in self._letters)

    @cached_property
    def _pattern(self) -> str:
        pieces = PIECES | {"f": f"(?P<f>[0-9]{{1,{self.fraction_digits}}})"}
        return (
            "(?is)^"
            + "".join(
                pieces[part[1:]] if part.startswith("%") else r"\s+" if part.isspace() else re.escape(part)
                for part in parts_of_format(self.text)
            )
            + "$"
        )

    @cached_property
    def _padded(self) -> tuple[str, str] | None:
        """The shape of a cell with every number in full width, and the directives that Polars has for it."""
        fraction = self.text.endswith(".%f")
        body = self.text.removesuffix(".%f") if fraction else self.text
        if not set(re.findall(r"%(.?)", body)) <= set(PADDED) or not {"%d", "%m", "%Y"} <= self._directives:
            return None
        if self.has_clock and not {"%H", "%M"} <= self._directives:
            return None
        shape = "".join(PADDED[part[1:]] if part.startswith("%") else re.escape(part) for part in parts_of_format(body))
        ending = rf"\.[0-9]{{1,{self.fraction_digits}}}" if fraction else ""
        return f"^{shape}{ending}$", body + ("%.f" if fraction else "")


def _number(group: str) -> pl.Expr:
    return pl.col(group).str.strip_chars().cast(pl.Int64)


def _microseconds() -> pl.Expr:
    return pl.col("f").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64)


def _put(table: pl.DataFrame, at: pl.Series, rows: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(table[name].scatter(at, rows[name]) for name in table.columns)


def _as_exported() -> tuple[TimeFormat, ...]:
    clocks = (" %H:%M:%S", " %H:%M:%S.%f", " %H:%M", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M")
    plain = [f"%Y-%m-%d{clock}" for clock in clocks] + ["%Y-%m-%d"]
    with_offset = [f"%Y-%m-%d{clock}{gap}%z" for clock in clocks for gap in ("", " ")]
    return tuple(TimeFormat(text, fraction_digits=9) for text in plain + with_offset)


AS_EXPORTED = _as_exported()
"""What is read where a mapping gives no `time format`: 2025-04-01, with a time of day or an offset or without."""


def read_texts(texts: pl.Series, formats: Sequence[TimeFormat]) -> pl.DataFrame:
    """Read each text by the first format that it fits: `local`, `has_clock` and `offset` as `TimeFormat.read`."""
    if texts.null_count() == len(texts):
        return _nothing_read(len(texts))
    result = formats[0].read(texts) if formats else _nothing_read(len(texts))
    if result["local"].null_count() == texts.null_count():
        return result
    rest = (texts.is_not_null() & result["local"].is_null()).arg_true()
    # What the first format did not fit stays unread until another fits it.
    result = result.with_columns(pl.when(pl.col("local").is_not_null()).then(pl.all()).name.keep())
    for time_format in formats[1:]:
        if not len(rest):
            break
        parsed = time_format.read(texts.gather(rest))
        fits = parsed["local"].is_not_null()
        if fits.any():
            result = _put(result, rest.filter(fits), parsed.filter(fits))
            rest = rest.filter(~fits)
    return result


def _nothing_read(count: int) -> pl.DataFrame:
    return pl.DataFrame({name: pl.repeat(None, count, dtype=dtype, eager=True) for name, dtype in PARSED.items()})
