"""A whole dive: read, see what can be told, check, and write the dive folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from wardline.dive.counted.can_tell import can_tell
from wardline.dive.counted.children_to_check import children_to_check, count_children, write_children_to_check
from wardline.dive.counted.counts import not_judged, reading_counts, reconcile, remarks_by_system
from wardline.dive.counted.joins import joins, system_spans
from wardline.dive.counted.report_contents import Counted, existing_cases, report_contents
from wardline.dive.counted.settings_remarks import settings_remarks
from wardline.dive.counted.sheets import sheets
from wardline.dive.counted.spreadsheet import write_spreadsheet
from wardline.dive.described.dive_documents import DiveDocuments, read_dive_documents
from wardline.dive.kept.folder import (
    CHILDREN_TO_CHECK,
    check_can_write_dive,
    check_lies_apart,
    kept_list,
    unfinished_folder,
)
from wardline.dive.kept.manifest import Input, write_manifest
from wardline.dive.kept.row_groups import copy_table, made_up_metadata, write_table
from wardline.dive.kept.settings import write_settings
from wardline.dive.making.keys import Key, check_previous, find_or_draw_key, keep_key
from wardline.dive.making.read_and_key import inputs_of, read_keyed
from wardline.engines import write_findings
from wardline.errors import Problem, ProblemKind, StoppedError
from wardline.events import EventLog, read_event_log, record_faults
from wardline.findings import FINDINGS
from wardline.record_systems import Reading
from wardline.reports import ReadingCount, report_page

__all__ = ["DiveResult", "Progress", "run_dive"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is (0 where that is not known)."""

REPORT = "report.html"
SPREADSHEET = "tables.ods"
FINDINGS_TABLE = "findings.parquet"
REPEATED_TEXT = ("standard", "version", "obligation", "limit", "shipped_limit", "outcome", "reason", "standing")


@dataclass(frozen=True)
class DiveResult:
    """What a finished dive wrote where, and what whoever ran it must be told."""

    folder: Path
    reading: tuple[ReadingCount, ...]
    remarks: tuple[str, ...]
    finding_count: int
    children_to_check: int
    cases_to_check: int
    of_which_name_no_child: int
    key_file: Path
    key_was_made: bool
    others_may_read_key: bool
    is_made_up: bool

    @property
    def report(self) -> Path:
        """The report's page."""
        return self.folder / REPORT

    @property
    def list_of_children(self) -> Path:
        """The list of children whose cases somebody must look at today."""
        return self.folder / CHILDREN_TO_CHECK


def run_dive(dive_file: Path, out: Path, *, progress: Progress | None = None) -> DiveResult:
    """Run the dive that a file describes and write it into a folder that does not exist yet.

    Raises DocumentError, ExportError or OutputError with what a reader can mend, and StoppedError where somebody
    interrupted; nothing half-written is left in any of these cases. The list of children to check today is kept
    beside the folder where it was finished already.
    """
    tell = progress or (lambda what, done, total: None)
    out = out.absolute()
    with _stopped_in_words(out):
        check_can_write_dive(out)
        documents = read_dive_documents(dive_file)
        key = find_or_draw_key(documents.dive.key)
        check_lies_apart(out, [source.files for source in documents.dive.sources if source.files is not None])
        check_previous(documents, key)
        with unfinished_folder(out) as folder:
            return _dive_into(folder, out, documents, key, tell)


