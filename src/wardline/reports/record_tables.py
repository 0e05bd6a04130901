"""What the records hold: the force's own counts, what was left aside, what was rejected, and faults of recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from wardline.reports.page_tables import Column, Table
from wardline.reports.report import ReconcileRow, Report
from wardline.reports.wording import case_type_in_plural, count, number

__all__ = [
    "MOST_DIFFERENCE",
    "Difference",
    "differences",
    "faults_table",
    "not_judged_table",
    "reconcile_table",
    "rejects_table",
]

MOST_DIFFERENCE = 2  # per cent, between our count and the force's own; more stands in the headline (design, issue)
MOST_REJECT_ROWS = 40


@dataclass(frozen=True)
class Difference:
    """Our count of a case type, over the months that the force publishes, beside the force's."""

    case_type: str
    first_month: date
    last_month: date
    ours: int
    published: int

    @property
    def is_large(self) -> bool:
        """Whether it is over 2 % of the force's count."""
        return 100 * abs(self.ours - self.published) > MOST_DIFFERENCE * self.published

    def sentence(self) -> str:
        """What the headline says of it."""
        first, last = f"{self.first_month:%B %Y}", f"{self.last_month:%B %Y}"
        months = first if first == last else f"{first} to {last}"
        return (
            f"For {months} the force itself publishes {number(self.published)} {case_type_in_plural(self.case_type)}; "
            f"the records at hand hold {number(self.ours)} ({_percent(self.ours, self.published)}). Until that is "
            "explained, read every figure here with care."
        )


def differences(rows: Iterable[ReconcileRow]) -> list[Difference]:
    """One for each case type, in alphabetical order."""
    by_case_type: dict[str, list[ReconcileRow]] = {}
    for row in rows:
        by_case_type.setdefault(row.case_type, []).append(row)
    return [
        Difference(
            case_type,
            min(row.month for row in mine),
            max(row.month for row in mine),
            sum(row.ours for row in mine),
            sum(row.published for row in mine),
        )
        for case_type, mine in sorted(by_case_type.items())
    ]


def reconcile_table(report: Report) -> Table | None:
    """Month by month, with a row for the whole where there is more than one."""
    if not report.reconcile:
        return None
    rows = []
    for total in differences(report.reconcile):
        mine = sorted((row for row in report.reconcile if row.case_type == total.case_type), key=lambda row: row.month)
        rows += [
            (
                total.case_type,
                f"{row.month:%B %Y}",
                number(row.ours),
                number(row.published),
                _percent(row.ours, row.published),
            )
            for row in mine
        ]
        if len(mine) > 1:
            rows.append(
                (
                    total.case_type,
                    "All these months",
                    number(total.ours),
                    number(total.published),
                    _percent(total.ours, total.published),
                )
            )
    return Table(
        caption="Our counts beside those that the force itself publishes",
        columns=(
            Column("Case type"),
            Column("Month"),
            Column("In the records", is_number=True),
            Column("Published", is_number=True),
            Column("Difference", is_number=True),
        ),
        rows=tuple(rows),
    )


def not_judged_table(report: Report) -> Table | None:
    """What was left aside because an attribute is empty, where there is such."""
    rows = tuple(
        (_title(report, one.obligation), number(one.trigger_count), number(one.case_count))
        for one in report.not_judged
        if one.trigger_count or one.case_count
    )
    if not rows:
        return None
    return Table(
        caption="Left aside because a detail is empty: counted here, and guessed nowhere",
        columns=(
            Column("Obligation"),
            Column("Events that might have started it", is_number=True),
            Column("Cases that it might be about", is_number=True),
        ),
        rows=rows,
    )


def rejects_table(report: Report) -> Table | None:
    """How many rows and cells were rejected, by system, column and reason."""
    if report.rejects.is_empty():
        return None
    grouped = (
        report.rejects.group_by("source", "what", "column", "reason")
        .len()
        .sort(
            ["len", "source", "column", "what", "reason"],
            descending=[True, False, False, False, False],
            nulls_last=False,
        )
    )
    what = {"row": "Row, not kept", "cell": "Cell, emptied"}
    rows = tuple(
        (str(source), what.get(kind, str(kind)), column or "–", reason, number(many))
        for source, kind, column, reason, many in grouped.head(MOST_REJECT_ROWS).iter_rows()
    )
    note = (
        f"The {MOST_REJECT_ROWS} most frequent are shown, of {number(grouped.height)} kinds."
        if grouped.height > MOST_REJECT_ROWS
        else ""
    )
    return Table(
        caption=f"Rejected: {count(report.rejects.height, 'row or cell', 'rows and cells')}",
        columns=(
            Column("Record system"),
            Column("What"),
            Column("Column", is_code=True),
            Column("Why"),
            Column("How many", is_number=True),
        ),
        rows=rows,
        note=note,
    )


def faults_table(report: Report) -> Table | None:
    """How often each fault of recording was found, by system."""
    if report.record_faults.is_empty():
        return None
    grouped = (
        report.record_faults.group_by("source", "fault")
        .agg(many=pl.len(), cases=pl.col("case_id").drop_nulls().n_unique())
        .sort("source", "fault", nulls_last=True)
    )
    rows = tuple(
        (source or "Between systems", fault, number(many), number(cases))
        for source, fault, many, cases in grouped.iter_rows()
    )
    return Table(
        caption=f"Record faults: {number(report.record_faults.height)}",
        columns=(
            Column("Record system"),
            Column("Fault"),
            Column("How many", is_number=True),
            Column("Cases", is_number=True),
        ),
        rows=rows,
    )


def _title(report: Report, key: str) -> str:
    return next((report.title_of(item) for item in report.obligations if item.key == key), key)


def _percent(ours: int, published: int) -> str:
    if ours == published:
        return "the same"
    if not published:
        return "none published"
    percent = 100 * abs(ours - published) / published
    return f"{percent:,.1f}% {'more' if ours > published else 'fewer'}"
