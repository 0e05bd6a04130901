"""The figures of a dive: what is counted before and beside its findings, once and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wardline.dive.counted.can_tell import can_tell
from wardline.dive.counted.counts import not_judged, reconcile
from wardline.dive.counted.gradings import existing_cases
from wardline.dive.counted.joins import joins, system_spans
from wardline.events import EventLog
from wardline.obligations import ResolvedObligation
from wardline.reports import CanTell, Join, NotJudged, ReconcileRow, SystemSpan
from wardline.time_limits import Calendar

__all__ = ["Figures", "figures_of"]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of each obligation whether it can be judged and what was left aside; of each system what it holds.

    `reconcile` has our counts of cases beside those that the force itself publishes.
    """

    can_tell: tuple[CanTell, ...]
    not_judged: tuple[NotJudged, ...]
    reconcile: tuple[ReconcileRow, ...]
    joins: tuple[Join, ...]
    spans: tuple[SystemSpan, ...]


def figures_of(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    *,
    as_at: datetime,
    period: tuple[date, date] | None,
    published: Mapping[str, Mapping[str, int]],
    calendar: Calendar,
) -> Figures:
    """Count them. `published` are the force's own numbers of cases, by case type and month."""
    case_types = {one.case_type for one in obligations}
    return Figures(
        can_tell=can_tell(obligations, event_log, as_at=as_at),
        not_judged=not_judged(obligations, event_log, as_at=as_at, period=period),
        reconcile=reconcile(published, event_log, as_at=as_at, calendar=calendar),
        joins=joins(event_log, existing_cases(event_log, case_types, as_at=as_at)),
        spans=system_spans(event_log, as_at=as_at),
    )
