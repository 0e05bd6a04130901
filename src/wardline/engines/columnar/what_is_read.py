"""What an engine reads of the event log: only the columns and events that the obligations name, known as at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from polars import selectors

from wardline.engines.columnar.patterns import PREFIX, attribute
from wardline.events import FIXED_COLUMNS, EventLog
from wardline.obligations import LimitTable, Record, RecordOf, ResolvedObligation
from wardline.time_limits import TimeIn

__all__ = ["NamedByObligations", "existing_cases", "known_events", "known_people", "named_by"]


@dataclass(frozen=True)
class NamedByObligations:
    """What the obligations name: events, and attributes of events, cases and persons."""

    events: tuple[str, ...]
    event_attributes: tuple[str, ...]
    case_attributes: tuple[str, ...]
    person_fields: tuple[str, ...]


def named_by(obligations: Iterable[ResolvedObligation]) -> NamedByObligations:
    """What these obligations name."""
    events: set[str] = set()
    of_events: set[str] = set()
    of_cases: set[str] = set()
    of_people: set[str] = set()
    for resolved in obligations:
        obligation = resolved.obligation
        of_cases.update(condition.attribute for condition in obligation.only_for)
        for pattern in obligation.patterns():
            events.add(pattern.event)
            of_events.update(condition.attribute for condition in pattern.conditions)
        match obligation.time_limit:
            case LimitTable(by=name, of=None) | TimeIn(attribute=name):
                of_events.add(name)
                of_cases.add(name)
            case LimitTable(by=name, of=str(event)):
                events.add(event)
                of_events.add(name)
        if isinstance(obligation, Record):
            match obligation.record.of:
                case RecordOf.CASE:
                    of_cases.add(obligation.record.field)
                case RecordOf.PERSON:
                    of_people.add(obligation.record.field)
                case RecordOf.EVENT:
                    assert obligation.record.event is not None
                    events.add(obligation.record.event)
                    of_events.add(obligation.record.field)
    return NamedByObligations(*(tuple(sorted(names)) for names in (events, of_events, of_cases, of_people)))


def existing_cases(log: EventLog, named: NamedByObligations, as_at: datetime) -> pl.DataFrame:
    """The cases that exist as at, in order of `case_id`, with the attributes that are named."""
    columns = [
        *("case_id", "case_type", "opened_at", "closed_at"),
        pl.col("person_id").alias("child_id"),
        *_attributes(log.cases, "cases", named.case_attributes),
    ]
    is_open = pl.col("opened_at").is_null()
    cases = (
        log.cases.select(columns)
        .filter((pl.col("opened_at") <= as_at) | is_open)
        # A case that ends before it begins does not say when, or whether, it was closed.
        .with_columns(
            closed_at=pl.when(
                pl.col("closed_at") <= as_at, (pl.col("closed_at") >= pl.col("opened_at")).fill_null(True)
            ).then("closed_at")
        )
        .collect()
        .sort("case_id", maintain_order=True)
    )
    unopened = cases.filter(is_open).select("case_id")
    if unopened.is_empty():
        return cases
    seen = _known(log.events, as_at).select("case_id").join(unopened.lazy(), on="case_id", how="semi").unique()
    return cases.filter(~is_open | pl.col("case_id").is_in(seen.collect().get_column("case_id").implode()))


def known_events(log: EventLog, named: NamedByObligations, as_at: datetime) -> pl.LazyFrame:
    """The events that are named and known as at, with the columns that engines need and `case_id`."""
    return (
        _known(log.events, as_at)
        .filter(pl.col("event").is_in(named.events))
        .select(
            "case_id",
            pl.col("event").cast(pl.Enum(named.events)),
            "event_id",
            pl.col("happened_at").alias("at"),
            pl.col("happened_by").alias("by"),
            "recorded_at",
            *_attributes(log.events, "events", named.event_attributes),
        )
        # Texts repeat few values over many rows, so they are carried as numbers.
        .with_columns((selectors.starts_with(PREFIX) & selectors.string()).cast(pl.Categorical))
    )


def known_people(log: EventLog, named: NamedByObligations, cases: pl.DataFrame) -> pl.DataFrame:
    """The person records of the children of these cases, with the fields that are named."""
    if not named.person_fields:
        return pl.Schema({"child_id": pl.String()}).to_frame()
    present = log.people.collect_schema().names()
    fields = [pl.col(one).alias(attribute(one)) for one in named.person_fields if one in present]
    return (
        log.people.select(pl.col("person_id").alias("child_id"), *fields)
        .join(cases.lazy().select("child_id").unique(), on="child_id", how="semi")
        .collect()
    )


def _known(events: pl.LazyFrame, as_at: datetime) -> pl.LazyFrame:
    at, recorded = pl.col("happened_at"), pl.col("recorded_at")
    return events.filter((at <= as_at) | at.is_null(), (recorded <= as_at) | recorded.is_null())


def _attributes(table: pl.LazyFrame, name: str, wanted: Sequence[str]) -> list[pl.Expr]:
    schema = table.collect_schema()
    present = set(schema.names()) - set(FIXED_COLUMNS[name].names())
    return [_as_written(pl.col(one), schema[one]).alias(attribute(one)) for one in wanted if one in present]


def _as_written(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A number as a standard writes it, without a fraction where it has none (`3`, `2.5`); anything else as it is."""
    if not dtype.is_float():
        return value.cast(pl.String) if dtype.is_integer() else value
    whole = value.cast(pl.Int64, strict=False)
    return pl.when(whole == value).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
