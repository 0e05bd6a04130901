"""What the records hold: the force's own counts, what was left aside, what was rejected, and faults of recording."""

from __future__ import annotations

from wardline.measures import Count, PublishedCount
from wardline.reports.figures_in_words import as_number, difference_in_percent, with_noun
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.wording import case_type_in_plural

__all__ = ["difference_in_words", "faults_table", "not_judged_table", "reconcile_table", "rejects_table"]

MOST_REJECT_ROWS = 40
WHAT_WAS_REJECTED = {"row": "Row, not kept", "cell": "Cell, emptied"}


def difference_in_words(found: PublishedCount) -> str:
    """What the headline says of counts that differ much."""
    first, last = (f"{one.month:%B %Y}" for one in (found.months[0], found.months[-1]))
    months = first if first == last else f"{first} to {last}"
    return (
        f"For {months} the force itself publishes {as_number(found.published)} {case_type_in_plural(found.case_type)}; "
        f"the records at hand have {as_number(found.ours)} "
        f"({difference_in_percent(found.ours, found.published)}). Until that is "
        "explained, read every figure here with care."
    )


def reconcile_table(report: Report) -> Table | None:
    """Month by month, with a row for the whole where there is more than one."""
    if not report.figures.published:
        return None
    rows = []
    for one in report.figures.published:
        rows += [(one.case_type, f"{month.month:%B %Y}", *_beside(month.ours, month.published)) for month in one.months]
        if len(one.months) > 1:
            rows.append((one.case_type, "All these months", *_beside(one.ours, one.published)))
    return Table(
        caption="Our counts compared with those that the force itself publishes",
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
        (report.title_of(one.item), as_number(one.triggers), as_number(one.cases)) for one in report.figures.left_aside
    )
    if not rows:
        return None
    return Table(
        caption="Left aside because a detail is empty: counted here, and not guessed",
        columns=(
            Column("Obligation"),
            Column("Events that might have started it", is_number=True),
            Column("Cases that it might be about", is_number=True),
        ),
        rows=rows,
    )


def rejects_table(report: Report) -> Table | None:
    """How many rows and cells were rejected, by system, column and reason."""
    found = report.figures.rejects
    if not found.whole:
        return None
    rows = tuple(
        (one.source, WHAT_WAS_REJECTED.get(one.what, one.what), one.column or "–", one.reason, as_number(one.many))
        for one in found.kinds[:MOST_REJECT_ROWS]
    )
    note = (
        f"The {MOST_REJECT_ROWS} most frequent are shown, of {as_number(found.kind_count)} kinds."
        if found.kind_count.value > MOST_REJECT_ROWS
        else ""
    )
    return Table(
        caption=f"Rejected: {with_noun(found.whole, 'row or cell', 'rows and cells')}",
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
    found = report.figures.record_faults
    if not found.whole:
        return None
    return Table(
        caption=f"Record faults: {as_number(found.whole)}",
        columns=(
            Column("Record system"),
            Column("Fault"),
            Column("How many", is_number=True),
            Column("Cases", is_number=True),
        ),
        rows=tuple(
            (one.source or "Between systems", one.fault, as_number(one.many), as_number(one.cases))
            for one in found.kinds
        ),
    )


def _beside(ours: Count, published: Count) -> tuple[str, str, str]:
    return as_number(ours), as_number(published), difference_in_percent(ours, published)
