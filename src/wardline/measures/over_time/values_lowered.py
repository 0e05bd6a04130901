"""Whether a later event of a case has a lower value than an earlier one, as a grade that is lowered.

It may be lower than any earlier one, so that up and down again is down. Where an event has no time, or no value that is
known, it may have been the lower one; where a system keeps only the last value, a single event tells nothing.
"""

from __future__ import annotations

import polars as pl

from wardline.measures.declared.measure import ShareLowered
from wardline.measures.over_time.counted_states import STATE_OF, CountedState, entry_is_late
from wardline.measures.over_time.measures_table import Entries
from wardline.measures.over_time.records_counted import RecordsCounted

__all__ = ["cases_lowered"]

ALL, AT_TIME = STATE_OF[Entries.ALL], STATE_OF[Entries.AT_THE_TIME]


def cases_lowered(records: RecordsCounted, counting: ShareLowered) -> pl.DataFrame:
    """The cases with such an event, by the day of the first, met where a later one has a lower value.

    Among the entries written at the time an event that was written up later is none; where nobody can say when one was
    written, the case is not told.
    """
    events = _with_places(records.events_of(counting.case_type, counting.event, counting.attribute), counting)
    is_late = entry_is_late(pl.col("happened_at"), pl.col("recorded_at"), pl.lit(records.tables.written_up_later_after))
    events = events.with_columns(is_late=is_late)
    last_only = _keep_only_the_last(records, counting)
    firsts = events.unique("case_id", keep="first", maintain_order=True).select("case_id", "case", "who", "at", "day")
    at_the_time = events.filter(~pl.col("is_late").fill_null(False)).with_columns(
        is_unknown=pl.col("is_unknown") | pl.col("is_late").is_null()
    )
    return firsts.join(_states(events, last_only, ALL), on="case_id", how="left", maintain_order="left").join(
        _states(at_the_time, last_only, AT_TIME), on="case_id", how="left", maintain_order="left"
    )


def _with_places(events: pl.DataFrame, counting: ShareLowered) -> pl.DataFrame:
    """The events in the order of time, with their `place` in the order of values: 0 for the highest."""
    places = {value: place for place, value in enumerate(counting.order)}
    value = pl.col(counting.attribute) if counting.attribute in events.columns else pl.lit(None, pl.String)
    place = value.cast(pl.String).replace_strict(places, default=None, return_dtype=pl.Int64)
    return (
        events.with_columns(place=place)
        .with_columns(is_unknown=pl.col("place").is_null() | pl.col("happened_at").is_null())
        .sort("happened_at", "event_id", nulls_last=True)
    )


def _states(events: pl.DataFrame, last_only: list[str], name: str) -> pl.DataFrame:
    """`case_id` and the state of each case, from the events in the order of time."""
    known = pl.col("place").filter(~pl.col("is_unknown"))
    return (
        events.group_by("case_id", maintain_order=True)
        .agg(
            lowered=(known > known.cum_min()).any(),
            is_unknown=pl.col("is_unknown").any() | ((pl.len() == 1) & pl.col("source").is_in(last_only).any()),
        )
        .select(
            "case_id",
            pl.when("lowered")
            .then(CountedState.MET.lit())
            .when("is_unknown")
            .then(CountedState.NOT_TOLD.lit())
            .otherwise(CountedState.NOT_MET.lit())
            .alias(name),
        )
    )


def _keep_only_the_last(records: RecordsCounted, counting: ShareLowered) -> list[str]:
    """The systems of which a column holds only the last value of the attribute."""
    of_value = pl.col("event").is_in(counting.event) & (pl.col("field") == counting.attribute)
    found = records.tables.event_log.abilities.filter(of_value & ~pl.col("keeps_history").fill_null(True))
    return found.select(pl.col("source").unique().sort()).collect()["source"].to_list()
