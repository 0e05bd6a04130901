"""Which events and cases an obligation leaves aside because an attribute is empty: never guessed, and not judged.

The rule is in docs/reference/standards-language.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from wardline.events import attribute_types
from wardline.findings import fits, fits_but_for_empty, is_in_dates, matches, matches_but_for_empty, occasion_time
from wardline.obligations import Never, Record, ResolvedObligation

__all__ = ["RowsLeftAside", "rows_left_aside", "where_something_is_empty"]


@dataclass(frozen=True)
class RowsLeftAside:
    """The `event_id` of each trigger and the `case_id` of each case that is left aside; each once."""

    event_ids: pl.Series
    case_ids: pl.Series


def where_something_is_empty(
    items: Iterable[ResolvedObligation], cases: pl.LazyFrame, known_events: pl.LazyFrame
) -> list[ResolvedObligation]:
    """Those of the obligations that may leave something aside: an attribute that they go by is empty somewhere.

    It is asked once for all of them, since most obligations go by attributes that are always filled in.
    """
    items = list(items)
    of_cases = {(item.case_type, one.attribute) for item in items for one in item.obligation.only_for}
    of_events = {
        (pattern.event, one.attribute)
        for item in items
        for pattern in item.obligation.triggers()
        for one in pattern.conditions
    }
    empty_in_cases = _seen_empty(cases, "cases", "case_type", of_cases)
    empty_in_events = _seen_empty(known_events, "events", "event", of_events)
    return [
        item
        for item in items
        if any((item.case_type, one.attribute) in empty_in_cases for one in item.obligation.only_for)
        or any(
            (pattern.event, one.attribute) in empty_in_events
            for pattern in item.obligation.triggers()
            for one in pattern.conditions
        )
    ]


def _seen_empty(rows: pl.LazyFrame, table: str, kind: str, asked: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of kinds of rows and attributes: those of which some row has nothing. One that the table lacks is empty."""
    held = attribute_types(rows.collect_schema(), table)
    names = sorted({name for _, name in asked if name in held})
    kinds = sorted({kind for kind, _ in asked})
    counted = (
        rows.filter(pl.col(kind).is_in(kinds))
        .group_by(kind)
        .agg(pl.col(names).null_count())
        .collect(engine="streaming")
    )
    empty = {(row[kind], name) for row in counted.iter_rows(named=True) for name in names if row[name]}
    return {(one, name) for one, name in asked if name not in held or (one, name) in empty}


def rows_left_aside(
    item: ResolvedObligation, cases: pl.LazyFrame, known_events: pl.LazyFrame, period: tuple[date, date] | None
) -> RowsLeftAside:
    """Of the cases that exist as at and the events that are known, those that are left aside within the dates.

    A trigger is one that would match but for an empty attribute. A case is one whose `for` attribute is empty and in
    which there would be an occasion were it filled in: it has a trigger of its own, in full or but for an empty
    attribute, or is a case without the event of a never or a record. With `nth` each event that is one of those counted
    is taken for a trigger. What is counted from another event still uses the time of its trigger.
    """
    obligation, patterns = item.obligation, item.obligation.triggers()
    if not obligation.only_for and not any(pattern.conditions for pattern in patterns):
        return RowsLeftAside(pl.Series(dtype=pl.Int64), pl.Series(dtype=pl.String))
    of_events = attribute_types(known_events.collect_schema(), "events")
    case_attributes = attribute_types(cases.collect_schema(), "cases")
    cases = cases.filter(pl.col("case_type") == item.case_type).select(
        "case_id",
        "opened_at",
        fits=fits(obligation.only_for, case_attributes),
        may_fit=fits_but_for_empty(obligation.only_for, case_attributes),
    )
    triggers = (
        known_events.filter(pl.col("event").is_in([pattern.event for pattern in patterns]))
        .select(
            "event_id",
            "case_id",
            "happened_at",
            full=matches(patterns, of_events),
            partly=matches_but_for_empty(patterns, of_events),
        )
        .filter(pl.col("full") | pl.col("partly"))
        .join(cases, on="case_id", how="inner")
        .filter(pl.col("may_fit") | (pl.col("fits") & pl.col("partly")))
        .with_columns(in_dates=is_in_dates(occasion_time(), item, period))
        .collect(engine="streaming")
    )
    of_cases = triggers.filter("may_fit", "in_dates")["case_id"].unique()
    if obligation.only_for and isinstance(obligation, Never | Record):
        # A case with the event is judged by that alone; with `nth` there may be too few of them to be one.
        trigger = obligation.never if isinstance(obligation, Never) else obligation.by
        by_event = triggers.filter("full")["case_id"] if trigger.nth is None else of_cases
        without = cases.filter(
            pl.col("may_fit"),
            ~pl.col("case_id").is_in(by_event.unique().implode()),
            is_in_dates(pl.col("opened_at"), item, period),
        ).collect(engine="streaming")
        of_cases = pl.concat([of_cases, without["case_id"]]).unique()
    return RowsLeftAside(triggers.filter("fits", "in_dates")["event_id"], of_cases)
