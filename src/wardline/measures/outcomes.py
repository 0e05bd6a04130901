"""How many occasions had each outcome: counted once for all obligations, and added up as figures are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome, Reason
from wardline.measures.figures import Count, Counted, Share, is_told
from wardline.measures.measured_tables import MeasuredTables, occasions_of
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.measures.shared_out import JUDGED
from wardline.obligations import Never, ResolvedObligation

__all__ = ["Cell", "CountedFindings", "OutcomeCounts", "count_findings"]


@dataclass(frozen=True)
class OutcomeCounts:
    """How many of some occasions had each outcome."""

    occasions: Count
    judged: Count  # those a share is out of: met, late and missed, where a failing would have shown (rule 13)
    not_met: Count  # late and missed, of these
    met: Count
    late: Count
    missed: Count
    not_counted: Count  # met, late or missed, but a failing would not have shown
    not_yet_due: Count
    exempt: Count
    cannot_tell: Count

    @property
    def share(self) -> Share:
        """Met out of met, late and missed."""
        return Share(self.met, self.judged)

    @property
    def is_told(self) -> bool:
        """Whether the share may stand as a single figure."""
        return is_told(self.share, self.cannot_tell)

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
    stands: bool  # of several occasions of a *never* in a case, one stands for the case
    is_in_share: bool
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
        items = list(items)
        mine = [
            cell
            for item in items
            for cell in self.cells.get(item.key, ())
            if cell.stands and (which is None or which(cell))
        ]
        nevers = [isinstance(item.obligation, Never) for item in items]
        kind = Counted.CASE if nevers and all(nevers) else Counted.OCCASION
        rows = rows.with_value("stands", True) if any(nevers) else rows
        shared = rows.with_value("is_in_share", True)

        def in_share(*outcomes: str) -> Count:
            many = sum(cell.rows for cell in mine if cell.is_in_share and cell.outcome in outcomes)
            return Count(kind, many, shared if outcomes == JUDGED else shared.with_value("outcome", *outcomes))

        def beside(*outcomes: str) -> Count:
            many = sum(cell.rows for cell in mine if not cell.is_in_share and cell.outcome in outcomes)
            is_beside = rows if set(outcomes).isdisjoint(JUDGED) else rows.with_value("is_in_share", False)
            return Count(kind, many, is_beside.with_value("outcome", *outcomes))

        return OutcomeCounts(
            occasions=Count(kind, sum(cell.rows for cell in mine), rows),
            judged=in_share(*JUDGED),
            not_met=in_share(Outcome.LATE.value, Outcome.MISSED.value),
            not_counted=beside(*JUDGED),
            **{outcome.value: (in_share if outcome.value in JUDGED else beside)(outcome.value) for outcome in Outcome},
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
    """One pass over the findings of nevers, which are shared out by case, and one over all others."""
    nevers = [item for item in tables.obligations if isinstance(item.obligation, Never)]
    others = [item for item in tables.obligations if not isinstance(item.obligation, Never)]
    cells: dict[str, list[Cell]] = {}
    for items in (others, nevers):
        for cell in _cells(tables, items) if items else ():
            cells.setdefault(cell.key, []).append(cell)
    return CountedFindings({key: tuple(mine) for key, mine in cells.items()})


def _cells(tables: MeasuredTables, items: Sequence[ResolvedObligation]) -> Iterator[Cell]:
    by = ["key", "outcome", "reason", "limit", "stands", "is_in_share"]
    has_wait = pl.col("triggered_at").is_not_null() & pl.col("responded_at").is_not_null()
    counted = (
        tables.occasions(occasions_of(*items), "stands", "is_in_share")
        .select(*by, has_wait.alias("has_wait"))
        .group_by(by)
        .agg(rows=pl.len(), with_wait=pl.col("has_wait").sum())
        .sort(by, nulls_last=True)
        .collect(engine="streaming")
    )
    yield from (Cell(*row) for row in counted.select(*by, "rows", "with_wait").iter_rows())
