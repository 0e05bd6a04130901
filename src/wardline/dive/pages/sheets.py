"""The tables of `tables.ods` and `tables.xlsx`: the same as the report's, to sort and to filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import datetime

import polars as pl

from wardline.dive.counted.list_for_today import CHILDREN_TO_CHECK, CLOSED_WITHOUT_A_RECORD, DUE_NEXT
from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.pages.findings_in_words import sheets_of_findings, sheets_of_questions
from wardline.dive.pages.spreadsheet import LOW, NOT_AVAILABLE, ROWS_SHOWN, Book, Cell, Sheet, TableSheet
from wardline.findings import Outcome
from wardline.measures import FEWEST_FOR_A_PERCENTAGE, Count, Share, list_by_child, share_bounds
from wardline.obligations import sentence
from wardline.reports import Report
from wardline.reports.can_be_told_in_words import reasons_in_words
from wardline.reports.lists_in_words import COLUMNS_OF_A_LIST, list_in_words, risk_in_words
from wardline.reports.wording import MADE_UP_SENTENCE, OWNER_WORDS, SHORT_REASON_WORDS, date_in_words, instant_in_words
from wardline.time_limits import Calendar

__all__ = ["book"]

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
OBLIGATIONS = (
    "obligation",
    "version",
    "title",
    "what it says",
    "owed by",
    "basis",
    "standing",
    "occasions",
    "recorded in time [note 1]",
    "recorded late",
    "no record found [note 2]",
    "not yet due",
    "not owed",
    "cannot tell",
    "judged [note 3]",
    "share recorded in time (%) [note 3] [note 4]",
    "share if none that cannot be told were (%) [note 4]",
    "share if all were (%) [note 4]",
)
NOTES = (
    (
        NOT_AVAILABLE,
        (
            f"Not available: fewer than {FEWEST_FOR_A_PERCENTAGE} can be judged, too many cannot be told, or there is "
            "nothing to count."
        ),
    ),
    (LOW, "Under half of one per cent, and not nought."),
    ("[note 1]", "Of what must not happen: not recorded as happening. Of what must be filled in: filled in."),
    ("[note 2]", "Of what must not happen: recorded as happening. Of what must be filled in: not filled in."),
    (
        "[note 3]",
        (
            "Those recorded in time, recorded late or without a record, where a failing would have shown and the "
            "deadline has passed. The share is out of these."
        ),
    ),
    (
        "[note 4]",
        (
            "Where more than a fifth cannot be told there is no single figure: the share lies between the two beside "
            "it, which count what cannot be told too."
        ),
    ),
)
ABOUT = {
    "To check today": "What somebody must look at today, the most urgent child first.",
    "To check, by child": "The same, each child once, with the cases and the earliest deadline.",
    "Due next": "What falls due in the next 24 hours.",
    "Closed without record": "Cases closed more than seven days ago without a step that protects the child.",
    "Children": "Each child once, with what was missing or late; a case that names no child has its own row.",
    "Obligations": "Each obligation in words, with its outcomes counted.",
    "Questions": "What was seen and is asked; the occasions behind each question are on the sheet that it names.",
    "Downgrades": "Grades lowered in the last quarter of the time allowed or after it.",
    "Can we tell": "Whether each obligation can be judged from these records, and what stands in the way.",
    "Recorded in": "Which record system records what an obligation needs, and from when to when.",
    "Joins": "How many cases of one record system have a row from another.",
    "Cannot tell": "For how many occasions we cannot tell, obligation by obligation, and why.",
    "Reading": "File by file: rows in are rows kept, left out by the mapping, or rejected.",
    "Rejects": "Rows and cells that could not be used, each with its reason.",
    "Record faults": "What cannot have been so, or is hardly ever so, in how things were recorded.",
    "Remarks": "What else was noted while reading.",
    "Files": "Each file that was read, with its checksum (SHA-256).",
}


def book(dive: KeptDive, report: Report) -> Book:
    """The spreadsheet of a dive and of what its report is given: cover, notes, and every table in the order in which
    they are read."""
    calendar, lists, figures = dive.calendar, dive.lists_for_today, dive.figures
    made: list[Sheet | TableSheet] = [
        _list("To check today", lists.to_check, calendar, CHILDREN_TO_CHECK),
        _to_check_by_child(lists.to_check, calendar),
        _list("Due next", lists.due_next, calendar, DUE_NEXT),
        _list("Closed without record", lists.closed_without_a_record, calendar, CLOSED_WITHOUT_A_RECORD),
        _children(report),
        obligations_sheet(report),
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
    told = [one if one.about else replace(one, about=ABOUT[one.name]) for one in made]
    # In the name too, which stays on the screen and is printed above each page.
    return Book(
        report.title, list(_cover(report, calendar)), NOTES, told, "made up" if report.is_made_up_data else None
    )


def _cover(report: Report, calendar: Calendar) -> Iterator[tuple[str, str]]:
    """What somebody must know who has only this file."""
    if report.is_made_up_data:
        yield "Data", MADE_UP_SENTENCE
    if report.question:
        yield "Question", report.question
    yield "Force", report.force
    period = "Everything in the records" if report.period is None else " to ".join(map(date_in_words, report.period))
    yield "Period", period
    yield "As at", instant_in_words(report.as_at, calendar)
    yield "Times", f"Local times, {report.zone}, as year-month-day hour:minute:second."
    yield "Children", "Children are keyed pseudonyms; there are no names in this file."
    yield (
        "What this is",
        "A finding describes what a record shows about an obligation. Recorded in time says nothing about quality.",
    )
    yield "What it is not", "Leadership, and much of working with partners, cannot be judged from records."
    yield ("Where to begin", "The sheet “Contents” has a link to each table. “Notes” says what is in brackets.")


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


def obligations_sheet(report: Report) -> Sheet:
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
                outcomes.judged.value,
                _percent(outcomes.share) if outcomes.is_told else NOT_AVAILABLE,
                *map(_percent, share_bounds(outcomes.share, outcomes.cannot_tell)),
            )
        )
    return Sheet("Obligations", OBLIGATIONS, rows)


def _percent(share: Share) -> Cell:
    """A whole number of per cent; in brackets where there is none to give, and where it would be nought and is not."""
    if not share.can_be_a_percentage:
        return NOT_AVAILABLE
    percent = round(100 * share.fraction)
    return LOW if not percent and share.part else percent


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
