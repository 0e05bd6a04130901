"""How much each obligation leaves aside because an attribute is empty: counted for the report, so that it is seen."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.measures.empty_attributes import rows_left_aside, where_something_is_empty
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import LEFT_ASIDE, MeasuredTables
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.obligations import ResolvedObligation

__all__ = ["LeftAside", "left_aside"]


@dataclass(frozen=True)
class LeftAside:
    """What was left aside of an obligation because an attribute is empty.

    `triggers`: events that match the trigger but for an empty attribute; `cases`: those whose `for` attribute is empty.
    """

    item: ResolvedObligation
    triggers: Count
    cases: Count


def left_aside(tables: MeasuredTables) -> tuple[LeftAside, ...]:
    """For each obligation that leaves anything aside: how many triggers and how many cases."""
    asked = where_something_is_empty(tables.obligations, tables.cases, tables.known_events)
    counted = (_left_aside(tables, item) for item in asked)
    return tuple(found for found in counted if found.triggers or found.cases)


def _left_aside(tables: MeasuredTables, item: ResolvedObligation) -> LeftAside:
    found = rows_left_aside(item, tables.cases, tables.known_events, tables.period)
    column = f"{LEFT_ASIDE}{item.key}"
    return LeftAside(
        item,
        triggers=Count(Counted.EVENT, found.event_ids.len(), RowFilter(CountedTable.EVENTS).with_value(column, True)),
        cases=Count(Counted.CASE, found.case_ids.len(), RowFilter(CountedTable.CASES).with_value(column, True)),
    )
