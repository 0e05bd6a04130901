"""A column as the type that it has in the event log: cast where nothing is lost, refused in our own words where not."""

from __future__ import annotations

import polars as pl

from wardline.events import INSTANT
from wardline.time_limits import Calendar, end_of_local_day_column, read_local_column, start_of_local_day_column

__all__ = [
    "DoesNotFit",
    "EarliestAndLatest",
    "as_attribute",
    "as_days",
    "as_numbers",
    "as_text",
    "as_times",
    "as_yes_or_no",
]

PER_SECOND = {"ms": 10**3, "us": 10**6, "ns": 10**9}
# The first and the last second of the years 1 to 9999, counted from 1970.
FIRST_SECOND, LAST_SECOND = -62_135_596_800, 253_402_300_799
# Up to here every whole number can be told from its neighbours when it is held as a number with a fraction.
LARGEST_EXACT = 2**53
ZONE_REMEDY = (
    'Say in which zone they are local times: `zone="Europe/London"`. Or give them a zone yourself, for example '
    '`pl.col("…").dt.replace_time_zone("Europe/London")`.'
)


class DoesNotFit(ValueError):
    """A column cannot be taken; `rows` says which rows are the reason, where not all of them are."""

    def __init__(self, what: str, remedy: str, rows: pl.Series | None = None) -> None:
        super().__init__(what)
        self.remedy = remedy
        self.rows = rows


class EarliestAndLatest:
    """When each row was: the earliest and the latest instant that it can have been. They differ for a whole day."""

    def __init__(self, earliest: pl.Series, latest: pl.Series) -> None:
        self.earliest, self.latest = earliest, latest


def as_text(column: pl.Series) -> pl.Series:
    """Text; a whole number is written as one, yes or no as `yes` or `no`. What is blank is empty."""
    kind = column.dtype
    if kind.is_float() or kind.is_decimal():
        column = _whole(column)
    elif kind == pl.Boolean():
        words = {True: "yes", False: "no"}
        return column.replace_strict(words, default=None, return_dtype=pl.String())
    elif not (kind.is_integer() or kind in (pl.String, pl.Categorical, pl.Enum, pl.Null)):
        raise DoesNotFit(f"This column contains {_held(kind)}, not text.", "Make it text first: `.cast(pl.String)`.")
    texts = column.cast(pl.String).to_frame("text")
    is_filled = pl.col("text").str.strip_chars() != ""
    return texts.select(pl.when(is_filled).then("text")).to_series().alias(column.name)


def as_numbers(column: pl.Series) -> pl.Series:
    """Whole numbers of any size that fits."""
    kind = column.dtype
    if kind.is_float() or kind.is_decimal():
        return _whole(column)
    if not (kind.is_integer() or kind == pl.Null()):
        raise DoesNotFit(
            f"This column contains {_held(kind)}, not whole numbers.", "Make it numbers first: `.cast(pl.Int64)`."
        )
    numbers = column.cast(pl.Int64, strict=False)
    lost = numbers.is_null() & column.is_not_null()
    if lost.any():
        raise DoesNotFit("Some numbers are too large.", "Number the rows from 0, or leave the column out.", lost)
    return numbers


def as_yes_or_no(column: pl.Series) -> pl.Series:
    """True or false."""
    if column.dtype not in (pl.Boolean, pl.Null):
        raise DoesNotFit(
            f"This column contains {_held(column.dtype)}, not true or false.", "Make it so first: `.cast(pl.Boolean)`."
        )
    return column.cast(pl.Boolean)


def as_days(column: pl.Series) -> pl.Series:
    """Days; a time at midnight without a zone is the day."""
    kind = column.dtype
    if isinstance(kind, pl.Datetime) and kind.time_zone is None:
        _check_in_range(column, kind)
        days = column.cast(pl.Date)
        other = days.cast(kind) != column
        if other.any():
            raise DoesNotFit("Some of these have a time of day.", "Make them days: `.dt.date()`.", other)
        return days
    if kind not in (pl.Date, pl.Null):
        raise DoesNotFit(f"This column contains {_held(kind)}, not days.", _time_remedy(column, "str.to_date"))
    return column.cast(pl.Date)


