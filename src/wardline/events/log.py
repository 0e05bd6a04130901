"""The event log: its tables together, in memory or on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import polars as pl

from wardline.events.tables import FIXED_COLUMNS

__all__ = ["EventLog", "log_of_tables", "read_event_log"]


@dataclass(frozen=True)
class EventLog:
    """The tables of an event log, each a Polars LazyFrame, so that a log on disk is read only as needed.

    Make one with `event_log` from tables of your own, or with `read_records` from exports; a dive has one too.

    >>> import wardline
    >>> log = wardline.event_log(cases={"case_id": ["E1"], "case_type": ["missing episode"]}, events=[])
    >>> log.cases.select("case_id", "case_type").collect().rows()
    [('E1', 'missing episode')]
    >>> list(log.tables())
    ['cases', 'events', 'people', 'notes', 'abilities', 'coverage', 'case_sources', 'rejects']
    """

    cases: pl.LazyFrame
    events: pl.LazyFrame
    people: pl.LazyFrame
    notes: pl.LazyFrame
    abilities: pl.LazyFrame
    coverage: pl.LazyFrame
    case_sources: pl.LazyFrame
    rejects: pl.LazyFrame

    def tables(self) -> dict[str, pl.LazyFrame]:
        """The tables by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


def log_of_tables(tables: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> EventLog:
    """An event log from the tables at hand; a table that is absent is empty, a fixed column that is absent is too."""
    unknown = set(tables) - set(FIXED_COLUMNS)
    assert not unknown, f"no tables of an event log: {sorted(unknown)}"
    return EventLog(**{name: _complete(name, tables.get(name)) for name in FIXED_COLUMNS})


def read_event_log(folder: Path) -> EventLog:
    """The event log of a folder that holds its tables as `NAME.parquet`; an absent table is empty."""
    # A folder may be called `march[1]`; that is no pattern.
    found = {name: folder / f"{name}.parquet" for name in FIXED_COLUMNS}
    return log_of_tables({name: pl.scan_parquet(path, glob=False) for name, path in found.items() if path.exists()})


def _complete(name: str, table: pl.DataFrame | pl.LazyFrame | None) -> pl.LazyFrame:
    if table is None:
        return _empty(name)
    schema = FIXED_COLUMNS[name]
    lazy = table.lazy()
    present = lazy.collect_schema()
    absent = [pl.lit(None, dtype=dtype).alias(column) for column, dtype in schema.items() if column not in present]
    # A column of nulls only may come without a type.
    untyped = [pl.col(column).cast(dtype) for column, dtype in schema.items() if present.get(column) == pl.Null()]
    attributes = [column for column in present.names() if column not in schema]
    return lazy.with_columns(*absent, *untyped).select(*schema.names(), *attributes)


# One is made of many columns, and a worked example, of which a standard has hundreds, has no use for most tables.
@cache
def _empty(name: str) -> pl.LazyFrame:
    return pl.LazyFrame(schema=FIXED_COLUMNS[name])
