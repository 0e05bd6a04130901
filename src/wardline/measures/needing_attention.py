"""The one thing that most needs attention, chosen by a rule that the page states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.findings import Outcome
from wardline.measures.figures import Count, Counted
from wardline.measures.measured_tables import MeasuredTables, may_be_counted, occasions_of
from wardline.measures.outcomes import CountedFindings, OutcomeCounts
from wardline.obligations import Owner, ResolvedObligation

__all__ = ["Attention", "most_needing_attention"]


@dataclass(frozen=True)
class Attention:
    """The obligation that it is about, the outcome for which it was chosen, and its counts.

    `still_open`: how many of the cases with that outcome are open; None for another outcome.
    """

    item: ResolvedObligation
    outcome: Outcome
    outcomes: OutcomeCounts
    still_open: Count | None = None

    @property
    def many(self) -> Count:
        """How many occasions have that outcome."""
        return self.outcomes.of(self.outcome)


def most_needing_attention(tables: MeasuredTables, counted: CountedFindings) -> Attention | None:
    """Of the steps that protect the child and that the force owes, the one most often missed, else most often late;
    else in the same way of all that the force owes; else the one most often not to be told. Of equals the first."""
    mine = may_be_counted(tables.obligations, owed_by=Owner.FORCE)
    protecting = [item for item in mine if item.obligation.safeguarding]
    for among, outcome in (
        (protecting, Outcome.MISSED),
        (protecting, Outcome.LATE),
        (mine, Outcome.MISSED),
        (mine, Outcome.LATE),
        (mine, Outcome.CANNOT_TELL),
    ):
        found = _most(among, counted, outcome)
        if found is not None:
            still_open = _still_open(tables, found) if outcome is Outcome.MISSED else None
            return Attention(found, outcome, counted.of(found), still_open)
    return None


def _most(among: Sequence[ResolvedObligation], counted: CountedFindings, outcome: Outcome) -> ResolvedObligation | None:
    best, most = None, 0
    for item in among:
        here = counted.of(item).of(outcome).value
        if here > most:
            best, most = item, here
    return best


def _still_open(tables: MeasuredTables, item: ResolvedObligation) -> Count:
    missed = occasions_of(item).with_value("outcome", Outcome.MISSED.value)
    rows = missed.with_value("is_open", True).counted_by("case_id")
    return Count(Counted.CASE, tables.count(rows), rows)
