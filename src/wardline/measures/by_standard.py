"""What was found, standard by standard and obligation by obligation: outcomes, and waits by the limit that applied."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.findings import Reason
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables, occasions_of
from wardline.measures.outcomes import CountedFindings, OutcomeCounts
from wardline.measures.shared_out import IN_A_WAIT
from wardline.measures.waits import OF_WAITS, LimitWaits, Waits, waits_by_limit, waits_of
from wardline.obligations import Owner, ResolvedObligation, Standing

__all__ = [
    "AssumedWaits",
    "CannotTellReason",
    "ObligationFigures",
    "StandardFigures",
    "cannot_tell_reasons",
    "standard_figures",
]


@dataclass(frozen=True)
class ObligationFigures:
    """One obligation that may stand in a headline. `is_detailed`: whether there is more to say than its outcomes.

    `limits` and `waits` (of all judged) only where it is, and has a time limit.
    """

    item: ResolvedObligation
    outcomes: OutcomeCounts
    is_detailed: bool
    limits: tuple[LimitWaits, ...] = ()
    waits: Waits | None = None


@dataclass(frozen=True)
class AssumedWaits:
    """One whose limit nobody at the force has confirmed: its waits and no share. None: it has no time limit."""

    item: ResolvedObligation
    waits: Waits | None


@dataclass(frozen=True)
class StandardFigures:
    """One standard; what the force owes comes first. `outcomes` are those of all that may stand in a headline."""

    standard: tuple[str, str]  # name and version
    obligations: Count
    countable: Count  # obligations that may stand in a headline
    outcomes: OutcomeCounts
    found: tuple[ObligationFigures, ...]
    assumed: tuple[AssumedWaits, ...]
    asked: tuple[ObligationFigures, ...]  # by the oversight body; in no headline
    items: tuple[ResolvedObligation, ...]  # all of them, in the order shown


@dataclass(frozen=True)
class CannotTellReason:
    """For how many occasions we cannot tell for one reason, and of which obligations, most frequent first."""

    reason: Reason
    occasions: Count
    of: tuple[tuple[ResolvedObligation, Count], ...]


def standard_figures(tables: MeasuredTables, counted: CountedFindings) -> tuple[StandardFigures, ...]:
    """The standards in their order, without those of which no obligation was checked."""
    found = []
    for standard in tables.standards:
        mine = [item for item in tables.obligations if (item.standard, item.version) == standard]
        mine.sort(key=lambda item: list(Owner).index(item.obligation.owed_by))
        if mine:
            found.append(_standard(tables, counted, standard, mine))
    return tuple(found)


def _standard(
    tables: MeasuredTables, counted: CountedFindings, standard: tuple[str, str], mine: list[ResolvedObligation]
) -> StandardFigures:
    countable = [item for item in mine if item.standing is Standing.BINDING]
    return StandardFigures(
        standard,
        Count(Counted.OBLIGATION, len(mine)),
        Count(Counted.OBLIGATION, len(countable)),
        counted.of(*countable),
        tuple(_obligation(tables, counted, item) for item in countable),
        tuple(
            AssumedWaits(item, _assumed_waits(tables, item) if item.obligation.time_limit is not None else None)
            for item in mine
            if item.standing is Standing.ASSUMED
        ),
        tuple(_obligation(tables, counted, item) for item in mine if item.standing is Standing.ASKED),
        tuple(mine),
    )


def _obligation(tables: MeasuredTables, counted: CountedFindings, item: ResolvedObligation) -> ObligationFigures:
    outcomes = counted.of(item)
    # Of one that cannot be judged its row says all there is to say, unless somebody waited.
    is_detailed = bool(outcomes.judged) or counted.has_waits(item)
    if not is_detailed or item.obligation.time_limit is None:
        return ObligationFigures(item, outcomes, is_detailed)
    rows = occasions_of(item)
    columns = (*OF_WAITS, "deadline", "limit", "outcome", "reason", "counts_as_wait")
    occasions = tables.occasions(rows, *columns).select(columns).collect(engine="streaming")
    of_waits = rows.with_value("counts_as_wait", True).with_value("outcome", *IN_A_WAIT)
    waiting = occasions.filter("counts_as_wait", pl.col("outcome").is_in(IN_A_WAIT))
    return ObligationFigures(
        item, outcomes, True, tuple(waits_by_limit(item, occasions, counted)), waits_of(of_waits, waiting)
    )


def _assumed_waits(tables: MeasuredTables, item: ResolvedObligation) -> Waits:
    """All limits together: those that can be judged, and those whose limit is not known and that were not called
    off.
    """
    rows = occasions_of(item).with_value("counts_as_wait", True)
    return waits_of(rows, tables.occasions(rows, *OF_WAITS).select(OF_WAITS).collect(engine="streaming"))


def cannot_tell_reasons(tables: MeasuredTables, counted: CountedFindings) -> tuple[CannotTellReason, ...]:
    """The reasons in their order, without those that no occasion has."""
    by_reason = counted.cannot_tell()
    everything = counted.all_that_cannot_be_told().rows
    assert everything is not None
    found = []
    for reason in Reason:
        if reason not in by_reason:
            continue
        rows = everything.with_value("reason", reason.value)
        by_key = sorted(by_reason[reason].items(), key=lambda pair: (-pair[1], pair[0]))
        found.append(
            CannotTellReason(
                reason,
                Count(Counted.OCCASION, sum(by_reason[reason].values()), rows),
                tuple(
                    (tables.item_of[key], Count(Counted.OCCASION, many, rows.with_value("key", key)))
                    for key, many in by_key
                    if key in tables.item_of
                ),
            )
        )
    return tuple(found)
