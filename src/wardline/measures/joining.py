"""What of each record system could be put to the cases of another, and what could not.

A system whose rows belong to cases that another opens (a control room's log, to a missing episode) can say nothing of a
case with which no row of it matches. How many there are is counted here, before anything is concluded.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardline.events import OF_NO_CASE
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import HELD_BY, MeasuredTables
from wardline.measures.row_filters import CountedTable, RowFilter

__all__ = ["Join", "joins"]


@dataclass(frozen=True)
class Join:
    """A record system whose rows belong to the cases that another opens: of how many of them it holds a row.

    `rows_of_no_case` are the rows of the system that match no case, of whatever system.
    """

    source: str
    opened_by: str
    case_type: str
    cases: Count
    with_row: Count
    without_row: Count
    rows_of_no_case: Count


def joins(tables: MeasuredTables) -> tuple[Join, ...]:
    """For each system, and each case type that another system opens: how many of those cases it holds a row of.

    A system that opens cases of a type itself is mapped to another's only if a row of it matches one.
    """
    opened = tables.cases.group_by("source", "case_type").len().collect(engine="streaming")
    totals = {(opener, kind): rows for opener, kind, rows in opened.iter_rows()}
    held = (
        tables.rows(RowFilter(CountedTable.CASE_SOURCES))
        .group_by("source", "opened_by", "case_type")
        .len()
        .collect(engine="streaming")
    )
    matched = {(source, opener, kind): rows for source, opener, kind, rows in held.iter_rows()}
    able = tables.event_log.abilities.select("source", "case_type").drop_nulls().unique().collect()
    lost = _rows_of_no_case(tables)
    found = []
    for source, kind in able.sort("source", "case_type").iter_rows():
        for (opener, opened_kind), there_are in sorted(totals.items()):
            if opener == source or opened_kind != kind:
                continue
            with_row = matched.get((source, opener, kind), 0)
            if with_row or (source, kind) not in totals:
                found.append(_join(source, opener, kind, there_are, with_row, lost.get(source, 0)))
    return tuple(found)


def _rows_of_no_case(tables: MeasuredTables) -> dict[str, int]:
    rows = RowFilter(CountedTable.REJECTS).with_value("reason", *OF_NO_CASE)
    return dict(tables.rows(rows).group_by("source").len().collect().iter_rows())


def _join(source: str, opener: str, case_type: str, there_are: int, with_row: int, lost: int) -> Join:
    of_opener = RowFilter(CountedTable.CASES).with_value("source", opener).with_value("case_type", case_type)
    of_both = RowFilter(CountedTable.CASE_SOURCES).with_value("source", source).with_value("opened_by", opener)
    of_none = RowFilter(CountedTable.REJECTS).with_value("source", source).with_value("reason", *OF_NO_CASE)
    return Join(
        source,
        opener,
        case_type,
        cases=Count(Counted.CASE, there_are, of_opener),
        with_row=Count(Counted.CASE, with_row, of_both.with_value("case_type", case_type)),
        without_row=Count(Counted.CASE, there_are - with_row, of_opener.with_value(f"{HELD_BY}{source}", False)),
        rows_of_no_case=Count(Counted.EXPORT_ROW, lost, of_none),
    )
