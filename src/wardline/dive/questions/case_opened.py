"""One case of a dive as values: every event with both clocks, and each finding with the sentence that says why.

What a page or a text is made of; `explaining.py` makes the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import polars as pl

from wardline.events import RESTRICTED_MARK, EventLog, attribute_columns, closed_as_at, is_known
from wardline.findings import explain_finding
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.time_limits import Calendar

__all__ = ["CaseOpened", "EventOfCase", "ExplainedFinding", "Explicable", "findings_explained", "open_case"]

Row = dict[str, Any]


class Explicable(Protocol):
    """What a case is explained from: a kept dive, or findings at hand with the log and the obligations they are of."""

    @property
    def as_at(self) -> datetime:
        """The instant from which it was looked."""

    @property
    def calendar(self) -> Calendar:
        """The force's time zone and nation."""

    @property
    def event_log(self) -> EventLog:
        """The records."""

    @property
    def findings(self) -> pl.LazyFrame:
        """What was concluded."""

    @property
    def obligations(self) -> Sequence[ResolvedObligation]:
        """What it was held against."""

    @property
    def is_made_up(self) -> bool:
        """Whether the records are of nobody."""


@dataclass(frozen=True)
class EventOfCase:
    """Something recorded as having happened. `latest` is the latest instant that it can have been, where that differs.

    `details` are the attributes that are filled in.
    """

    event_id: int
    event: str
    happened_at: datetime | None
    latest: datetime | None
    recorded_at: datetime | None
    source: str
    details: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class ExplainedFinding:
    """A row of the findings table, the obligation that it is of, and the sentence that says why."""

    row: Row
    item: ResolvedObligation
    why: str


@dataclass(frozen=True)
class CaseOpened:
    """A case, its events as known as at in their order, what was found, and how many entries came later.

    `row` is that of the event log, with `closed_at` as far as it is known; `systems` are those that hold a piece;
    `titles` what they are called, by name.
    """

    row: Row
    attributes: tuple[tuple[str, Any], ...]
    systems: tuple[str, ...]
    titles: dict[str, str]
    events: tuple[EventOfCase, ...]
    findings: tuple[ExplainedFinding, ...]
    later: int


def open_case(case_id: str, dive: Explicable) -> CaseOpened | None:
    """The case of that full id; None where the dive has no such case, or where it is restricted and never shown."""
    if RESTRICTED_MARK in case_id:
        return None
    event_log = dive.event_log
    is_of_case = pl.col("case_id") == case_id
    cases = event_log.cases.filter(is_of_case).with_columns(closed_as_at(dive.as_at)).collect()
    if not cases.height:
        return None
    row = cases.row(0, named=True)
    of_case = event_log.events.filter(is_of_case).collect()
    known = of_case.filter(is_known(dive.as_at)).sort("happened_at", "event_id", nulls_last=True)
    named = attribute_columns(known.schema, "events")
    systems = event_log.case_sources.filter(is_of_case).collect()["source"].unique().sort().to_list()
    titles = event_log.coverage.select("source", "title").drop_nulls().unique().collect()
    return CaseOpened(
        row,
        tuple((name, row[name]) for name in attribute_columns(cases.schema, "cases") if row[name] is not None),
        tuple(systems),
        dict(titles.iter_rows()),
        tuple(_event(one, named) for one in known.iter_rows(named=True)),
        tuple(findings_explained(dive.findings.filter(is_of_case).collect(), dive.obligations, dive, case_id, of_case)),
        of_case.height - known.height,
    )


def findings_explained(
    findings: pl.DataFrame,
    obligations: Sequence[ResolvedObligation],
    dive: Explicable,
    case_id: str,
    events: pl.DataFrame | None = None,
) -> Iterator[ExplainedFinding]:
    """Findings of one case, in their order, each with its sentence. `events` are those of the case, where at hand."""
    event_log = dive.event_log
    by_name = {(one.standard, one.version, one.obligation.id): one for one in obligations}
    names, latest_times = _evidence(findings, event_log, events)
    last_only = _last_values_only(case_id, event_log)
    for row in findings.to_dicts():
        item = by_name[row["standard"], row["version"], row["obligation"]]
        keeps_history = _keeps_history(item, last_only)
        why = explain_finding(row, item, event_names=names, latest_times=latest_times, keeps_history=keeps_history)
        yield ExplainedFinding(row, item, why)


def _event(row: Row, attributes: Sequence[str]) -> EventOfCase:
    start, end = row["happened_at"], row["happened_by"]
    return EventOfCase(
        row["event_id"],
        row["event"],
        start,
        None if start is None or end == start else end,
        row["recorded_at"],
        row["source"],
        tuple((name, row[name]) for name in attributes if row[name] is not None),
    )


def _evidence(
    findings: pl.DataFrame, event_log: EventLog, at_hand: pl.DataFrame | None
) -> tuple[dict[int, str], dict[int, datetime]]:
    """Of the events that findings rest on, by `event_id`: their names; and of those whose time is not exact, the
    latest.

    Those of another case of the child are with them; only for these are all events looked through where those of the
    case are at hand.
    """
    columns = ("trigger_event", "response_event", "exemption_event")
    ids = pl.concat([findings[column] for column in columns]).drop_nulls().unique()
    events = event_log.events.clear().collect() if at_hand is None else at_hand.filter(pl.col("event_id").is_in(ids))
    elsewhere = ids.filter(~ids.is_in(events["event_id"]))
    if len(elsewhere):
        found = event_log.events.filter(pl.col("event_id").is_in(elsewhere.implode())).collect()
        events = pl.concat([events, found])
    inexact = events.filter(pl.col("happened_by") > pl.col("happened_at"))
    return (
        dict(events.select("event_id", "event").iter_rows()),
        dict(inexact.select("event_id", "happened_by").iter_rows()),
    )


def _last_values_only(case_id: str, event_log: EventLog) -> set[tuple[str, str, str | None]]:
    """Of the systems that hold the case, what they keep only the last value of: case type, field, and event."""
    held = event_log.case_sources.filter(pl.col("case_id") == case_id).select("source")
    last_only = event_log.abilities.filter(~pl.col("keeps_history")).join(held, on="source", how="semi")
    return set(last_only.select("case_type", "field", "event").collect().iter_rows())


def _keeps_history(resolved: ResolvedObligation, last_only: set[tuple[str, str, str | None]]) -> bool:
    """Whether the systems that hold the case keep every value of the attribute by which its limit goes."""
    limit = resolved.obligation.time_limit
    if not isinstance(limit, LimitTable):
        return True
    events = [limit.of] if limit.of is not None else [*(one.event for one in resolved.obligation.triggers()), None]
    return not any((resolved.case_type, limit.by, event) in last_only for event in events)
