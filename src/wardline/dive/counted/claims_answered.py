"""Claims answered from the tables of a dive: that of measures, and what else must be known beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from wardline.dive.described.charts_asked import ChartSettings
from wardline.events import attribute_columns, known_events
from wardline.measures import MeasuredTables
from wardline.measures.claims import Claim, ClaimAnswer, WhatElse, answers_to, values_over_time
from wardline.measures.claims.what_else import events_counted
from wardline.measures.declared.measure import Measure
from wardline.obligations import ResolvedObligation
from wardline.standards import Standard
from wardline.time_limits import PeriodLength

__all__ = ["answers_from_tables", "measures_beside", "rows_of_measures", "what_else_is_known"]


def answers_from_tables(
    claims: Sequence[Claim],
    measures: Sequence[Measure],
    charts: ChartSettings,
    standards: Sequence[Standard],
    counted: pl.LazyFrame,
    tables: MeasuredTables,
) -> tuple[ClaimAnswer, ...]:
    """What the records say to some claims; `counted` is the table of measures."""
    if not claims:
        return ()
    beside = measures_beside((claim.measure for claim in claims), measures)
    claimed = [measure for measure in beside if measure.name in {claim.measure for claim in claims}]
    return answers_to(
        claims, rows_of_measures(counted, beside), what_else_is_known(claimed, beside, charts, standards, tables)
    )


def rows_of_measures(counted: pl.LazyFrame, measures: Sequence[Measure]) -> pl.DataFrame:
    """The rows of some measures in the table of measures."""
    return counted.filter(pl.col("measure").is_in([measure.name for measure in measures])).collect()


def measures_beside(names: Iterable[str], measures: Sequence[Measure]) -> list[Measure]:
    """The measures of the same standards as these."""
    standards = {name.rpartition("/")[0] for name in names}
    return [measure for measure in measures if measure.name.rpartition("/")[0] in standards]


def what_else_is_known(
    claimed: Sequence[Measure],
    measures: Sequence[Measure],
    charts: ChartSettings,
    standards: Sequence[Standard],
    tables: MeasuredTables,
) -> WhatElse:
    """What is known beside the table of measures."""
    before = tables.calendar.local_date(tables.as_at)
    known = WhatElse(
        known_before=before,
        measures={measure.name: measure for measure in measures},
        responses=_responses(tables.obligations),
        versions=_versions(standards),
        rebases={measure.name: charts.rebases_of(measure.name) for measure in claimed},
        is_screened=charts.is_screened,
    )
    events = sorted({event for measure in claimed for event in events_counted(measure, known)})
    return replace(known, values=_values(tables, events))


def _values(tables: MeasuredTables, events: Sequence[str]) -> pl.DataFrame:
    schema = tables.event_log.events.collect_schema()
    texts = [name for name in attribute_columns(schema, "events") if schema[name] == pl.String()]
    known = known_events(tables.event_log, as_at=tables.as_at)
    return values_over_time(known, events, texts, calendar=tables.calendar, by=(PeriodLength.MONTH, PeriodLength.WEEK))


def _responses(obligations: Sequence[ResolvedObligation]) -> dict[str, tuple[str, ...]]:
    """Of each obligation, in whichever version, the events that answer it."""
    found: dict[str, dict[str, None]] = {}
    for one in obligations:
        found.setdefault(one.full_name, {}).update(dict.fromkeys(p.event for p in one.obligation.responses()))
    return {name: tuple(events) for name, events in found.items()}


def _versions(standards: Sequence[Standard]) -> dict[str, tuple[date, ...]]:
    """Of each standard, the days from which another version than the first was in force."""
    days: dict[str, list[date]] = {}
    for standard in standards:
        days.setdefault(standard.name, []).append(standard.in_force_from)
    return {name: tuple(sorted(of)[1:]) for name, of in days.items()}
