"""The inspectorate's five areas, each by the one step that says most of it, and only where a figure is fair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from wardline.measures.figures import FEWEST_FOR_A_PERCENTAGE, Count, Counted
from wardline.measures.measured_tables import MeasuredTables, may_be_counted
from wardline.measures.outcomes import CountedFindings, OutcomeCounts
from wardline.obligations import Owner, ResolvedObligation, Standing, Topic

__all__ = ["AREAS", "AreaFigures", "NoFigure", "five_areas", "is_fair"]

# In the order in which a child meets them; what no record can show comes last.
AREAS = (
    Topic.INITIAL_RESPONSE,
    Topic.RISK_ASSESSMENT_AND_REFERRAL,
    Topic.INVESTIGATION,
    Topic.PARTNERSHIP_WORKING,
    Topic.LEADERSHIP,
)

NO_STEPS = Count(Counted.OBLIGATION, 0)


class NoFigure(Enum):
    """Why an area has no figure."""

    NOT_FROM_RECORDS = "it cannot be judged from records"
    NOTHING_OWED = "the standards of this dive ask nothing of the force in it"
    ALL_ASSUMED = "every limit in it is assumed, and nobody has confirmed one"
    NO_OCCASION = "nothing in it was owed in the records at hand"
    TOO_FEW = "too few occasions can be judged"
    TOO_MANY_NOT_TOLD = "of too many occasions we cannot tell"


@dataclass(frozen=True)
class AreaFigures:
    """One area by one obligation, with its counts, or why there is no figure.

    `protecting` are the steps of the area that protect the child, of which something was owed; for `not_fair` of them a
    figure would not be fair.
    """

    area: Topic
    silence: NoFigure | None
    item: ResolvedObligation | None = None
    outcomes: OutcomeCounts | None = None
    protecting: Count = NO_STEPS
    not_fair: Count = NO_STEPS


def five_areas(tables: MeasuredTables, counted: CountedFindings) -> tuple[AreaFigures, ...]:
    """The five areas in their order. Of an area the first step that protects the child and for which a figure is fair
    is taken, else the first of the others for which one is, else why there is none is said of the first."""
    return tuple(_area(tables, counted, area) for area in AREAS)


def is_fair(outcomes: OutcomeCounts) -> bool:
    """Whether a share says what it seems to say: enough can be judged, and there are few for which we cannot tell."""
    return outcomes.judged.value >= FEWEST_FOR_A_PERCENTAGE and outcomes.is_told


def _area(tables: MeasuredTables, counted: CountedFindings, area: Topic) -> AreaFigures:
    if area is Topic.LEADERSHIP:
        return AreaFigures(area, NoFigure.NOT_FROM_RECORDS)
    owed = [
        item for item in tables.obligations if item.obligation.topic is area and item.obligation.owed_by is Owner.FORCE
    ]
    mine = may_be_counted(owed)
    if not mine:
        is_assumed = any(item.standing is Standing.ASSUMED for item in owed)
        return AreaFigures(area, NoFigure.ALL_ASSUMED if is_assumed else NoFigure.NOTHING_OWED)
    happened = [item for item in mine if counted.of(item).occasions]
    protecting = [item for item in happened if item.obligation.safeguarding]
    others = [item for item in happened if not item.obligation.safeguarding]
    fair = [item for item in (*protecting, *others) if is_fair(counted.of(item))]
    of_steps = (
        Count(Counted.OBLIGATION, len(protecting)),
        Count(Counted.OBLIGATION, sum(not is_fair(counted.of(item)) for item in protecting)),
    )
    if not fair:
        return _silent(counted, area, (*protecting, *others), of_steps)
    item = fair[0]
    return AreaFigures(area, None, item, counted.of(item), *of_steps)


def _silent(
    counted: CountedFindings, area: Topic, happened: Sequence[ResolvedObligation], of_steps: tuple[Count, Count]
) -> AreaFigures:
    if not happened:
        return AreaFigures(area, NoFigure.NO_OCCASION)
    outcomes = counted.of(happened[0])
    why = NoFigure.TOO_FEW if outcomes.is_told else NoFigure.TOO_MANY_NOT_TOLD
    return AreaFigures(area, why, happened[0], outcomes, *of_steps)
