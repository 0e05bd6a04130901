"""Open cases about which nothing was judged: a list to check today cannot hold them, so it must say that they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from wardline.events import EventLog, existing_cases, is_known_closed
from wardline.measures.figures import Count, Counted
from wardline.obligations import ResolvedObligation

__all__ = ["NeverJudged", "never_judged"]


@dataclass(frozen=True)
class NeverJudged:
    """The open cases of one type of which there is no finding, and whether any obligation is about that type."""

    case_type: str
    is_looked_at: bool
    cases: Count


def never_judged(
    findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> tuple[NeverJudged, ...]:
    """Of each type the open cases without any finding, those of the types that are looked at first.

    What starts an obligation in them lies outside the period, or before the standard was in force, or nobody wrote it
    down; or no obligation is about their type. A case of which neither an opening nor any event is recorded does not
    exist as at, as far as anybody can tell, but an entry says that there is one.
    """
    undated = event_log.cases.filter(pl.col("opened_at").is_null()).join(
        event_log.events.select("case_id"), on="case_id", how="anti"
    )
    columns = ("case_id", "case_type", "opened_at", "closed_at")
    cases = pl.concat([existing_cases(event_log, as_at=as_at).select(columns), undated.select(columns)])
    counted = (
        cases.filter(~is_known_closed(as_at))
        .join(findings.select("case_id").unique(), on="case_id", how="anti")
        .unique("case_id")
        .group_by("case_type")
        .len()
        .collect(engine="streaming")
    )
    looked_at = {one.case_type for one in obligations}
    found = (NeverJudged(kind, kind in looked_at, Count(Counted.CASE, many)) for kind, many in counted.iter_rows())
    return tuple(sorted(found, key=lambda one: (not one.is_looked_at, one.case_type)))
