"""Writes a section of a page, so that an example found by chance can be pasted into `specification/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from tests.specification.local_times import write_instant, write_interval, write_length
from wardline.events import EventLog
from wardline.obligations import ResolvedObligation
from wardline.standards import write_obligations
from wardline.time_limits import Calendar

Cells = Mapping[str, str]


def write_section(
    title: str,
    obligations: Sequence[ResolvedObligation],
    log: EventLog,
    *,
    as_at: datetime,
    findings: pl.DataFrame,
    period: tuple[date, date] | None = None,
) -> str:
    """The section as Markdown: the standard, the tables that hold anything, and the findings.

    Obligations of one version are taken to share their standard's dates, zone and nation; where they do not, the first
    one's stand.
    """
    calendar = Calendar(obligations[0].zone, obligations[0].nation)
    tables = [write_table(rows) for rows in _input_tables(log, calendar) if rows]
    during = "" if period is None else f", for {period[0]} to {period[1]}"
    found = [_finding(row, calendar) for row in findings.to_dicts()]
    until = f"As at {write_instant(as_at, calendar)}{during}:"
    expected = [f"{until} no findings."] if not found else [until, write_table(found)]
    versions = dict.fromkeys(one.version for one in obligations)
    standards = [_standard([one for one in obligations if one.version == version]) for version in versions]
    return "\n\n".join([f"## {title}", *standards, *tables, *expected]) + "\n"


def write_table(rows: Sequence[Cells]) -> str:
    """A Markdown table of the columns that hold anything, padded so that it can be read as it stands."""
    headings = [name for name in rows[0] if any(row[name] for row in rows)] or list(rows[0])[:1]
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in headings}
    lines = [{name: name for name in headings}, {name: "-" * widths[name] for name in headings}, *rows]
    return "\n".join("| " + " | ".join(f"{line[name]:<{widths[name]}}" for name in headings) + " |" for line in lines)


def _standard(obligations: Sequence[ResolvedObligation]) -> str:
    first = obligations[0]
    to = "" if first.in_force_to is None else f", to: {first.in_force_to}"
    shipped = {one.shipped_limit for one in obligations} - {None}
    listed = "".join(f"  {line}\n" for line in write_obligations([one.obligation for one in obligations]).splitlines())
    said = [
        f'version: "{first.version}"',
        f"case type: {first.case_type}",
        f"in force: {{from: {first.in_force_from}{to}}}",
        f"time zone: {first.zone}",
        f"nation: {first.nation}",
        f"standing: {first.standing.value}",
        *(f"shipped limit: {limit}" for limit in list(shipped)[:1]),
    ]
    return "```standard\n" + "\n".join(said) + f"\nobligations:\n{listed}```"


def _input_tables(log: EventLog, calendar: Calendar) -> list[list[Cells]]:
    def cells(table: pl.LazyFrame, fixed: Callable[[Mapping[str, Any]], Cells], leave_out: set[str]) -> list[Cells]:
        rows = table.collect().to_dicts()
        return [
            {**fixed(row), **{name: _text(value, calendar) for name, value in row.items() if name not in leave_out}}
            for row in rows
        ]

    fixed_of_files = {"source", "source_file", "source_row"}
    events = cells(
        log.events,
        lambda row: dict(
            zip(
                ("#", "case", "event", "happened at", "happened by", "recorded at"),
                (
                    str(row["event_id"] + 1),
                    row["case_id"],
                    row["event"],
                    *write_interval(row["happened_at"], row["happened_by"], calendar),
                    _text(row["recorded_at"], calendar),
                ),
                strict=True,
            )
        ),
        {"event_id", "case_id", "event", "happened_at", "happened_by", "recorded_at", *fixed_of_files},
    )
    cases = cells(
        log.cases,
        lambda row: {
            "case": row["case_id"],
            "case type": row["case_type"],
            "opened at": _text(row["opened_at"], calendar),
            "closed at": _text(row["closed_at"], calendar),
            "child": _text(row["person_id"], calendar),
        },
        {"case_id", "case_type", "opened_at", "closed_at", "person_id", *fixed_of_files},
    )
    people = cells(log.people, lambda row: {"child": row["person_id"]}, {"person_id", *fixed_of_files})
    abilities = cells(
        log.abilities,
        lambda row: {
            "system": row["source"],
            "case type": row["case_type"] or "(person)",
            "event": _text(row["event"], calendar),
            "field": _text(row["field"], calendar),
        },
        {"source", "case_type", "event", "field", "keeps_history"},
    )
    coverage = cells(
        log.coverage,
        lambda row: {
            "system": row["source"],
            "kept by": _text(row["kept_by"], calendar),
            "taken at": _text(row["taken_at"], calendar),
            "gap from": _text(row["gap_from"], calendar),
            "gap to": _text(row["gap_to"], calendar),
        },
        set(log.coverage.collect_schema().names()),
    )
    held = cells(log.case_sources, lambda row: {"system": row["source"], "case": row["case_id"]}, {"source", "case_id"})
    return [cases, events, people, abilities, coverage, held]


def _finding(row: Mapping[str, Any], calendar: Calendar) -> Cells:
    def number(name: str) -> str:
        return "" if row[name] is None else str(row[name] + 1)

    return {
        "obligation": row["obligation"],
        "case": row["case_id"],
        "trigger": number("trigger_event"),
        "triggered at": _text(row["triggered_at"], calendar),
        "limit": row["limit"] or "",
        "deadline": _text(row["deadline"], calendar),
        "outcome": f"{row['outcome']} ({row['reason']})" if row["reason"] else row["outcome"],
        "response": number("response_event"),
        "responded at": _text(row["responded_at"], calendar),
        "exemption": number("exemption_event"),
        "exempted at": _text(row["exempted_at"], calendar),
        "late by": write_length(row["late_by"]),
    }


def _text(value: object, calendar: Calendar) -> str:
    if isinstance(value, float):
        return f"{value:g}"  # as a standard writes it
    return write_instant(value, calendar) if isinstance(value, datetime) else "" if value is None else str(value)
