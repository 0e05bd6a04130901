"""Draws from a source of chance, and times that stay clear of what no record could tell."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from math import exp, log, sqrt
from random import Random
from typing import TypeVar

from wardline.simulation.clock import HOUR, MINUTE, Clock

__all__ = [
    "clear",
    "count_of_day",
    "draw_hours",
    "draw_minutes",
    "draw_share",
    "hour_by_profile",
    "triangular_quantile",
]

T = TypeVar("T")


def draw_share(source: Random, shares: Sequence[tuple[float, T]]) -> T:
    """One of several values by its share; the shares add up to 1."""
    left = source.random()
    for share, value in shares:
        left -= share
        if left < 0:
            return value
    return shares[-1][1]


def draw_minutes(source: Random, low_usual_high: tuple[float, float, float]) -> int:
    """Whole minutes, in seconds, between a shortest and a longest, most often near the usual."""
    low, usual, high = low_usual_high
    return int(source.triangular(low, high, usual)) * MINUTE


def triangular_quantile(share: float, low_usual_high: tuple[float, float, float]) -> int:
    """How many whole minutes are not exceeded by a share of what `draw_minutes` draws."""
    low, usual, high = low_usual_high
    turn = (usual - low) / (high - low)
    if share < turn:
        return int(low + sqrt(share * (high - low) * (usual - low)))
    return int(high - sqrt((1 - share) * (high - low) * (high - usual)))


def draw_hours(source: Random, quantiles: Sequence[tuple[float, float]]) -> int:
    """Whole minutes, in seconds, of a length of time of which quantiles are known in hours; even in the logarithm."""
    at = source.random()
    upper = bisect(quantiles, (at,))
    (share, hours), (next_share, next_hours) = quantiles[upper - 1], quantiles[upper]
    part = (at - share) / (next_share - share)
    return int(exp(log(hours) + part * (log(next_hours) - log(hours))) * 60) * MINUTE


def count_of_day(source: Random, mean: float) -> int:
    """How many happen on a day, where one is as likely at any instant as at another."""
    count, left = 0, source.expovariate(1.0)
    while left < mean:
        count += 1
        left += source.expovariate(1.0)
    return count


def hour_by_profile(source: Random, profile: Sequence[float]) -> int:
    """An hour of the local clock, by the shares of a day's 24 hours."""
    return source.choices(range(24), profile)[0]


def clear(clock: Clock, at: int) -> int:
    """The instant, or the first one after it whose local time no clock shows twice.

    What an obligation depends on never lies in the hour that the clocks show twice, so that the records can tell it.
    (What the control room writes is left as it is: there the truth says what the records cannot tell.)
    """
    if not clock.is_shown_twice(at):
        return at
    later = (at // HOUR + 1) * HOUR
    while clock.is_shown_twice(later):
        later += HOUR
    return later + at % HOUR // MINUTE * MINUTE
