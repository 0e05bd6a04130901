"""Whether more children are graded low, or more reports cancelled, since the day from which it is said to be better.

Both leave other cases to count than before. A lower grade gives more time: the change must also be there within the
grades. A cancelled report is not counted at all: the change must also be there if what is cancelled more often than
before had not been met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wardline.measures.claims.answers import Rival, RivalAnswer, Says
from wardline.measures.claims.claim import Scale
from wardline.measures.claims.mix_rivals import groups_of, standardised
from wardline.measures.claims.recording_rivals import Looked, beside, is_gone, is_step
from wardline.measures.claims.size_of_change import ChangeFound, NoChange, change_between
from wardline.measures.declared.measure import Measure, ShareLowered, ShareOfEvents, ShareWithin

__all__ = ["CANCELLED", "GRADE", "counts_cancelled", "counts_grades", "more_cancelled", "more_graded_low"]

GRADE = "grade"
CANCELLED = "report_cancelled"


def counts_grades(measure: Measure) -> bool:
    """Whether a measure says how often children are graded low, or lower than before."""
    return isinstance(measure.counting, ShareOfEvents | ShareLowered) and measure.counting.attribute == GRADE


def counts_cancelled(measure: Measure) -> bool:
    """Whether a measure says how many reports are cancelled."""
    return isinstance(measure.counting, ShareWithin) and CANCELLED in measure.counting.then


def more_graded_low(looked: Looked) -> Iterator[RivalAnswer]:
    """Whether the grades stepped, and the change is gone within the grades."""
    for measure in filter(counts_grades, beside(looked)):
        change = change_between(looked.of(measure), Scale.POINTS)
        if isinstance(change, NoChange):
            yield RivalAnswer(Rival.DOWNGRADES, Says.CANNOT_TELL, measure=measure)
        elif not is_step(change, 1) or looked.found is None:
            yield RivalAnswer(Rival.DOWNGRADES, Says.NOT, measure=measure, change=change)
        else:
            within = None
            if GRADE in looked.measure.splits and looked.group is None and looked.scale is not Scale.PERCENT:
                within = standardised(groups_of(looked, looked.measure, GRADE), looked.scale)
            yield RivalAnswer(
                Rival.DOWNGRADES, _says(looked, within), measure=measure, change=change, beside=within, split=GRADE
            )


def more_cancelled(looked: Looked) -> Iterator[RivalAnswer]:
    """Whether more reports are cancelled, and the change is gone if these had not been met."""
    for measure in filter(counts_cancelled, beside(looked)):
        change = change_between(looked.of(measure), Scale.POINTS)
        if isinstance(change, NoChange):
            yield RivalAnswer(Rival.CANCELLED, Says.CANNOT_TELL, measure=measure)
        elif change.distance <= 0 or not is_step(change, 1):
            yield RivalAnswer(Rival.CANCELLED, Says.NOT, measure=measure, change=change)
        else:
            if_not_met = _if_not_met(looked, change.distance) if looked.scale is Scale.POINTS else None
            yield RivalAnswer(
                Rival.CANCELLED, _says(looked, if_not_met), measure=measure, change=change, beside=if_not_met
            )


def _if_not_met(looked: Looked, cancelled_more: float) -> ChangeFound | None:
    """The change if as many as are cancelled more than before were counted, and not met."""
    after = tuple(replace(one, value=one.value * (1 - cancelled_more)) for one in looked.compared.after)
    change = change_between(looked.compared.of_figures(looked.compared.before, after), looked.scale)
    return None if isinstance(change, NoChange) else change


def _says(looked: Looked, other: ChangeFound | None) -> Says:
    if other is None or looked.found is None:
        return Says.CANNOT_TELL
    gone = looked.found.is_told(is_up=looked.is_up) and is_gone(other, looked.found, is_up=looked.is_up)
    return Says.AGAINST if gone else Says.NOT
