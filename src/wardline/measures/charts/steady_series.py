"""Made-up series in which nothing changes, to see how often the rules find a signal where there is none.

The figures of different periods do not depend on one another. Where real ones do (a season, a backlog), false signals
are more frequent than here.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate
from math import comb, exp, log, sqrt
from random import Random
from typing import TypeAlias

from wardline.measures.charts.chart_limits import ChartKind, NoLimits, limits_of
from wardline.measures.charts.series import Point
from wardline.measures.charts.signal_rules import first_pattern_completed

__all__ = ["Steady", "binomial", "exponential", "first_false_signal", "geometric", "normal", "poisson"]

Steady: TypeAlias = Callable[[Random], Point]  # draws one point

SOME_DAY = date(2000, 1, 1)
FIRST_LOOK = 24  # figures after the baseline that are looked at first: most long series have a false signal early
FAR = 20  # standard deviations above the mean: no draw reaches as far


def first_false_signal(
    kind: ChartKind, steady: Steady, baseline: int, later: int, drawn: Random, *, screened: bool
) -> int | None:
    """Draw a series of so many figures and so many more, with limits from the first of them: the position at which some
    rule is first satisfied; None: nowhere."""
    points = [steady(drawn) for _ in range(baseline)]
    for stage in (0, min(FIRST_LOOK, later), later):
        points += [steady(drawn) for _ in range(baseline + stage - len(points))]
        lines = limits_of(kind, points[:baseline], points, screened=screened)
        if isinstance(lines, NoLimits):
            return None  # and without limits no rule is asked
        values = [point.value for point in points if point.value is not None]
        # A pattern that is complete is so whatever comes after it.
        found = first_pattern_completed(values, lines.at_points)
        if found is not None:
            return found
    return None


def normal(drawn: Random) -> Point:
    """A number that is normal, for XmR. Its mean and spread change nothing."""
    return Point(SOME_DAY, drawn.gauss(0.0, 1.0))


def exponential(drawn: Random) -> Point:
    """A wait for something that may happen at any moment, for T. How rare it is changes nothing."""
    return Point(SOME_DAY, drawn.expovariate(1.0))


def poisson(events: float) -> Steady:
    """A rate, for U and U′, of so many events in a period on average."""
    most = int(events + FAR * sqrt(events) + FAR)
    chances = [exp(-events)]
    for n in range(1, most):
        chances.append(chances[-1] * events / n)
    up_to = _cumulated(chances)
    return lambda drawn: Point.of(SOME_DAY, bisect(up_to, drawn.random()), 1.0)


def binomial(occasions: int, share: float) -> Steady:
    """A share, for P and P′, of so many occasions in each period."""
    up_to = _cumulated(comb(occasions, n) * share**n * (1 - share) ** (occasions - n) for n in range(occasions))
    return lambda drawn: Point.of(SOME_DAY, bisect(up_to, drawn.random()), occasions)


def geometric(between: float) -> Steady:
    """Occasions from one event to the next, for G, so many on average."""
    per_occasion = log(between / (1 + between))
    return lambda drawn: Point(SOME_DAY, float(int(log(1.0 - drawn.random()) / per_occasion)))


def _cumulated(chances: Iterable[float]) -> tuple[float, ...]:
    return tuple(accumulate(chances))
