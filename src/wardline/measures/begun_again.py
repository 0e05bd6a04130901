"""Cases that are closed by their own record although what they are about has begun again since.

Some systems give a child who is reported missing again the case that was closed when the child came back, and leave its
end as it was. Whoever looks for the children who are missing now must not pass over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from wardline.events import EventLog, attribute_types, closed_as_at, known_events
from wardline.findings import matches
from wardline.obligations import EventPattern, Repeat, ResolvedObligation, Respond

__all__ = ["ends_of_risk", "has_begun_again", "starts_of_risk", "triggers_of_steps"]


def ends_of_risk(obligations: Sequence[ResolvedObligation]) -> tuple[EventPattern, ...]:
    """What ends the danger to the child, as the standards of one type of case say (`at risk until`)."""
    return tuple(dict.fromkeys(one for item in obligations for one in item.at_risk_until))


def starts_of_risk(obligations: Sequence[ResolvedObligation]) -> tuple[EventPattern, ...]:
    """What starts it: that which starts what must be done again and again until the risk ends."""
    ends = set(ends_of_risk(obligations))
    lasting = [
        item.obligation
        for item in obligations
        if isinstance(item.obligation, Repeat) and set(item.obligation.until or ()) & ends
    ]
    return tuple(dict.fromkeys(pattern for one in lasting for pattern in one.triggers()))


def triggers_of_steps(obligations: Sequence[ResolvedObligation]) -> tuple[EventPattern, ...]:
    """What starts any step that somebody must take."""
    steps = [item.obligation for item in obligations if isinstance(item.obligation, Respond | Repeat)]
    return tuple(dict.fromkeys(pattern for one in steps for pattern in one.triggers()))


def has_begun_again(obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime) -> pl.LazyFrame:
    """`case_id`, with `begun_again` true, of the cases known to be closed in which the danger began again after that.

    It has begun later than the end, and nothing that ends it is recorded since. What begins it is what starts the risk,
    as the standards say; where they do not, the event with which the case itself began, if a step is owed from it.
    """
    after = _after_the_end(obligations, event_log, as_at)
    types = attribute_types(event_log.events.collect_schema(), "events")
    found = [after.select("case_id").clear()]
    for case_type in dict.fromkeys(item.case_type for item in obligations):
        items = [item for item in obligations if item.case_type == case_type]
        said = starts_of_risk(items)
        mine = after.filter(pl.col("case_type") == case_type)
        later = mine.filter(matches(said or triggers_of_steps(items), types))
        if not said:
            later = later.join(_first_events(event_log, later, as_at), on=["case_id", "event"], how="semi")
        begun = later.group_by("case_id").agg(begun=pl.col("happened_at").max())
        ends = mine.filter(matches(ends_of_risk(items), types)).join(begun, on="case_id", how="inner")
        found.append(
            begun.join(ends.filter(pl.col("happened_at") >= pl.col("begun")), on="case_id", how="anti").select(
                "case_id"
            )
        )
    return pl.concat(found).unique().with_columns(begun_again=pl.lit(True)).lazy()


def _after_the_end(obligations: Sequence[ResolvedObligation], event_log: EventLog, as_at: datetime) -> pl.DataFrame:
    """The events, of those that can begin or end anything here, that happened after the end of their own case.

    There are few of them, and so they are looked for once, before it is asked what each of them is.
    """
    patterns = [*starts_of_risk(obligations), *triggers_of_steps(obligations), *ends_of_risk(obligations)]
    closed = event_log.cases.select("case_id", "case_type", end=closed_as_at(as_at)).filter(pl.col("end").is_not_null())
    attributes = {one.attribute for pattern in patterns for one in pattern.conditions}
    events = _timed_events(event_log, as_at)
    of_events = events.collect_schema()
    return (
        events.filter(pl.col("event").is_in(sorted({pattern.event for pattern in patterns})))
        .select("case_id", "event", "happened_at", *sorted(name for name in attributes if name in of_events))
        .join(closed, on="case_id", how="inner", suffix="_of_case")
        .filter(pl.col("happened_at") > pl.col("end"))
        .collect(engine="streaming")
    )


def _timed_events(event_log: EventLog, as_at: datetime) -> pl.LazyFrame:
    return known_events(event_log, as_at=as_at).filter(pl.col("happened_at").is_not_null())


def _first_events(event_log: EventLog, of: pl.DataFrame, as_at: datetime) -> pl.DataFrame:
    """`case_id` and `event` of what happened first in each of these cases."""
    cases = of.select("case_id").unique()
    if cases.is_empty():
        return cases.with_columns(event=pl.lit(""))
    mine = _timed_events(event_log, as_at).join(cases.lazy(), on="case_id", how="semi")
    return (
        mine.select("case_id", "event", "happened_at")
        .filter(pl.col("happened_at") == pl.col("happened_at").min().over("case_id"))
        .select("case_id", "event")
        .unique()
        .collect()
    )
