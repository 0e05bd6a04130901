"""Every finding as a row of words: for `findings.csv`, and for sheets of what was late or missing or unknown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.pages.spreadsheet import Sheet, TableSheet
from wardline.events import is_restricted
from wardline.findings import FINDINGS, Outcome, Reason
from wardline.measures import CountedTable, RowFilter
from wardline.obligations import ResolvedObligation
from wardline.reports import Report
from wardline.reports.lists_in_words import STANDING_WORDS
from wardline.reports.questions import questions_in_words, sheet_of_question
from wardline.reports.wording import MADE_UP, OWNER_WORDS, SHORT_REASON_WORDS, outcome_words

__all__ = [
    "FINDINGS_IN_WORDS",
    "findings_in_words",
    "harmless",
    "sheets_of_findings",
    "sheets_of_questions",
    "write_findings_in_words",
]

ABOUT_FINDINGS = "what was late or missing, or what we cannot tell, the newest first."
FINDINGS_IN_WORDS = "findings.csv"
ROWS_AT_ONCE = 1 << 17
MOST_ROWS = 100_000  # in a sheet of the spreadsheet
TO_LOOK_INTO = (Outcome.MISSED, Outcome.LATE, Outcome.CANNOT_TELL)
AS_SORTED = "%Y-%m-%d %H:%M:%S"  # as a spreadsheet sorts a time
NAME_OF_SHEET = 31  # characters; more are cut by Excel
# A spreadsheet takes a cell of a CSV file that begins so for a formula, and would run it.
BEGINS_A_FORMULA = r"^[=+\-@\t\r]"
TIMES = {
    "triggered_at": "began",
    "deadline": "deadline",
    "responded_at": "response",
    "response_recorded_at": "response written up",
    "exempted_at": "not owed from",
}


def findings_in_words(findings: pl.LazyFrame, obligations: Sequence[ResolvedObligation], zone: str) -> pl.LazyFrame:
    """The findings of some obligations, in their order, each column as people read it; times are local to the zone."""
    titles, outcomes = _words_of_obligations(obligations)
    reasons = {reason.value: SHORT_REASON_WORDS[reason] for reason in Reason}
    texts = [pl.col(name).cast(pl.String) for name in ("standard", "version", "obligation", "outcome", "reason")]
    late_by = (pl.col("late_by").dt.total_seconds() / 60).round(1)
    return (
        findings.with_columns(*texts, pl.col("limit", "shipped_limit", "standing").cast(pl.String))
        .join(titles.lazy(), on=["standard", "version", "obligation"], how="left", maintain_order="left")
        .join(outcomes.lazy(), on=["standard", "version", "obligation", "outcome"], how="left", maintain_order="left")
        .with_columns(
            # Of a restricted case what was found is counted here, and nothing by which it could be looked up.
            **{words: pl.when(~is_restricted()).then(_local(name, zone)) for name, words in TIMES.items()},
            child_id=pl.when(~is_restricted()).then("child_id"),
        )
        .select(
            pl.format("{}/{}", "standard", "obligation").alias("obligation"),
            "version",
            pl.col("title").alias("what is owed"),
            pl.col("owner").alias("owed by"),
            pl.col("case_id").alias("case"),
            pl.col("child_id").alias("child"),
            "began",
            "limit",
            pl.col("shipped_limit").alias("shipped limit"),
            "deadline",
            pl.col("words").alias("what was found"),
            pl.col("reason").replace_strict(reasons, default=None).alias("cannot tell because"),
            "response",
            "response written up",
            "not owed from",
            late_by.alias("minutes late"),
            pl.col("standing").replace_strict(STANDING_WORDS, default=None),
        )
    )


def write_findings_in_words(dive: KeptDive, path: Path, unless_stopped: Callable[[], None] = lambda: None) -> None:
    """Write every finding as CSV, for whoever has a spreadsheet and nothing else; only its owner may read it.

    `unless_stopped` is called now and then, and raises where the work is to end.
    """
    made_up = [pl.lit("yes").alias(MADE_UP)] if dive.is_made_up else []
    many = dive.findings.select(pl.len()).collect().item()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for at in range(0, max(many, 1), ROWS_AT_ONCE):
            unless_stopped()
            worded = findings_in_words(dive.findings.slice(at, ROWS_AT_ONCE), dive.obligations, dive.zone)
            rows = worded.with_columns(harmless(worded)).with_columns(*made_up).collect()
            rows.write_csv(file, include_bom=at == 0, include_header=at == 0, line_terminator="\r\n")


def harmless(worded: pl.LazyFrame) -> list[pl.Expr]:
    """The texts, each that a spreadsheet would run with an apostrophe before it."""
    texts = [name for name, kind in worded.collect_schema().items() if kind == pl.String()]
    return [
        pl.when(pl.col(name).str.contains(BEGINS_A_FORMULA)).then(pl.format("'{}", name)).otherwise(name).alias(name)
        for name in texts
    ]


def sheets_of_findings(dive: KeptDive, report: Report) -> Iterator[TableSheet]:
    """A sheet for each standard with what was late or missing or what we cannot tell, newest first."""
    found = RowFilter(CountedTable.OCCASIONS).with_value("outcome", *(one.value for one in TO_LOOK_INTO))
    for name, version in dict.fromkeys((one.standard, one.version) for one in report.obligations):
        of_standard = found.with_value("standard", name).with_value("version", version)
        sheet = _newest_first(dive, _name_of_sheet(report, name, version), of_standard, dive.tables.count(of_standard))
        # The name of a sheet has room for a part of the title only.
        about = f"{_title(report, name, version)}, version {version}: {ABOUT_FINDINGS}"
        yield replace(sheet, about=about)


def sheets_of_questions(dive: KeptDive, report: Report) -> Iterator[Sheet | TableSheet]:
    """The questions of the report in a sheet, and for each a sheet with every occasion behind it, the newest first."""
    if not report.figures.questions:
        return
    asked = questions_in_words(report)
    rows = [
        (sheet_of_question(at), one.seen, one.asked, question.found.value)
        for at, (one, question) in enumerate(zip(asked, report.figures.questions, strict=True), 1)
    ]
    yield Sheet("Questions", ("sheet", "what was seen", "what is asked", "occasions"), rows)
    for at, question in enumerate(report.figures.questions, 1):
        assert question.found.rows is not None, "what is asked about is in the findings"
        about = f"Every occasion behind question {at}, the newest first."
        sheet = _newest_first(dive, sheet_of_question(at), question.found.rows, question.found.value)
        yield replace(sheet, about=about)


def _newest_first(dive: KeptDive, name: str, rows: RowFilter, many: int) -> TableSheet:
    found = dive.tables.rows(rows).select(list(FINDINGS))
    if many > MOST_ROWS:
        # Only those that may be shown are held and sorted with all their columns; at the oldest instant all of them.
        began = pl.col("triggered_at").sort(descending=True, nulls_last=True)
        oldest = found.select(began.slice(MOST_ROWS - 1, 1)).collect(engine="streaming").item()
        found = found if oldest is None else found.filter(pl.col("triggered_at") >= oldest)
    newest = found.sort("triggered_at", descending=True, nulls_last=True, maintain_order=True)
    worded = findings_in_words(newest.head(MOST_ROWS), dive.obligations, dive.zone).collect()
    return TableSheet(name, worded, many, FINDINGS_IN_WORDS)


def _name_of_sheet(report: Report, name: str, version: str) -> str:
    versions = {one.version for one in report.standards if one.name == name}
    title = _title(report, name, version)
    told_apart = f" {version}" if len(versions) > 1 else ""
    return f"{title[: NAME_OF_SHEET - len(told_apart)].strip()}{told_apart}"


def _title(report: Report, name: str, version: str) -> str:
    return next(one.title for one in report.standards if (one.name, one.version) == (name, version))


def _words_of_obligations(obligations: Sequence[ResolvedObligation]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The title and the owner of each obligation, and the words of each of its outcomes."""
    named = [(one.standard, one.version, one.obligation.id) for one in obligations]
    titles = [
        (*key, one.obligation.title, OWNER_WORDS[one.obligation.owed_by])
        for key, one in zip(named, obligations, strict=True)
    ]
    outcomes = [
        (*key, outcome.value, words)
        for key, one in zip(named, obligations, strict=True)
        for outcome, words in outcome_words(one.obligation).items()
    ]
    key = ["standard", "version", "obligation"]
    text = pl.String()
    return (
        pl.DataFrame(titles, schema=dict.fromkeys([*key, "title", "owner"], text), orient="row"),
        pl.DataFrame(outcomes, schema=dict.fromkeys([*key, "outcome", "words"], text), orient="row"),
    )


def _local(name: str, zone: str) -> pl.Expr:
    return pl.col(name).dt.convert_time_zone(zone).dt.strftime(AS_SORTED)
