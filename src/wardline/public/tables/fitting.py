"""The columns of a given table: named as they are meant, of the right types, those that may be left out filled in."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher

import polars as pl

from wardline.errors import did_you_mean
from wardline.events import FIXED_COLUMNS, INSTANT
from wardline.public.arguments import Arguments, rows_in_words
from wardline.public.tables.column_types import (
    DoesNotFit,
    EarliestAndLatest,
    as_attribute,
    as_days,
    as_numbers,
    as_text,
    as_times,
    as_yes_or_no,
)
from wardline.time_limits import Calendar

__all__ = ["fitted"]

REQUIRED = {
    "cases": ("case_id", "case_type"),
    "events": ("case_id", "event", "happened_at"),
    "people": ("person_id",),
    "notes": ("case_id", "text"),
    "abilities": ("source", "case_type", "event"),
    "coverage": ("source",),
    "case_sources": ("case_id", "source"),
    "rejects": (),
}
# `closed` is near `closed_at`, and `person` near `person_id`; a column so near to one that is absent is not an
# attribute.
NEAR = 0.8
COLUMNS_SHOWN = 12
# Of a time that is not exact, the end that the event log keeps in a column.
KEEPS_LATEST = {"closed_at", "happened_by", "gap_to"}
HAS_ATTRIBUTES = {"cases", "events", "people", "notes"}
SIMPLE: dict[pl.DataType, Callable[[pl.Series], pl.Series]] = {
    pl.String(): as_text,
    pl.Int64(): as_numbers,
    pl.Boolean(): as_yes_or_no,
    pl.Date(): as_days,
}


def fitted(given: Arguments, table: str, rows: pl.DataFrame, calendar: Calendar | None) -> pl.DataFrame:
    """The table with every fixed column, each of its type, and its attributes; what does not fit is noted and empty."""
    schema = FIXED_COLUMNS[table]
    _check_names(given, table, rows)
    columns: dict[str, pl.Series] = {}
    times: dict[str, EarliestAndLatest] = {}
    for column in rows.get_columns():
        name, kind = column.name, schema.get(column.name)
        try:
            if kind == INSTANT:
                times[name] = as_times(column, calendar)
            elif kind is not None:
                columns[name] = SIMPLE[kind](column)
            elif table in HAS_ATTRIBUTES:
                columns[name] = as_attribute(column, calendar)
        except DoesNotFit as error:
            given.wrong_table(
                table, name, f"{str(error).rstrip('.')}{rows_in_words(error.rows)}", error.remedy, is_unread=True
            )
    for name, found in times.items():
        columns[name] = found.latest if name in KEEPS_LATEST else found.earliest
    if table == "events":
        columns |= _when(given, times, columns)
    attributes = [name for name in rows.columns if name not in schema and name in columns]
    return pl.DataFrame(
        [
            *(
                columns[name].alias(name) if name in columns else pl.Series(name, [None] * rows.height, dtype=kind)
                for name, kind in schema.items()
            ),
            *(columns[name].alias(name) for name in attributes),
        ]
    )


def _check_names(given: Arguments, table: str, rows: pl.DataFrame) -> None:
    """Note required columns that are absent, and columns whose names are nearly those of absent ones."""
    schema = FIXED_COLUMNS[table]
    absent = [name for name in schema if name not in rows.columns]
    meant: dict[str, str] = {}
    for column in rows.columns:
        if column not in schema:
            near = max(absent, key=lambda name: _likeness(column, name), default=None)
            if near is not None and _likeness(column, near) >= NEAR:
                meant[near] = column
                given.wrong_table(
                    table,
                    column,
                    f"`{column}` is not a column of `{table}`. Did you mean `{near}`?",
                    f'Rename it: `.rename({{"{column}": "{near}"}})`. If it is an attribute of its own, give it a name '
                    "that cannot be taken for that one.",
                )
            elif table not in HAS_ATTRIBUTES:
                given.wrong_table(
                    table,
                    column,
                    f"`{column}` is not a column of `{table}`.{did_you_mean(column, absent)}",
                    f"Its columns are {', '.join(schema)}. Leave out others.",
                )
    for name in REQUIRED[table]:
        if name in absent and name not in meant:
            shown = ", ".join(rows.columns[:COLUMNS_SHOWN]) + (", …" if rows.width > COLUMNS_SHOWN else "")
            # A table without any column has no rows either, and nothing is missing from it.
            if rows.width:
                given.wrong_table(
                    table,
                    name,
                    f"There is no column `{name}`.{did_you_mean(name, rows.columns)}",
                    f"Rename the column that has it, or add one. The table has {shown}.",
                )


def _likeness(one: str, other: str) -> float:
    first, second = (name.casefold().replace(" ", "_").replace("-", "_") for name in (one, other))
    return SequenceMatcher(None, first, second).ratio()


def _when(given: Arguments, times: dict[str, EarliestAndLatest], columns: dict[str, pl.Series]) -> dict[str, pl.Series]:
    """When each event happened, an interval where that is not exact, and when it was recorded."""
    if "happened_at" not in times:
        return {}
    at = times["happened_at"]
    by = columns.get("happened_by")
    latest = at.latest if by is None else by.zip_with(by.is_not_null(), at.latest)
    before = latest < at.earliest
    if before.any():
        given.wrong_table(
            "events",
            "happened_by",
            f"Some events end before they begin: `happened_by` is before `happened_at`{rows_in_words(before)}",
            "Give the latest time that it can have been, or leave it empty where the time is exact.",
        )
    only_by = at.earliest.is_null() & latest.is_not_null()
    if only_by.any():
        given.wrong_table(
            "events",
            "happened_by",
            f"Some events have the latest time and not the earliest{rows_in_words(only_by)}",
            "Give `happened_at` as well; an event without a time has neither.",
        )
    is_exact = (latest == at.earliest).fill_null(True)
    found = {"happened_at": at.earliest, "happened_by": latest.set(is_exact, None)}
    if "recorded_at" in times:
        found["recorded_at"] = _recorded(times["recorded_at"], at.earliest)
    return found


def _recorded(times: EarliestAndLatest, happened_at: pl.Series) -> pl.Series:
    """Where that is not exact, the earliest that it can be and that is not before the event, as for exports."""
    interval = pl.DataFrame({"from": times.earliest, "to": times.latest, "at": happened_at})
    earliest = pl.min_horizontal("to", pl.max_horizontal("from", "at"))
    return interval.select(pl.when(pl.col("from").is_null()).then(None).otherwise(earliest)).to_series()
