"""The four rules by which Making Data Count tells a signal from chance.

Each looks for a pattern that chance alone seldom makes. A point exactly on the centre line is on neither side, and
breaks a shift; a point exactly on a limit is not outside it; a figure that repeats the one before breaks a trend.
Points are neighbours where periods without a figure lie between them, as they are for moving ranges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from wardline.measures.charts.chart_limits import Limits

__all__ = [
    "PRECEDENCE",
    "SEVEN",
    "THREE",
    "Pattern",
    "Side",
    "SignalRule",
    "close_points",
    "ends_of_shifts",
    "ends_of_trends",
    "ends_of_two_of_three",
    "first_pattern_completed",
    "patterns_ending",
    "patterns_in",
    "sides_of",
]

SEVEN = 7  # points in a shift or a trend
THREE = 3  # points of which two are close to a limit


class SignalRule(Enum):
    """One of the four rules; the value is its name."""

    OUTSIDE = "a point outside the limits"
    TREND = "seven points in a row, each further than the one before"
    TWO_OF_THREE = "two of three points in a row close to a limit"
    SHIFT = "seven points in a row on one side of the centre"


# Where a point belongs to several patterns it is shown as the first of these (the reference cases).
PRECEDENCE = (SignalRule.OUTSIDE, SignalRule.TREND, SignalRule.TWO_OF_THREE, SignalRule.SHIFT)


class Side(Enum):
    """On which side of the centre a pattern lies, or which way a trend goes."""

    HIGH = 1
    LOW = -1


@dataclass(frozen=True)
class Pattern:
    """Points that together satisfy a rule, by their positions, and the position at which they first did.

    The pattern of a shift of nine months is one, and not three of seven.
    """

    rule: SignalRule
    side: Side
    at: tuple[int, ...]
    completed: int


def sides_of(values: Sequence[float], limits: Sequence[Limits]) -> list[int]:
    """1 above the centre, -1 below it, 0 on it."""
    return [_sign(value - lines.centre) for value, lines in zip(values, limits, strict=True)]


def ends_of_shifts(sides: Sequence[int]) -> list[int]:
    """At each point that is the seventh (or a later one) in a row on one side, that side; else 0."""
    ends, length, before = [], 0, 0
    for side in sides:
        length = length + 1 if side == before else 1
        ends.append(side if length >= SEVEN else 0)
        before = side
    return ends


def ends_of_trends(values: Sequence[float]) -> list[int]:
    """At each point that is the seventh (or a later one) of a rise 1, of a fall -1; else 0."""
    ends, steps, way = [], 0, 0
    for at, value in enumerate(values):
        step = _sign(value - values[at - 1]) if at else 0
        steps = steps + 1 if step == way else 1
        way = step
        ends.append(way if steps >= SEVEN - 1 else 0)
    return ends


def ends_of_two_of_three(close: Sequence[bool], sides: Sequence[int]) -> list[int]:
    """At each third point in a row on one side, at least two of the three close to the limit, that side; else 0."""
    ends = [0] * len(close)
    for end in range(THREE - 1, len(close)):
        is_one_side = sides[end] == sides[end - 1] == sides[end - 2]
        if is_one_side and close[end] + close[end - 1] + close[end - 2] >= THREE - 1:
            ends[end] = sides[end]
    return ends


def close_points(values: Sequence[float], limits: Sequence[Limits]) -> list[bool]:
    """Whether each point is in the outer third between centre and limit; one outside the limits is not."""
    return [
        lines.lower <= value <= lines.upper and not lines.near_lower <= value <= lines.near_upper
        for value, lines in zip(values, limits, strict=True)
    ]


def patterns_in(values: Sequence[float], limits: Sequence[Limits]) -> tuple[Pattern, ...]:
    """Every pattern, by the point that completed it and then by precedence; those of one rule that overlap are one."""
    sides = sides_of(values, limits)
    close = close_points(values, limits)
    found = [Pattern(SignalRule.OUTSIDE, Side(side), (at,), at) for at, side in _outside(values, limits)]
    found += patterns_ending(SignalRule.SHIFT, ends_of_shifts(sides), SEVEN)
    found += patterns_ending(SignalRule.TREND, ends_of_trends(values), SEVEN)
    found += patterns_ending(SignalRule.TWO_OF_THREE, ends_of_two_of_three(close, sides), THREE, among=close)
    return tuple(sorted(found, key=lambda one: (one.completed, PRECEDENCE.index(one.rule))))


def first_pattern_completed(values: Sequence[float], limits: Sequence[Limits]) -> int | None:
    """The position at which the first pattern was completed; None where there is none. For simulations, which need no
    more than this of many series."""
    sides = sides_of(values, limits)
    ends = (ends_of_shifts(sides), ends_of_trends(values), ends_of_two_of_three(close_points(values, limits), sides))
    firsts = [at for at, _ in islice(_outside(values, limits), 1)]
    firsts += [at for of_rule in ends for at in islice((at for at, end in enumerate(of_rule) if end), 1)]
    return min(firsts, default=None)


def patterns_ending(
    rule: SignalRule, ends: Sequence[int], length: int, *, among: Sequence[bool] | None = None
) -> list[Pattern]:
    """The patterns of so many points in a row that end where `ends` has a side; of these points, with `among`, only
    those for which it holds. Where they overlap on one side they are one pattern."""
    patterns: list[Pattern] = []
    for end, side in enumerate(ends):
        if not side:
            continue
        members = [at for at in range(end - length + 1, end + 1) if among is None or among[at]]
        last = patterns[-1] if patterns else None
        if last is not None and last.side.value == side and members[0] <= last.at[-1]:
            patterns[-1] = replace(last, at=tuple(sorted({*last.at, *members})))
        else:
            patterns.append(Pattern(rule, Side(side), tuple(members), end))
    return patterns


def _outside(values: Sequence[float], limits: Sequence[Limits]) -> Iterator[tuple[int, int]]:
    for at, (value, lines) in enumerate(zip(values, limits, strict=True)):
        if value > lines.upper:
            yield at, 1
        elif value < lines.lower:
            yield at, -1


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
