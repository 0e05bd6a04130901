"""What the record systems are able to record, and what they did record: counted once, asked for each obligation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import polars as pl

from wardline.events import EventLog, known_events
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import HELD_BY
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.measures.systems import SystemGap
from wardline.obligations import Need, Owner, RecordOf

__all__ = ["RecordsAtHand", "Spell"]


@dataclass(frozen=True)
class Spell:
    """So many events, and when the first and the last of them happened (None: at no known time)."""

    events: int
    first_at: datetime | None
    last_at: datetime | None


class RecordsAtHand:
    """The event log as far as it says what can be told, looking from `as_at`."""

    def __init__(self, event_log: EventLog, *, as_at: datetime) -> None:
        self.as_at = as_at
        self._coverage = event_log.coverage.collect().to_dicts()
        self._kept_by = {row["source"]: row["kept_by"] or Owner.FORCE.value for row in self._coverage}
        self._able: dict[tuple[str | None, str | None, str | None], set[str]] = {}
        self._last_value_only: set[tuple[str, str | None, str | None]] = set()
        for row in event_log.abilities.collect().to_dicts():
            self._able.setdefault((row["case_type"], row["event"], row["field"]), set()).add(row["source"])
            if row["keeps_history"] is False:
                self._last_value_only.add((row["source"], row["event"], row["field"]))
        cases = event_log.cases.select("case_id", "case_type", "person_id")
        counted = cases.group_by("case_type").agg(cases=pl.len(), with_child=pl.col("person_id").count()).collect()
        self._cases = {kind: (many, with_child) for kind, many, with_child in counted.iter_rows()}
        self._case_types = cases.select("case_id", "case_type")
        self._case_sources = event_log.case_sources
        self._held: dict[tuple[str, tuple[str, ...]], Count] = {}
        self._event_log = event_log

    @cached_property
    def _seen(self) -> dict[tuple[str, str, str | None], Spell]:
        # A pass over all events, which not everybody asks for.
        return _events_seen(self._event_log, self._case_types, self.as_at)

    def able(self, need: Need, case_type: str, owner: Owner = Owner.FORCE) -> set[str]:
        """The systems able to record it; only those of the body that owes it, unless that is the force."""
        match need.of:
            case RecordOf.PERSON:
                found = self._able.get((None, None, need.field), set())
            case RecordOf.CASE:
                found = self._able.get((case_type, None, need.field), set())
            case _:
                found = self._able.get((case_type, need.event, need.field), set())
                if need.of_case_too:
                    found = found | self._able.get((case_type, None, need.field), set())
        return found if owner is Owner.FORCE else {name for name in found if self._kept_by.get(name) == owner.value}

    def keeps_only_last_value(self, source: str, need: Need) -> bool:
        """Whether the column of a system holds only its last value."""
        return (source, need.event, need.field) in self._last_value_only

    def cases(self, case_type: str) -> Count:
        """The cases of a type, those among them that do not exist as at too."""
        return Count(Counted.CASE, self._cases.get(case_type, (0, 0))[0], _of_type(case_type))

    def without_child(self, case_type: str) -> Count:
        """Those of them that do not say which child they are about."""
        cases, with_child = self._cases.get(case_type, (0, 0))
        return Count(Counted.CASE, cases - with_child, _of_type(case_type).with_value("person_id", None))

    def cases_held(self, case_type: str, systems: Sequence[str]) -> Count:
        """The cases of a type of which at least one of the systems holds a piece; `systems` in alphabetical order."""
        asked = (case_type, tuple(systems))
        if asked not in self._held:
            held = self._case_sources.filter(pl.col("source").is_in(asked[1])).select("case_id").unique()
            of_type = self._case_types.filter(pl.col("case_type") == case_type)
            many = of_type.join(held, on="case_id", how="semi").select(pl.len()).collect(engine="streaming").item()
            rows = _of_type(case_type).with_value(f"{HELD_BY}{'|'.join(systems)}", True)
            self._held[asked] = Count(Counted.CASE, int(many), rows)
        return self._held[asked]

    def seen(self, source: str, case_type: str, event: str | None) -> Spell | None:
        """The events of a name that a system holds of cases of a type, known as at; None where it holds none."""
        return self._seen.get((source, case_type, event))

    def events_of(self, source: str, case_type: str, names: Sequence[str]) -> RowFilter:
        """The rows of such events."""
        of_system = RowFilter(CountedTable.EVENTS).with_value("source", source).with_value("case_type", case_type)
        return of_system.with_value("event", *dict.fromkeys(names))

    def gaps_and_exports(self) -> Iterator[tuple[str, SystemGap | None, datetime | None]]:
        """For each row of the table of coverage: the system, its gap if it is of one, when its export was taken."""
        for row in self._coverage:
            gap = None if row["gap_from"] is None else SystemGap(row["gap_from"], row["gap_to"], row["gap_note"])
            yield row["source"], gap, row["taken_at"]


def _of_type(case_type: str) -> RowFilter:
    return RowFilter(CountedTable.ALL_CASES).with_value("case_type", case_type)


def _events_seen(
    event_log: EventLog, case_types: pl.LazyFrame, as_at: datetime
) -> dict[tuple[str, str, str | None], Spell]:
    """By system, case type and event."""
    counted = (
        known_events(event_log, as_at=as_at)
        .select("case_id", "source", "event", "happened_at")
        .join(case_types, on="case_id", how="inner")
        .group_by("source", "case_type", "event")
        .agg(count=pl.len(), first=pl.col("happened_at").min(), last=pl.col("happened_at").max())
        .collect(engine="streaming")
    )
    columns = ("source", "case_type", "event", "count", "first", "last")
    return {
        (source, case_type, event): Spell(count, first, last)
        for source, case_type, event, count, first, last in counted.select(columns).iter_rows()
    }
