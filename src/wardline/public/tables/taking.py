"""Whatever speaks Arrow, taken as a Polars table: Polars, pandas, pyarrow, DuckDB; and lists and dicts of Python
values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from wardline.public.arguments import Arguments, kind_of

__all__ = ["table_given"]

REMEDY = (
    "Give a table: Polars, pandas, pyarrow, a DuckDB relation or anything else that speaks Arrow, a dict "
    "of lists, or a "
    "list of dicts."
)
FILE_REMEDY = "Read it first, for example with `polars.read_parquet`; or read exports with `wardline.read_records`."


def table_given(given: Arguments, argument: str, value: Any) -> pl.DataFrame | None:
    """The table that an argument holds, or None with the problem noted.

    The index of a pandas table becomes columns where it has names, and is left aside where it has none.
    """
    if isinstance(value, pl.DataFrame):
        return value
    if isinstance(value, pl.LazyFrame):
        return _read(given, argument, value.collect, "This LazyFrame cannot be collected")
    if isinstance(value, pl.Series):
        given.wrong(argument, "This is one column, not a table.", "Call `.to_frame()` on it.")
        return None
    if hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__"):
        return _read(given, argument, lambda: pl.DataFrame(_with_named_index(value)), "This table cannot be read")
    if isinstance(value, Mapping):
        return _read(given, argument, lambda: _of_columns(value), "This dict is not a table")
    if isinstance(value, list | tuple) and all(isinstance(row, Mapping) for row in value):
        return _read(given, argument, lambda: _of_rows(value), "This list is not a table")
    is_place = isinstance(value, str | bytes) or hasattr(value, "__fspath__") or hasattr(value, "read")
    given.wrong(argument, f"This is {kind_of(value)}, not a table.", FILE_REMEDY if is_place else REMEDY)
    return None


def _with_named_index(table: Any) -> Any:
    # Only pandas has such an index; it would be lost on the way, and with it often the column `case_id`.
    names = getattr(getattr(table, "index", None), "names", None)
    return table.reset_index() if names and all(names) else table


def _of_columns(columns: Mapping[Any, Any]) -> pl.DataFrame:
    if not all(_is_column(column) for column in columns.values()):
        raise TypeError("every key must have a list")
    return pl.DataFrame({str(name): column for name, column in columns.items()})


def _is_column(value: Any) -> bool:
    return isinstance(value, list | tuple | pl.Series) or hasattr(value, "__array__")  # of numpy and pandas


def _of_rows(rows: list[Mapping[Any, Any]] | tuple[Mapping[Any, Any], ...]) -> pl.DataFrame:
    return pl.DataFrame([{str(key): item for key, item in row.items()} for row in rows], infer_schema_length=None)


def _read(given: Arguments, argument: str, read: Callable[[], pl.DataFrame], what: str) -> pl.DataFrame | None:
    try:
        return read()
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001 - each has its own, which may hold a cell
        given.wrong(
            argument,
            f"{what} ({type(error).__name__}).",
            "Every column needs one name of its own, one type and as many values as the others; a query or a reader "
            "can only be read while it is open.",
        )
        return None
