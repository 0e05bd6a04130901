"""Our counts of cases beside those that the force itself publishes: records that lack cases prove little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables
from wardline.measures.row_filters import CountedTable, Outside, RowFilter

__all__ = ["MOST_DIFFERENCE", "PublishedCount", "PublishedMonth", "differs_much", "published_counts"]

MOST_DIFFERENCE = 2  # per cent, between our count and the force's own; more stands in the headline


@dataclass(frozen=True)
class PublishedMonth:
    """Our count of cases opened in a month (its first day) beside the one that the force itself publishes."""

    month: date
    ours: Count
    published: Count


@dataclass(frozen=True)
class PublishedCount:
    """Our count of a case type, over the months that the force publishes, beside the force's; `months` in order."""

    case_type: str
    months: tuple[PublishedMonth, ...]
    ours: Count
    published: Count

    @property
    def is_large(self) -> bool:
        """Whether it is over 2 % of the force's count."""
        return differs_much(self.ours, self.published)


def differs_much(ours: Count, published: Count) -> bool:
    """Whether our count is more than 2 % of the force's off it."""
    return 100 * abs(ours.value - published.value) > MOST_DIFFERENCE * published.value


def published_counts(tables: MeasuredTables, published: Mapping[str, Mapping[str, int]]) -> tuple[PublishedCount, ...]:
    """For each case type and month (`2024-04`) that the force publishes, in alphabetical order.

    A case that exists as at counts in the local month in which it was opened; one that no row opens, in that of its
    first event that is known; one whose events have no time, in none.
    """
    if not published:
        return ()
    of_types = RowFilter(CountedTable.ALL_CASES).with_value("case_type", *sorted(published))
    in_any_month = of_types.where(Outside("month", (None,)))
    counted = tables.rows(in_any_month).group_by("case_type", "month").len().collect(engine="streaming")
    ours = {(case_type, month): many for case_type, month, many in counted.iter_rows()}
    found = []
    for case_type, months in sorted(published.items()):
        of_type = RowFilter(CountedTable.ALL_CASES).with_value("case_type", case_type)
        rows = [
            PublishedMonth(
                date.fromisoformat(f"{month}-01"),
                Count(Counted.CASE, ours.get((case_type, month), 0), of_type.with_value("month", month)),
                Count(Counted.CASE, many),
            )
            for month, many in sorted(months.items())
        ]
        found.append(
            PublishedCount(
                case_type,
                tuple(rows),
                Count(Counted.CASE, _sum(row.ours for row in rows), of_type.with_value("month", *sorted(months))),
                Count(Counted.CASE, _sum(row.published for row in rows)),
            )
        )
    return tuple(found)


def _sum(counts: Iterable[Count]) -> int:
    return sum(one.value for one in counts)
