"""Cases that cannot have been so: two of one child at a time, an end before its start, an opening before birth.

Nothing larger is joined than cases to the person records that they name.
"""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from wardline.events.log import EventLog
from wardline.events.record_faults.table import RecordFault, listed
from wardline.events.tables import INSTANT
from wardline.time_limits import Calendar, end_of_local_day_column, local_date_column, start_of_local_day_column

__all__ = ["before_birth", "end_before_start", "end_without_start", "opened_twice", "overlapping", "side_by_side"]

NEVER = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)  # when an open case closes


def side_by_side(cases: pl.LazyFrame, days: Calendar) -> pl.LazyFrame:
    """Each case beside the earlier one of the same child and type that closed last, or has not closed.

    Only cases are given that overlap that one, or that may be the same as another. `opens_by` is the latest instant
    at which a case can have opened, `earlier_closes_at` the earliest at which the other can have closed (empty while
    it is open).
    """
    opening_day = local_date_column(pl.col("opened_at"), days)
    closing_day = local_date_column(pl.col("closed_at"), days)
    never = pl.lit(NEVER, dtype=INSTANT)
    one_child = ["person_id", "case_type"]

    def of_previous(value: pl.Expr) -> pl.Expr:
        """Of the case before in the order of the child; empty for its first. Far faster than `shift(1).over(…)`."""
        return pl.when(~pl.col("is_first")).then(value.shift(1))

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
        .with_columns(is_first=pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in one_child))
        .with_columns(last_close=pl.col("closes_at").cum_max().over(pl.col("is_first").cum_sum()))
        .with_columns(closes_last=(pl.col("last_close") > of_previous(pl.col("last_close"))).fill_null(True))
        .with_columns(
            earlier_closes_at=of_previous(pl.col("last_close")),
            # The first case of a child closes last so far, so that nothing is filled in from the child before.
            **{
                f"earlier_{column}": of_previous(pl.when("closes_last").then(column).forward_fill())
                for column in ("case_id", "source")
            },
            previous_case_id=of_previous(pl.col("case_id")),
            previous_source=of_previous(pl.col("source")),
            opened_like_previous=(pl.col("opened_at") == of_previous(pl.col("opened_at"))).fill_null(False)
            & (pl.col("opens_by") == pl.col("opened_at")),
        )
        .with_columns(
            earlier_is_open=(pl.col("earlier_closes_at") == never).fill_null(False),
            overlaps=(pl.col("opens_by") < pl.col("earlier_closes_at")).fill_null(False),
        )
        .with_columns(two_are_open=pl.col("earlier_is_open") & pl.col("closed_at").is_null())
        .filter(pl.any_horizontal("overlaps", "opened_like_previous", "two_are_open"))
    )


def overlapping(beside: pl.LazyFrame) -> pl.LazyFrame:
    return listed(
        beside.filter(pl.col("overlaps"), ~pl.col("two_are_open"), ~pl.col("opened_like_previous")),
        RecordFault.OVERLAPPING,
        pl.when("earlier_is_open")
        .then(pl.lit("It opens while an earlier one of the same child has not closed."))
        .otherwise(pl.lit("It opens before an earlier one of the same child closes.")),
        source=_source_of_both("earlier_source"),
        other_case_id="earlier_case_id",
        happened_at="opened_at",
    )


def opened_twice(beside: pl.LazyFrame) -> pl.LazyFrame:
    like_previous = pl.col("opened_like_previous")
    other = {
        column: pl.when(like_previous).then(f"previous_{column}").otherwise(f"earlier_{column}")
        for column in ("case_id", "source")
    }
    return listed(
        beside.with_columns(other_case=other["case_id"], other_source=other["source"]).filter(
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


def end_before_start(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    # Here a case counts that opens after as at, too: that it has closed by then is what is wrong.
    return listed(
        event_log.cases.filter(pl.col("closed_at") < pl.col("opened_at"), pl.col("closed_at") <= as_at),
        RecordFault.END_BEFORE_START,
        pl.lit("It closes before it opens."),
        happened_at="closed_at",
    )


def end_without_start(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    """Cases with an end and no start, of a system that says of others of their type when they opened."""
    opens = event_log.cases.group_by("source", "case_type").agg(opens=pl.col("opened_at").is_not_null().any())
    return listed(
        event_log.cases.filter(pl.col("opened_at").is_null(), pl.col("closed_at") <= as_at).join(
            opens.filter("opens"), on=["source", "case_type"], how="semi", nulls_equal=True
        ),
        RecordFault.END_WITHOUT_START,
        pl.lit("It closes, and does not say when it opened."),
        happened_at="closed_at",
    )


def before_birth(cases: pl.LazyFrame, people: pl.LazyFrame, days: Calendar) -> pl.LazyFrame:
    born = people.group_by("person_id").agg(pl.col("date_of_birth").min()).drop_nulls()
    return listed(
        cases.join(born, on="person_id", how="inner").filter(
            local_date_column(pl.col("opened_at"), days) < pl.col("date_of_birth")
        ),
        RecordFault.BEFORE_BIRTH,
        pl.lit("It opens before the date of birth on the child's person record."),
        happened_at="opened_at",
    )
