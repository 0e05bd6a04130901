"""Which rows a figure counts, as data: a table, and conditions that all hold. So whoever sees a figure can open its
rows.

`{"table": "occasions", "where": [{"column": "key", "among": ["england/missing-children/attend 2025.1"]}, …]}` can be
kept in a file, read again, shown as a link, and put to the tables of the dive, where it gives exactly the rows that
were counted. The columns it may name are those of the table and those that `MeasuredTables` adds (`wait`, `hour`, …),
so a filter holds no arithmetic of its own: what is hard to say is a column, and has one meaning for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

import polars as pl

__all__ = ["Among", "Between", "Condition", "CountedTable", "Outside", "RowFilter", "filter_from_data"]

Value = str | int | bool | None


class CountedTable(Enum):
    """The tables whose rows are counted, by the names of `MeasuredTables`."""

    OCCASIONS = "occasions"  # the findings
    CASES = "cases"  # those that exist as at
    ALL_CASES = "all_cases"  # of every type, with the month in which each is counted
    EVENTS = "events"
    CASE_SOURCES = "case_sources"
    REJECTS = "rejects"
    RECORD_FAULTS = "record_faults"


@dataclass(frozen=True)
class Among:
    """The column's value is one of these; None is the empty value."""

    column: str
    values: tuple[Value, ...]

    def expression(self) -> pl.Expr:
        """Whether it holds; never empty."""
        column, named = pl.col(self.column), [value for value in self.values if value is not None]
        # An `is_in` of one value is not looked up in the statistics of a Parquet file, an equality is.
        holds = (column == named[0]) if len(named) == 1 else column.is_in(named) if named else pl.lit(False)
        holds = holds.fill_null(False)
        return holds | column.is_null() if None in self.values else holds


@dataclass(frozen=True)
class Outside:
    """The column's value is none of these; the empty value is outside of them all unless None is named."""

    column: str
    values: tuple[Value, ...]

    def expression(self) -> pl.Expr:
        """Whether it holds; never empty."""
        return ~Among(self.column, self.values).expression()


@dataclass(frozen=True)
class Between:
    """`start` ≤ the column's value < `end`; an end that is None is open. An empty value lies nowhere.

    Of days (`date`), or of whole numbers: lengths of time are columns of microseconds.
    """

    column: str
    start: date | int | None = None
    end: date | int | None = None

    def expression(self) -> pl.Expr:
        """Whether it holds; never empty."""
        column = pl.col(self.column)
        from_start = column.is_not_null() if self.start is None else column >= self.start
        before_end = pl.lit(True) if self.end is None else column < self.end
        return (from_start & before_end).fill_null(False)


Condition = Among | Outside | Between


@dataclass(frozen=True)
class RowFilter:
    """The rows of a table for which all conditions hold; with `each`, the different values of that column in them."""

    table: CountedTable
    conditions: tuple[Condition, ...] = ()
    each: str | None = None

    def where(self, *conditions: Condition) -> RowFilter:
        """Those of these rows for which the conditions hold too."""
        return RowFilter(self.table, (*self.conditions, *conditions), self.each)

    def with_value(self, column: str, *values: Value) -> RowFilter:
        """Those of these rows whose value is one of these."""
        return self.where(Among(column, values))

    def counted_by(self, column: str) -> RowFilter:
        """Not the rows but the different values of a column in them, the empty value left out."""
        return replace(self, each=column)

    def values_of(self, column: str) -> tuple[Value, ...] | None:
        """The values that a condition allows for a column; None where none does."""
        return next((one.values for one in self.conditions if isinstance(one, Among) and one.column == column), None)

    def columns(self) -> frozenset[str]:
        """The columns that the conditions and the count go by."""
        named = {condition.column for condition in self.conditions}
        return frozenset(named if self.each is None else named | {self.each})

    def of(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """These rows of the table, in its order."""
        return table.filter(condition.expression() for condition in self.conditions) if self.conditions else table

    def count(self, table: pl.LazyFrame) -> int:
        """How many rows there are, or with `each` how many different values."""
        many = pl.len() if self.each is None else pl.col(self.each).drop_nulls().n_unique()
        return int(self.of(table).select(many).collect(engine="streaming").item())

    def as_data(self) -> dict[str, Any]:
        """The filter as JSON and YAML can hold it."""
        data: dict[str, Any] = {
            "table": self.table.value,
            "where": [_condition_as_data(condition) for condition in self.conditions],
        }
        return data if self.each is None else data | {"each": self.each}


def filter_from_data(data: Mapping[str, Any]) -> RowFilter:
    """The filter that `as_data` wrote."""
    return RowFilter(CountedTable(data["table"]), tuple(map(_condition_from_data, data["where"])), data.get("each"))


def _condition_as_data(condition: Condition) -> dict[str, Any]:
    match condition:
        case Among(column, values):
            return {"column": column, "among": list(values)}
        case Outside(column, values):
            return {"column": column, "outside": list(values)}
        case Between(column, start, end):
            ends = {"from": start, "before": end}
            return {"column": column} | {
                name: one.isoformat() if isinstance(one, date) else one for name, one in ends.items() if one is not None
            }
    assert False, f"{condition} is no condition"


def _condition_from_data(data: Mapping[str, Any]) -> Condition:
    if "among" in data:
        return Among(data["column"], tuple(data["among"]))
    if "outside" in data:
        return Outside(data["column"], tuple(data["outside"]))
    start, end = (date.fromisoformat(one) if isinstance(one, str) else one for one in map(data.get, ("from", "before")))
    return Between(data["column"], start, end)
