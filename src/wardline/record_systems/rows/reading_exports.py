"""Record systems read into the tables of the event log: every row is kept, left out or rejected, and counted.

In four steps, each of bounded memory: the exports are opened; their rows are copied to a working folder, chosen and
fingerprinted; rows that repeat others are rejected; and the rest become rows of our tables, cases first. What a table
gives is joined in the order of sources, tables, files and rows, which is the order of `event_id` and `note_id`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from wardline.events import FIXED_COLUMNS
from wardline.record_systems.exports.files_not_read import UnreadFile, unread_files
from wardline.record_systems.exports.opening import OpenTable, Source, open_exports
from wardline.record_systems.mapping.kinds_of_table import (
    CaseTable,
    EventsTable,
    EventTable,
    MappedTable,
    NoteTable,
    PersonTable,
)
from wardline.record_systems.rows.abilities_and_coverage import abilities, coverage
from wardline.record_systems.rows.case_index import CASE_OF_ROW, CaseIndex, check_joins, wanted_attributes
from wardline.record_systems.rows.numbers_of_nobody import find_numbers_of_nobody
from wardline.record_systems.rows.rejects import FileCount, Remark, RemarkKind
from wardline.record_systems.rows.repeated_rows import reject_repeated_rows
from wardline.record_systems.rows.restricted_rows import restricted_rows
from wardline.record_systems.rows.stage_and_look import stage_and_look
from wardline.record_systems.rows.staged_files import StagedFile
from wardline.record_systems.rows.staging import Progress
from wardline.record_systems.rows.table_parts import Parts, PartWriters, table_schemas, write_whole
from wardline.record_systems.rows.table_writer import TableWriter
from wardline.record_systems.rows.tables_of_rows import (
    ROW,
    cases_of_rows,
    event_of_each_row,
    events_of_rows,
    notes_of_rows,
    people_of_rows,
)
from wardline.record_systems.rows.values import Rows, rows_of_rejects
from wardline.threads import Together, ahead, in_turn
from wardline.work_folders import work_folder

__all__ = ["Progress", "Reading", "read_record_systems"]

NO_CASES = CASE_OF_ROW.to_frame()


@dataclass(frozen=True)
class Reading:
    """What was read: the rows of each file by what became of them, what else was counted, and which files were not."""

    files: tuple[FileCount, ...]
    remarks: tuple[Remark, ...]
    unread_files: tuple[UnreadFile, ...] = ()

    @property
    def rows_in(self) -> int:
        """All rows of all files, a file counted once for each table that reads it."""
        return sum(file.rows_in for file in self.files)


def read_record_systems(
    sources: Sequence[Source],
    *,
    as_at: datetime,
    into: Path,
    metadata: MappingOf[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read the exports of some record systems and write the event log's tables as Parquet into the folder `into`.

    `metadata` goes into each file's own key-value pairs. The same input gives the same bytes. Raises DocumentError
    where mappings do not fit together and ExportError where exports cannot be read, each with all its problems; nothing
    is left in the folder then, nor after an interrupt.
    """
    check_joins([source.mapping for source in sources])
    return read_sources(sources, as_at=as_at, into=into, metadata=metadata, progress=progress)


def read_sources(
    sources: Sequence[Source],
    *,
    as_at: datetime | None,
    into: Path,
    metadata: MappingOf[str, str] | None = None,
    progress: Progress | None = None,
    alone: bool = False,
    opened: Sequence[OpenTable] | None = None,
) -> Reading:
    """The same for mappings that are known to fit together, or for one that is looked at `alone`.

    Their exports may be `opened` already, so that a database is not asked twice.
    """
    into.mkdir(parents=True, exist_ok=True)
    # Beside the tables, because it can be as large as they are, and what stands in it is as personal.
    with work_folder(beside=into, prefix="reading-") as working:
        written = [into / f"{name}.parquet" for name in (*FIXED_COLUMNS, "restricted")]
        try:
            reading = _Reading(sources, as_at, working, metadata, progress or (lambda what, done, total: None), alone)
            return reading.read(into, opened)
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise


