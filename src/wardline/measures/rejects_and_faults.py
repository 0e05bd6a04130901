"""How often what was rejected, and how often each fault of recording was found."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables
from wardline.measures.row_filters import CountedTable, RowFilter

__all__ = ["FaultKind", "FaultsFound", "RejectKind", "RejectsFound", "faults_found", "rejects_found"]


@dataclass(frozen=True)
class RejectKind:
    """What was rejected of one column (None: whole rows) of a system for one reason; `what` is `row` or `cell`."""

    source: str
    what: str
    column: str | None
    reason: str
    many: Count


@dataclass(frozen=True)
class RejectsFound:
    """All rejects, and by kind, most frequent first."""

    whole: Count
    kind_count: Count
    kinds: tuple[RejectKind, ...]


@dataclass(frozen=True)
class FaultKind:
    """One fault of one system (None: between systems), and in how many cases it was found."""

    source: str | None
    fault: str
    many: Count
    cases: Count


@dataclass(frozen=True)
class FaultsFound:
    """All record faults, and by system and fault."""

    whole: Count
    kinds: tuple[FaultKind, ...]


def rejects_found(tables: MeasuredTables) -> RejectsFound:
    """What was rejected."""
    by = ("source", "what", "column", "reason")
    everything = RowFilter(CountedTable.REJECTS)
    grouped = (
        tables.rows(everything)
        .group_by(by)
        .len()
        .sort(
            ["len", "source", "column", "what", "reason"],
            descending=[True, False, False, False, False],
            nulls_last=False,
        )
        .collect(engine="streaming")
    )
    kinds = []
    for *values, many in grouped.select(*by, "len").iter_rows():
        rows = everything
        for column, value in zip(by, values, strict=True):
            rows = rows.with_value(column, value)
        source, what, name, reason = values
        kinds.append(RejectKind(source, what, name, reason, Count(Counted.REJECT, many, rows)))
    whole = Count(Counted.REJECT, int(grouped["len"].sum()), everything)
    return RejectsFound(whole, Count(Counted.KIND, len(kinds)), tuple(kinds))


def faults_found(tables: MeasuredTables) -> FaultsFound:
    """Which record faults were found."""
    everything = RowFilter(CountedTable.RECORD_FAULTS)
    grouped = (
        tables.rows(everything)
        .group_by("source", "fault")
        .agg(many=pl.len(), cases=pl.col("case_id").drop_nulls().n_unique())
        .sort("source", "fault", nulls_last=True)
        .collect()
    )
    kinds = []
    for source, fault, many, cases in grouped.select("source", "fault", "many", "cases").iter_rows():
        rows = everything.with_value("source", source).with_value("fault", fault)
        in_cases = Count(Counted.CASE, cases, rows.counted_by("case_id"))
        kinds.append(FaultKind(source, fault, Count(Counted.RECORD_FAULT, many, rows), in_cases))
    return FaultsFound(Count(Counted.RECORD_FAULT, int(grouped["many"].sum()), everything), tuple(kinds))
