"""Events as measures count them: the share with some value of an attribute, and the share written up late."""

from __future__ import annotations

import polars as pl

from wardline.measures.declared.measure import ShareOfEvents, WrittenLate
from wardline.measures.over_time.counted_states import STATE_OF, CountedState, entry_is_late, is_filled_in
from wardline.measures.over_time.measures_table import Entries
from wardline.measures.over_time.records_counted import RecordsCounted

__all__ = ["events_with_value", "events_written_late"]

ALL, AT_TIME = STATE_OF[Entries.ALL], STATE_OF[Entries.AT_THE_TIME]


def events_with_value(records: RecordsCounted, counting: ShareOfEvents) -> pl.DataFrame:
    """The events, met where the attribute has one of the values; not told where it is not filled in.

    Among the entries written at the time an event that was written up later is none, and one of which nobody can say
    when it was written is not told.
    """
    events = records.events_of(counting.case_type, counting.event, counting.attribute)
    name = counting.attribute
    state = CountedState.NOT_TOLD.lit()
    if name in events.columns:
        state = (
            pl.when(~is_filled_in(name, events.schema))
            .then(CountedState.NOT_TOLD.lit())
            .when(pl.col(name).cast(pl.String).is_in(counting.values))
            .then(CountedState.MET.lit())
            .otherwise(CountedState.NOT_MET.lit())
        )
    at_the_time = (
        pl.when(~_is_late(records)).then(state).when(_is_late(records).is_null()).then(CountedState.NOT_TOLD.lit())
    )
    return events.with_columns(**{ALL: state, AT_TIME: at_the_time})


def events_written_late(records: RecordsCounted, counting: WrittenLate) -> pl.DataFrame:
    """The events, met where they were written up later than the force's settings allow; not told where it is not
    recorded when they happened or were written. Both choices of entries are alike."""
    events = records.events_of(counting.case_type, counting.event)
    is_late = _is_late(records)
    state = (
        pl.when(is_late)
        .then(CountedState.MET.lit())
        .when(is_late.is_null())
        .then(CountedState.NOT_TOLD.lit())
        .otherwise(CountedState.NOT_MET.lit())
    )
    return events.with_columns(**{ALL: state, AT_TIME: state})


def _is_late(records: RecordsCounted) -> pl.Expr:
    """Null where it cannot be told: where a time is missing, or where it depends on when within its span an event
    happened."""
    limit, recorded = pl.lit(records.tables.written_up_later_after), pl.col("recorded_at")
    at_most = entry_is_late(pl.col("happened_at"), recorded, limit)
    at_least = entry_is_late(pl.coalesce("happened_by", "happened_at"), recorded, limit)
    return pl.when(at_most == at_least).then(at_most)
