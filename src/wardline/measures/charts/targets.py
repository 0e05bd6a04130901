"""Whether a target lies within what the measure does by chance: what can be promised of it as things are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import isfinite

from wardline.measures.charts.control_charts import ControlChart, Wanted
from wardline.measures.charts.refusals import target_that_cannot_be
from wardline.measures.charts.series import Series

__all__ = ["Assurance", "NotAssured", "Target", "assurance_of", "assurance_within"]


class Assurance(Enum):
    """What to expect of the target while nothing changes; the value is the words."""

    MET = "consistently met"
    MISSED = "consistently missed"
    HIT_AND_MISS = "hit and miss"


class NotAssured(Enum):
    """Why nothing can be said of a target; the value is the sentence."""

    NO_LIMITS = "There are no limits, so nothing can be said of the target."
    NO_DIRECTION = "It is not said whether larger or smaller figures are better, so nothing can be said of the target."


@dataclass(frozen=True)
class Target:
    """The level that a measure is to reach: as a share of one, a rate, a number, days or occasions, like the series."""

    value: float

    def check_for(self, series: Series) -> None:
        """Raise CannotChart, in words, where no figure of the series could ever be on both sides of it."""
        is_below = series.lowest is not None and self.value < series.lowest
        is_above = series.highest is not None and self.value > series.highest
        if not isfinite(self.value) or is_below or is_above:
            raise target_that_cannot_be(self.value, series.lowest, series.highest)


def assurance_of(chart: ControlChart, target: Target) -> Assurance | NotAssured:
    """What to expect of a target, by the limits at the latest figure.

    Between the limits (or on one of them) the target is hit in some periods and missed in others, by chance alone.
    Where the limits are trial limits, so is this. Raises CannotChart where the target cannot be.
    """
    target.check_for(chart.series)
    if chart.wanted is Wanted.NEITHER:
        return NotAssured.NO_DIRECTION
    segment = chart.last_segment
    limits = segment.points[-1].limits if segment is not None else None
    if limits is None:
        return NotAssured.NO_LIMITS
    return assurance_within(limits.lower, limits.upper, target.value, chart.wanted)


def assurance_within(lower: float, upper: float, target: float, wanted: Wanted) -> Assurance:
    """What to expect of a target while the figures stay between two limits; one way must be wanted."""
    assert wanted is not Wanted.NEITHER
    if lower <= target <= upper:
        return Assurance.HIT_AND_MISS
    is_beyond_all = target > upper
    return Assurance.MISSED if is_beyond_all == (wanted is Wanted.LARGER) else Assurance.MET
