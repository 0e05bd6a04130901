"""The columns of a Parquet file by their type: each as text, as a cell of a CSV file would have it, or refused."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pyarrow as pa

__all__ = ["as_text", "holds_times", "refused_in_words", "rounded"]

LOCAL_TEXT = "%Y-%m-%d %H:%M:%S%.6f"
FIRST_DAY, LAST_DAY = -719_162, 2_932_896  # of the years 1 to 9999, from 1970
SECONDS_OF_A_DAY = 86_400
IN_A_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
# From here on numbers held with a fraction are not all that there are: 16,777,217 becomes 16,777,216.
FIRST_ROUNDED = {pa.float16(): 2**11, pa.float32(): 2**24, pa.float64(): 2**53}
NO_SUCH_TIME = "(a time that does not exist)"  # which is then rejected like any text that is not a time


def refused_in_words(kind: pa.DataType) -> str | None:
    """What a column of a type holds, where it cannot be read as text; None where it can."""
    kind = _stored(kind)
    types = pa.types
    for is_such, words in (
        (types.is_duration, "lengths of time"),
        (types.is_interval, "lengths of time"),
        (types.is_map, "keys with values"),
        (types.is_struct, "several values in each cell"),
        (types.is_nested, "lists"),
        (_is_of_bytes, "bytes, which are not text"),
    ):
        if is_such(kind):
            return words
    return None if _reader(kind) is not None else "values of a type that is not known here"


def holds_times(kind: pa.DataType) -> bool:
    """Whether it holds dates or times as such."""
    kind = _stored(kind)
    return bool(pa.types.is_temporal(kind)) and refused_in_words(kind) is None


def as_text(cells: pa.Array) -> pl.Series:
    """The cells of a column that is not refused. Raises ArrowException where what is stored is not text after all."""
    if isinstance(cells, pa.ExtensionArray):
        cells = cells.storage if not _is_uuid(cells.type) else _uuids(cells.storage)
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    reader = _reader(_stored(cells.type))
    assert reader is not None
    return reader(cells)


def rounded(cells: pa.Array) -> int:
    """How many whole numbers of a column may have been others, which are too long for how it holds numbers."""
    first = FIRST_ROUNDED.get(_stored(cells.type))
    if first is None:
        return 0
    if isinstance(cells, pa.ExtensionArray):
        cells = cells.storage
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    numbers = pl.Series(cells.cast(pa.float32()) if pa.types.is_float16(cells.type) else cells)
    return int((numbers.is_finite() & (numbers.abs() >= first)).sum())


def _stored(kind: pa.DataType) -> pa.DataType:
    """The type of the values themselves; that of a UUID is text."""
    if _is_uuid(kind):
        return pa.string()
    if isinstance(kind, pa.BaseExtensionType):
        return _stored(kind.storage_type)
    return _stored(kind.value_type) if pa.types.is_dictionary(kind) else kind


def _is_uuid(kind: pa.DataType) -> bool:
    return isinstance(kind, pa.UuidType)


def _uuids(stored: pa.Array) -> pa.Array:
    digits = pl.Series(stored.cast(pa.binary())).bin.encode("hex")
    return digits.str.replace(r"^(.{8})(.{4})(.{4})(.{4})(.{12})$", "$1-$2-$3-$4-$5").to_arrow().cast(pa.large_string())


def _is_of_bytes(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind)
    )


def _reader(kind: pa.DataType) -> Callable[[pa.Array], pl.Series] | None:
    types = pa.types
    for is_such, read in (
        (types.is_string, _text),
        (types.is_large_string, _text),
        (types.is_string_view, _text),
        (types.is_null, _nothing),
        (types.is_boolean, _plain),
        (types.is_integer, _plain),
        (types.is_floating, _fraction),
        (types.is_decimal, _decimal),
        (types.is_date, _day),
        (types.is_time, _clock),
        (types.is_timestamp, _instant),
    ):
        if is_such(kind):
            return read
    return None


def _text(cells: pa.Array) -> pl.Series:
    cells.validate(full=True)  # Polars would take bytes that are not text for text
    return pl.Series(cells.cast(pa.large_string()))


def _nothing(cells: pa.Array) -> pl.Series:
    return pl.Series([None] * len(cells), dtype=pl.String)


def _plain(cells: pa.Array) -> pl.Series:
    return pl.Series(cells).cast(pl.String)


def _fraction(cells: pa.Array) -> pl.Series:
    """Whole numbers without a point, for a column of them with gaps is stored as 1.0, 2.0; NaN is empty."""
    numbers = pl.Series(cells.cast(pa.float32() if pa.types.is_float16(cells.type) else cells.type)).alias("cell")
    column = pl.col("cell")
    whole = column.is_finite() & (column == column.round(0)) & (column.abs() < 2.0**63)
    return (
        numbers.to_frame()
        .select(
            pl.when(column.is_nan())
            .then(None)
            .when(whole)
            .then(column.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
        .to_series()
    )


def _decimal(cells: pa.Array) -> pl.Series:
    """Without the zeros at its end: databases keep numbers such as 101 as 101.0000000000."""
    texts = pl.Series(cells.cast(pa.string()))
    return texts.str.replace(r"^(-?\d+)\.0+$", "$1").str.replace(r"^(-?\d+\.\d*[1-9])0+$", "$1")


def _day(cells: pa.Array) -> pl.Series:
    in_days = 1 if pa.types.is_date32(cells.type) else SECONDS_OF_A_DAY * 1000
    numbers = pl.Series(cells.cast(pa.int32() if in_days == 1 else pa.int64())).cast(pl.Int64) // in_days
    return _where_there_is(numbers, FIRST_DAY, LAST_DAY, lambda days: days.cast(pl.Int32).cast(pl.Date).cast(pl.String))


def _clock(cells: pa.Array) -> pl.Series:
    unit = IN_A_SECOND[cells.type.unit]
    numbers = pl.Series(cells.cast(pa.int32() if pa.types.is_time32(cells.type) else pa.int64())).cast(pl.Int64)
    return _where_there_is(
        numbers,
        0,
        SECONDS_OF_A_DAY * unit - 1,
        lambda times: (times * (10**9 // unit)).cast(pl.Time).dt.strftime("%H:%M:%S%.f"),
    )


def _instant(cells: pa.Array) -> pl.Series:
    """A local time as it is, an instant in UTC with a Z; to the microsecond."""
    unit = IN_A_SECOND[cells.type.unit]
    text = LOCAL_TEXT if cells.type.tz is None else f"{LOCAL_TEXT}Z"

    def in_words(numbers: pl.Series) -> pl.Series:
        microseconds = numbers * (10**6 // unit) if unit <= 10**6 else numbers // (unit // 10**6)
        return microseconds.cast(pl.Datetime("us")).dt.strftime(text)

    of_a_day = SECONDS_OF_A_DAY * unit
    return _where_there_is(
        pl.Series(cells.cast(pa.int64())), FIRST_DAY * of_a_day, (LAST_DAY + 1) * of_a_day - 1, in_words
    )


def _where_there_is(numbers: pl.Series, first: int, last: int, in_words: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The numbers in words where they are between the first and the last that there is."""
    is_there = numbers.is_between(max(first, -(2**63)), min(last, 2**63 - 1))
    found = in_words(numbers.set(~is_there, None))
    return found.set(~is_there, NO_SUCH_TIME)
