"""How a mapping understands the exports at hand, before any dive: what `wardline map check` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from wardline.english import count
from wardline.events import read_event_log
from wardline.record_systems.exports.files_not_read import unread_files
from wardline.record_systems.exports.opening import (
    FINISH_A_TABLE,
    NO_TABLE,
    OpenTable,
    Source,
    name_of_query,
    open_exports,
)
from wardline.record_systems.mapping.cells import Query
from wardline.record_systems.mapping.kinds_of_table import MappedTable
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.rows.reading_exports import Progress, Reading, read_sources
from wardline.record_systems.rows.rejects import FileCount, Remark, RemarkKind
from wardline.record_systems.rows.words_shown import frequent_codes, words_of_mapping
from wardline.table_files.file_names import Folder
from wardline.work_folders import work_folder

__all__ = ["ColumnUse", "EventTimes", "MappingCheck", "RejectCount", "RejectShown", "check_mapping"]

REJECTS_SHOWN = 10
OTHER_EVENTS = "others, whose names are not shown"  # what too few rows say, or may be of somebody


@dataclass(frozen=True)
class ColumnUse:
    """A column of a table's files and what the mapping uses it as; nothing where it is not used."""

    table: int
    column: str
    uses: tuple[str, ...]


@dataclass(frozen=True)
class EventTimes:
    """The times of one event: how many there are, how many have no time or an inexact one, first and last (local)."""

    event: str
    count: int
    without_time: int
    inexact: int
    earliest: datetime | None
    latest: datetime | None


@dataclass(frozen=True)
class RejectCount:
    """How often a reason was given for a column, or for whole rows, of one file."""

    file: str
    column: str | None
    reason: str
    count: int


@dataclass(frozen=True)
class RejectShown:
    """One reject by its place; what stood there is not shown."""

    file: str
    row: int
    column: str | None
    reason: str


@dataclass(frozen=True)
class MappingCheck:
    """What a mapping makes of some exports.

    Holds names of files and columns and counts; of cells, only everyday words, words of the mapping itself, and codes.
    """

    mapping: Mapping
    files: tuple[FileCount, ...]
    columns: tuple[ColumnUse, ...]
    events: tuple[EventTimes, ...]
    reject_counts: tuple[RejectCount, ...]
    first_rejects: tuple[RejectShown, ...]
    remarks: tuple[Remark, ...]
    unread_files: tuple[str, ...]

    def to_text(self) -> str:
        """All of it, for a terminal."""
        blocks = [f"{self.mapping.title} ({self.mapping.system})"]
        if not self.mapping.tables:
            blocks.append(f"{NO_TABLE}\n{FINISH_A_TABLE}")
        for table in self.mapping.tables:
            blocks.append("\n".join(self._of_table(table)))
        blocks += filter(
            None,
            (
                _listed("Events", map(_event_in_words, self.events)),
                _listed(
                    "Rejected",
                    (
                        f"{each.count:,} in {each.file}{_in_column(each.column)}: {each.reason}"
                        for each in self.reject_counts
                    ),
                ),
                _listed(
                    "The first of them",
                    (
                        f"{each.file}, row {each.row:,}{_in_column(each.column)}: {each.reason}"
                        for each in self.first_rejects
                    ),
                ),
                _listed("Also counted", (f"{each.file}: {each.text}" for each in self.remarks)),
                _listed("Files that no table reads", self.unread_files),
            ),
        )
        others = sorted(
            {case_id.of for case_id in self.mapping.case_ids() if case_id.of not in (None, self.mapping.system)}
            - {None}
        )
        if others:
            blocks.append(f"Whether rows match cases of {', '.join(map(str, others))} is only seen in a dive.")
        return "\n\n".join(blocks) + "\n"

    def _of_table(self, table: MappedTable) -> Iterator[str]:
        number = table.position + 1
        named = name_of_query(table) if isinstance(table.files, Query) else table.files.pattern
        yield f"Table {number}: {named}, each row is {table.in_words}"
        for file in self.files:
            if file.table == number:
                yield f"  {file.file}: {_rows_in_words(file)}"
        known = [each for each in self.columns if each.table == number]
        width = max((len(each.column) for each in known), default=0)
        for each in known:
            yield f"    {each.column:<{width}}  {'; '.join(each.uses) or 'not used'}"


def check_mapping(mapping: Mapping, files: Folder = (), *, progress: Progress | None = None) -> MappingCheck:
    """Read exports (a folder, or the files themselves) with a mapping, and say how each column was understood.

    Rows that name another system's cases are taken to match one. Raises ExportError.
    """
    source = Source(mapping, files)
    if not mapping.tables:
        unread = tuple(map(str, unread_files([source], [])))
        return MappingCheck(mapping, (), (), (), (), (), (), unread)
    with work_folder() as folder:
        opened = list(open_exports([source], folder))
        into = folder / "read"
        reading = read_sources([source], as_at=None, into=into, progress=progress, alone=True, opened=opened)
        return _result(mapping, reading, _column_uses(opened), into)


