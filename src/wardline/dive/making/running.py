"""A whole dive: read, see what can be told, check, and write the dive folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import polars as pl

from wardline.dive.counted.counts import doubts_by_system, not_read, reading_counts, remarks_by_system, tables_not_read
from wardline.dive.counted.list_for_today import write_lists_for_today
from wardline.dive.counted.settings_remarks import settings_remarks
from wardline.dive.described.dive_documents import DiveDocuments, read_dive_documents
from wardline.dive.kept.folder import (
    CHILDREN_TO_CHECK,
    FINDINGS_OUTSIDE_PERIOD_TABLE,
    FINDINGS_TABLE,
    MEASURES_TABLE,
    RECORD_FAULTS_TABLE,
    REPORT,
    RESTRICTED_TABLE,
    kept_list,
    unfinished_folder,
    which_list,
)
from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.kept.manifest import describe, write_manifest
from wardline.dive.kept.row_groups import metadata_of, write_table
from wardline.dive.kept.settings import settings_of, write_settings
from wardline.dive.kept.where_to_write import check_can_write_dive, check_lies_apart
from wardline.dive.making.keys import Key, check_previous, find_or_draw_key, keep_key
from wardline.dive.making.outside_period import findings_outside_period
from wardline.dive.making.read_and_key import documents_of, export_files, inputs_of, key_tables, read_exports
from wardline.dive.making.restricted import hide_restricted
from wardline.dive.making.unchanged_inputs import NotedDocuments, NotedExports
from wardline.dive.pages.findings_in_words import FINDINGS_IN_WORDS, write_findings_in_words
from wardline.dive.pages.report_and_spreadsheet import Pages
from wardline.engines import findings_in_pieces
from wardline.errors import OutputError, Problem, ProblemKind, StoppedError, was_interrupted
from wardline.events import read_event_log, record_faults
from wardline.findings import FINDINGS
from wardline.measures.over_time import count_measures
from wardline.record_systems.rows.table_writer import TableWriter
from wardline.reports.dive_in_words import DiveResult
from wardline.reports.settings_in_words import settings_in_words
from wardline.threads import beside
from wardline.whole_files import full_path

__all__ = ["Progress", "run_dive"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0 where that is not known)."""

UNKEYED = "unkeyed"
EVENTS_AT_MOST_BESIDE = 3_000_000  # of a log whose faults are found beside the check


def run_dive(dive_file: Path, out: Path, *, progress: Progress | None = None) -> DiveResult:
    """Run the dive that a file describes and write it into a folder that does not exist yet.

    Raises DocumentError, ExportError or OutputError with what a reader can mend, and StoppedError where somebody
    interrupted; nothing half-written is left in any of these cases. The list of children to check today is kept
    beside the folder where it was finished already.
    """
    tell = progress or (lambda what, done, total: None)
    out = full_path(out)
    with _stopped_in_words(out):
        check_can_write_dive(out)
        documents = read_dive_documents(dive_file)
        key = find_or_draw_key(documents.dive.key)
        check_lies_apart(out, [source.files for source in documents.dive.sources if source.files is not None])
        check_previous(documents, key)
        with unfinished_folder(out) as folder:
            return _dive_into(folder, out, documents, key, tell)


def _dive_into(folder: Path, out: Path, documents: DiveDocuments, key: Key, tell: Progress) -> DiveResult:
    unkeyed = folder / UNKEYED
    # Both at once, so that what is kept, what was read and what the manifest names are the same.
    noted = NotedDocuments.of(documents_of(documents))
    write_settings(folder, documents)
    exports = NotedExports.of(source.files for source in documents.dive.sources if source.files is not None)
    reading = read_exports(documents, unkeyed, key, progress=tell)
    try:
        inputs = inputs_of(documents, reading)
    finally:
        # After what was read was hashed too, so that what was hashed is what was read.
        noted.check()
        exports.check(export_files(reading))
    # Person records will be linked here, before keys hide the names and dates of birth by which they are.
    hide_restricted(unkeyed, key, documents, metadata_of(documents))
    key_tables(unkeyed, folder, key, metadata_of(documents))
    keep_key(key, documents.dive.key)
    about_settings = settings_in_words(settings_remarks(documents, read_event_log(folder)))
    remarks = (*remarks_by_system(reading), *about_settings)
    tables_unread, doubtful = tables_not_read(reading), doubts_by_system(reading)
    doubts = (*tables_unread, *doubtful)
    manifest = describe(documents, key.fingerprint, inputs, reading_counts(reading), remarks, doubts)
    dive = KeptDive(folder, manifest, settings_of(documents))
    _check_and_find_faults(dive, documents, tell)
    tell("counting the measures", 0, 0)
    measures = count_measures(dive.settings.measures, dive.tables)
    write_table(measures, folder / MEASURES_TABLE, metadata=metadata_of(documents))
    _write_pages(dive, tell)
    write_manifest(folder, manifest)
    return DiveResult(
        folder=out,
        report=out / REPORT,
        list_of_children=out / CHILDREN_TO_CHECK,
        reading=manifest.rows,
        remarks=remarks,
        case_count=int(dive.cases.select(pl.len()).collect().item()),
        finding_count=int(dive.findings.select(pl.len()).collect().item()),
        to_check=dive.figures.to_check,
        not_read=not_read(dive.figures.rejects),
        tables_not_read=tables_unread,
        doubtful=doubtful,
        never_judged=dive.never_judged,
        key_file=documents.dive.key,
        key_was_made=key.was_made,
        others_may_read_key=key.others_may_read,
        is_made_up=documents.dive.is_made_up,
        restricted_count=_restricted_count(dive),
    )


