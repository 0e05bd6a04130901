"""What each table of the mappings gave, kept apart until all is read, then joined in order into the event log's
tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from pathlib import Path
from threading import Event
from typing import Self

import polars as pl

from wardline.events import CASE_SOURCES, CASES, EVENTS, FIXED_COLUMNS, INSTANT, NOTES, PEOPLE, REJECTS, RESTRICTED
from wardline.record_systems.mapping.cells import AttributeType
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.rows.restricted_rows import RESTRICTED_ROWS, restricted_cases
from wardline.record_systems.rows.table_writer import TableWriter, read_in_batches
from wardline.threads import in_turn

__all__ = ["PartWriters", "Parts", "table_schemas", "write_whole"]

PARTS = {
    "events": EVENTS,
    "cases": CASES,
    "people": PEOPLE,
    "notes": NOTES,
    "case_sources": CASE_SOURCES,
    "rejects": REJECTS,
}
NUMBERED = {"events": "event_id", "notes": "note_id"}
TYPES = {AttributeType.TEXT: pl.String(), AttributeType.TIME: INSTANT, AttributeType.NUMBER: pl.Float64()}


def table_schemas(mappings: Sequence[Mapping]) -> dict[str, pl.Schema]:
    """The columns of each table: the fixed ones, then the attributes of all systems in alphabetical order."""
    found: dict[str, dict[str, pl.DataType]] = {name: {} for name in PARTS}
    for mapping in mappings:
        for name, attribute, _ in mapping.attributes_with_places():
            found[name][attribute.name] = TYPES[attribute.type]
    schemas = {name: pl.Schema({**fixed, **dict(sorted(found[name].items()))}) for name, fixed in PARTS.items()}
    # Beside the event log, and only where a mapping restricts rows.
    return {**schemas, "restricted": RESTRICTED_ROWS}


class Parts:
    """The working folder's parts: for each table of the mappings, by its number, a file for each table of ours."""

    def __init__(
        self, folder: Path, schemas: dict[str, pl.Schema], metadata: MappingOf[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.schemas = schemas
        self.metadata = metadata  # of the tables that are joined

    def path(self, number: int, name: str) -> Path:
        """Where the rows of ours lie that one table gave."""
        return self.folder / f"part-{number}-{name}.parquet"

    def writers(self, number: int) -> PartWriters:
        """Writers for what one table gives."""
        return PartWriters(self, number)

    def read(self, number: int, name: str, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
        """The rows of ours that one table gave; none where it gave none."""
        path = self.path(number, name)
        return read_in_batches(path, columns) if path.exists() else iter(())

    def join(self, into: Path, table_count: int) -> None:
        """Write the tables, in the order of the mappings' tables; events and notes are numbered in it."""
        stop = Event()

        def join(name: str) -> None:
            if name == "case_sources":
                self._join_case_sources(into, table_count)
                return
            with TableWriter(into / f"{name}.parquet", self.schemas[name], metadata=self.metadata) as writer:
                for number in range(table_count):
                    for frame in self.read(number, name):
                        if stop.is_set():
                            raise KeyboardInterrupt
                        if name in NUMBERED:
                            frame = frame.drop(NUMBERED[name]).with_row_index(NUMBERED[name], writer.row_count)
                        writer.add(frame)

        for _ in in_turn(join, PARTS, stop=stop):
            pass
        self._write_restricted(into, table_count)

    def _write_restricted(self, into: Path, table_count: int) -> None:
        """Which cases are restricted, beside the tables that were joined; only where a mapping restricts rows."""
        if not any(self.path(number, "restricted").exists() for number in range(table_count)):
            return
        rows = (frame for number in range(table_count) for frame in self.read(number, "restricted"))
        with TableWriter(into / "restricted.parquet", RESTRICTED, metadata=self.metadata) as writer:
            writer.add(restricted_cases(rows, pl.scan_parquet(into / "cases.parquet", glob=False)))

    def _join_case_sources(self, into: Path, table_count: int) -> None:
        """Each case with each system that holds a piece of it, once."""
        known: dict[str, pl.DataFrame] = {}
        with TableWriter(into / "case_sources.parquet", CASE_SOURCES, metadata=self.metadata) as writer:
            for number in range(table_count):
                for frame in self.read(number, "case_sources"):
                    pairs = frame.unique(maintain_order=True)
                    source = pairs["source"][0]  # a table is of one system
                    before = known.get(source, pairs.clear().select("case_id"))
                    new = pairs.join(before, on="case_id", how="anti", maintain_order="left")
                    writer.add(new)
                    known[source] = pl.concat([before, new.select("case_id")])


class PartWriters:
    """The parts that one table gives, each opened when its first rows come."""

    def __init__(self, parts: Parts, number: int) -> None:
        self.parts = parts
        self.number = number
        self.open: dict[str, TableWriter] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        for writer in self.open.values():
            writer.__exit__(kind, error, trace)  # type: ignore[arg-type]  # the three of sys.exc_info belong together

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Add rows to one of our tables."""
        if name not in self.open:
            self.open[name] = TableWriter(
                self.parts.path(self.number, name), self.parts.schemas[name], compression="lz4"
            )
        self.open[name].add(frame)


def write_whole(into: Path, name: str, table: pl.DataFrame, metadata: MappingOf[str, str] | None) -> None:
    """Write one of our tables that is all there, to the folder `into`."""
    with TableWriter(into / f"{name}.parquet", FIXED_COLUMNS[name], metadata=metadata) as writer:
        writer.add(table)