def _column_uses(opened: Sequence[OpenTable]) -> tuple[ColumnUse, ...]:
    return tuple(
        ColumnUse(
            of.table.position + 1,
            column,
            tuple(dict.fromkeys(use for named, use in of.table.uses() if named == column)),
        )
        for of in opened
        for column in dict.fromkeys(column for export in of.exports for column in export.header)
    )


def _result(mapping: Mapping, reading: Reading, columns: tuple[ColumnUse, ...], folder: Path) -> MappingCheck:
    log = read_event_log(folder)
    happened, by = pl.col("happened_at"), pl.col("happened_by")
    named = _named(mapping)
    events = (
        log.events.with_columns(event=_event_shown(log.events, named, words_of_mapping(mapping)))
        .group_by("event")
        .agg(
            pl.len().alias("count"),
            happened.null_count().alias("without_time"),
            by.count().alias("inexact"),
            happened.min().alias("earliest"),
            pl.max_horizontal(happened, by).max().alias("latest"),
        )
        .sort("event")
        .collect()
    )

    def local(instant: datetime | None) -> datetime | None:
        return None if instant is None else mapping.calendar.local(instant)

    counted = (
        log.rejects.group_by("source_file", "column", "reason")
        .len()
        .sort("source_file", "len", "column", "reason", descending=[False, True, False, False])
        .collect()
    )
    first = log.rejects.head(REJECTS_SHOWN).select("source_file", "source_row", "column", "reason").collect()
    return MappingCheck(
        mapping=mapping,
        files=reading.files,
        columns=columns,
        events=(
            *(
                EventTimes(name, count, without, inexact, local(earliest), local(latest))
                for name, count, without, inexact, earliest, latest in events.rows()
            ),
            *(EventTimes(name, 0, 0, 0, None, None) for name in sorted(named - set(events["event"]))),
        ),
        reject_counts=tuple(RejectCount(*row) for row in counted.rows()),
        first_rejects=tuple(RejectShown(*row) for row in first.rows()),
        # Columns that are not used are shown one by one, with those that are.
        remarks=tuple(each for each in reading.remarks if each.kind is not RemarkKind.UNUSED_COLUMNS),
        unread_files=tuple(map(str, reading.unread_files)),
    )


def _event_shown(events: pl.LazyFrame, named: set[str], words: set[str]) -> pl.Expr:
    """An event's name as it may be shown: where a column's own texts are the names, somebody's may be among them."""
    counts = events.filter(~pl.col("event").is_in(list(named))).group_by("event").len().collect()
    shown = [*named, *(name for name, _ in frequent_codes(Counter(dict(counts.rows())), words))]
    return pl.when(pl.col("event").is_in(shown)).then("event").otherwise(pl.lit(OTHER_EVENTS))


def _named(mapping: Mapping) -> set[str]:
    """The events that the mapping names."""
    named = {event.name for table in mapping.tables for event in table.events_of_row}
    for table in mapping.tables:
        if table.names_event_by is not None:
            named.update(table.names_event_by.names())
    return named


def _listed(title: str, lines: Iterable[str]) -> str:
    lines = list(lines)
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""


def _share(part: int, whole: int) -> str:
    if not whole:
        return f"{part:,}"
    share = 100 * part / whole
    return f"{part:,} (under 0.1 %)" if 0 < share < 0.1 else f"{part:,} ({share:.1f} %)"


def _rows_in_words(file: FileCount) -> str:
    shares: list[tuple[Callable[[FileCount], int], str]] = [
        (lambda each: each.kept, "kept"),
        (lambda each: each.left_out, "left out"),
        (lambda each: each.rejected, "rejected"),
    ]
    return f"{count(file.rows_in, 'row')}: " + ", ".join(
        f"{_share(count(file), file.rows_in)} {word}" for count, word in shares
    )


def _event_in_words(each: EventTimes) -> str:
    times = "no times"
    if each.earliest is not None and each.latest is not None:
        times = f"from {each.earliest:%Y-%m-%d %H:%M} to {each.latest:%Y-%m-%d %H:%M}"
    text = f"{each.event}: {each.count:,}, {times}"
    if each.without_time:
        text += f", {_share(each.without_time, each.count)} without a time"
    if each.inexact:
        text += f", {_share(each.inexact, each.count)} not exact"
    return text


def _in_column(column: str | None) -> str:
    return "" if column is None else f", column {column}"
