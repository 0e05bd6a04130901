"""From the event log to batches: only the columns and events that the obligations name, known as at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from wardline.engines.columnar.batch import POSITION, Batch
from wardline.engines.columnar.patterns import attribute
from wardline.events import FIXED_COLUMNS, INSTANT, EventLog
from wardline.obligations import LimitTable, Record, RecordOf, ResolvedObligation
from wardline.time_limits import TimeIn

__all__ = ["Named", "existing_cases", "known_events", "make_batch", "named_by"]


@dataclass(frozen=True)
class Named:
    """What the obligations name: events, and attributes of events, cases and persons."""

    events: tuple[str, ...]
    event_attributes: tuple[str, ...]
    case_attributes: tuple[str, ...]
    person_fields: tuple[str, ...]


def named_by(obligations: Iterable[ResolvedObligation]) -> Named:
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
    return Named(*(tuple(sorted(names)) for names in (events, of_events, of_cases, of_people)))


def existing_cases(log: EventLog, named: Named, as_at: datetime) -> pl.DataFrame:
    """The cases that exist as at, in order of `case_id`, with the attributes that are named."""
    columns = [*("case_id", "case_type", "opened_at", "closed_at"), pl.col("person_id").alias("child_id"),
               *_attributes(log.cases, "cases", named.case_attributes)]
    is_open = pl.col("opened_at").is_null()
    cases = (
        log.cases.select(columns)
        .filter((pl.col("opened_at") <= as_at) | is_open)
        .with_columns(closed_at=pl.when(pl.col("closed_at") <= as_at).then("closed_at"))
        .collect().sort("case_id", maintain_order=True)
    )
    unopened = cases.filter(is_open).select("case_id")
    if unopened.is_empty():
        return cases
    seen = _known(log.events, as_at).select("case_id").join(unopened.lazy(), on="case_id", how="semi").unique()
    return cases.filter(~is_open | pl.col("case_id").is_in(seen.collect().get_column("case_id").implode()))


def known_events(log: EventLog, named: Named, as_at: datetime) -> pl.LazyFrame:
    """The events that are named and known as at, with the columns that engines need and `case_id`."""
    return _known(log.events, as_at).filter(pl.col("event").is_in(named.events)).select(
        "case_id", "event", "event_id", pl.col("happened_at").alias("at"),
        pl.coalesce("happened_by", "happened_at").alias("by"), "recorded_at",
        *_attributes(log.events, "events", named.event_attributes))


def make_batch(
    cases: pl.DataFrame, events: pl.DataFrame, log: EventLog, named: Named, *, per_child: bool
) -> Batch:
    """A batch of these cases; `events` have the row number of their case as `case`."""
    cases = cases.with_columns(group=_groups(cases, per_child=per_child))
    if per_child:
        events = events.with_columns(group=cases.get_column("group").gather(events.get_column("case")))
    else:
        events = events.with_columns(group="case")
    if not events.get_column("event_id").is_sorted():
        events = events.sort("event_id")
    untimed = events.filter(pl.col("at").is_null())
    timed = events if untimed.is_empty() else events.filter(pl.col("at").is_not_null())
    timed = _sorted(timed)
    bounds = timed.group_by("group").len() if len(timed) else pl.DataFrame(schema={"group": POSITION, "len": POSITION})
    counts = pl.DataFrame({"group": pl.int_range(cases.select("group").n_unique(), dtype=POSITION, eager=True)}).join(
        bounds, on="group", how="left", maintain_order="left").get_column("len").fill_null(0)
    closes = counts.cum_sum().cast(POSITION)
    by_name = timed.select("event", pos=pl.int_range(pl.len(), dtype=POSITION)).group_by("event").agg("pos")
    holding, kinds = _holdings(cases, log)
    return Batch(
        cases=cases.with_columns(holding=holding),
        timed=timed.drop("event"),
        untimed=untimed,
        bounds=pl.DataFrame({"opens": closes - counts, "closes": closes}, schema_overrides={"opens": POSITION}),
        people=_people(cases, log, named),
        holdings=kinds,
        positions_of=dict(zip(by_name.get_column("event"), by_name.get_column("pos"), strict=True)),
        is_exact=not bool((events.get_column("by") > events.get_column("at")).any()),
        is_by_case=not per_child,
    )


def _known(events: pl.LazyFrame, as_at: datetime) -> pl.LazyFrame:
    at, recorded = pl.col("happened_at"), pl.col("recorded_at")
    return events.filter((at <= as_at) | at.is_null(), (recorded <= as_at) | recorded.is_null())


def _attributes(table: pl.LazyFrame, name: str, wanted: Sequence[str]) -> list[pl.Expr]:
    present = set(table.collect_schema().names()) - set(FIXED_COLUMNS[name].names())
    return [pl.col(one).alias(attribute(one)) for one in wanted if one in present]


def _groups(cases: pl.DataFrame, *, per_child: bool) -> pl.Series:
    own = cases.select(case=pl.int_range(pl.len(), dtype=POSITION), child_id="child_id")
    if not per_child:
        return own.get_column("case")
    # A child's group is numbered by the first of its cases, then the numbers are closed up.
    first = pl.when(pl.col("child_id").is_null()).then("case").otherwise(pl.col("case").min().over("child_id"))
    return own.select(first.rank("dense") - 1).to_series().cast(POSITION)


def _sorted(timed: pl.DataFrame) -> pl.DataFrame:
    """By (group, at, event_id): two stable sorts, of which the first is often not needed."""
    if not timed.get_column("at").is_sorted():
        timed = timed.sort("at", maintain_order=True)
    timed = timed.sort("group", maintain_order=True)
    is_first = ((pl.col("at") != pl.col("at").shift()) | (pl.col("group") != pl.col("group").shift())).fill_null(True)
    place = pl.int_range(pl.len(), dtype=POSITION)
    return timed.with_columns(
        start=pl.when(is_first).then(place).forward_fill(),
        after=pl.when(is_first).then(place).shift(-1).backward_fill().fill_null(pl.len()).cast(POSITION))


def _holdings(cases: pl.DataFrame, log: EventLog) -> tuple[pl.Series, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
    """For each case a number that says which case types and sources its group has, and what the numbers mean."""
    numbered = cases.lazy().select("case_id", "group", "case_type")
    held = numbered.join(log.case_sources.select("case_id", "source").drop_nulls(), on="case_id")
    parts = [numbered.select("group", what=pl.lit("t:") + pl.col("case_type").fill_null("")),
             held.select("group", what=pl.lit("s:") + pl.col("source"))]
    of_group = (
        pl.concat(parts).unique().sort("group", "what")
        .group_by("group", maintain_order=True).agg(pl.col("what").str.join("\n")).collect()
    )
    meanings = of_group.get_column("what").unique().sort()
    number = of_group.join(
        pl.DataFrame({"what": meanings}).with_row_index("holding"), on="what", how="left").select("group", "holding")
    column = cases.select("group").join(number, on="group", how="left", maintain_order="left").get_column("holding")
    return column, tuple(_meaning(text.split("\n")) for text in meanings)


def _meaning(parts: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    types = frozenset(part[2:] for part in parts if part.startswith("t:"))
    return types, frozenset(part[2:] for part in parts if part.startswith("s:"))


def _people(cases: pl.DataFrame, log: EventLog, named: Named) -> pl.DataFrame:
    """The person records of the children of these cases, with the fields that are named."""
    if not named.person_fields:
        return pl.DataFrame({"child_id": []}, schema={"child_id": pl.String()})
    present = log.people.collect_schema().names()
    fields = [pl.col(one).alias(attribute(one)) for one in named.person_fields if one in present]
    return (
        log.people.select(pl.col("person_id").alias("child_id"), *fields)
        .join(cases.lazy().select("child_id").unique(), on="child_id", how="semi").collect()
    )


assert pl.Datetime("us", "UTC") == INSTANT, "positions and deadlines are compared as microseconds"
