"""What is known as at an instant: which events are, which cases exist, which of them are closed.

It is rule 1 of docs/reference/meaning.md, stated here for everything outside the engines, which state it on their own.
"""

from __future__ import annotations

from datetime import datetime

import polars as pl

from wardline.events.log import EventLog
from wardline.events.tables import RESTRICTED_MARK

__all__ = [
    "closed_as_at",
    "existing_cases",
    "is_known",
    "is_known_closed",
    "is_not_after",
    "is_restricted",
    "known_events",
]


def is_not_after(time: str, as_at: datetime) -> pl.Expr:
    """Whether the time in a column does not lie after as at; an empty time does not. Never null."""
    return (pl.col(time) <= as_at).fill_null(True)


def is_known(as_at: datetime) -> pl.Expr:
    """Whether an event is known as at: neither its `happened_at` nor its `recorded_at` lies after it (rule 1)."""
    return is_not_after("happened_at", as_at) & is_not_after("recorded_at", as_at)


def closed_as_at(as_at: datetime) -> pl.Expr:
    """`closed_at` as far as it is known as at: a case that was closed only later is open (rule 1).

    An end before the beginning does not say when, or whether, the case was closed: databases write an empty date as
    1 January 1900, and people mistype a year.
    """
    ends_before_it_begins = (pl.col("closed_at") < pl.col("opened_at")).fill_null(False)
    return pl.when((pl.col("closed_at") <= as_at) & ~ends_before_it_begins).then("closed_at").alias("closed_at")


def is_restricted() -> pl.Expr:
    """Whether a row is of a restricted case, by its `case_id`: such cases are counted, and never shown. Never null."""
    return pl.col("case_id").str.contains(RESTRICTED_MARK, literal=True).fill_null(False)


def is_known_closed(as_at: datetime) -> pl.Expr:
    """Of a case, whether it is known to be closed as at; never null."""
    return closed_as_at(as_at).is_not_null()


def known_events(event_log: EventLog, *, as_at: datetime) -> pl.LazyFrame:
    """The events that are known as at, of cases that exist or not."""
    return event_log.events.filter(is_known(as_at))


def existing_cases(event_log: EventLog, *, as_at: datetime, with_ends_as_written: bool = False) -> pl.LazyFrame:
    """The cases that exist as at, in the order of the log, with `closed_at` as far as it is known.

    `with_ends_as_written` also keeps an end before the beginning, for whoever looks for faults in the records.

    A case exists if it was opened by then. One that does not say when it was opened (as one that `makes cases` opened)
    exists once one of its events is known (rule 1).
    """
    unopened = event_log.cases.filter(pl.col("opened_at").is_null()).select("case_id")
    begun = (
        known_events(event_log, as_at=as_at)
        .select("case_id")
        .join(unopened, on="case_id", how="semi")
        .unique()
        .with_columns(pl.lit(True).alias("_begun"))
    )
    return (
        event_log.cases.join(begun, on="case_id", how="left", maintain_order="left")
        .filter((pl.col("opened_at") <= as_at) | pl.col("_begun").is_not_null())
        .drop("_begun")
        .with_columns(
            pl.when(pl.col("closed_at") <= as_at).then("closed_at").alias("closed_at")
            if with_ends_as_written
            else closed_as_at(as_at)
        )
    )
