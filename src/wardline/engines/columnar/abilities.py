"""Whether a record system that holds a case could have recorded an event, and when it could not (rules 5.8, 5.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from wardline.engines.columnar.batch import Batch
from wardline.events import EventLog
from wardline.obligations import Owner, RecordField, RecordOf

__all__ = [
    "ABLE",
    "NOT_JOINED",
    "NOT_RECORDED_HERE",
    "AbilityByHolding",
    "Systems",
    "able_to_record_events",
    "able_to_record_field",
    "read_systems",
]

ABLE, NOT_RECORDED_HERE, NOT_JOINED = 0, 1, 2


@dataclass(frozen=True)
class Systems:
    """Every record system: what it is able to record, who keeps it, its gaps, when its export was taken."""

    abilities: frozenset[tuple[str, str | None, str | None, str | None]]  # source, case type, event, field
    kept_by: dict[str, str]
    gaps: dict[str, list[tuple[datetime, datetime]]]
    taken_at: dict[str, datetime]


@dataclass(frozen=True)
class AbilityByHolding:
    """For each `holding` of a batch: whether its systems are able, their gaps, and the first time one was taken."""

    states: list[int]
    gaps: list[tuple[datetime, datetime, list[int]]]  # from, to, the holdings whose systems have it
    taken_at: list[datetime | None]

    def state(self) -> pl.Expr:
        """ABLE, NOT_RECORDED_HERE or NOT_JOINED, from the column `holding`."""
        if len(set(self.states)) == 1:
            return pl.lit(self.states[0])
        return pl.lit(pl.Series(self.states, dtype=pl.UInt8)).gather(pl.col("holding"))

    def would_show(self, start: pl.Expr, end: pl.Expr) -> pl.Expr:
        """Whether a failing from start to end would have shown: items 8 and 10 of rule 5, asked alone."""
        return (self.state() == ABLE) & ~self.is_gap(start, end)

    def is_gap(self, start: pl.Expr, end: pl.Expr) -> pl.Expr:
        """Whether the time from start to end touches a gap, or the end is after an export was taken."""
        touched = [
            pl.col("holding").is_in(holdings) & (start <= gap_to) & (end >= gap_from)
            for gap_from, gap_to, holdings in self.gaps
        ]
        for taken in sorted({one for one in self.taken_at if one is not None}):
            holdings = [number for number, one in enumerate(self.taken_at) if one == taken]
            touched.append(pl.col("holding").is_in(holdings) & (end > taken))
        return pl.any_horizontal(touched) if touched else pl.lit(False)


def read_systems(log: EventLog) -> Systems:
    """The record systems of an event log."""
    abilities = log.abilities.select("source", "case_type", "event", "field").collect()
    coverage = log.coverage.select("source", "kept_by", "taken_at", "gap_from", "gap_to").collect()
    kept_by: dict[str, str] = {}
    gaps: dict[str, list[tuple[datetime, datetime]]] = {}
    taken_at: dict[str, datetime] = {}
    for source, keeper, taken, gap_from, gap_to in coverage.iter_rows():
        if keeper is not None:
            kept_by[source] = keeper
        if taken is not None:
            taken_at[source] = min(taken, taken_at.get(source, taken))
        if gap_from is not None and gap_to is not None:
            gaps.setdefault(source, []).append((gap_from, gap_to))
    return Systems(frozenset(abilities.iter_rows()), kept_by, gaps, taken_at)


def able_to_record_events(batch: Batch, systems: Systems, names: Iterable[str], owner: Owner) -> AbilityByHolding:
    """The ability to record an event of one of these names, by systems that whoever owes it keeps."""
    wanted = set(names)
    able: dict[str, set[str]] = {}
    for source, case_type, event, field in systems.abilities:
        is_owners = owner is Owner.FORCE or systems.kept_by.get(source, Owner.FORCE.value) == owner.value
        if event in wanted and field is None and case_type is not None and is_owners:
            able.setdefault(case_type, set()).add(source)
    return _ability(batch, systems, lambda types: set().union(*(able.get(one, ()) for one in types)))


def able_to_record_field(batch: Batch, systems: Systems, record: RecordField) -> AbilityByHolding:
    """The ability to record a field of a case, an event or a person, by any system."""

    def sources(types: frozenset[str]) -> set[str]:
        found = set()
        for source, case_type, event, field in systems.abilities:
            if field != record.field or event != record.event:
                continue
            if case_type is None if record.of is RecordOf.PERSON else case_type in types:
                found.add(source)
        return found

    return _ability(batch, systems, sources)


def _ability(batch: Batch, systems: Systems, sources_able: Callable[[frozenset[str]], set[str]]) -> AbilityByHolding:
    states: list[int] = []
    taken_at: list[datetime | None] = []
    gaps: dict[tuple[datetime, datetime], list[int]] = {}
    for number, (types, sources) in enumerate(batch.holdings):
        able = sources_able(types)
        holding = able & sources
        states.append(ABLE if holding else NOT_JOINED if able else NOT_RECORDED_HERE)
        taken_at.append(min((systems.taken_at[one] for one in holding if one in systems.taken_at), default=None))
        for gap in sorted({gap for one in holding for gap in systems.gaps.get(one, ())}):
            gaps.setdefault(gap, []).append(number)
    return AbilityByHolding(states, [(*gap, numbers) for gap, numbers in sorted(gaps.items())], taken_at)