class _Reading:
    def __init__(
        self,
        sources: Sequence[Source],
        as_at: datetime | None,
        working: Path,
        metadata: MappingOf[str, str] | None,
        progress: Progress,
        alone: bool,
    ) -> None:
        self.sources = sources
        self.mappings = [source.mapping for source in sources]
        self.as_at = as_at
        self.working = working
        self.progress = progress
        self.index = CaseIndex(alone=alone)
        self.metadata = metadata
        self.parts = Parts(working, table_schemas(self.mappings), metadata)
        self.counts: dict[int, list[FileCount]] = {}
        self.names_found: dict[str, set[str]] = {mapping.system: set() for mapping in self.mappings}
        self.together = Together(progress, 0)

    def read(self, into: Path, opened: Sequence[OpenTable] | None) -> Reading:
        count = sum(len(mapping.tables) for mapping in self.mappings)
        # The rows of files that are open are copied while further ones are opened: a workbook takes long to open.
        found = ahead(open_exports(self.sources, self.working) if opened is None else opened)
        with closing(found):
            opened, staged = stage_and_look(found, count, self.working, self.progress)
        for mapping in self.mappings:
            of_system = [file for files in staged for file in files if file.mapping is mapping]
            reject_repeated_rows(of_system)
            find_numbers_of_nobody(of_system)
        self.together.total = sum(file.staged for files in staged for file in files)
        tables = list(enumerate(zip(opened, staged, strict=True)))
        of_cases = [number for number, (of, _) in tables if isinstance(of.table, CaseTable)]
        self._read_tables((number, staged[number]) for number in of_cases)
        self._learn_cases(of_cases)
        for number, (of, files) in tables:
            if of.table.belongs_to is not None and of.table.opens is not None:
                self._make_cases(number, of, files)
        self._read_tables((number, files) for number, (_, files) in tables if number not in of_cases)
        self.parts.join(into, len(opened))
        write_whole(into, "abilities", abilities(self.mappings, self.names_found), self.metadata)
        write_whole(into, "coverage", coverage(self.mappings, self.as_at), self.metadata)
        return Reading(
            tuple(count for number, _ in tables for count in self.counts[number]),
            tuple(remark for files in staged for file in files for remark in file.remarks()),
            tuple(unread_files(self.sources, opened)),
        )

    def _read_tables(self, tables: Iterable[tuple[int, Sequence[StagedFile]]]) -> None:
        """Turn the rows of some tables into parts of ours, side by side: each has parts of its own."""
        for number, counts in in_turn(self._read_table, tables, stop=self.together.stop):
            self.counts[number] = counts

    def _read_table(self, table: tuple[int, Sequence[StagedFile]]) -> tuple[int, list[FileCount]]:
        """Turn the rows of one table into parts of ours."""
        number, files = table
        counts = []
        with self.parts.writers(number) as writers:
            for file in files:
                kept = rejected = 0
                for frame in file.batches():
                    rejected_now, kept_now = self._read_rows(file, frame, writers)
                    kept, rejected = kept + kept_now, rejected + rejected_now
                    self.together.add(frame.height, "writing tables")
                for ids in file.left_out_batches():
                    self._hold_cases(file, ids.with_row_index("row"), writers)
                counts.append(file.count(kept, rejected))
        return number, counts

    def _read_rows(self, file: StagedFile, frame: pl.DataFrame, writers: PartWriters) -> tuple[int, int]:
        """Write what some rows give; returns how many were rejected and how many kept."""
        table, system = file.table, file.mapping.system
        fine = frame.filter(pl.col("reason").is_null())
        cases, orphans = NO_CASES, fine.clear()
        if (case_id := table.belongs_to) is not None:
            # A row that is rejected, or that the mapping leaves out, shows all the same that the system holds its case.
            held = self._hold_cases(file, frame.drop_nulls("id"), writers)
            cases = held.join(fine.select("row"), on="row", how="semi", maintain_order="left")
            without = ~fine["row"].is_in(cases["row"].unique().implode())
            reason = self.index.reason(case_id, system).code
            orphans = fine.filter(without).with_columns(pl.lit(reason, dtype=pl.UInt8).alias("reason"))
            fine = fine.filter(~without)
        rows = Rows(fine, file)
        self._add_rows(rows, table, cases, writers)
        if table.restricted is not None:
            writers.add("restricted", restricted_rows(file, table.restricted, frame, self.index))
        rejected = pl.concat([frame.filter(pl.col("reason").is_not_null()), orphans])
        writers.add("rejects", rows_of_rejects(file, rejected, rows.rejected))
        return rejected.height, fine.height

    def _hold_cases(self, file: StagedFile, rows: pl.DataFrame, writers: PartWriters) -> pl.DataFrame:
        """The cases of some rows of a table, which its system holds."""
        assert file.table.belongs_to is not None
        cases = self.index.cases_of(rows, file.table.belongs_to, file.mapping.system)
        source = pl.lit(file.mapping.system).alias("source")
        writers.add("case_sources", cases.select("case_id", source).unique(maintain_order=True))
        return cases

    def _add_rows(self, rows: Rows, table: MappedTable, cases: pl.DataFrame, writers: PartWriters) -> None:
        """Write what kept rows give, each kind of table in its own way; `cases` are those that the rows belong to."""
        system = rows.file.mapping.system
        match table:
            case CaseTable():
                self._add_cases(rows, table, writers)
            case EventTable():
                events = event_of_each_row(rows, table)
                if table.event.is_named_by_data:
                    self.names_found[system].update(events["event"].unique())
                self._add_events(events, cases, rows.file, writers)
            case EventsTable():
                self._add_events(events_of_rows(rows, table.events), cases, rows.file, writers)
            case PersonTable():
                writers.add("people", people_of_rows(rows, table))
            case NoteTable():
                notes = notes_of_rows(rows, table)
                writers.add("notes", notes.join(cases, left_on=ROW, right_on="row", maintain_order="left_right"))

    def _add_cases(self, rows: Rows, table: CaseTable, writers: PartWriters) -> None:
        cases = cases_of_rows(rows, table)
        writers.add("cases", cases)
        writers.add("case_sources", cases.select("case_id", "source"))
        if table.events:
            id_of_row = cases.select(pl.col("source_row").alias("row"), "case_id")
            self._add_events(events_of_rows(rows, table.events), id_of_row, rows.file, writers)

    def _add_events(self, events: pl.DataFrame, cases: pl.DataFrame, file: StagedFile, writers: PartWriters) -> None:
        # A row that belongs to several cases gives its events to each.
        events = events.join(cases, left_on=ROW, right_on="row", maintain_order="left_right")
        if self.as_at is not None:
            is_later = pl.any_horizontal(
                (pl.col(name) > self.as_at).fill_null(False) for name in ("happened_at", "recorded_at")
            )
            later = events.select(is_later.sum()).item()
            if later:
                file.tally[RemarkKind.AFTER_AS_AT, None] += later
        writers.add("events", events)

    def _learn_cases(self, numbers: Sequence[int]) -> None:
        """Keep the ids of all cases, and the attributes by which other tables find them."""
        wanted = wanted_attributes(self.mappings)
        ids = [self.index.ids]
        found: dict[tuple[str, str], list[pl.DataFrame]] = {
            key: [pl.DataFrame(schema={"id": pl.String(), "case_id": pl.String()})] for key in wanted
        }
        columns = [
            "case_id",
            "source",
            *sorted({attribute for _, attribute in wanted if attribute in self.parts.schemas["cases"]}),
        ]
        for number in numbers:
            for cases in self.parts.read(number, "cases", columns):
                ids.append(cases.select("case_id"))
                for system, attribute in wanted:
                    if attribute in cases.columns:
                        found[system, attribute].append(
                            cases.filter((pl.col("source") == system) & pl.col(attribute).is_not_null()).select(
                                pl.col(attribute).alias("id"), "case_id"
                            )
                        )
        self.index.ids = pl.concat(ids)
        self.index.by_attribute = {key: pl.concat(frames) for key, frames in found.items()}

    def _make_cases(self, number: int, of: OpenTable, files: Sequence[StagedFile]) -> None:
        """Open the cases that these events name and no other row opens; they have no time of opening."""
        with TableWriter(self.parts.path(number, "cases"), self.parts.schemas["cases"]) as writer:
            for file in files:
                for frame in file.batches():
                    made = (
                        frame.filter(pl.col("reason").is_null())
                        .select(
                            (pl.lit(f"{of.mapping.system}:") + pl.col("id")).alias("case_id"),
                            pl.lit(of.table.opens).alias("case_type"),
                            pl.lit(of.mapping.system).alias("source"),
                            pl.lit(file.export.name).alias("source_file"),
                            pl.col("row").alias("source_row"),
                        )
                        .unique("case_id", keep="first", maintain_order=True)
                        .join(self.index.ids, on="case_id", how="anti", maintain_order="left")
                    )
                    writer.add(made)
                    self.index.ids = pl.concat([self.index.ids, made.select("case_id")])
