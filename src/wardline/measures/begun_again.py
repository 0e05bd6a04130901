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
    closed = event_log.cases.select("case_id", "case_type", end=closed_as_at(as_at)).filter(pl.col("end").is_not_null())
    events = known_events(event_log, as_at=as_at).filter(pl.col("happened_at").is_not_null())
    attributes = attribute_types(event_log.events.collect_schema(), "events")
    found = [pl.LazyFrame(schema={"case_id": pl.String})]
    for case_type in dict.fromkeys(item.case_type for item in obligations):
        items = [item for item in obligations if item.case_type == case_type]
        said = starts_of_risk(items)
        later = (
            events.filter(matches(said or triggers_of_steps(items), attributes))
            .join(closed.filter(pl.col("case_type") == case_type), on="case_id", how="inner")
            .filter(pl.col("happened_at") > pl.col("end"))
            .select("case_id", "event", begun="happened_at")
        )
        if not said:
            later = later.join(_first_events(events, later), on=["case_id", "event"], how="semi")
        begun = later.group_by("case_id").agg(pl.col("begun").max())
        ends = events.filter(matches(ends_of_risk(items), attributes)).join(begun, on="case_id", how="inner")
        found.append(begun.join(ends.filter(pl.col("happened_at") >= pl.col("begun")), on="case_id", how="anti"))
    return pl.concat([one.select("case_id") for one in found]).unique().with_columns(begun_again=pl.lit(True))


def _first_events(events: pl.LazyFrame, of: pl.LazyFrame) -> pl.LazyFrame:
    """`case_id` and `event` of what happened first in each of these cases."""
    mine = events.join(of.select("case_id").unique(), on="case_id", how="semi").select(
        "case_id", "event", "happened_at"
    )
    first = mine.group_by("case_id").agg(first=pl.col("happened_at").min())
    return (
        mine.join(first, on="case_id", how="inner")
        .filter(pl.col("happened_at") == pl.col("first"))
        .select("case_id", "event")
        .unique()
    )
