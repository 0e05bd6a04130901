"""How many children there are, and how many of them are in several cases: numbers only, and no child among them.

A child is counted as everywhere: by the person numbers of one record system, or by links where a dive has them.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables, occasions_of

__all__ = ["BANDS", "ChildrenOfCases", "children_of_cases"]

# So many cases of a child: from, and to (None: or more). Three in 90 days is where guidance begins to ask for more.
BANDS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 2), (3, 4), (5, 9), (10, None))


@dataclass(frozen=True)
class ChildrenOfCases:
    """The cases of one type about which anything was concluded, and the children they are about.

    `by_cases` has, for each of BANDS, how many children have so many of these cases, and how many cases those are.
    """

    case_type: str
    cases: Count
    children: Count
    cases_without_child: Count
    by_cases: tuple[tuple[Count, Count], ...]

    def with_at_least(self, cases: int) -> Count:
        """How many children have so many cases or more; `cases` is where one of BANDS begins."""
        kept = [children for (least, _), (children, _) in zip(BANDS, self.by_cases, strict=True) if least >= cases]
        return Count(Counted.CHILD, sum(one.value for one in kept))


def children_of_cases(tables: MeasuredTables) -> tuple[ChildrenOfCases, ...]:
    """One for each case type of which there is a finding, in the order of the obligations."""
    return tuple(
        found
        for case_type in dict.fromkeys(item.case_type for item in tables.obligations)
        if (found := _of_type(tables, case_type)).cases
    )


def _of_type(tables: MeasuredTables, case_type: str) -> ChildrenOfCases:
    rows = occasions_of(*(item for item in tables.obligations if item.case_type == case_type))
    cases = tables.occasions(rows).group_by("case_id").agg(child_id=pl.col("child_id").first())
    named, unnamed = pl.col("child_id").is_not_null(), pl.col("child_id").is_null()
    by_child = cases.group_by("child_id").agg(cases=pl.len()).collect(engine="streaming")
    of_children = by_child.filter(named)["cases"]
    without = int(by_child.filter(unnamed)["cases"].sum())
    by_cases = []
    for least, most in BANDS:
        these = of_children.filter((of_children >= least) & (of_children <= (most or of_children.max() or 0)))
        by_cases.append((Count(Counted.CHILD, these.len()), Count(Counted.CASE, int(these.sum()))))
    return ChildrenOfCases(
        case_type,
        Count(Counted.CASE, int(of_children.sum()) + without, rows.counted_by("case_id")),
        Count(Counted.CHILD, of_children.len(), rows.counted_by("child_id")),
        Count(Counted.CASE, without, rows.with_value("child_id", None).counted_by("case_id")),
        tuple(by_cases),
    )
