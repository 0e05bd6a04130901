"""Faults in how things were recorded: what cannot have been so, or is hardly ever so, whoever owed what.

They are not findings: they say that a record is to be looked at before anything is concluded from it. A fault is
listed only where it is one however the records' inexact times are read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

import polars as pl

from wardline.events.log import EventLog
from wardline.events.tables import INSTANT
from wardline.time_limits import (
    Calendar,
    end_of_local_day_column,
    is_on_the_hour_column,
    local_date_column,
    start_of_local_day_column,
)

__all__ = ["RECORD_FAULTS", "RecordFault", "record_faults"]


class RecordFault(Enum):
    """What sort of fault it is, in the order in which they are listed; people read the value."""

    OVERLAPPING = "Overlapping episodes of one child"
    END_BEFORE_START = "An end before its start"
    OPENED_TWICE = "Opened twice"
    BEFORE_BIRTH = "Before birth"
    BEFORE_THE_CALL = "Arrival before call"
    TYPED_IN_ONE_BURST = "Many entries typed in one burst"
    HEAPED_ON_THE_HOUR = "Times heaped on the hour"


RECORD_FAULTS = pl.Schema(
    {
        "source": pl.String(),  # the record system; empty where the fault lies between two
        "fault": pl.String(),  # the value of a RecordFault
        "case_id": pl.String(),  # empty where it concerns no single case
        "event_id": pl.Int64(),
        "other_case_id": pl.String(),
        "other_event_id": pl.Int64(),
        "happened_at": INSTANT,  # of the later opening, of the end, of the event, of the burst
        "what_it_says": pl.String(),  # holds no person's data
    }
)

NEVER = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)  # when an open case closes

# We chose these; no guidance gives any. They are wide, so that what is listed deserves a look.
BURST_ENTRIES = 10  # so many entries of one system within one minute of the clock
BURST_TIMES_USUAL = 10  # and so many times what the system takes in at its other times, so that busy ones may be
ENOUGH_EVENTS = 30  # of one name in one system, before anything is said of how they lie
HEAPED_SHARE = 1 / 6  # twice the share of full hours where people round to five minutes
EARLY_BY_NATURE_SHARE = 1 / 2  # an event that stands before the opening so often belongs there (as "last seen")


def record_faults(event_log: EventLog, *, as_at: datetime, calendar: Calendar | None = None) -> pl.DataFrame:
    """The faults of an event log, as the table RECORD_FAULTS, by system, fault, case, event and time.

    Only what is known as at is looked at. `calendar` tells which times are whole local days, that is dates without
    a time of day, and may mean any time on them; without it, days are those of UTC. Nothing larger is
    joined than events to their cases, so that a log of any size will do.
    """
    days = calendar or Calendar("UTC")
    cases = _cases_that_exist(event_log, as_at)
    events = _events_known(event_log, as_at)
    side_by_side = _side_by_side(cases, days)
    found = [
        _overlapping(side_by_side),
        _end_before_start(event_log, as_at),
        _opened_twice(side_by_side),
        _before_birth(cases, event_log.people, days),
        _before_the_call(events, cases),
        _typed_in_one_burst(events),
        _heaped_on_the_hour(events, days),
    ]
    order = pl.Enum([fault.value for fault in RecordFault])
    # One after the other: together they would keep the events that they share in memory.
    return pl.concat([one.collect(engine="streaming") for one in found]).sort(
        "source", pl.col("fault").cast(order), "case_id", "event_id", "happened_at", "what_it_says", nulls_last=True
    )


def _cases_that_exist(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    closed_at = pl.when(pl.col("closed_at") <= as_at).then("closed_at")
    return event_log.cases.filter(pl.col("opened_at") <= as_at).select(
        "case_id", "case_type", "person_id", "source", "opened_at", closed_at=closed_at
    )


def _events_known(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    # An empty time is not after.
    known = [(pl.col(time) <= as_at).fill_null(True) for time in ("happened_at", "recorded_at")]
    return event_log.events.filter(*known).select(
        "event_id", "case_id", "event", "source", "happened_at", "happened_by", "recorded_at"
    )


# CASES OF ONE CHILD


def _side_by_side(cases: pl.LazyFrame, days: Calendar) -> pl.LazyFrame:
    """Each case beside the earlier one of the same child and type that closed last, or has not closed.

    `opens_by` is the latest instant at which it can have opened, `earlier_closes_at` the earliest at which the
    other can have closed (empty while it is open).
    """
    opening_day = local_date_column(pl.col("opened_at"), days)
    closing_day = local_date_column(pl.col("closed_at"), days)
    never = pl.lit(NEVER, dtype=INSTANT)
    one_child = ["person_id", "case_type"]
    return (
        cases.filter(pl.col("person_id").is_not_null())
        .with_columns(
            opens_by=pl.when(pl.col("opened_at") == start_of_local_day_column(opening_day, days))
            .then(end_of_local_day_column(opening_day, days))
            .otherwise("opened_at"),
            closes_at=pl.when(pl.col("closed_at") == end_of_local_day_column(closing_day, days))
            .then(start_of_local_day_column(closing_day, days))
            .otherwise("closed_at")
            .fill_null(never),
        )
        .sort(*one_child, "opened_at", "case_id")
        .with_columns(last_close=pl.col("closes_at").cum_max().over(one_child))
        .with_columns(
            closes_last=(pl.col("last_close") > pl.col("last_close").shift(1).over(one_child)).fill_null(True)
        )
        .with_columns(
            earlier_closes_at=pl.col("last_close").shift(1).over(one_child),
            **{
                f"earlier_{column}": pl.when("closes_last").then(column).forward_fill().shift(1).over(one_child)
                for column in ("case_id", "source")
            },
            previous_case_id=pl.col("case_id").shift(1).over(one_child),
            previous_source=pl.col("source").shift(1).over(one_child),
            opened_like_previous=(pl.col("opened_at") == pl.col("opened_at").shift(1).over(one_child)).fill_null(False)
            & (pl.col("opens_by") == pl.col("opened_at")),
        )
        .with_columns(
            earlier_is_open=(pl.col("earlier_closes_at") == never).fill_null(False),
            overlaps=(pl.col("opens_by") < pl.col("earlier_closes_at")).fill_null(False),
        )
        .with_columns(two_are_open=pl.col("earlier_is_open") & pl.col("closed_at").is_null())
    )


def _overlapping(side_by_side: pl.LazyFrame) -> pl.LazyFrame:
    return _listed(
        side_by_side.filter(pl.col("overlaps"), ~pl.col("two_are_open"), ~pl.col("opened_like_previous")),
        RecordFault.OVERLAPPING,
        pl.when("earlier_is_open")
        .then(pl.lit("It opens while an earlier one of the same child has not closed."))
        .otherwise(pl.lit("It opens before an earlier one of the same child closes.")),
        source=_source_of_both("earlier_source"),
        other_case_id="earlier_case_id",
        happened_at="opened_at",
    )


def _opened_twice(side_by_side: pl.LazyFrame) -> pl.LazyFrame:
    like_previous = pl.col("opened_like_previous")
    other = {
        column: pl.when(like_previous).then(f"previous_{column}").otherwise(f"earlier_{column}")
        for column in ("case_id", "source")
    }
    return _listed(
        side_by_side.with_columns(other_case=other["case_id"], other_source=other["source"]).filter(
            like_previous | pl.col("two_are_open")
        ),
        RecordFault.OPENED_TWICE,
        pl.when(like_previous)
        .then(pl.lit("It opens at the same instant as another of the same child."))
        .otherwise(pl.lit("Neither it nor an earlier one of the same child has closed.")),
        source=_source_of_both("other_source"),
        other_case_id="other_case",
        happened_at="opened_at",
    )


def _source_of_both(other: str) -> pl.Expr:
    return pl.when(pl.col("source").eq_missing(pl.col(other))).then("source")


def _end_before_start(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    # Here a case counts that opens after as at, too: that it has closed by then is what is wrong.
    return _listed(
        event_log.cases.filter(pl.col("closed_at") < pl.col("opened_at"), pl.col("closed_at") <= as_at),
        RecordFault.END_BEFORE_START,
        pl.lit("It closes before it opens."),
        happened_at="closed_at",
    )


def _before_birth(cases: pl.LazyFrame, people: pl.LazyFrame, days: Calendar) -> pl.LazyFrame:
    born = people.group_by("person_id").agg(pl.col("date_of_birth").min()).drop_nulls()
    return _listed(
        cases.join(born, on="person_id", how="inner").filter(
            local_date_column(pl.col("opened_at"), days) < pl.col("date_of_birth")
        ),
        RecordFault.BEFORE_BIRTH,
        pl.lit("It opens before the date of birth on the child's person record."),
        happened_at="opened_at",
    )


# EVENTS


def _before_the_call(events: pl.LazyFrame, cases: pl.LazyFrame) -> pl.LazyFrame:
    openings = cases.select("case_id", "opened_at")
    timed = (
        events.filter(pl.col("happened_at").is_not_null())
        .join(openings, on="case_id", how="inner")
        .with_columns(is_early=pl.coalesce("happened_by", "happened_at") < pl.col("opened_at"))
    )
    one_name = ["source", "event"]
    by_nature = (
        timed.group_by(one_name)
        .agg(many=pl.len(), share=pl.col("is_early").mean())
        .filter(pl.col("many") >= ENOUGH_EVENTS, pl.col("share") > EARLY_BY_NATURE_SHARE)
    )
    return _listed(
        timed.filter("is_early").join(by_nature, on=one_name, how="anti", nulls_equal=True),
        RecordFault.BEFORE_THE_CALL,
        pl.format("`{}` happens before the case opens.", "event"),
        event_id="event_id",
        happened_at="happened_at",
    )


def _typed_in_one_burst(events: pl.LazyFrame) -> pl.LazyFrame:
    recorded = events.filter(pl.col("recorded_at").is_not_null()).select(
        "source", "case_id", minute=pl.col("recorded_at").dt.truncate("1m")
    )
    one_minute = ["source", "minute"]
    span = pl.col("minute").max().over("source") - pl.col("minute").min().over("source")
    others = pl.col("entries").sum().over("source") - pl.col("entries")
    usual = others / pl.max_horizontal(span.dt.total_minutes(), 1)
    bursts = (
        recorded.group_by(one_minute)
        .agg(entries=pl.len())
        .filter(pl.col("entries") >= BURST_ENTRIES, pl.col("entries") >= BURST_TIMES_USUAL * usual)
    )
    # Cases are counted only where there is a burst: to keep those of every minute would be to keep all of them.
    counted = (
        recorded.join(bursts, on=one_minute, how="inner", nulls_equal=True)
        .group_by(one_minute)
        .agg(pl.col("entries").first(), cases=pl.col("case_id").n_unique())
    )
    return _listed(
        counted,
        RecordFault.TYPED_IN_ONE_BURST,
        pl.format(
            "{} entries on {} were recorded within one minute.",
            "entries",
            pl.when(pl.col("cases") == 1).then(pl.lit("1 case")).otherwise(pl.format("{} cases", "cases")),
        ),
        case_id=None,
        happened_at="minute",
    )


def _heaped_on_the_hour(events: pl.LazyFrame, days: Calendar) -> pl.LazyFrame:
    is_exact = pl.col("happened_by").is_null() | (pl.col("happened_by") == pl.col("happened_at"))
    counts = (
        events.filter(pl.col("happened_at").is_not_null() & is_exact)
        .group_by("source", "event")
        .agg(many=pl.len(), on_the_hour=is_on_the_hour_column(pl.col("happened_at"), days).sum())
    )
    return _listed(
        counts.filter(pl.col("many") >= ENOUGH_EVENTS, pl.col("on_the_hour") > HEAPED_SHARE * pl.col("many")),
        RecordFault.HEAPED_ON_THE_HOUR,
        pl.format("{} of {} times of `{}` are on the full hour.", "on_the_hour", "many", "event"),
        case_id=None,
    )


def _listed(
    rows: pl.LazyFrame,
    fault: RecordFault,
    what_it_says: pl.Expr,
    *,
    source: pl.Expr | str = "source",
    case_id: str | None = "case_id",
    event_id: str | None = None,
    other_case_id: str | None = None,
    happened_at: str | None = None,
) -> pl.LazyFrame:
    """The rows as a part of the table; each column is taken from the one named, and is empty where none is."""
    given = {
        "source": source,
        "fault": pl.lit(fault.value),
        "case_id": case_id,
        "event_id": event_id,
        "other_case_id": other_case_id,
        "other_event_id": None,
        "happened_at": happened_at,
        "what_it_says": what_it_says,
    }
    return rows.select(_column(given[name]).cast(dtype).alias(name) for name, dtype in RECORD_FAULTS.items())


def _column(given: pl.Expr | str | None) -> pl.Expr:
    if given is None:
        return pl.lit(None)
    return pl.col(given) if isinstance(given, str) else given
