"""Whether the records can tell: the systems and their gaps, what could not be joined, and obligation by obligation."""

from __future__ import annotations

import polars as pl

from wardline.findings import Outcome
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Answer, CanTell, Report
from wardline.reports.wording import REASON_WORDS, and_list, case_type_in_plural, count, date_in_words, instant, number
from wardline.time_limits import Calendar

__all__ = [
    "can_tell_in_a_sentence",
    "can_tell_table",
    "cannot_tell_table",
    "joins_table",
    "last_value_only",
    "systems_table",
]

MOST_NAMED = 3  # obligations for one reason; chosen by us


def can_tell_in_a_sentence(report: Report) -> str:
    """`Of 61 obligations the records can judge 20, a further 17 in part, and 24 not at all.`"""
    if not report.can_tell:
        return ""
    yes, in_part, no = (sum(one.answer is answer for one in report.can_tell) for answer in Answer)
    said = f"Of {count(len(report.can_tell), 'obligation')} the records can judge {number(yes)}"
    return f"{said}, a further {number(in_part)} in part, and {number(no)} not at all."


def can_tell_table(report: Report) -> Table | None:
    """The answer, from which systems, and why not. Obligations of which all that is said is the same share a row."""
    if not report.can_tell:
        return None
    titles = {item.key: report.title_of(item) for item in report.obligations}
    standards = {item.key: (item.standard, item.version) for item in report.obligations}
    together: dict[tuple[object, ...], list[CanTell]] = {}
    for one in report.can_tell:
        systems = tuple(system.source for system in one.systems)
        said = (standards.get(one.obligation), one.answer, systems, one.reasons)
        together.setdefault(said, []).append(one)
    rows = tuple(
        (
            "; ".join(titles.get(one.obligation, one.obligation) for one in mine),
            mine[0].answer.value.capitalize(),
            "; ".join(_title_of(report, system.source) for system in mine[0].systems) or "no system",
            " ".join(mine[0].reasons) or "–",
        )
        for mine in together.values()
    )
    return Table(
        caption="Can the records at hand judge it?",
        columns=(
            Column("Obligations"),
            Column("Can tell", is_short=True),
            Column("Recorded in"),
            Column("What stands in the way"),
        ),
        rows=rows,
    )


def systems_table(report: Report) -> Table | None:
    """Each record system: who keeps it, what it holds from when to when, when its export was taken, and its gaps."""
    if report.coverage.is_empty():
        return None
    calendar = Calendar(report.zone)
    spans = {one.source: one for one in report.spans}
    rows = []
    for (source,), mine in report.coverage.group_by("source", maintain_order=True):
        first = mine.row(0, named=True)
        gaps = [_gap(row, calendar) for row in mine.filter(pl.col("gap_from").is_not_null()).iter_rows(named=True)]
        title, span = first["title"], spans.get(str(source))
        rows.append(
            (
                f"{title} ({source})" if title else str(source),
                first["kept_by"] or "–",
                number(span.event_count) if span else "–",
                "–"
                if span is None or span.first_at is None or span.last_at is None
                else f"{date_in_words(calendar.local_date(span.first_at))} to {date_in_words(calendar.local_date(span.last_at))}",
                instant(first["taken_at"], calendar),
                "; ".join(gaps) or "none declared",
            )
        )
    return Table(
        caption="The record systems, and their gaps",
        columns=(
            Column("Record system"),
            Column("Kept by"),
            Column("Entries", is_number=True),
            Column("From when to when"),
            Column("Export taken", is_short=True),
            Column("Gaps"),
        ),
        rows=tuple(rows),
    )


def joins_table(report: Report) -> Table | None:
    """What could not be joined: for each system that is mapped to another's cases, the cases without a row of it."""
    if not report.joins:
        return None
    rows = tuple(
        (
            _title_of(report, one.source),
            f"{case_type_in_plural(one.case_type)} of {_title_of(report, one.opened_by)}",
            number(one.case_count),
            number(one.with_row_count),
            number(one.case_count - one.with_row_count),
            number(one.rows_of_no_case),
        )
        for one in report.joins
    )
    return Table(
        caption="What could be joined, and what could not",
        columns=(
            Column("Record system"),
            Column("Belongs to the"),
            Column("Cases", is_number=True),
            Column("With a row of it", is_number=True),
            Column("Without any", is_number=True),
            Column("Its rows of no case", is_number=True),
        ),
        rows=rows,
        note=(
            "Where a case has no row of a system that alone could record something, we cannot tell whether it was done, "
            "and never say that no record was found."
        ),
    )


def cannot_tell_table(report: Report, findings: pl.DataFrame) -> Table | None:
    """Each reason: how often, and for which obligations most."""
    unknown = findings.filter(pl.col("outcome") == Outcome.CANNOT_TELL.value)
    if unknown.is_empty():
        return None
    titles = {item.key: report.title_of(item) for item in report.obligations}
    counted = unknown.group_by("reason", "key").agg(many=pl.len()).sort("many", "key", descending=[True, False])
    rows = []
    for reason, words in REASON_WORDS.items():
        mine = counted.filter(pl.col("reason") == reason.value)
        if mine.is_empty():
            continue
        named = [
            f"{titles.get(key, key)} ({number(many)})"
            for key, many in mine.head(MOST_NAMED).select("key", "many").iter_rows()
        ]
        more = mine.height - MOST_NAMED
        listed = "; ".join(named) + (f"; and {count(more, 'more obligation')}" if more > 0 else "")
        rows.append((words[0].upper() + words[1:], number(int(mine["many"].sum())), listed))
    return Table(
        caption=f"Occasions for which we cannot tell: {number(unknown.height)}",
        columns=(
            Column("Why"),
            Column("Occasions", is_number=True),
            Column("Of which obligations, most frequent first"),
        ),
        rows=tuple(rows),
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


def _title_of(report: Report, source: str) -> str:
    titles = dict(report.coverage.select("source", "title").drop_nulls().iter_rows())
    return str(titles.get(source, source))


def _gap(row: dict[str, object], calendar: Calendar) -> str:
    first, last = (date_in_words(calendar.local_date(row[name])) for name in ("gap_from", "gap_to"))  # type: ignore[arg-type]  # a row is of any value
    return f"{first} to {last}" + (f" ({row['gap_note']})" if row["gap_note"] else "")
