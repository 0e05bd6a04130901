"""Small event logs and obligations for the tests of a dive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from wardline.engines import check_by_reference
from wardline.events import ABILITIES, CASE_SOURCES, CASES, COVERAGE, EVENTS, EventLog, log_of_tables
from wardline.measures import MeasuredTables
from wardline.obligations import ResolvedObligation, Standing
from wardline.standards import read_obligations

DEFAULTS = {
    "id": "one",
    "title": "One thing",
    "topic": "initial response",
    "owed by": "force",
    "basis": {"kind": "force policy", "title": "A policy"},
}
SEND = "when: reported\nthen: officer_deployed\nwithin: 1 hour"


def at(text: str) -> datetime:
    """`02 18:00`: a day of June 2025 and a time, in UTC."""
    return datetime.fromisoformat(f"2025-06-{text}").replace(tzinfo=UTC)


def obligations(text: str, **further: Any) -> tuple[ResolvedObligation, ...]:
    """The obligations that a text holds, resolved for a force whose time is UTC."""
    settings = {"zone": "UTC", **further}
    return tuple(
        ResolvedObligation(
            obligation=one,
            standard="our/standard",
            version="1",
            case_type="missing episode",
            in_force_from=date(2000, 1, 1),
            standing=Standing.BINDING,
            **settings,
        )
        for one in read_obligations(text, defaults=DEFAULTS)
    )


def log(
    *,
    cases: Sequence[dict[str, Any]] = ({"case_id": "a:1"},),
    events: Sequence[dict[str, Any]] = (),
    able: Sequence[tuple[Any, ...]] = (),
    systems: Sequence[dict[str, Any]] = ({"source": "a"},),
    held: Sequence[tuple[str, str]] | None = None,
    **tables: pl.DataFrame,
) -> EventLog:
    """An event log; `able` are (source, event, field[, keeps_history[, case_type]]), `held` are (case, source)."""
    full_cases = [
        {"case_type": "missing episode", "opened_at": at("02 18:00"), "person_id": "p", "source": "a", **case}
        for case in cases
    ]
    full_events = [
        {"event_id": number, "source": "a", "recorded_at": None, **event} for number, event in enumerate(events)
    ]
    abilities = [
        {
            "source": row[0],
            "event": row[1],
            "field": row[2],
            "keeps_history": row[3] if len(row) > 3 else True,
            "case_type": row[4] if len(row) > 4 else "missing episode",
        }
        for row in able
    ]
    pairs = [(case["case_id"], "a") for case in full_cases] if held is None else held
    return log_of_tables(
        {
            "cases": _table(full_cases, CASES),
            "events": _table(full_events, EVENTS),
            "abilities": pl.DataFrame(abilities, schema=ABILITIES),
            "coverage": _table([{"kept_by": "force", "taken_at": at("30 00:00"), **row} for row in systems], COVERAGE),
            "case_sources": pl.DataFrame(pairs, schema=CASE_SOURCES, orient="row"),
            **tables,
        }
    )


def findings(resolved: Sequence[ResolvedObligation], of: EventLog, as_at: datetime) -> pl.LazyFrame:
    """What the reference engine finds."""
    return check_by_reference(resolved, of, as_at=as_at).lazy()


def measured(
    of: EventLog, text: str = SEND, *, as_at: datetime, period: tuple[date, date] | None = None, **further: Any
) -> MeasuredTables:
    """The tables that are counted, for the obligations that a text holds; days are those of London."""
    return MeasuredTables(
        obligations=obligations(text),
        standards=(("our/standard", "1"),),
        as_at=as_at,
        zone="Europe/London",
        period=period,
        written_up_later_after=timedelta(hours=2),
        event_log=of,
        **further,
    )


def _table(rows: Sequence[dict[str, Any]], fixed: pl.Schema) -> pl.DataFrame:
    further = {name: pl.String() for row in rows for name in row if name not in fixed}
    return pl.DataFrame(list(rows), schema={**fixed, **further})
