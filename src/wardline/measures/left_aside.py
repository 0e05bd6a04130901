"""What an empty attribute leaves open: it is counted for the report, never guessed (docs/reference/standards-language.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from wardline.events import attribute_columns
from wardline.findings import fits, fits_but_for_empty, is_in_dates, matches, matches_but_for_empty, occasion_time
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables
from wardline.obligations import Never, Record, ResolvedObligation

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
    """For each obligation that leaves anything aside: how many triggers and how many cases.

    A trigger counts that would match but for an empty attribute; a case whose `for` attribute is empty and that has
    an occasion's making (a trigger of its own, or, where none is needed, the case itself) within the dates.
    """
    asked = [item for item in tables.obligations if _may_leave_aside(item)]
    if not asked:
        return ()
    # One pass over the events for all obligations, with two columns for each, and one over the cases.
    by_trigger, by_opening = _by_trigger(tables, asked), _by_opening(tables, asked)
    found = []
    for at, item in enumerate(asked):
        cases = max(by_trigger[f"cases{at}"], by_opening.get(f"cases{at}", 0))
        found.append(LeftAside(item, Count(Counted.EVENT, by_trigger[f"triggers{at}"]), Count(Counted.CASE, cases)))
    return tuple(one for one in found if one.triggers or one.cases)


def _may_leave_aside(item: ResolvedObligation) -> bool:
    obligation = item.obligation
    return bool(obligation.only_for) or any(pattern.conditions for pattern in obligation.triggers())


def _by_trigger(tables: MeasuredTables, asked: Sequence[ResolvedObligation]) -> dict[str, int]:
    """`triggers0`, `cases0`, … for each obligation, by the events that start an occasion or would."""
    attributes = attribute_columns(tables.event_log.events.collect_schema(), "events")
    of_events, of_cases, counts = [], [], []
    for at, item in enumerate(asked):
        only_for, patterns = item.obligation.only_for, item.obligation.triggers()
        of_events += [
            matches(patterns, attributes).alias(f"whole{at}"),
            matches_but_for_empty(patterns, attributes).alias(f"partly{at}"),
        ]
        of_cases += [
            fits(only_for, tables.attributes).alias(f"fits{at}"),
            fits_but_for_empty(only_for, tables.attributes).alias(f"may_fit{at}"),
        ]
        whole, partly, fitting, may_fit = (pl.col(f"{name}{at}") for name in ("whole", "partly", "fits", "may_fit"))
        is_asked = (pl.col("case_type") == item.case_type) & is_in_dates(occasion_time(), item, tables.period)
        counts += [
            (is_asked & fitting & partly).sum().alias(f"triggers{at}"),
            pl.col("case_id").filter(is_asked & may_fit & (whole | partly)).n_unique().alias(f"cases{at}"),
        ]
    names = sorted({pattern.event for item in asked for pattern in item.obligation.triggers()})
    return (
        tables.known_events.filter(pl.col("event").is_in(names))
        .select("case_id", "happened_at", *of_events)
        .filter(pl.any_horizontal([f"{name}{at}" for at in range(len(asked)) for name in ("whole", "partly")]))
        .join(tables.cases.select("case_id", "case_type", "opened_at", *of_cases), on="case_id", how="inner")
        .filter(pl.any_horizontal([f"{name}{at}" for at in range(len(asked)) for name in ("partly", "may_fit")]))
        .select(counts)
        .collect(engine="streaming")
        .row(0, named=True)
    )


def _by_opening(tables: MeasuredTables, asked: Sequence[ResolvedObligation]) -> dict[str, int]:
    """`cases0`, … for each obligation for which the case itself is an occasion."""
    counts = [
        (
            (pl.col("case_type") == item.case_type)
            & fits_but_for_empty(item.obligation.only_for, tables.attributes)
            & is_in_dates(pl.col("opened_at"), item, tables.period)
        )
        .sum()
        .alias(f"cases{at}")
        for at, item in enumerate(asked)
        if item.obligation.only_for and isinstance(item.obligation, Never | Record)
    ]
    return tables.cases.select(counts).collect(engine="streaming").row(0, named=True) if counts else {}
