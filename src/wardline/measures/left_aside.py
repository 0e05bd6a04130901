"""What an empty attribute leaves open: counted for the report, never guessed (docs/reference/standards-language.md)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.events import attribute_types
from wardline.findings import fits, fits_but_for_empty, is_in_dates, matches, matches_but_for_empty, occasion_time
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables
from wardline.obligations import Never, Record, ResolvedObligation

__all__ = ["LeftAside", "left_aside"]


@dataclass(frozen=True)
class LeftAside:
    """What was left aside of an obligation because an attribute is empty.

    `triggers`: events that match the trigger but for an empty attribute; `cases`: those whose `for` attribute is empty.
    """

    item: ResolvedObligation
    triggers: Count
    cases: Count


def left_aside(tables: MeasuredTables) -> tuple[LeftAside, ...]:
    """For each obligation that leaves anything aside: how many triggers and how many cases.

    A trigger counts that would match but for an empty attribute. A case counts whose `for` attribute is empty and in
    which there would be an occasion were it filled in: it has a trigger of its own, in full or but for an empty
    attribute, or is a case without the event of a never or a record. All of it as known as at and within the dates.
    With `nth` each event that is one of those counted is taken for a trigger.
    """
    counted = (_left_aside(tables, item) for item in tables.obligations)
    return tuple(found for found in counted if found.triggers or found.cases)


def _left_aside(tables: MeasuredTables, item: ResolvedObligation) -> LeftAside:
    obligation, patterns = item.obligation, item.obligation.triggers()
    if not obligation.only_for and not any(pattern.conditions for pattern in patterns):
        return LeftAside(item, Count(Counted.EVENT, 0), Count(Counted.CASE, 0))
    of_events = attribute_types(tables.event_log.events.collect_schema(), "events")
    case_attributes = attribute_types(tables.cases.collect_schema(), "cases")
    cases = tables.cases.filter(pl.col("case_type") == item.case_type).select(
        "case_id",
        "opened_at",
        fits=fits(obligation.only_for, case_attributes),
        may_fit=fits_but_for_empty(obligation.only_for, case_attributes),
    )
    triggers = (
        tables.known_events.filter(pl.col("event").is_in([pattern.event for pattern in patterns]))
        .select(
            "case_id",
            "happened_at",
            full=matches(patterns, of_events),
            partly=matches_but_for_empty(patterns, of_events),
        )
        .filter(pl.col("full") | pl.col("partly"))
        .join(cases, on="case_id", how="inner")
        .filter(pl.col("may_fit") | (pl.col("fits") & pl.col("partly")))
        .with_columns(in_dates=is_in_dates(occasion_time(), item, tables.period))
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
            is_in_dates(pl.col("opened_at"), item, tables.period),
        ).collect(engine="streaming")
        of_cases = pl.concat([of_cases, without["case_id"]]).unique()
    return LeftAside(
        item, Count(Counted.EVENT, triggers.filter("fits", "in_dates").height), Count(Counted.CASE, of_cases.len())
    )
