"""The table of record faults: which sorts there are, its columns, and how a sort is put into it."""

from __future__ import annotations

from enum import Enum

import polars as pl

from wardline.events.tables import INSTANT

__all__ = ["RECORD_FAULTS", "RecordFault", "cases_in_words", "listed"]


class RecordFault(Enum):
    """What sort of fault it is, in the order in which they are listed; people read the value."""

    OVERLAPPING = "Overlapping episodes of one child"
    END_BEFORE_START = "An end before its start"
    END_WITHOUT_START = "An end without a start"
    OPENED_TWICE = "Opened twice"
    BEFORE_BIRTH = "Before birth"
    BEFORE_THE_CALL = "Arrival before call"
    TYPED_IN_ONE_BURST = "Many entries typed in one burst"
    HEAPED_ON_THE_HOUR = "Times heaped on the hour"
    COPIED_TEXT = "The same note on many cases"


RECORD_FAULTS = pl.Schema(
    {
        "source": pl.String(),  # the record system; empty where the fault lies between two
        "fault": pl.String(),  # the value of a RecordFault
        "case_id": pl.String(),  # empty where it concerns no single case
        "event_id": pl.Int64(),  # of a burst, its first
        "other_case_id": pl.String(),
        "other_event_id": pl.Int64(),  # of a burst, its last
        "happened_at": INSTANT,  # of the later opening, of the end, of the event, of the burst, of the note
        "what_it_says": pl.String(),  # holds no person's data
    }
)


def listed(
    rows: pl.LazyFrame,
    fault: RecordFault,
    what_it_says: pl.Expr,
    *,
    source: pl.Expr | str = "source",
    case_id: pl.Expr | str | None = "case_id",
    event_id: str | None = None,
    other_case_id: pl.Expr | str | None = None,
    other_event_id: str | None = None,
    happened_at: str | None = None,
) -> pl.LazyFrame:
    """The rows as a part of the table; each column is taken from the one named, and is empty where none is."""
    given = {
        "source": source,
        "fault": pl.lit(fault.value),
        "case_id": case_id,
        "event_id": event_id,
        "other_case_id": other_case_id,
        "other_event_id": other_event_id,
        "happened_at": happened_at,
        "what_it_says": what_it_says,
    }
    return rows.select(_column(given[name]).cast(dtype).alias(name) for name, dtype in RECORD_FAULTS.items())


def cases_in_words(column: str) -> pl.Expr:
    """`1 case`, `20 cases`."""
    return pl.when(pl.col(column) == 1).then(pl.lit("1 case")).otherwise(pl.format("{} cases", column))


def _column(given: pl.Expr | str | None) -> pl.Expr:
    if given is None:
        return pl.lit(None)
    return pl.col(given) if isinstance(given, str) else given
