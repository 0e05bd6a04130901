"""What the exports are able to show, before any finding: `wardline coverage`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from wardline.dive.counted.can_tell import can_tell, is_known
from wardline.dive.counted.counts import reading_counts
from wardline.dive.counted.settings_remarks import settings_remarks
from wardline.dive.described.dive_documents import DiveDocuments, read_dive_documents
from wardline.events import EventLog, read_event_log
from wardline.measures import (
    MOST_DIFFERENCE,
    MeasuredTables,
    PublishedCount,
    ReadingCount,
    differs_much,
    published_counts,
)
from wardline.record_systems import read_record_systems
from wardline.reports import Answer, CanTell
from wardline.reports.wording import (
    MADE_UP_SENTENCE,
    case_type_in_plural,
    count,
    date_in_words,
    instant_in_words,
    number,
)
from wardline.time_limits import Calendar

__all__ = ["Coverage", "SystemCoverage", "coverage", "coverage_in_words"]

ANSWERS = {Answer.YES: "can be judged", Answer.IN_PART: "can be judged in part", Answer.NO: "cannot be judged"}


@dataclass(frozen=True)
class SystemCoverage:
    """What one record system holds: from when to when, with which gaps, and a piece of how many cases of each type.

    `held` gives for each case type how many cases the system holds a piece of, and how many there are.
    """

    source: str
    title: str
    kept_by: str
    taken_at: datetime | None
    gaps: tuple[tuple[datetime, datetime, str | None], ...]
    event_count: int
    first_at: datetime | None
    last_at: datetime | None
    held: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Coverage:
    """The answer for each obligation and the facts that it rests on."""

    title: str
    as_at: datetime
    zone: str
    is_made_up: bool
    obligations: tuple[tuple[str, str], ...]  # the full name and the title of each, in the order of `can_tell`
    can_tell: tuple[CanTell, ...]
    systems: tuple[SystemCoverage, ...]
    reading: tuple[ReadingCount, ...]
    remarks: tuple[str, ...]
    published: tuple[PublishedCount, ...]


def coverage(dive_file: Path, *, progress: Callable[[str, int, int], None] | None = None) -> Coverage:
    """Read the exports of a dive and say what they are able to show. Nothing is kept of what was read.

    Raises DocumentError or ExportError.
    """
    documents = read_dive_documents(dive_file)
    with tempfile.TemporaryDirectory(prefix="wardline-") as folder:
        reading = read_record_systems(documents.sources(), as_at=documents.as_at, into=Path(folder), progress=progress)
        event_log = read_event_log(Path(folder))
        return Coverage(
            title=documents.dive.title,
            as_at=documents.as_at,
            zone=documents.force.zone,
            is_made_up=documents.dive.is_made_up,
            obligations=tuple(_named(documents)),
            can_tell=can_tell(documents.obligations, event_log, as_at=documents.as_at),
            systems=_systems(event_log, documents.as_at),
            reading=reading_counts(reading),
            remarks=(*map(str, reading.remarks), *settings_remarks(documents, event_log)),
            published=published_counts(_tables(documents, event_log), documents.force.reconcile),
        )


def _tables(documents: DiveDocuments, event_log: EventLog) -> MeasuredTables:
    return MeasuredTables(
        obligations=documents.obligations,
        standards=tuple((standard.name, standard.version) for standard in documents.standards),
        as_at=documents.as_at,
        zone=documents.force.zone,
        period=documents.dive.period,
        written_up_later_after=documents.force.written_up_later_after,
        event_log=event_log,
    )


def _named(documents: DiveDocuments) -> Iterator[tuple[str, str]]:
    """The full name of each obligation, with the version where its standard stands in more than one, and its title."""
    names = [standard.name for standard in documents.standards]
    for one in documents.obligations:
        version = f" (version {one.version})" if names.count(one.standard) > 1 else ""
        yield f"{one.full_name}{version}", one.obligation.title


def _systems(event_log: EventLog, as_at: datetime) -> tuple[SystemCoverage, ...]:
    spans = {
        row["source"]: row
        for row in event_log.events.filter(is_known(as_at))
        .group_by("source")
        .agg(
            pl.len().alias("events"),
            pl.col("happened_at").min().alias("first"),
            pl.col("happened_at").max().alias("last"),
        )
        .collect()
        .to_dicts()
    }
    types = event_log.cases.select("case_id", "case_type")
    there_are = dict(types.group_by("case_type").len().collect().iter_rows())
    held = {
        (source, case_type): cases
        for source, case_type, cases in event_log.case_sources.unique()
        .join(types, on="case_id", how="inner")
        .group_by("source", "case_type")
        .len()
        .collect()
        .iter_rows()
    }
    rows = event_log.coverage.collect()
    found = []
    for source in sorted(rows["source"].unique().to_list()):
        of_source = rows.filter(pl.col("source") == source).sort("gap_from").to_dicts()
        span = spans.get(source, {"events": 0, "first": None, "last": None})
        found.append(
            SystemCoverage(
                source,
                of_source[0]["title"] or source,
                of_source[0]["kept_by"] or "force",
                of_source[0]["taken_at"],
                tuple(
                    (row["gap_from"], row["gap_to"], row["gap_note"])
                    for row in of_source
                    if row["gap_from"] is not None
                ),
                span["events"],
                span["first"],
                span["last"],
                tuple(
                    (case_type, held.get((source, case_type), 0), there_are[case_type])
                    for case_type in sorted(there_are)
                ),
            )
        )
    return tuple(found)


def coverage_in_words(found: Coverage) -> str:
    """The coverage as a page of plain text."""
    calendar = Calendar(found.zone)
    lines = [f"Can we tell? {found.title}, as at {instant_in_words(found.as_at, calendar)}", ""]
    if found.is_made_up:
        lines = [MADE_UP_SENTENCE, "", *lines]
    lines += _obligations_in_words(found)
    for system in found.systems:
        lines += ["", *_system_in_words(system, calendar)]
    lines += ["", "Rows read: in = kept + left out by the mapping + rejected", *_rows_in_words(found.reading)]
    if found.remarks:
        lines += ["", "To know of the files and the settings", *(f"    {remark}" for remark in found.remarks)]
    if found.published:
        lines += [
            "",
            "Cases counted here beside the number that the force publishes",
            *_published_in_words(found.published),
        ]
    return "\n".join(lines)


def _obligations_in_words(found: Coverage) -> Iterator[str]:
    for (name, title), one in zip(found.obligations, found.can_tell, strict=True):
        yield f"{name}: {ANSWERS[one.answer]}"
        yield f"    {title}"
        yield from (f"    - {reason}" for reason in one.reasons)


def _system_in_words(system: SystemCoverage, calendar: Calendar) -> Iterator[str]:
    yield f"{system.source}: {system.title} (kept by: {system.kept_by})"
    if system.first_at is None or system.last_at is None:
        yield f"    {count(system.event_count, 'event')}, none with a time"
    else:
        yield (
            f"    {count(system.event_count, 'event')} from {_day(system.first_at, calendar)} "
            f"to {_day(system.last_at, calendar)}"
        )
    if system.taken_at is not None:
        yield f"    taken on {instant_in_words(system.taken_at, calendar)}"
    for start, end, note in system.gaps:
        yield f"    gap from {_day(start, calendar)} to {_day(end, calendar)}{f': {note}' if note else ''}"
    for case_type, held, there_are in system.held:
        yield f"    holds a piece of {number(held)} of {number(there_are)} {case_type_in_plural(case_type)}"


def _rows_in_words(reading: Sequence[ReadingCount]) -> Iterator[str]:
    for one in reading:
        yield (
            f"    {one.source} {one.file}: {number(one.rows_in)} = {number(one.kept)} + {number(one.left_out)} + "
            f"{number(one.rejected)}"
        )


def _published_in_words(published: Sequence[PublishedCount]) -> Iterator[str]:
    for of_type in published:
        for one in of_type.months:
            flag = ""
            if differs_much(one.ours, one.published):
                flag = f"  (differs by more than {MOST_DIFFERENCE} %: find out why before anything is concluded)"
            yield (
                f"    {case_type_in_plural(of_type.case_type)}, {one.month:%B %Y}: {number(one.ours.value)} here, "
                f"{number(one.published.value)} published{flag}"
            )


def _day(instant: datetime, calendar: Calendar) -> str:
    return date_in_words(calendar.local_date(instant))
