"""The sheets of `tables.ods`: the same tables as the report's, to sort and to filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import datetime

import polars as pl

from wardline.dive.counted.list_for_today import CHILDREN_TO_CHECK, CLOSED_WITHOUT_A_RECORD, DUE_NEXT
from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.pages.findings_in_words import sheets_of_findings, sheets_of_questions
from wardline.dive.pages.spreadsheet import ROWS_SHOWN, Cell, Sheet, TableSheet
from wardline.findings import Outcome
from wardline.measures import Count, list_by_child
from wardline.obligations import sentence
from wardline.reports import Report
from wardline.reports.can_be_told_in_words import reasons_in_words
from wardline.reports.lists_in_words import COLUMNS_OF_A_LIST, list_in_words, risk_in_words
from wardline.reports.wording import (
    MADE_UP,
    MADE_UP_SENTENCE,
    OWNER_WORDS,
    SHORT_REASON_WORDS,
    date_in_words,
    instant_in_words,
)
from wardline.time_limits import Calendar

__all__ = ["sheets"]

RECORDED_IN = ("obligation", "record system", "events", "entries", "first", "last")
JOINS = ("record system", "belongs to cases of", "case type", "cases", "with a row from it", "rows that match no case")
READING = ("record system", "file", "rows in", "kept", "left out", "rejected")
TO_CHECK_BY_CHILD = (
    "child",
    "cases",
    "look first at",
    "still missing or at risk",
    "grade",
    "obligations",
    "earliest deadline",
)
CHILDREN = (
    "child",
    "cases",
    "look first at",
    "open, past a deadline",
    "no record of a step that protects",
    "no record, in all",
    "recorded late",
)
OUTCOME_CODES = [outcome.value for outcome in Outcome]


def sheets(dive: KeptDive, report: Report) -> list[Sheet | TableSheet]:
    """Every sheet, in the order in which they are read, of a dive and of what its report is given."""
    calendar, lists, figures = dive.calendar, dive.lists_for_today, dive.figures
    made: list[Sheet | TableSheet] = [
        _about(report, calendar),
        _list("To check today", lists.to_check, calendar, CHILDREN_TO_CHECK),
        _to_check_by_child(lists.to_check, calendar),
        _list("Due next", lists.due_next, calendar, DUE_NEXT),
        _list("Closed without a record", lists.closed_without_a_record, calendar, CLOSED_WITHOUT_A_RECORD),
        _children(report),
        _obligations(report),
        *sheets_of_questions(dive, report),
        *sheets_of_findings(dive, report),
        _sheet("Downgrades", dive.lowered_grades, calendar, "findings.parquet"),
        Sheet("Can we tell", ("obligation", "version", "can it be judged", "reason"), list(_can_tell(report))),
        Sheet("Recorded in", RECORDED_IN, list(_recorded_in(report, calendar))),
        Sheet("Joins", JOINS, list(_joins(report))),
        _cannot_tell(report),
        Sheet("Reading", READING, [astuple(one) for one in figures.reading]),
        _first_rows("Rejects", dive.rejects, figures.rejects.whole, calendar, "rejects.parquet"),
        _first_rows(
            "Record faults", dive.record_faults, figures.record_faults.whole, calendar, "record_faults.parquet"
        ),
        Sheet("Remarks", ("remark",), [(one,) for one in report.remarks]),
        Sheet("Files", ("file", "SHA-256"), [(one.name, one.sha256) for one in report.inputs]),
    ]
    # In the name, which stays on the screen and is printed above each page, and not in a row that would be sorted.
    return [replace(one, name=f"{one.name} ({MADE_UP})") for one in made] if report.is_made_up_data else made


def _about(report: Report, calendar: Calendar) -> Sheet:
    period = "everything in the records" if report.period is None else " to ".join(map(date_in_words, report.period))
    rows: list[tuple[Cell, ...]] = [
        ("dive", report.title),
        ("question", report.question),
        ("force", report.force),
        ("period", period),
        ("as at", instant_in_words(report.as_at, calendar)),
        ("times", f"local, {report.zone}"),
        ("children", "are keyed pseudonyms; there are no names in this file"),
        (
            "what this is",
            "A finding describes what a record shows about an obligation. Recorded in time says nothing about quality.",
        ),
        ("what it is not", "Leadership, and much of working with partners, cannot be judged from records."),
    ]
    if report.is_made_up_data:
        rows.insert(1, ("data", MADE_UP_SENTENCE))
    return Sheet("About", ("", ""), rows)


def _list(name: str, listed: pl.DataFrame, calendar: Calendar, whole_in: str) -> Sheet:
    rows: list[tuple[Cell, ...]] = list(list_in_words(listed.head(ROWS_SHOWN).iter_rows(named=True), calendar))
    return Sheet(name, COLUMNS_OF_A_LIST, rows, listed.height, whole_in)


def _to_check_by_child(listed: pl.DataFrame, calendar: Calendar) -> Sheet:
    """Each child once, in the order of the list; a case that names no child has a row of its own."""
    by_child = list_by_child(listed).with_columns(pl.col("cases").list.join("; "))
    rows: list[tuple[Cell, ...]] = [
        (
            one["child"],
            one["cases"],
            one["title"],
            risk_in_words(one["is_at_risk"], is_open=one["is_open"]),
            one["grade"],
            one["obligations"],
            _local(one["earliest deadline"], calendar),
        )
        for one in by_child.head(ROWS_SHOWN).iter_rows(named=True)
    ]
    return Sheet("To check, by child", TO_CHECK_BY_CHILD, rows, by_child.height, CHILDREN_TO_CHECK)


def _children(report: Report) -> Sheet:
    """Each child once, with what was found over all standards; a case that names no child has a row of its own."""
    found = report.figures.children
    names = {item.key: item.full_name for item in report.obligations}
    rows = [
        (
            one.child_id,
            "; ".join(one.case_ids),
            names.get(one.step, one.step),
            *(count.value for count in (one.open, one.protecting, one.missed, one.late)),
        )
        for one in found.first
    ]
    return Sheet("Children", CHILDREN, rows, found.of_both.value, "findings.parquet")


def _joins(report: Report) -> Iterator[tuple[Cell, ...]]:
    for one in report.figures.joins:
        counts = (one.cases, one.with_row, one.rows_of_no_case)
        yield one.source, one.opened_by, one.case_type, *(count.value for count in counts)


def _cannot_tell(report: Report) -> Sheet:
    many = {(item.key, one.reason): count.value for one in report.figures.cannot_tell for item, count in one.of}
    rows = [
        (item.full_name, item.version, words, many[item.key, reason])
        for item in report.obligations
        for reason, words in SHORT_REASON_WORDS.items()
        if (item.key, reason) in many
    ]
    return Sheet("Cannot tell", ("obligation", "version", "why", "occasions"), rows)


def _recorded_in(report: Report, calendar: Calendar) -> Iterator[tuple[Cell, ...]]:
    for one in report.figures.can_tell:
        for system in one.systems:
            first, last = (_local(at, calendar) for at in (system.first_at, system.last_at))
            names, events = ", ".join(system.names), system.events.value
            yield one.item.full_name, system.source, names, events, first, last


def _obligations(report: Report) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in report.obligations:
        outcomes = report.figures.obligations[one.key]
        rows.append(
            (
                one.full_name,
                one.version,
                one.obligation.title,
                sentence(one.obligation),
                OWNER_WORDS[one.obligation.owed_by],
                one.obligation.basis.kind.value,
                one.standing.value,
                outcomes.occasions.value,
                *(outcomes.of(outcome).value for outcome in Outcome),
            )
        )
    return Sheet(
        "Obligations",
        (
            "obligation",
            "version",
            "title",
            "what it says",
            "owed by",
            "basis",
            "standing",
            "occasions",
            *_headings(OUTCOME_CODES),
        ),
        rows,
    )


def _headings(codes: list[str]) -> Iterator[str]:
    words = {
        "met": "recorded in time (never: not recorded as happening; record: filled in)",
        "late": "recorded late",
        "missed": "no record found (never: recorded as happening; record: not filled in)",
        "not_yet_due": "not yet due",
        "exempt": "not owed",
        "cannot_tell": "cannot tell",
    }
    yield from (words[code] for code in codes)


def _can_tell(report: Report) -> Iterator[tuple[Cell, ...]]:
    titles, calendar = {one.source: one.title for one in report.figures.systems if one.title}, Calendar(report.zone)
    for one in report.figures.can_tell:
        for reason in reasons_in_words(one, titles, calendar) or (None,):
            yield one.item.full_name, one.item.version, one.answer.value, reason


def _sheet(name: str, table: pl.DataFrame, calendar: Calendar, whole_in: str) -> Sheet:
    rows = [tuple(_cell(value, calendar) for value in row) for row in table.head(ROWS_SHOWN).iter_rows()]
    columns = tuple(column.replace("_", " ") for column in table.columns)
    return Sheet(name, columns, rows, table.height, whole_in)


def _first_rows(name: str, table: pl.LazyFrame, whole: Count, calendar: Calendar, whole_in: str) -> Sheet:
    first = _sheet(name, table.head(ROWS_SHOWN).collect(), calendar, whole_in)
    return replace(first, row_count=whole.value)


def _cell(value: object, calendar: Calendar) -> Cell:
    if isinstance(value, datetime):
        return _local(value, calendar)
    return value if value is None or isinstance(value, int | float) else str(value)


def _local(value: datetime | None, calendar: Calendar) -> str | None:
    """As a spreadsheet sorts it."""
    return None if value is None else f"{calendar.local(value):%Y-%m-%d %H:%M:%S}"
