"""Whole cases, or whole children, in batches: in memory where the log fits, else partitioned on disk in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from wardline.engines.columnar.batch import POSITION, Batch
from wardline.engines.columnar.holdings import HeldBy, held_by
from wardline.engines.columnar.sorting import children_numbered, make_batch
from wardline.engines.columnar.what_is_read import (
    NamedByObligations,
    existing_cases,
    known_events,
    known_people,
    named_by,
)
from wardline.events import EventLog
from wardline.obligations import ResolvedObligation

__all__ = ["EVENTS_AT_ONCE", "Batches", "read_batches"]

EVENTS_AT_ONCE = 7_000_000  # known events that obligations name; ten million of a dive's took 4.3 GB


@dataclass(frozen=True)
class Batches:
    """Batches of a log for the obligations that go by case, or for those that go by child."""

    cases: pl.DataFrame  # all, with their `part`
    parts: int
    events: pl.DataFrame | Path  # those of all cases, or a folder with one file for each part
    no_events: pl.DataFrame
    log: EventLog
    named: NamedByObligations
    systems: HeldBy
    per_child: bool
    cases_per_part: int  # about so many

    @property
    def is_in_memory(self) -> bool:
        """Whether everything is one batch."""
        return isinstance(self.events, pl.DataFrame)

    def for_children(self, obligations: Sequence[ResolvedObligation]) -> Batches:
        """The same events by child, only those that these obligations name; read from the batches, not from the log."""
        named = named_by(obligations)
        is_named = pl.col("event").is_in(named.events)
        if isinstance(self.events, pl.DataFrame):
            return replace(self, events=self.events.filter(is_named), named=named, per_child=True)
        parts = _parts(children_numbered(self.cases), self.cases_per_part)
        folder = self.events.with_name("children")
        files = sorted(self.events.glob("part=*/*.ipc"))
        events = pl.scan_ipc(files, glob=False, hive_partitioning=False) if files else self.no_events.lazy()
        _partition(events.filter(is_named), parts, folder)
        return replace(
            self,
            cases=self.cases.with_columns(part=parts),
            parts=_count(parts),
            events=folder,
            named=named,
            per_child=True,
        )

    def __iter__(self) -> Iterator[Batch]:
        for part in range(self.parts):
            yield self.batch(part)

    def batch(self, part: int) -> Batch:
        """The batch of one part."""
        if isinstance(self.events, pl.DataFrame):
            return self._made(self.cases.drop("part"), self.events)
        cases = self.cases.with_row_index("case_of_log").filter(pl.col("part") == part).drop("part")
        files = sorted((self.events / f"part={part}").glob("*.ipc"))
        numbers = cases.select(pl.col("case_of_log").cast(POSITION)).with_row_index("case_of_part")
        events = pl.concat([pl.scan_ipc(file, glob=False).collect() for file in files]) if files else self.no_events
        events = (
            events.join(numbers, left_on="case", right_on="case_of_log", how="left", maintain_order="left")
            .with_columns(case=pl.col("case_of_part").cast(POSITION))
            .drop("case_of_part")
        )
        return self._made(cases.drop("case_of_log"), events)

    def _made(self, cases: pl.DataFrame, events: pl.DataFrame) -> Batch:
        people = known_people(self.log, self.named, cases)
        return make_batch(cases, events, people, self.systems, per_child=self.per_child)


def read_batches(
    obligations: Sequence[ResolvedObligation],
    log: EventLog,
    *,
    as_at: datetime,
    per_child: bool,
    cases_per_batch: int | None,
    scratch: Path | None,
) -> Batches:
    """The batches of a log, of whole cases or of whole children.

    `scratch` is a folder for what does not fit in memory; without it, everything is one batch.
    """
    named = named_by(obligations)
    cases = existing_cases(log, named, as_at)
    cases, systems = held_by(cases, log)
    events = _with_numbers(known_events(log, named, as_at), cases)
    no_events = events.collect_schema().to_frame()
    if scratch is not None and cases_per_batch is None:
        count = known_events(log, named, as_at).select(pl.len()).collect().item()
        if count > EVENTS_AT_ONCE:
            cases_per_batch = -(-cases.height // -(-count // EVENTS_AT_ONCE))  # so that batches are of one size
    if scratch is None or cases_per_batch is None or cases_per_batch >= cases.height:
        cases = cases.with_columns(part=pl.lit(0))
        return Batches(cases, 1, events.collect(), no_events, log, named, systems, per_child, cases.height)
    number = children_numbered(cases) if per_child else pl.int_range(cases.height, dtype=POSITION, eager=True)
    parts = _parts(number, cases_per_batch)
    folder = scratch / "groups"
    _partition(events, parts, folder)
    return Batches(
        cases.with_columns(part=parts),
        _count(parts),
        folder,
        no_events,
        log,
        named,
        systems,
        per_child,
        cases_per_batch,
    )


def _parts(group_of_case: pl.Series, cases_per_part: int) -> pl.Series:
    """The part of each case: whole groups, in order."""
    return (group_of_case // cases_per_part).cast(pl.Int64)


def _count(parts: pl.Series) -> int:
    last = parts.max()
    assert isinstance(last, int)
    return last + 1


def _partition(events: pl.LazyFrame, parts: pl.Series, folder: Path) -> None:
    """Write the events into one folder for each part, in one pass."""
    of_case = pl.LazyFrame({"case": pl.int_range(len(parts), dtype=POSITION, eager=True), "part": parts})
    events.join(of_case, on="case", how="left", maintain_order="left").sink_ipc(
        pl.PartitionBy(folder, key="part", include_key=False), mkdir=True
    )


def _with_numbers(events: pl.LazyFrame, cases: pl.DataFrame) -> pl.LazyFrame:
    """The events of these cases, with the row number of their case in place of its `case_id`."""
    numbers = cases.lazy().select("case_id", case=pl.int_range(pl.len(), dtype=POSITION))
    return events.join(numbers, on="case_id", maintain_order="left").drop("case_id")