def as_times(column: pl.Series, calendar: Calendar | None) -> EarliestAndLatest:
    """Instants in UTC to the microsecond. A day is the whole local day, a local time that came twice either of the
    two.
    """
    kind = column.dtype
    if kind == pl.Null() or (kind == pl.String() and column.is_null().all()):
        empty = pl.Series(column.name, [None] * len(column), dtype=INSTANT)
        return EarliestAndLatest(empty, empty)
    if kind == pl.Date():
        if calendar is None:
            raise DoesNotFit("These are days, and nothing says in which time zone.", ZONE_REMEDY)
        return EarliestAndLatest(
            _at_each(column, start_of_local_day_column(pl.col(column.name), calendar)),
            _at_each(column, end_of_local_day_column(pl.col(column.name), calendar)),
        )
    if not isinstance(kind, pl.Datetime):
        raise DoesNotFit(f"This column contains {_held(kind)}, not times.", _time_remedy(column, "str.to_datetime"))
    _check_in_range(column, kind)
    if kind.time_zone is not None:
        instants = column.dt.convert_time_zone("UTC").cast(INSTANT)
        return EarliestAndLatest(instants, instants)
    if calendar is None:
        raise DoesNotFit("These times have no zone.", ZONE_REMEDY)
    read = _at_each(column.cast(pl.Datetime("us")), read_local_column(pl.col(column.name), calendar)).struct
    return EarliestAndLatest(read.field("earliest").alias(column.name), read.field("latest").alias(column.name))


def as_attribute(column: pl.Series, calendar: Calendar | None) -> pl.Series:
    """An attribute: text, a time (a day ends with its last microsecond, as a deadline that is a date does) or a number.

    Whole numbers are text, as standards name them (`priority: "1"`), and so are they where a missing value has made
    pandas hold them as 1.0. Numbers of which one has a fraction stay numbers.
    """
    kind = column.dtype
    if isinstance(kind, pl.Datetime) or kind == pl.Date():
        return as_times(column, calendar).latest
    if kind.is_float() or kind.is_decimal():
        numbers = column.cast(pl.Float64)
        numbers = numbers.set(~numbers.is_finite(), None)
        return numbers if (numbers % 1 != 0).any() or (numbers.abs() > LARGEST_EXACT).any() else as_text(numbers)
    return as_text(column)


def _whole(column: pl.Series) -> pl.Series:
    """Numbers held with a fraction, as whole ones; what is not a number is empty."""
    numbers = column.cast(pl.Float64)
    numbers = numbers.set(numbers.is_nan(), None)
    other = (numbers % 1 != 0) | (numbers.abs() > LARGEST_EXACT) | ~numbers.is_finite()
    if other.any():
        raise DoesNotFit(
            "Some of these are not whole numbers, or are too large to be exact.",
            "Read the column as text or as whole numbers from the start.",
            other,
        )
    return numbers.cast(pl.Int64)


def _check_in_range(column: pl.Series, kind: pl.Datetime) -> None:
    counted, per_second = column.to_physical(), PER_SECOND[kind.time_unit]
    seconds = counted // per_second
    beyond = (seconds < FIRST_SECOND) | (seconds > LAST_SECOND)
    if beyond.any():
        raise DoesNotFit("Some times are not of the years 1 to 9999.", "Leave them empty.", beyond)
    if kind.time_unit == "ns" and (finer := counted % 1000 != 0).any():
        raise DoesNotFit(
            "Some times are finer than a microsecond.",
            'Round them yourself, so that you know how: `pl.col("…").dt.round("1us")`.',
            finer,
        )


def _at_each(column: pl.Series, read: pl.Expr) -> pl.Series:
    return column.to_frame().select(read.alias(column.name)).to_series()


def _time_remedy(column: pl.Series, function: str) -> str:
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        example = "%Y-%m-%d %H:%M" if function.endswith("datetime") else "%Y-%m-%d"
        return (
            f'Convert it first: `pl.col("{column.name}").{function}("{example}")` in Polars, or `pandas.to_datetime` '
            "with a `format`."
        )
    if column.dtype.is_numeric():
        return f'If they are seconds since 1970, convert them first: `pl.from_epoch(pl.col("{column.name}"), "s")`.'
    return "Give dates or times."


def _held(kind: pl.DataType) -> str:
    """What a column holds, in a reader's words."""
    if kind in (pl.String, pl.Categorical, pl.Enum):
        return "text"
    if kind.is_numeric():
        return "numbers"
    if kind.is_nested():
        return "lists or structs"
    names = {
        pl.Boolean: "true and false",
        pl.Date: "days",
        pl.Datetime: "times",
        pl.Time: "times of day without a day",
        pl.Duration: "lengths of time",
        pl.Binary: "bytes",
    }
    return next((words for one, words in names.items() if kind == one), "Python objects of several kinds")
