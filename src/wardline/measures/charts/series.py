"""A series: a measure over time, as points in order, one for each period or for each rare event.

A period for which there is no figure stays in the series as a point without a value, and says why. It is never nought:
two months in which nothing was typed in would look like two months in which no child went missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from math import isfinite

from wardline.measures.charts.refusals import (
    day_twice,
    event_out_of_order,
    impossible_value,
    more_than_all,
    nothing_to_chart,
    other_length,
)
from wardline.time_limits import PeriodLength, period_start, periods_from

__all__ = ["Absent", "Point", "Series", "Shown"]


class Absent(Enum):
    """Why a period has no figure; the value is the sentence."""

    GAP = "Nothing was recorded for all or part of it."
    NO_OCCASIONS = "There was no occasion in it, so there is no share of them."
    NOT_OVER = "It is not over, so its figure is not known yet."
    IN_PART = "The dive is about only a part of it."
    NOT_TOLD = "More than a fifth of it cannot be told from the records, so there is no single figure."
    NOT_GIVEN = "The force's settings do not say how many it is counted for."
    NOT_REACHED = "Too few had a response for so many per cent to be reached."


class Shown(Enum):
    """What the points of a series are; the value says it."""

    SHARE = "a share of occasions"
    RATE = "how many for each one of something"
    VALUE = "a number"
    WAIT = "days from one event to the next"
    OCCASIONS_BETWEEN = "occasions from one event to the next"

    @property
    def can_be(self) -> tuple[float | None, float | None]:
        """The least and the most that a figure can be; None: no bound."""
        match self:
            case Shown.SHARE:
                return 0.0, 1.0
            case Shown.VALUE:
                return None, None
            case _:
                return 0.0, None


@dataclass(frozen=True)
class Point:
    """The figure of one period, or of one event; `day` is the first local day of the period, or the day of the event.

    A share or a rate has a numerator and a denominator. Without a value, `absent` says why.
    """

    day: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    absent: Absent | None = None

    @staticmethod
    def of(day: date, numerator: float, denominator: float) -> Point:
        """The point of a share or a rate; there is no figure where the denominator is nought."""
        if denominator == 0 and numerator == 0:
            return Point(day, None, numerator, denominator, Absent.NO_OCCASIONS)
        if denominator <= 0:
            raise more_than_all(day)
        return Point(day, numerator / denominator, numerator, denominator)

    @staticmethod
    def without(day: date, absent: Absent) -> Point:
        """The place of a period for which there is no figure."""
        return Point(day, None, absent=absent)


@dataclass(frozen=True)
class Series:
    """A measure over time. `by` None: a point is an event, and not a period; else there is one for every period.

    `lowest` and `highest`: what a number can be, where it has such bounds; a share or a count of days has its own.
    Raises CannotChart, in words.
    """

    shown: Shown
    by: PeriodLength | None
    points: tuple[Point, ...]
    lowest: float | None = None
    highest: float | None = None

    def __post_init__(self) -> None:
        lowest, highest = self.shown.can_be
        if self.shown is not Shown.VALUE:
            object.__setattr__(self, "lowest", lowest)
            object.__setattr__(self, "highest", highest)
        if not self.points:
            raise nothing_to_chart()
        self._check_order()
        for point in self.points:
            self._check_value(point)

    @property
    def charted(self) -> tuple[Point, ...]:
        """The points that have a figure, in order."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def absent(self) -> tuple[Point, ...]:
        """The periods without a figure, each with the reason."""
        return tuple(point for point in self.points if point.value is None)

    def _check_order(self) -> None:
        days = [point.day for point in self.points]
        if self.by is None:
            for earlier, later in pairwise(days):
                if later < earlier:
                    raise event_out_of_order(later)
            return
        by, seen = self.by, set[date]()
        for day in days:
            if day in seen:
                raise day_twice(day)
            seen.add(day)
        if others := [day for day in days if period_start(day, by) != day]:
            raise other_length(others, by.value)
        if days != list(periods_from(days[0], days[-1], by)):
            raise other_length(_out_of_step(days, by), by.value)

    def _check_value(self, point: Point) -> None:
        assert (point.value is None) == (point.absent is not None), "a point has a figure or a reason"
        if point.value is None:
            return
        is_below = self.lowest is not None and point.value < self.lowest
        is_above = self.highest is not None and point.value > self.highest
        if is_above and self.shown is Shown.SHARE and point.denominator is not None:
            raise more_than_all(point.day)
        if not isfinite(point.value) or is_below or is_above:
            raise impossible_value(point.value, point.day, self.lowest, self.highest)


def _out_of_step(days: Sequence[date], by: PeriodLength) -> list[date]:
    """The days that do not begin the period after the one before them."""
    return [later for earlier, later in pairwise(days) if list(periods_from(earlier, later, by)) != [earlier, later]]
