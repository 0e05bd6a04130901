"""One case of a standard, to be told: what should have happened and what did, by the time since it began.

Nothing that could say which case it is comes with it: no id, no attribute, no date and no time of day, only how long
after the start. It is one in the middle, neither the longest nor the latest, which somebody might know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import polars as pl

from wardline.events import attribute_types, is_restricted
from wardline.findings import Outcome, Reason, key_column, matches
from wardline.measures.figures import FEWEST_FOR_A_PERCENTAGE, Count, Counted
from wardline.measures.measured_tables import MeasuredTables, occasions_of
from wardline.measures.shared_out import JUDGED
from wardline.obligations import ResolvedObligation, Standing
from wardline.time_limits import time_apart

Moment: TypeAlias = tuple[datetime | None, bool]
"""A time, and whether it is not exact."""

__all__ = ["CaseTold", "Elapsed", "ToldStep", "cases_told"]

NOT_AS_OWED = (Outcome.LATE.value, Outcome.MISSED.value)
SHOWN = (Outcome.MET.value, Outcome.LATE.value, Outcome.MISSED.value, Outcome.CANNOT_TELL.value)


@dataclass(frozen=True)
class Elapsed:
    """How long after the start, or before it; where the time of one of the two is not exact, in local days."""

    length: timedelta
    is_before: bool = False
    days: int | None = None


@dataclass(frozen=True)
class ToldStep:
    """One thing that was owed in the case. `due` and `done` None: there is no such time."""

    item: ResolvedObligation
    outcome: Outcome
    reason: Reason | None
    limit: str | None
    due: Elapsed | None
    done: Elapsed | None
    late_by: timedelta | None


@dataclass(frozen=True)
class CaseTold:
    """The case: `item` speaks for its standard, `outcome` is why the case was taken, out of `out_of` such cases.

    `ended`: when the standard says that the child was no longer at risk; None where it does not say, or no record does.
    """

    item: ResolvedObligation
    outcome: Outcome
    out_of: Count
    steps: tuple[ToldStep, ...]  # in order of time
    ended: Elapsed | None


def cases_told(tables: MeasuredTables, items: Sequence[ResolvedObligation]) -> tuple[CaseTold, ...]:
    """A case for each of these obligations, where one may be told: something was late or without a record, and that
    obligation was judged in at least ten cases. Of several versions of a standard the first is told of."""
    found: dict[str, CaseTold] = {}
    for item in items:
        if item.standard not in found and (told := _told(tables, item)) is not None:
            found[item.standard] = told
    return tuple(found.values())


def _told(tables: MeasuredTables, item: ResolvedObligation) -> CaseTold | None:
    rows = occasions_of(item).with_value("is_in_share", True)
    columns = ("case_id", "trigger_event", "triggered_at", "ordinal", "outcome", "late_by")
    judged = tables.occasions(rows.with_value("outcome", *JUDGED), "is_in_share").select(columns).collect()
    timed = judged.filter(pl.col("triggered_at").is_not_null())
    if judged["case_id"].drop_nulls().n_unique() < FEWEST_FOR_A_PERCENTAGE:
        return None
    late, missed = (timed.filter(pl.col("outcome") == outcome) for outcome in NOT_AS_OWED)
    taken = late if late.height >= missed.height else missed
    if not taken.height:
        return None
    by = ["late_by", "triggered_at", "case_id", "ordinal"]
    may_be_told = taken.filter(~is_restricted())
    if not may_be_told.height:
        return None
    middle = may_be_told.sort(by, nulls_last=True).row((may_be_told.height - 1) // 2, named=True)
    outcome = Outcome(middle["outcome"])
    like_it = rows.with_value("outcome", outcome.value)
    start = (middle["triggered_at"], middle["trigger_event"] in _not_exact(tables, [middle["trigger_event"]]))
    return CaseTold(
        item,
        outcome,
        Count(Counted.CASE, taken["case_id"].n_unique(), like_it.with_value("is_timed", True).counted_by("case_id")),
        _steps(tables, item, middle, start),
        _ended(tables, item, middle["case_id"], start),
    )


def _steps(
    tables: MeasuredTables, item: ResolvedObligation, chosen: dict[str, Any], start: Moment
) -> tuple[ToldStep, ...]:
    """What was owed in the case by the standard, of each obligation one occasion: the one that was chosen, else the
    first that was not as owed, else the first; without what turned out not to be owed or is not yet due."""
    binding = {
        one.key: one
        for one in tables.obligations
        if (one.standard, one.version) == (item.standard, item.version) and one.standing is Standing.BINDING
    }
    of_case = tables.findings.filter(pl.col("case_id") == chosen["case_id"]).with_columns(key=key_column())
    is_chosen = pl.all_horizontal(
        pl.col("key") == item.key,
        *[pl.col(name).eq_missing(chosen[name]) for name in ("trigger_event", "triggered_at", "ordinal")],
    )
    found = (
        of_case.with_columns(pl.col("outcome", "reason", "limit").cast(pl.String))
        .filter(pl.col("key").is_in(list(binding)), pl.col("outcome").is_in(SHOWN))
        .filter(pl.col("reason").is_null() | (pl.col("reason") != Reason.NOT_RECORDED_HERE.value))
        .with_columns(_as_owed=~pl.col("outcome").is_in(NOT_AS_OWED), _chosen=is_chosen)
        .collect()
        .sort(pl.col("_chosen").not_(), "_as_owed", "triggered_at", "ordinal", nulls_last=True, maintain_order=True)
        .unique("key", keep="first", maintain_order=True)
    )
    not_exact = _not_exact(tables, pl.concat([found["trigger_event"], found["response_event"]]).drop_nulls())
    order = list(binding)
    in_time = found.with_columns(_at=pl.coalesce("deadline", "responded_at", "triggered_at")).sort(
        "_at", pl.col("key").replace_strict(order, range(len(order)), return_dtype=pl.Int64), nulls_last=True
    )
    return tuple(
        ToldStep(
            binding[row["key"]],
            Outcome(row["outcome"]),
            Reason(row["reason"]) if row["reason"] else None,
            row["limit"],
            _elapsed(tables, start, (row["deadline"], row["trigger_event"] in not_exact)),
            _elapsed(tables, start, (row["responded_at"], row["response_event"] in not_exact)),
            row["late_by"],
        )
        for row in in_time.iter_rows(named=True)
    )


def _ended(tables: MeasuredTables, item: ResolvedObligation, case_id: str, start: Moment) -> Elapsed | None:
    """How long after the start the child was first on record as no longer at risk; of a time that is not exact the
    latest that it can be is held against the start."""
    if not item.at_risk_until:
        return None
    at_latest = pl.coalesce("happened_by", "happened_at")
    attributes = attribute_types(tables.event_log.events.collect_schema(), "events")
    ended = (
        tables.known_events.filter(pl.col("case_id") == case_id, matches(item.at_risk_until, attributes))
        .filter(at_latest >= start[0])
        .select("event_id", "happened_at")
        .sort("happened_at")
        .head(1)
        .collect()
    )
    if not ended.height:
        return None
    event_id, at = ended.row(0)
    return _elapsed(tables, start, (at, event_id in _not_exact(tables, [event_id])))


def _not_exact(tables: MeasuredTables, event_ids: Iterable[int | None]) -> set[int]:
    """Those of the events whose time is not exact: how long it was is then told in days."""
    found = tables.event_log.events.filter(
        pl.col("happened_by").is_not_null(), pl.col("event_id").is_in(list(event_ids))
    )
    return set(found.select("event_id").collect()["event_id"])


def _elapsed(tables: MeasuredTables, start: Moment, end: Moment) -> Elapsed | None:
    """From one to the other, each with whether it is not exact."""
    (began, began_roughly), (ended, ended_roughly) = start, end
    if began is None or ended is None:
        return None
    is_before = ended < began
    days = None
    if began_roughly or ended_roughly:
        days = abs(tables.calendar.days_between(began, ended))
    return Elapsed(time_apart(began, ended), is_before, days)
