"""What the records hold of a case that whoever looks at it today must know first.

Whether the child is still missing or at risk, how dangerous it was graded, where, how old the child is, and what was
recorded last. Everything is as known as at; what the records do not hold is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from wardline.events import EventLog, attribute_types, is_known_closed, known_events
from wardline.findings import matches
from wardline.measures.begun_again import ends_of_risk, has_begun_again, starts_of_risk
from wardline.obligations import MostDangerousFirst, ResolvedObligation
from wardline.time_limits import Calendar, age_column

__all__ = ["cases_at_a_glance"]

DISTRICT = "district"  # the attribute of a case that says where
NOT_KNOWN = 0.5  # the danger of a grade that is not known: after the most dangerous, which is 0


def cases_at_a_glance(
    case_ids: pl.DataFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime
) -> pl.DataFrame:
    """A row for each of the cases in `case_id`: `opened_at`, `is_open`, `is_at_risk`, `grade`, `danger` (0 is the most
    dangerous), `district`, `age` in whole years, `last_event`, `last_at` and `last_by`.
    """
    of_cases = event_log.cases.collect_schema()
    district = pl.col(DISTRICT).cast(pl.String) if DISTRICT in of_cases else pl.lit(None, dtype=pl.String)
    cases = (
        event_log.cases.join(case_ids.lazy(), on="case_id", how="semi")
        .join(has_begun_again(obligations, event_log, as_at=as_at), on="case_id", how="left", maintain_order="left")
        .with_columns(district=district, is_open=~is_known_closed(as_at) | pl.col("begun_again").fill_null(False))
        .unique("case_id", keep="first", maintain_order=True)
        .collect()
    )
    events = known_events(event_log, as_at=as_at).join(case_ids.lazy(), on="case_id", how="semi").collect()
    timed = events.filter(pl.col("happened_at").is_not_null()).sort("happened_at", "event_id")
    last = timed.group_by("case_id").agg(
        last_event=pl.col("event").last(), last_at=pl.col("happened_at").last(), last_by=pl.col("happened_by").last()
    )
    kinds = _kinds_of_case(obligations)
    return (
        cases.join(last, on="case_id", how="left")
        .join(_ages(cases, obligations, event_log, as_at), on="case_id", how="left")
        .join(_at_risk(cases, timed, kinds), on="case_id", how="left")
        .join(_grades(cases, timed, kinds), on="case_id", how="left")
        .select(
            *("case_id", "opened_at", "is_open", "is_at_risk", "grade", "district", "age"),
            *("last_event", "last_at", "last_by"),
            pl.col("danger").fill_null(NOT_KNOWN),
        )
    )


class _KindOfCase:
    """What the standards that are about one type of case say, together."""

    def __init__(self, items: Sequence[ResolvedObligation]) -> None:
        self.ends = ends_of_risk(items)
        self.starts = starts_of_risk(items)
        # A later version may list a value that an earlier one does not know.
        latest_first = sorted(items, key=lambda item: item.in_force_from, reverse=True)
        orders = [item.most_dangerous_first for item in latest_first if item.most_dangerous_first is not None]
        self.order: MostDangerousFirst | None = orders[0] if orders else None


def _kinds_of_case(obligations: Sequence[ResolvedObligation]) -> dict[str, _KindOfCase]:
    types = dict.fromkeys(item.case_type for item in obligations)
    return {kind: _KindOfCase([item for item in obligations if item.case_type == kind]) for kind in types}


def _at_risk(cases: pl.DataFrame, timed: pl.DataFrame, kinds: dict[str, _KindOfCase]) -> pl.DataFrame:
    """`case_id` and `is_at_risk`, of the types of case whose standard says until when.

    An end counts if it is recorded with a time, not before the case was opened (a zero date is none), and not before
    what last started it: a child may be reported missing again in the same case. Of an end known by its day only the
    latest instant is held against the first start, and the earliest against a later one: a child who was found on 3
    June, at some time, and reported missing again that evening may be missing still.
    """
    attributes = attribute_types(timed.schema, "events")
    found = [pl.DataFrame(schema={"case_id": pl.String, "is_at_risk": pl.Boolean})]
    for case_type, kind in kinds.items():
        if not kind.ends:
            continue
        mine = cases.filter(pl.col("case_type") == case_type).select("case_id", "opened_at")
        ended_at = pl.coalesce("happened_by", "happened_at")
        ends = (
            timed.filter(matches(kind.ends, attributes))
            .group_by("case_id")
            .agg(ended=ended_at.max(), ended_from=pl.col("happened_at").max())
        )
        starts = (
            timed.filter(matches(kind.starts, attributes))
            .group_by("case_id")
            .agg(first=pl.col("happened_at").min(), begun=pl.col("happened_at").max())
        )
        joined = mine.join(ends, on="case_id", how="left").join(starts, on="case_id", how="left")
        begun = pl.max_horizontal("opened_at", "first")
        is_after_first = pl.col("ended").is_not_null() & (begun.is_null() | (pl.col("ended") >= begun))
        began_again = (pl.col("begun") > pl.col("first")).fill_null(False)
        is_over = is_after_first & (~began_again | (pl.col("ended_from") >= pl.col("begun")))
        found.append(joined.select("case_id", is_at_risk=~is_over))
    return pl.concat(found)


def _grades(cases: pl.DataFrame, timed: pl.DataFrame, kinds: dict[str, _KindOfCase]) -> pl.DataFrame:
    """`case_id`, `grade` and `danger`: the last one that the standard lists, of the types of case that are graded."""
    found = [pl.DataFrame(schema={"case_id": pl.String, "grade": pl.String, "danger": pl.Float64})]
    for case_type, kind in kinds.items():
        order = kind.order
        if order is None:
            continue
        mine = cases.filter(pl.col("case_type") == case_type)
        held = mine if order.of is None else timed.filter(pl.col("event") == order.of)
        if order.by not in held.columns:
            continue
        places = pl.DataFrame(
            {"grade": order.values, "danger": [float(place) for place in range(len(order.values))]},
            schema={"grade": pl.String, "danger": pl.Float64},
        )
        graded = (
            held.select("case_id", grade=pl.col(order.by).cast(pl.String))
            .join(places, on="grade", how="inner", maintain_order="left")
            .unique("case_id", keep="last", maintain_order=True)
        )
        found.append(graded.join(mine.select("case_id"), on="case_id", how="semi"))
    return pl.concat(found)


def _ages(
    cases: pl.DataFrame, obligations: Sequence[ResolvedObligation], event_log: EventLog, as_at: datetime
) -> pl.DataFrame:
    """`case_id` and `age`, where the case names a person record with a date of birth."""
    zone = obligations[0].zone if obligations else "UTC"
    today = Calendar(zone).local_date(as_at)
    named = cases.select("case_id", "person_id").drop_nulls()
    born = (
        event_log.people.select("person_id", "date_of_birth")
        .drop_nulls()
        .join(named.lazy(), on="person_id", how="semi")
        .unique("person_id", keep="last", maintain_order=True)
        .collect()
    )
    return named.join(born, on="person_id", how="inner").select(
        "case_id", age=age_column(pl.col("date_of_birth"), today)
    )
