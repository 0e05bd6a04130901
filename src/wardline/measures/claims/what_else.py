"""What else must be known to test a claim, beside the table of measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from wardline.measures.charts import Rebase
from wardline.measures.declared.measure import (
    Measure,
    ShareAgain,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    ShareWithin,
    Wait,
    WrittenLate,
)
from wardline.time_limits import Calendar, PeriodLength, local_date_column, period_start_column

__all__ = ["VALUES_OVER_TIME", "WhatElse", "events_counted", "is_about_the_same", "obligation_of", "values_over_time"]

MOST_VALUES = 200  # of an attribute; one with more is a text or a number of its own in each record

VALUES_OVER_TIME = pl.Schema(
    {
        "event": pl.String(),
        "attribute": pl.String(),
        "value": pl.String(),  # empty: not filled in
        "by": pl.String(),
        "first_day": pl.Date(),
        "count": pl.Int64(),  # of records of the event in which the attribute has the value
        "of": pl.Int64(),  # of records of the event in all
    }
)


@dataclass(frozen=True)
class WhatElse:
    """What is known beside the table. What is empty was not at hand, or there was none of it.

    `known_before`: the first local day that is not known whole. `responses`: of an obligation, the events that answer
    it. `versions`: of a standard, the days from which another version of it was in force. `values`: VALUES_OVER_TIME.
    """

    known_before: date
    measures: Mapping[str, Measure]
    responses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    rebases: Mapping[str, tuple[Rebase, ...]] = field(default_factory=dict)
    values: pl.DataFrame | None = None
    is_screened: bool = False  # whether charts are drawn with the screening of large moving ranges


def obligation_of(measure: Measure) -> str | None:
    """The obligation whose occasions a measure counts."""
    match measure.counting:
        case ShareMet(obligation=name) | ShareNotTold(obligation=name) | Wait(obligation=name):
            return name
    return None


def events_counted(measure: Measure, what_else: WhatElse) -> tuple[str, ...]:
    """The events by which a figure of the measure gets better or worse."""
    match measure.counting:
        case (
            ShareWithin(then=events)
            | ShareAgain(again=events)
            | ShareOfEvents(event=events)
            | WrittenLate(event=events)
        ):
            return events
    return what_else.responses.get(obligation_of(measure) or "", ())


def is_about_the_same(one: Measure, other: Measure) -> bool:
    """Whether two measures are of one standard, or of one type of case."""
    types = {getattr(measure.counting, "case_type", None) for measure in (one, other)}
    return _standard(one) == _standard(other) or (len(types) == 1 and None not in types)


def values_over_time(
    events: pl.LazyFrame,
    names: Sequence[str],
    attributes: Sequence[str],
    *,
    calendar: Calendar,
    by: Sequence[PeriodLength],
) -> pl.DataFrame:
    """How often each value of each attribute is in the records of some events: VALUES_OVER_TIME."""
    dated = (
        events.filter(pl.col("event").is_in(list(names)), pl.col("happened_at").is_not_null())
        .with_columns(day=local_date_column(pl.col("happened_at"), calendar))
        .collect()
    )
    parts = []
    for length in by:
        periods = dated.with_columns(first_day=period_start_column(pl.col("day"), length))
        whole = periods.group_by("event", "first_day").agg(of=pl.len().cast(pl.Int64))
        for attribute in attributes:
            told = periods.select("event", "first_day", pl.col(attribute).cast(pl.String).alias("value"))
            if told["value"].n_unique() > MOST_VALUES:
                continue
            counted = told.group_by("event", "value", "first_day").agg(count=pl.len().cast(pl.Int64))
            parts.append(
                counted.join(whole, on=["event", "first_day"])
                .with_columns(attribute=pl.lit(attribute), by=pl.lit(length.value))
                .select(VALUES_OVER_TIME.names())
            )
    found = pl.concat(parts) if parts else pl.DataFrame(schema=VALUES_OVER_TIME)
    return found.sort("by", "event", "attribute", "value", "first_day")


def _standard(measure: Measure) -> str:
    return measure.name.rpartition("/")[0]
