"""What the report is given: the plain values and tables that its page is written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from wardline.dive.counted.can_tell import is_known
from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.manifest import Input, versions
from wardline.events import EventLog
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.reports import (
    CanTell,
    Confirmed,
    InputFile,
    Join,
    NotJudged,
    ReadingCount,
    ReconcileRow,
    Report,
    StandardInReport,
    SystemSpan,
)

__all__ = ["Counted", "existing_cases", "gradings", "report_contents"]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted before and beside the findings."""

    can_tell: tuple[CanTell, ...]
    not_judged: tuple[NotJudged, ...]
    reconcile: tuple[ReconcileRow, ...]
    reading: tuple[ReadingCount, ...]
    remarks: tuple[str, ...]
    record_faults: pl.DataFrame
    joins: tuple[Join, ...]
    spans: tuple[SystemSpan, ...]


def report_contents(
    documents: DiveDocuments, event_log: EventLog, findings: pl.DataFrame, counted: Counted, inputs: Iterable[Input]
) -> Report:
    """Everything that the page says, from the documents, the event log, the findings and the counts."""
    dive, force = documents.dive, documents.force
    return Report(
        title=dive.title,
        question=dive.question,
        force=force.name,
        oversight_body=force.oversight_body,
        period=dive.period,
        as_at=documents.as_at,
        zone=force.zone,
        is_made_up_data=dive.is_made_up,
        obligations=documents.obligations,
        standards=tuple(
            StandardInReport(
                standard.name,
                standard.title,
                standard.version,
                standard.case_type,
                standard.in_force_from,
                standard.in_force_to,
                standard.not_judged_from_records,
            )
            for standard in documents.standards
        ),
        written_up_later_after=force.written_up_later_after,
        limit_reasons={name: local.reason for name, local in force.limits.items() if local.reason is not None},
        confirmed={name: Confirmed(one.by, one.on.isoformat()) for name, one in force.confirmed.items()},
        findings=findings,
        cases=existing_cases(
            event_log, {one.case_type for one in documents.standards}, as_at=documents.as_at
        ).collect(),
        gradings=gradings(documents.obligations, event_log, as_at=documents.as_at),
        can_tell=counted.can_tell,
        abilities=event_log.abilities.collect(),
        coverage=event_log.coverage.collect(),
        spans=counted.spans,
        joins=counted.joins,
        not_judged=counted.not_judged,
        reconcile=counted.reconcile,
        reading=counted.reading,
        remarks=counted.remarks,
        rejects=event_log.rejects.collect(),
        record_faults=counted.record_faults,
        inputs=tuple(InputFile(f"{one.what}: {one.name}", one.sha256) for one in inputs),
        versions=versions(),
    )


def existing_cases(event_log: EventLog, case_types: Iterable[str], *, as_at: datetime) -> pl.LazyFrame:
    """The cases of these types that exist as at; what was closed only later is open."""
    begun = (
        event_log.events.filter(is_known(as_at)).select("case_id").unique().with_columns(pl.lit(True).alias("_begun"))
    )
    return (
        event_log.cases.filter(pl.col("case_type").is_in(sorted(case_types)))
        .join(begun, on="case_id", how="left", maintain_order="left")
        .filter((pl.col("opened_at") <= as_at) | (pl.col("opened_at").is_null() & pl.col("_begun").fill_null(False)))
        .drop("_begun")
        .with_columns(pl.when(pl.col("closed_at") <= as_at).then(pl.col("closed_at")))
    )


def gradings(obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime) -> pl.DataFrame | None:
    """`obligation`, `case_id`, `happened_at`, `value`: the known, timed events by which a limit goes; None without."""
    columns = event_log.events.collect_schema().names()
    found = []
    for obligation in obligations:
        limit = obligation.obligation.time_limit
        if isinstance(limit, LimitTable) and limit.of is not None and limit.by in columns:
            found.append(
                event_log.events.filter(
                    is_known(as_at), pl.col("event") == limit.of, pl.col("happened_at").is_not_null()
                )
                .sort("event_id")
                .select(
                    pl.lit(obligation.key).alias("obligation"),
                    "case_id",
                    "happened_at",
                    pl.col(limit.by).cast(pl.String).alias("value"),
                )
            )
    return pl.concat(found).collect() if found else None
