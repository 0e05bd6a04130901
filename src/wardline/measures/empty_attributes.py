"""Which events and cases an obligation leaves aside because an attribute is empty: never guessed, and not judged.

The rule is in docs/reference/standards-language.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from wardline.events import attribute_types
from wardline.findings import fits, fits_but_for_empty, is_in_dates, matches, matches_but_for_empty, occasion_time
from wardline.obligations import Never, Record, ResolvedObligation

__all__ = ["RowsLeftAside", "rows_left_aside"]


@dataclass(frozen=True)
class RowsLeftAside:
    """The `event_id` of each trigger and the `case_id` of each case that is left aside; each once."""

    event_ids: pl.Series
    case_ids: pl.Series


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
