"""Open cases about which nothing was judged: a list to check today cannot hold them, so it must say that they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import polars as pl

from wardline.events import EventLog, existing_cases, is_known_closed
from wardline.measures.figures import Count, Counted
from wardline.obligations import ResolvedObligation

__all__ = ["NeverJudged", "WhyNeverJudged", "never_judged"]


class WhyNeverJudged(Enum):
    """Why there is no finding about an open case, in the order in which we say it."""

    NOTHING_STARTS = "no record starts an obligation"
    BEGINS_LATER = "it begins after as at"
    OTHER_TYPE = "no obligation is about its type"


@dataclass(frozen=True)
class NeverJudged:
    """The open cases of one type of which there is no finding, for one reason."""

    case_type: str
    why: WhyNeverJudged
    cases: Count


def never_judged(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> tuple[NeverJudged, ...]:
    """Of each type the open cases without any finding, those of the types that are looked at first.

    What starts an obligation in them lies before the standard was in force, or nobody wrote it down; or no obligation
    is about their type. A case of which neither an opening nor any event is recorded does not exist as at, as far as
    anybody can tell, but an entry says that there is one. So does an entry of a case that begins after as at and after
    its export was taken: a year is mistyped (2052 for 2025), and the child may be missing now. What begins after as at
    but before its export was taken simply was not known then. `findings` are those of every day, not of a period.
    """
    cases = event_log.cases.select("case_id", "case_type", "opened_at", "closed_at", "source")
    existing = existing_cases(event_log, as_at=as_at).select("case_id", _exists=pl.lit(True))
    known_from = pl.max_horizontal("happened_at", "recorded_at")
    first_events = event_log.events.group_by("case_id").agg(_has_event=pl.lit(True), _first=known_from.min())
    taken = event_log.coverage.group_by("source").agg(_taken=pl.col("taken_at").max())
    begins, known_by = pl.coalesce("opened_at", "_first"), pl.coalesce("_taken", pl.lit(as_at))
    open_cases = (
        cases.filter(~is_known_closed(as_at))
        .join(findings.select("case_id").unique(), on="case_id", how="anti")
        .unique("case_id")
        .join(existing, on="case_id", how="left")
        .join(first_events, on="case_id", how="left")
        .join(taken, on="source", how="left")
        .filter(pl.col("_exists").is_not_null() | (begins > known_by).fill_null(True))
    )
    is_looked_at = pl.col("case_type").is_in(sorted({one.case_type for one in obligations}))
    is_dated = pl.col("opened_at").is_not_null() | pl.col("_has_event").is_not_null()
    why = (
        pl.when(~is_looked_at)
        .then(pl.lit(WhyNeverJudged.OTHER_TYPE.value))
        .when(pl.col("_exists").is_null() & is_dated)
        .then(pl.lit(WhyNeverJudged.BEGINS_LATER.value))
        .otherwise(pl.lit(WhyNeverJudged.NOTHING_STARTS.value))
    )
    counted = open_cases.group_by("case_type", why.alias("why")).len().collect(engine="streaming")
    found = [
        NeverJudged(kind, WhyNeverJudged(value), Count(Counted.CASE, many)) for kind, value, many in counted.iter_rows()
    ]
    order = tuple(WhyNeverJudged)
    return tuple(sorted(found, key=lambda one: (order.index(one.why), one.case_type)))
