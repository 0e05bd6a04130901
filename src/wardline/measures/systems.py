"""The record systems: what each holds, from when to when, and where it has gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import HELD_BY, MeasuredTables
from wardline.measures.row_filters import CountedTable, RowFilter

__all__ = ["PiecesHeld", "SystemFigures", "SystemGap", "last_value_only", "pieces_held", "system_figures"]


@dataclass(frozen=True)
class SystemGap:
    """A time in which a system recorded nothing: its first and its last instant, and what is said of it."""

    first_at: datetime
    last_at: datetime
    note: str | None


@dataclass(frozen=True)
class SystemFigures:
    """One record system. `events` are those known as at; `first_at` and `last_at` when the earliest and the latest of
    them happened. What is not said of a system is None."""

    source: str
    title: str | None
    kept_by: str | None
    taken_at: datetime | None
    gaps: tuple[SystemGap, ...]
    events: Count
    first_at: datetime | None
    last_at: datetime | None


def system_figures(tables: MeasuredTables) -> tuple[SystemFigures, ...]:
    """The systems in the order of the table of coverage."""
    counted = (
        tables.rows(RowFilter(CountedTable.EVENTS))
        .group_by("source")
        .agg(events=pl.len(), first_at=pl.col("happened_at").min(), last_at=pl.col("happened_at").max())
        .collect(engine="streaming")
    )
    spans = {row["source"]: row for row in counted.iter_rows(named=True)}
    of_system: dict[str, list[dict[str, Any]]] = {}
    for row in tables.event_log.coverage.collect().iter_rows(named=True):
        of_system.setdefault(row["source"], []).append(row)
    return tuple(_system(source, rows, spans.get(source, {})) for source, rows in of_system.items())


def _system(source: str, rows: list[dict[str, Any]], span: dict[str, Any]) -> SystemFigures:
    return SystemFigures(
        source,
        rows[0]["title"],
        rows[0]["kept_by"],
        rows[0]["taken_at"],
        tuple(
            SystemGap(row["gap_from"], row["gap_to"], row["gap_note"]) for row in rows if row["gap_from"] is not None
        ),
        Count(Counted.EVENT, span.get("events", 0), RowFilter(CountedTable.EVENTS).with_value("source", source)),
        span.get("first_at"),
        span.get("last_at"),
    )


@dataclass(frozen=True)
class PiecesHeld:
    """Of how many cases of a type a system holds a piece, of all of that type, those that do not exist as at too."""

    source: str
    case_type: str
    held: Count
    cases: Count


def pieces_held(tables: MeasuredTables) -> tuple[PiecesHeld, ...]:
    """For each system and each type of case, in alphabetical order."""
    cases = tables.event_log.cases.select("case_id", "case_type")
    there_are = dict(cases.group_by("case_type").len().collect().iter_rows())
    counted = (
        tables.event_log.case_sources.unique()
        .join(cases, on="case_id", how="inner")
        .group_by("source", "case_type")
        .len()
        .collect(engine="streaming")
    )
    held = {(source, case_type): many for source, case_type, many in counted.iter_rows()}
    found = []
    for source in sorted(tables.event_log.coverage.select("source").unique().collect()["source"]):
        for case_type in sorted(there_are):
            of_type = RowFilter(CountedTable.ALL_CASES).with_value("case_type", case_type)
            with_piece = of_type.with_value(f"{HELD_BY}{source}", True)
            many = Count(Counted.CASE, held.get((source, case_type), 0), with_piece)
            found.append(PiecesHeld(source, case_type, many, Count(Counted.CASE, there_are[case_type], of_type)))
    return tuple(found)


def last_value_only(tables: MeasuredTables) -> tuple[tuple[str, str], ...]:
    """The fields that hold only the last value that was entered, each with its system."""
    rows = (
        tables.event_log.abilities.filter(
            pl.col("keeps_history").eq_missing(pl.lit(False)) & pl.col("field").is_not_null()
        )
        .select("field", "source")
        .unique()
        .sort("field", "source")
        .collect()
    )
    return tuple(rows.iter_rows())
