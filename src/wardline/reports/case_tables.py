"""The occasions behind a question, and those on which a grade was lowered late: case ids, never names."""

from __future__ import annotations

from wardline.findings import Outcome
from wardline.reports.page_tables import Column, Table
from wardline.reports.questions import Question
from wardline.reports.report import Report
from wardline.reports.wording import REASON_WORDS, count, duration_short, instant, number, outcome_words
from wardline.time_limits import Calendar

__all__ = ["rows_behind"]

MOST_ROWS_BEHIND = 25  # in each table; chosen by us so that the page can be printed
ALL_OF_THEM = "All are in findings.parquet."


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


def _found(row: dict[str, object], words: dict[Outcome, str]) -> str:
    outcome = Outcome(row["outcome"])
    said = words[outcome]
    if outcome is Outcome.LATE and row["late_by"] is not None:
        return f"{said} by {duration_short(row['late_by'])}"  # type: ignore[arg-type]  # a row is of any value
    if outcome is Outcome.CANNOT_TELL:
        reason = next((why for one, why in REASON_WORDS.items() if one.value == row["reason"]), "")
        return f"{said}: {reason}" if reason else said
    return said


def _how_many(height: int, most: int) -> str:
    return f"The first {number(most)} of {number(height)} are shown. {ALL_OF_THEM}" if height > most else ""