def _dive_into(folder: Path, out: Path, documents: DiveDocuments, key: Key, tell: Progress) -> DiveResult:
    work = folder / "work"
    reading = read_keyed(documents, key, work, progress=tell)
    keep_key(key, documents.dive.key)
    event_log = read_event_log(work)
    tell("checking", 0, 0)
    write_findings(
        documents.obligations,
        event_log,
        work / FINDINGS_TABLE,
        as_at=documents.as_at,
        period=documents.dive.period,
        progress=tell,
    )
    findings = pl.scan_parquet(work / FINDINGS_TABLE)
    # Before every other output: a child who needs somebody today must not wait for a report to be drawn.
    listed = children_to_check(findings, documents.obligations, event_log, as_at=documents.as_at)
    is_made_up = documents.dive.is_made_up
    write_children_to_check(listed, folder / CHILDREN_TO_CHECK, documents.calendar, is_made_up=is_made_up)
    tell("writing the tables", 0, 0)
    for table in sorted(work.glob("*.parquet")):
        # An engine may hold text that repeats in a shorter form; in the folder it is text.
        plain = (lambda rows: rows.cast(dict(FINDINGS))) if table.name == FINDINGS_TABLE else None
        copy_table(table, folder / table.name, plain, metadata=made_up_metadata(is_made_up=is_made_up))
    shutil.rmtree(work)
    event_log = read_event_log(folder)
    counted = _count(documents, event_log, reading)
    write_table(
        counted.record_faults, folder / "record_faults.parquet", metadata=made_up_metadata(is_made_up=is_made_up)
    )
    inputs = inputs_of(documents, reading)
    _write_pages(folder, documents, event_log, counted, inputs, listed, tell)
    write_settings(folder, documents)
    write_manifest(folder, documents, key.fingerprint, inputs, counted.reading, counted.remarks)
    children, cases_without_child = count_children(listed)
    return DiveResult(
        folder=out,
        reading=counted.reading,
        remarks=counted.remarks,
        finding_count=_height(folder / FINDINGS_TABLE),
        children_to_check=children,
        cases_to_check=listed["case"].n_unique(),
        of_which_name_no_child=cases_without_child,
        key_file=documents.dive.key,
        key_was_made=key.was_made,
        others_may_read_key=key.others_may_read,
        is_made_up=is_made_up,
    )


def _count(documents: DiveDocuments, event_log: EventLog, reading: Reading) -> Counted:
    as_at, calendar = documents.as_at, documents.calendar
    case_types = {standard.case_type for standard in documents.standards}
    return Counted(
        can_tell=can_tell(documents.obligations, event_log, as_at=as_at),
        not_judged=not_judged(documents.obligations, event_log, as_at=as_at, period=documents.dive.period),
        reconcile=reconcile(documents.force.reconcile, event_log, as_at=as_at, calendar=calendar),
        reading=reading_counts(reading),
        remarks=(*remarks_by_system(reading), *settings_remarks(documents, event_log)),
        joins=joins(event_log, existing_cases(event_log, case_types, as_at=as_at)),
        spans=system_spans(event_log, as_at=as_at),
        record_faults=record_faults(event_log, as_at=as_at, calendar=calendar),
    )


def _write_pages(
    folder: Path,
    documents: DiveDocuments,
    event_log: EventLog,
    counted: Counted,
    inputs: Iterable[Input],
    listed: pl.DataFrame,
    tell: Progress,
) -> None:
    tell("writing the report", 0, 0)
    # Few values repeat over many rows; held once each, the findings of a large dive fit in memory.
    findings = pl.scan_parquet(folder / FINDINGS_TABLE).cast(dict.fromkeys(REPEATED_TEXT, pl.Categorical())).collect()
    contents = report_contents(documents, event_log, findings, counted, inputs)
    (folder / REPORT).write_text(report_page(contents), encoding="utf-8")
    tell("writing the spreadsheet", 0, 0)
    write_spreadsheet(sheets(contents, listed), folder / SPREADSHEET)


def _height(table: Path) -> int:
    return int(pl.scan_parquet(table).select(pl.len()).collect().item())


@contextmanager
def _stopped_in_words(out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        kept = kept_list(out)
        remedy = (
            f"The list of children to check today was already finished, and is kept: {kept}. Somebody must look at "
            "it today. Run the dive again for the rest."
            if kept.exists()
            else "Run the dive again when you are ready."
        )
        raise StoppedError(
            Problem(ProblemKind.STOPPED, "Stopped. Nothing half-written was left behind.", remedy)
        ) from None
