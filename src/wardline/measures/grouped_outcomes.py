"""The outcomes of each obligation by groups of cases: by district, by grade, by whether a child comes from care.

These are counts, and nothing is compared: whether a group stands out is for the funnels of `comparisons`. The groups
are by the same attributes as there, so none can name a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from wardline.measures.comparisons import COMPARED_BY, MOST_VALUES, attributes_compared
from wardline.measures.measured_tables import CASE, MeasuredTables, occasions_of
from wardline.measures.outcomes import Cell, CountedFindings, OutcomeCounts
from wardline.obligations import ResolvedObligation

__all__ = ["GroupOutcomes", "OutcomesByGroup", "outcomes_by_group"]

BY = ("key", "outcome", "stands", "is_in_share")


@dataclass(frozen=True)
class GroupOutcomes:
    """The occasions of cases with one value of an attribute; None: the cases in which it is empty."""

    value: str | None
    outcomes: OutcomeCounts


@dataclass(frozen=True)
class OutcomesByGroup:
    """One obligation's occasions by an attribute of their cases, in alphabetical order, those without it last."""

    attribute: str
    groups: tuple[GroupOutcomes, ...]


def outcomes_by_group(tables: MeasuredTables) -> Mapping[str, tuple[OutcomesByGroup, ...]]:
    """By the key of each obligation of which there is an occasion: every attribute that has two values or more.

    One pass over the findings for each attribute.
    """
    found: dict[str, list[OutcomesByGroup]] = {}
    for attribute in attributes_compared(tables, None).names:
        for key, of_values in _counted(tables, attribute).items():
            named = [value for value in of_values if value is not None]
            if attribute not in COMPARED_BY and not set(named) <= {"yes", "no"}:
                continue
            if 2 <= len(named) <= MOST_VALUES:
                found.setdefault(key, []).append(_groups(tables.item_of[key], attribute, of_values))
    return {key: tuple(groups) for key, groups in found.items()}


def _counted(tables: MeasuredTables, attribute: str) -> dict[str, dict[str | None, list[Cell]]]:
    column = f"{CASE}{attribute}"
    counted = (
        tables.occasions(occasions_of(*tables.obligations), *BY, column)
        .group_by(*BY, column)
        .agg(rows=pl.len())
        .sort(*BY, column, nulls_last=True)
        .collect(engine="streaming")
    )
    found: dict[str, dict[str | None, list[Cell]]] = {}
    for key, outcome, stands, is_in_share, value, rows in counted.select(*BY, column, "rows").iter_rows():
        cell = Cell(key, outcome, None, None, stands, is_in_share, rows, 0)
        found.setdefault(key, {}).setdefault(value, []).append(cell)
    return found


def _groups(item: ResolvedObligation, attribute: str, of_values: Mapping[str | None, list[Cell]]) -> OutcomesByGroup:
    in_order = sorted(of_values, key=lambda value: (value is None, value or ""))
    return OutcomesByGroup(
        attribute,
        tuple(
            GroupOutcomes(
                value,
                CountedFindings({item.key: tuple(of_values[value])}).outcomes(
                    occasions_of(item).with_value(f"{CASE}{attribute}", value), [item]
                ),
            )
            for value in in_order
        ),
    )
