"""Which measures a dive cannot give, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from wardline.measures.declared.measure import CasesCounted, Measure, Needs, NotesWith, ShareMet, ShareNotTold, Wait
from wardline.measures.measured_tables import MeasuredTables, may_be_counted
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.obligations import ResolvedObligation

__all__ = [
    "INVESTIGATOR",
    "PEOPLE",
    "MeasureLeftOut",
    "WhyLeftOut",
    "measures_left_out",
    "obligations_of",
    "why_left_out",
]

INVESTIGATOR, PEOPLE = "investigator", "1,000 people"  # what a rate may be per


class WhyLeftOut(Enum):
    """Why a dive does not give a measure; the value is the sentence."""

    LINKED_CHILDREN = Needs.LINKED_CHILDREN.value
    NOTES_READ = Needs.NOTES_READ.value
    NO_OBLIGATION = "The standards of this dive have no such obligation."
    NOT_CONFIRMED = "Nobody has confirmed that this is owed, so only its waits are shown."
    NO_CASES = "The records have no case of its type."
    NOT_GIVEN = "The force's settings do not say how many it is counted for."


@dataclass(frozen=True)
class MeasureLeftOut:
    """A measure that a dive does not give, and why."""

    measure: Measure
    why: WhyLeftOut


def measures_left_out(measures: Sequence[Measure], tables: MeasuredTables) -> tuple[MeasureLeftOut, ...]:
    """Those of the measures that have no row in the table, in order."""
    records = RecordsCounted(tables)
    why = [(measure, why_left_out(measure, records)) for measure in measures]
    return tuple(MeasureLeftOut(measure, reason) for measure, reason in why if reason is not None)


def why_left_out(measure: Measure, records: RecordsCounted) -> WhyLeftOut | None:
    """Why the measure has no row; None where it has."""
    counting, tables = measure.counting, records.tables
    if measure.needs is not None:
        return WhyLeftOut[measure.needs.name]
    match counting:
        case NotesWith():
            return WhyLeftOut.NOTES_READ
        case ShareMet() | ShareNotTold() | Wait():
            if not any(item.full_name == counting.obligation for item in tables.obligations):
                return WhyLeftOut.NO_OBLIGATION
            return None if obligations_of(counting, tables) else WhyLeftOut.NOT_CONFIRMED
        case CasesCounted(per=str() as per):
            given = tables.investigators if per == INVESTIGATOR else tables.population
            if not given:
                return WhyLeftOut.NOT_GIVEN
    has_cases = (records.cases["case_type"] == counting.case_type).any()
    return None if has_cases else WhyLeftOut.NO_CASES


def obligations_of(counting: ShareMet | ShareNotTold | Wait, tables: MeasuredTables) -> list[ResolvedObligation]:
    """The versions of the obligation that are counted: of a share, those that bind the force; of a wait, all."""
    named = [item for item in tables.obligations if item.full_name == counting.obligation]
    return named if isinstance(counting, Wait) else may_be_counted(named)
