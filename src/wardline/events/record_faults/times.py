"""Times that can hardly be the times at which things happened: before the call, or too often on the full hour."""

from __future__ import annotations

import polars as pl

from wardline.events.record_faults.table import RecordFault, listed
from wardline.time_limits import Calendar, whole_minute_column

__all__ = ["before_the_call", "heaped_on_the_hour"]

# We chose these; no guidance gives any. They are wide, so that what is listed deserves a look.
ENOUGH_EVENTS = 30  # of one name in one system, before anything is said of how they lie
EARLY_BY_NATURE_SHARE = 1 / 2  # an event that stands before the opening so often belongs there (as "last seen")
# Who writes a time from memory rounds it to five or ten minutes, so the full hour is held against the other eleven
# five-minute marks of the hour: where people merely round, it is no more frequent than each of them.
MARK_MINUTES = 5
OTHER_MARKS = 11
HEAPED_TIMES_MARK = 3  # so many times as often as another mark
HEAPED_DEVIATIONS = 4  # and so many standard deviations (of a count) above it, so that a few events prove nothing
HEAPED_SHARE = 1 / 20  # and so large a part of all of them that it is worth a question


def before_the_call(events: pl.LazyFrame, cases: pl.LazyFrame) -> pl.LazyFrame:
    """Events before their case opened, but for those that most often stand there."""
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
    return listed(
        timed.filter("is_early").join(by_nature, on=one_name, how="anti", nulls_equal=True),
        RecordFault.BEFORE_THE_CALL,
        pl.format("`{}` happens before the case opens.", "event"),
        event_id="event_id",
        happened_at="happened_at",
    )


def heaped_on_the_hour(events: pl.LazyFrame, days: Calendar) -> pl.LazyFrame:
    """Events of one name in one system that stand on the full hour far more often than on other round times.

    A minority who write down full hours shows, since the others' times lie on all marks alike.
    """
    is_exact = pl.col("happened_by").is_null() | (pl.col("happened_by") == pl.col("happened_at"))
    minute = whole_minute_column(pl.col("happened_at"), days)
    counts = (
        events.filter(pl.col("happened_at").is_not_null() & is_exact)
        .with_columns(minute=minute)
        .group_by("source", "event")
        .agg(
            many=pl.len(),
            on_the_hour=(pl.col("minute") == 0).sum(),
            on_other_marks=((pl.col("minute") > 0) & (pl.col("minute") % MARK_MINUTES == 0)).sum(),
        )
        .with_columns(on_a_mark=pl.col("on_other_marks") / OTHER_MARKS)
    )
    return listed(
        counts.filter(
            pl.col("many") >= ENOUGH_EVENTS,
            pl.col("on_the_hour") > HEAPED_SHARE * pl.col("many"),
            pl.col("on_the_hour") > HEAPED_TIMES_MARK * pl.col("on_a_mark"),
            pl.col("on_the_hour") > pl.col("on_a_mark") + HEAPED_DEVIATIONS * (pl.col("on_a_mark") + 1).sqrt(),
        ),
        RecordFault.HEAPED_ON_THE_HOUR,
        pl.format("{} of {} times of `{}` are on the full hour.", "on_the_hour", "many", "event"),
        case_id=None,
    )
