"""Each child once: its cases, and what was found of them over all standards. Pseudonyms, never names.

Gone through twice: first how many occasions there are of each child, which is little for each; then, of the children
that are shown and no others, which cases those are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from wardline.findings import Outcome
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables, may_be_counted, occasions_of
from wardline.measures.row_filters import RowFilter
from wardline.obligations import Never

__all__ = ["MOST_CHILDREN", "ChildFound", "ChildrenFound", "children_found"]

MOST_CHILDREN = 5_000  # that are listed, as many as a sheet of the spreadsheet shows
KINDS = ("open_and_protecting", "open", "protecting", "missed", "late")


@dataclass(frozen=True)
class ChildFound:
    """A child (None: a case that names none) of whom anything was found missing or late.

    `case_ids` are the most urgent first; `step` is the key of the obligation to look at first. Occasions past a
    deadline without a record in open cases (`open`), without a record at all (`missed`), of these of steps that protect
    the child (`protecting`); and recorded late (`late`).
    """

    child_id: str | None
    case_ids: tuple[str, ...]
    step: str
    open: Count
    protecting: Count
    missed: Count
    late: Count


@dataclass(frozen=True)
class ChildrenFound:
    """How many children and cases there are to open, and the first of them, most urgent first.

    First those with an open case that is past the deadline of a step that protects the child, then those with any open
    case past a deadline, then those with most steps that protect of which no record was found, then with most of
    anything, then with most recorded late; of equals the first by pseudonym.
    """

    children: Count
    cases_without_child: Count
    of_both: Count  # children, and cases without one
    first: tuple[ChildFound, ...]  # of both, at most MOST_CHILDREN


@dataclass(frozen=True)
class _Kinds:
    """The rows of each kind: what was recorded as happening and must not is no step that anybody could still take."""

    found: RowFilter
    missed: RowFilter
    open: RowFilter
    protecting: RowFilter
    late: RowFilter


def children_found(tables: MeasuredTables) -> ChildrenFound:
    """All children, and cases that name none, over the obligations that may be counted."""
    kinds = _kinds(tables)
    counted = _count_by_child(tables, kinds)
    named, unnamed = counted.filter(pl.col("child_id").is_not_null()), counted.filter(pl.col("child_id").is_null())
    without_child = kinds.found.with_value("child_id", None).counted_by("case_id")
    return ChildrenFound(
        children=Count(Counted.CHILD, named.height, kinds.found.counted_by("child_id")),
        cases_without_child=Count(Counted.CASE, unnamed.height, without_child),
        of_both=Count(Counted.CHILD_OR_CASE, counted.height, kinds.found.counted_by("who")),
        first=_with_their_cases(tables, kinds, counted.head(MOST_CHILDREN)),
    )


def _kinds(tables: MeasuredTables) -> _Kinds:
    mine = may_be_counted(tables.obligations)
    steps = [item for item in mine if not isinstance(item.obligation, Never)]
    protecting = [item for item in steps if item.obligation.safeguarding]
    found = occasions_of(*mine).with_value("outcome", Outcome.MISSED.value, Outcome.LATE.value)
    missed = found.with_value("outcome", Outcome.MISSED.value)
    return _Kinds(
        found=found,
        missed=missed,
        open=missed.with_value("is_open", True).with_value("key", *(item.key for item in steps)),
        protecting=missed.with_value("key", *(item.key for item in protecting)),
        late=found.with_value("outcome", Outcome.LATE.value),
    )


def _marked(tables: MeasuredTables, kinds: _Kinds) -> pl.LazyFrame:
    """Every occasion that was found missing or late, and of which kinds it is."""

    def holds(rows: RowFilter) -> pl.Expr:
        return pl.all_horizontal([condition.expression() for condition in rows.conditions])

    return tables.occasions(kinds.found, "is_open").select(
        "child_id",
        "case_id",
        "key",
        "deadline",
        unnamed=pl.when(pl.col("child_id").is_null()).then("case_id"),
        open_and_protecting=holds(kinds.open) & holds(kinds.protecting),
        open=holds(kinds.open),
        protecting=holds(kinds.protecting),
        missed=holds(kinds.missed),
        late=holds(kinds.late),
    )


def _count_by_child(tables: MeasuredTables, kinds: _Kinds) -> pl.DataFrame:
    """A row for each child and each case without one, with how many of each kind, most urgent first."""
    urgent = [pl.col("open_and_protecting") > 0, pl.col("open") > 0, "protecting", "missed", "late"]
    return (
        _marked(tables, kinds)
        .group_by("child_id", "unnamed")
        .agg(*[pl.col(kind).sum() for kind in KINDS])
        .sort([*urgent, "child_id", "unnamed"], descending=[True] * 5 + [False] * 2, nulls_last=True)
        .collect(engine="streaming")
    )


def _with_their_cases(tables: MeasuredTables, kinds: _Kinds, counted: pl.DataFrame) -> tuple[ChildFound, ...]:
    """The children of a list with their cases, in the same order."""
    urgent_first = [*KINDS, "deadline", "case_id", "key"]
    of_these = (
        _marked(tables, kinds)
        .join(counted.lazy().select("child_id", "unnamed"), on=["child_id", "unnamed"], how="semi", nulls_equal=True)
        .sort(urgent_first, descending=[True] * len(KINDS) + [False] * 3, nulls_last=True)
        .group_by("child_id", "unnamed", maintain_order=True)
        .agg(pl.col("case_id").unique(maintain_order=True), step=pl.col("key").first())
        .collect()
    )
    beside = counted.join(of_these, on=["child_id", "unnamed"], how="left", nulls_equal=True, maintain_order="left")
    return tuple(_child(kinds, row) for row in beside.iter_rows(named=True))


def _child(kinds: _Kinds, row: dict[str, Any]) -> ChildFound:
    child_id = row["child_id"]

    def many(kind: str, rows: RowFilter) -> Count:
        mine = rows.with_value("child_id", child_id)
        return Count(Counted.OCCASION, row[kind], mine if child_id else mine.with_value("case_id", row["unnamed"]))

    return ChildFound(
        child_id=child_id,
        case_ids=tuple(row["case_id"]),
        step=row["step"],
        open=many("open", kinds.open),
        protecting=many("protecting", kinds.protecting),
        missed=many("missed", kinds.missed),
        late=many("late", kinds.late),
    )
