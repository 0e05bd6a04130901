"""Whether the records can tell: systems and their gaps, the force's own counts, what was left aside and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from wardline.findings import Outcome
from wardline.reports.report import CanTell, ReconcileRow, Report, SystemRecords
from wardline.reports.tables import Column, Table
from wardline.reports.words import REASON_WORDS, and_list, case_type_in_plural, count, date_in_words, instant, number
from wardline.time_limits import Calendar

__all__ = [
    "MOST_DIFFERENCE",
    "Difference",
    "can_tell_table",
    "cannot_tell_table",
    "differences",
    "faults_table",
    "gaps_table",
    "last_value_only",
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


def can_tell_table(report: Report) -> Table | None:
    """Obligation by obligation: the answer, from which systems, from when to when, and why not."""
    if not report.can_tell:
        return None
    titles = {item.key: report.title_of(item) for item in report.obligations}
    rows = tuple(
        (
            titles.get(one.obligation, one.obligation),
            one.answer.value.capitalize(),
            _systems(report, one),
            " ".join(one.reasons) or "–",
        )
        for one in report.can_tell
    )
    return Table(
        caption="Can the records at hand judge it?",
        columns=(Column("Obligation"), Column("Can tell"), Column("Recorded in"), Column("What stands in the way")),
        rows=rows,
    )


def gaps_table(report: Report) -> Table | None:
    """Each record system: who keeps it, when its export was taken, and the gaps that are declared."""
    if report.coverage.is_empty():
        return None
    calendar = Calendar(report.zone)
    rows = []
    for source, mine in report.coverage.group_by("source", maintain_order=True):
        first = mine.row(0, named=True)
        gaps = [_gap(row, calendar) for row in mine.filter(pl.col("gap_from").is_not_null()).iter_rows(named=True)]
        title = first["title"]
        rows.append(
            (
                f"{title} ({source[0]})" if title else str(source[0]),
                first["kept_by"] or "–",
                instant(first["taken_at"], calendar),
                "; ".join(gaps) or "none declared",
            )
        )
    return Table(
        caption="The record systems, and their gaps",
        columns=(Column("Record system"), Column("Kept by"), Column("Export taken"), Column("Gaps")),
        rows=tuple(rows),
    )


def cannot_tell_table(report: Report, findings: pl.DataFrame) -> Table | None:
    """Each reason, and for which obligations how often."""
    unknown = findings.filter(pl.col("outcome") == Outcome.CANNOT_TELL.value)
    if unknown.is_empty():
        return None
    counted = {(duty, reason): rows for duty, reason, rows in unknown.group_by("duty", "reason").len().iter_rows()}
    rows = []
    for item in report.obligations:
        for reason, words in REASON_WORDS.items():
            if here := counted.get((item.key, reason.value), 0):
                rows.append((report.title_of(item), words[0].upper() + words[1:], number(here)))
    return Table(
        caption=f"Occasions for which we cannot tell: {number(unknown.height)}",
        columns=(Column("Obligation"), Column("Why"), Column("Occasions", is_number=True)),
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


def last_value_only(report: Report) -> str:
    """The columns that hold only their last value, in a sentence; nothing where each keeps its history."""
    rows = report.abilities.filter(pl.col("keeps_history").eq_missing(pl.lit(False)) & pl.col("field").is_not_null())
    names = sorted(
        {f"{field.replace('_', ' ')} ({source})" for field, source in rows.select("field", "source").iter_rows()}
    )
    if not names:
        return ""
    verb = "holds" if len(names) == 1 else "hold"
    listed = and_list(names)
    return f"{listed[0].upper()}{listed[1:]} {verb} only the last value that was entered: it was judged on the last value held."


def _systems(report: Report, one: CanTell) -> str:
    titles = dict(report.coverage.select("source", "title").drop_nulls().iter_rows())
    return (
        "; ".join(_records(report, system, titles.get(system.source, system.source)) for system in one.systems)
        or "no system"
    )


def _records(report: Report, system: SystemRecords, title: str) -> str:
    if system.first_at is None or system.last_at is None:
        return f"{title}: able to, but holds none"
    calendar = Calendar(report.zone)
    first, last = (date_in_words(calendar.local_date(at)) for at in (system.first_at, system.last_at))
    return f"{title}: {count(system.event_count, 'entry', 'entries')}, {first} to {last}"


def _gap(row: dict[str, object], calendar: Calendar) -> str:
    first, last = (date_in_words(calendar.local_date(row[name])) for name in ("gap_from", "gap_to"))  # type: ignore[arg-type]
    return f"{first} to {last}" + (f" ({row['gap_note']})" if row["gap_note"] else "")


def _title(report: Report, key: str) -> str:
    return next((report.title_of(item) for item in report.obligations if item.key == key), key)


def _percent(ours: int, published: int) -> str:
    if ours == published:
        return "the same"
    if not published:
        return "none published"
    percent = 100 * abs(ours - published) / published
    return f"{percent:,.1f}% {'more' if ours > published else 'fewer'}"
