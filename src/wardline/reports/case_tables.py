"""The cases to open first, and the occasions behind a question: case ids, never names."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import ResolvedObligation
from wardline.reports.occasions import stands_in_headlines
from wardline.reports.questions import Question
from wardline.reports.report import Report
from wardline.reports.tables import Column, Table
from wardline.reports.words import OWNER_WORDS, REASON_WORDS, count, duration_short, instant, number, outcome_words
from wardline.time_limits import Calendar, elapsed_column

__all__ = ["CasesToOpen", "cases_to_open_first", "rows_behind"]

MOST_CASES = 40  # in each table; chosen by us so that the page can be printed
MOST_ROWS_BEHIND = 25
ALL_OF_THEM = "All are in the dive folder's findings."


@dataclass(frozen=True)
class CasesToOpen:
    """How many cases there are to open, in a sentence, and the tables of them; empty ones are left out."""

    summary: str
    tables: tuple[Table, ...]


def cases_to_open_first(report: Report, findings: pl.DataFrame) -> CasesToOpen:
    """Open and past a deadline, longest first; then closed without a step that protects; then longest late."""
    items = {item.key: item for item in stands_in_headlines(report.obligations)}
    as_at = pl.lit(report.as_at).cast(pl.Datetime("us", "UTC"))
    found = pl.col("outcome").is_in([Outcome.MISSED.value, Outcome.LATE.value])
    mine = findings.filter(found & pl.col("duty").is_in(list(items))).with_columns(
        past_by=elapsed_column(pl.col("deadline"), as_at)
    )
    protecting = [name for name, item in items.items() if item.obligation.safeguarding]
    missed = mine.filter(pl.col("outcome") == Outcome.MISSED.value)
    still_open = missed.filter(pl.col("case_is_known") & pl.col("closed_at").is_null())
    closed = missed.filter(pl.col("closed_at").is_not_null() & pl.col("duty").is_in(protecting))
    late = mine.filter(pl.col("outcome") == Outcome.LATE.value)
    tables = [
        _by_case(report, items, still_open, "past_by", "Open and past a deadline, longest past first", "Past by"),
        _by_case(
            report,
            items,
            closed,
            "past_by",
            "Closed, and no record found of a step that protects the child, longest past first",
            "Past by",
        ),
        _by_case(report, items, late, "late_by", "Recorded late, longest first", "Late by"),
    ]
    return CasesToOpen(
        _summary(*(rows["case_id"].n_unique() for rows in (still_open, closed, late))),
        tuple(table for table in tables if table is not None),
    )


def rows_behind(report: Report, question: Question, number_of_question: int) -> Table:
    """The occasions behind a question, the first of them in order of findings."""
    calendar = Calendar(report.zone)
    words = outcome_words(question.item.obligation)
    rows = []
    for row in question.rows.head(MOST_ROWS_BEHIND).iter_rows(named=True):
        rows.append(
            (
                row["case_id"],
                instant(row["triggered_at"], calendar),
                instant(row["deadline"], calendar),
                instant(row["responded_at"], calendar),
                _found(row, words),
            )
        )
    return Table(
        caption=f"Question {number_of_question}: {count(question.rows.height, 'occasion')}",
        id=f"question-{number_of_question}",
        columns=(
            Column("Case", is_code=True),
            Column("Began", is_short=True),
            Column("Deadline", is_short=True),
            Column("Response", is_short=True),
            Column("What we found"),
        ),
        rows=tuple(rows),
        note=_how_many(question.rows.height, MOST_ROWS_BEHIND),
    )


def _by_case(
    report: Report, items: dict[str, ResolvedObligation], rows: pl.DataFrame, by: str, caption: str, heading: str
) -> Table | None:
    """A row for each case: its longest, and how many further there are of it."""
    if rows.is_empty():
        return None
    order = rows.sort(
        [by, "case_id", "duty", "trigger_event"],
        descending=[True, False, False, False],
        nulls_last=True,
        maintain_order=True,
    )
    cases = order.group_by("case_id", maintain_order=True).agg(
        pl.col("duty", "deadline", by).first(), further=pl.len() - 1
    )
    calendar = Calendar(report.zone)
    shown = []
    for case_id, duty, deadline, length, further in cases.head(MOST_CASES).iter_rows():
        obligation = items[duty].obligation
        title = report.title_of(items[duty]) + (f" (and {number(further)} more)" if further else "")
        shown.append(
            (
                case_id,
                title,
                OWNER_WORDS[obligation.owed_by],
                instant(deadline, calendar),
                "–" if length is None else duration_short(length),
            )
        )
    return Table(
        caption=f"{caption}: {count(cases.height, 'case')}",
        columns=(
            Column("Case", is_code=True),
            Column("What was owed"),
            Column("By whom", is_short=True),
            Column("Deadline", is_short=True),
            Column(heading, is_number=True, is_short=True),
        ),
        rows=tuple(shown),
        note=_how_many(cases.height, MOST_CASES),
    )


def _found(row: dict[str, object], words: dict[Outcome, str]) -> str:
    outcome = Outcome(row["outcome"])
    said = words[outcome]
    if outcome is Outcome.LATE and row["late_by"] is not None:
        return f"{said} by {duration_short(row['late_by'])}"  # type: ignore[arg-type]  # a row is of any value
    if outcome is Outcome.CANNOT_TELL:
        reason = next((why for one, why in REASON_WORDS.items() if one.value == row["reason"]), "")
        return f"{said}: {reason}" if reason else said
    return said


def _summary(still_open: int, closed: int, late: int) -> str:
    said = []
    if still_open:
        said.append(f"{count(still_open, 'case is', 'cases are')} open and past a deadline.")
    if closed:
        said.append(
            f"{count(closed, 'case was', 'cases were')} closed with no record found of a step that protects the child."
        )
    if said:
        said.append("Somebody must look at these today.")
    if late:
        said.append(f"In {count(late, 'case')} something was recorded late.")
    return " ".join(said)


def _how_many(height: int, most: int) -> str:
    return f"The first {number(most)} of {number(height)} are shown. {ALL_OF_THEM}" if height > most else ""
