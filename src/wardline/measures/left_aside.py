"""What an empty attribute leaves open: it is counted for the report, never guessed (docs/reference/standards-language.md)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.events import attribute_columns
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

    A trigger counts that would match but for an empty attribute; a case whose `for` attribute is empty and that has
    an occasion's making (a trigger of its own, or, where none is needed, the case itself) within the dates.
    """
    counted = (_left_aside(tables, item) for item in tables.obligations)
    return tuple(found for found in counted if found.triggers or found.cases)


def _left_aside(tables: MeasuredTables, item: ResolvedObligation) -> LeftAside:
    obligation = item.obligation
    if not obligation.only_for and not any(pattern.conditions for pattern in obligation.triggers()):
        return LeftAside(item, Count(Counted.EVENT, 0), Count(Counted.CASE, 0))
    events, patterns = tables.event_log.events, obligation.triggers()
    of_events = attribute_columns(events.collect_schema(), "events")
    cases = tables.cases.filter(pl.col("case_type") == item.case_type)
    whole = fits(obligation.only_for, tables.attributes)
    partly = fits_but_for_empty(obligation.only_for, tables.attributes)
    triggers = (
        tables.known_events.filter(pl.col("event").is_in([pattern.event for pattern in patterns]))
        .with_columns(_whole=matches(patterns, of_events), _partly=matches_but_for_empty(patterns, of_events))
        .filter(pl.col("_whole") | pl.col("_partly"))
        .select("case_id", "happened_at", "_whole", "_partly")
        .join(cases.select("case_id", "opened_at", _fits=whole, _may_fit=partly), on="case_id", how="inner")
        .filter(is_in_dates(occasion_time(), item, tables.period))
        .select(
            triggers=(pl.col("_fits") & pl.col("_partly")).sum(),
            cases=pl.col("case_id").filter(pl.col("_may_fit")).n_unique(),
        )
        .collect(engine="streaming")
    )
    case_count = int(triggers["cases"][0])
    if obligation.only_for and isinstance(obligation, Never | Record):
        opened = cases.filter(partly, is_in_dates(pl.col("opened_at"), item, tables.period))
        case_count = max(case_count, int(opened.select(pl.len()).collect(engine="streaming").item()))
    return LeftAside(item, Count(Counted.EVENT, int(triggers["triggers"][0])), Count(Counted.CASE, case_count))