def _restricted_count(dive: KeptDive) -> int | None:
    if not (dive.folder / RESTRICTED_TABLE).exists():
        return None
    return int(dive.restricted_cases.select(pl.col("case_id").n_unique()).collect().item())


def _check_and_find_faults(dive: KeptDive, documents: DiveDocuments, tell: Progress) -> None:
    """Check, and beside it find faults: neither needs what the other finds.

    Over a large log one is done after the other, so that what both hold in memory is not held at once.
    """
    stop = Event()

    def unless_stopped(what: str, done: int, total: int) -> None:
        if stop.is_set():
            raise KeyboardInterrupt

    if dive.events.select(pl.len()).collect().item() > EVENTS_AT_MOST_BESIDE:
        _check(dive, documents, tell)
        _find_faults(dive, documents, tell)
        return
    with beside(lambda: _find_faults(dive, documents, unless_stopped), stop):
        _check(dive, documents, tell)


def _check(dive: KeptDive, documents: DiveDocuments, tell: Progress) -> None:
    """Find what there is to find, write it as it is found, and right after it the list of children to check."""
    tell("checking", 0, 0)
    as_at, period, metadata = dive.as_at, dive.period, metadata_of(documents)
    with (
        findings_in_pieces(
            dive.obligations, dive.event_log, dive.folder, as_at=as_at, period=period, progress=tell
        ) as pieces,
        TableWriter(dive.folder / FINDINGS_TABLE, FINDINGS, metadata=metadata) as writer,
    ):
        for piece in pieces:
            writer.add(piece)
    outside = findings_outside_period(
        dive.obligations_for_today, dive.event_log, dive.findings, as_at=as_at, period=period, calendar=dive.calendar
    )
    write_table(outside, dive.folder / FINDINGS_OUTSIDE_PERIOD_TABLE, metadata=metadata)
    # Before everything else: a child who needs somebody today must not wait for a report to be drawn.
    write_lists_for_today(dive.lists_for_today, dive.folder, dive.calendar, is_made_up=dive.is_made_up)


def _find_faults(dive: KeptDive, documents: DiveDocuments, tell: Progress) -> None:
    faults = record_faults(dive.event_log, as_at=dive.as_at, calendar=dive.calendar, progress=tell)
    write_table(faults, dive.folder / RECORD_FAULTS_TABLE, metadata=metadata_of(documents))


def _write_pages(dive: KeptDive, tell: Progress) -> None:
    """Write the report and the spreadsheet, and beside them every finding in words, which needs no figure."""
    stop = Event()

    def unless_stopped() -> None:
        if stop.is_set():
            raise KeyboardInterrupt

    def write_findings() -> None:
        with dive.readable():
            write_findings_in_words(dive, dive.folder / FINDINGS_IN_WORDS, unless_stopped)

    with beside(write_findings, stop):
        tell("writing the report", 0, 0)
        pages = Pages(dive)
        dive.report.write_bytes(pages.report())
        tell("writing the spreadsheets", 0, 0)
        spreadsheet, excel_spreadsheet = pages.spreadsheets()
        dive.spreadsheet.write_bytes(spreadsheet)
        dive.excel_spreadsheet.write_bytes(excel_spreadsheet)


@contextmanager
def _stopped_in_words(out: Path) -> Iterator[None]:
    earlier = which_list(out)
    try:
        yield
    except OutputError as error:
        if which_list(out) in (None, earlier):
            raise
        first, *others = error.problems
        raise OutputError([replace(first, remedy=f"{first.remedy} {_is_kept(out)}"), *others]) from None
    except BaseException as error:
        if not was_interrupted(error):
            raise
        is_kept = which_list(out) not in (None, earlier)
        remedy = (
            f"{_is_kept(out)} Run the dive again for the rest." if is_kept else "Run the dive again when you are ready."
        )
        raise StoppedError(
            Problem(ProblemKind.STOPPED, "Stopped. Nothing half-written was left behind.", remedy)
        ) from None


def _is_kept(out: Path) -> str:
    return (
        f"The list of children to check today was already finished, and is kept: {kept_list(out)}. Somebody must look "
        "at it today."
    )
