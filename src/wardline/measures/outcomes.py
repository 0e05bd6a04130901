"""How many occasions had each outcome: counted once for all obligations, and added up as figures are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome, Reason, key_column
from wardline.measures.figures import Count, Counted, Share
from wardline.measures.measured_tables import JUDGED, MeasuredTables, occasions_of
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.obligations import ResolvedObligation

__all__ = ["Cell", "CountedFindings", "OutcomeCounts", "count_findings"]


@dataclass(frozen=True)
class OutcomeCounts:
    """How many of some occasions had each outcome."""

    occasions: Count
    judged: Count  # those a share is out of: met, late and missed
    not_met: Count  # late and missed
    met: Count
    late: Count
    missed: Count
    not_yet_due: Count
    exempt: Count
    cannot_tell: Count

    @property
    def share(self) -> Share:
        """Met out of met, late and missed."""
        return Share(self.met, self.judged)

    def of(self, outcome: Outcome) -> Count:
        """How many had this outcome."""
        found: Count = getattr(self, outcome.value)
        return found


@dataclass(frozen=True)
class Cell:
    """So many occasions that are alike in what is counted; `with_wait`: how many of them have a response in time or
    not, and a time from which it was waited."""

    key: str
    outcome: str
    reason: str | None
    limit: str | None
    rows: int
    with_wait: int


@dataclass(frozen=True)
class CountedFindings:
    """All findings by obligation, outcome, reason and limit."""

    cells: dict[str, tuple[Cell, ...]]  # by the key of the obligation

    def outcomes(
        self, rows: RowFilter, items: Iterable[ResolvedObligation], which: Callable[[Cell], bool] | None = None
    ) -> OutcomeCounts:
        """The counts over these obligations. `rows` says the same as `items` and `which`, as a filter."""
        numbers = dict.fromkeys((outcome.value for outcome in Outcome), 0)
        for item in items:
            for cell in self.cells.get(item.key, ()):
                if which is None or which(cell):
                    numbers[cell.outcome] += cell.rows

        def counted(*outcomes: str) -> Count:
            many = sum(numbers[outcome] for outcome in outcomes)
            return Count(Counted.OCCASION, many, rows.with_value("outcome", *outcomes))

        return OutcomeCounts(
            occasions=Count(Counted.OCCASION, sum(numbers.values()), rows),
            judged=counted(*JUDGED),
            not_met=counted(Outcome.LATE.value, Outcome.MISSED.value),
            **{outcome.value: counted(outcome.value) for outcome in Outcome},
        )

    def of(self, *items: ResolvedObligation) -> OutcomeCounts:
        """The counts of these obligations, together."""
        return self.outcomes(occasions_of(*items), items)

    def has_waits(self, item: ResolvedObligation) -> bool:
        """Whether somebody answered at a known time what began at a known time."""
        return any(cell.with_wait for cell in self.cells.get(item.key, ()))

    def limits(self, item: ResolvedObligation) -> set[str]:
        """The limits that were applied, in the words of the findings."""
        return {cell.limit for cell in self.cells.get(item.key, ()) if cell.limit is not None}

    def cannot_tell(self) -> dict[Reason, dict[str, int]]:
        """By reason and key, how many occasions cannot be told."""
        found: dict[Reason, dict[str, int]] = {}
        for key, cells in self.cells.items():
            for cell in cells:
                if cell.reason is not None and cell.outcome == Outcome.CANNOT_TELL.value:
                    by_key = found.setdefault(Reason(cell.reason), {})
                    by_key[key] = by_key.get(key, 0) + cell.rows
        return found

    def everything(self) -> Count:
        """All findings."""
        many = sum(cell.rows for cells in self.cells.values() for cell in cells)
        return Count(Counted.OCCASION, many, RowFilter(CountedTable.OCCASIONS))

    def all_that_cannot_be_told(self) -> Count:
        """Over every obligation."""
        many = sum(
            cell.rows for cells in self.cells.values() for cell in cells if cell.outcome == Outcome.CANNOT_TELL.value
        )
        return Count(
            Counted.OCCASION, many, RowFilter(CountedTable.OCCASIONS).with_value("outcome", Outcome.CANNOT_TELL.value)
        )


def count_findings(tables: MeasuredTables) -> CountedFindings:
    """One pass over the findings."""
    by = ["key", "outcome", "reason", "limit"]
    has_wait = pl.col("triggered_at").is_not_null() & pl.col("responded_at").is_not_null()
    counted = (
        tables.findings.select(
            key_column(), *[pl.col(name).cast(pl.String) for name in by[1:]], has_wait.alias("has_wait")
        )
        .group_by(by)
        .agg(rows=pl.len(), with_wait=pl.col("has_wait").sum())
        .sort(by, nulls_last=True)
        .collect(engine="streaming")
    )
    cells: dict[str, list[Cell]] = {}
    for row in counted.select(*by, "rows", "with_wait").iter_rows():
        cells.setdefault(row[0], []).append(Cell(*row))
    return CountedFindings({key: tuple(mine) for key, mine in cells.items()})
