"""What the exports are able to show, before any finding: counted for `wardline coverage`, and nothing worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from wardline.dive.counted.counts import reading_counts, unread_files_in_words
from wardline.dive.counted.settings_remarks import settings_remarks
from wardline.dive.described.dive_documents import DiveDocuments, read_dive_documents
from wardline.events import EventLog, read_event_log
from wardline.measures import MeasuredTables, RecordsAtHand, can_be_told, pieces_held, published_counts, system_figures
from wardline.record_systems import read_record_systems
from wardline.reports.coverage_in_words import Coverage
from wardline.reports.settings_in_words import settings_in_words
from wardline.work_folders import work_folder

__all__ = ["coverage"]


def coverage(dive_file: Path, *, progress: Callable[[str, int, int], None] | None = None) -> Coverage:
    """Read the exports of a dive and say what they are able to show. Nothing is kept of what was read.

    Raises DocumentError or ExportError.
    """
    documents = read_dive_documents(dive_file)
    with work_folder() as folder:
        reading = read_record_systems(documents.sources(), as_at=documents.as_at, into=folder, progress=progress)
        event_log = read_event_log(folder)
        tables = _tables(documents, event_log)
        return Coverage(
            title=documents.dive.title,
            as_at=documents.as_at,
            zone=documents.force.zone,
            is_made_up=documents.dive.is_made_up,
            obligations=tuple(_named(documents)),
            can_tell=can_be_told(documents.obligations, RecordsAtHand(event_log, as_at=documents.as_at)),
            systems=tuple(sorted(system_figures(tables), key=lambda one: one.source)),
            held=pieces_held(tables),
            reading=reading_counts(reading),
            remarks=(
                *map(str, reading.remarks),
                *unread_files_in_words(reading),
                *settings_in_words(settings_remarks(documents, event_log)),
            ),
            published=published_counts(tables, documents.force.reconcile),
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
