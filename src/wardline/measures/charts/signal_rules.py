"""The four rules by which Making Data Count tells a signal from chance.

Each looks for a pattern that chance alone seldom makes. A point exactly on the centre line is on neither side, and
breaks a shift; a point exactly on a limit is not outside it; a figure that repeats the one before breaks a trend.
Points are neighbours where periods without a figure lie between them, as they are for moving ranges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from wardline.measures.charts.chart_limits import Limits

__all__ = [
    "PRECEDENCE",
    "SEVEN",
    "Pattern",
    "Side",
    "SignalRule",
    "close_points",
    "ends_of_shifts",
    "ends_of_trends",
    "first_pattern_completed",
    "in_sevens",
    "in_two_of_three",
    "patterns_in",
    "sides_of",
]

SEVEN = 7  # points in a shift or a trend


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


def in_sevens(ends: Sequence[int]) -> list[bool]:
    """Whether each point is one of seven that end at it or later."""
    return [any(ends[at : at + SEVEN]) for at in range(len(ends))]


def in_two_of_three(close: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    """Whether each point is one of three in a row on one side, of which at least two are close to the limit."""
    found = [False] * len(close)
    for end in _ends_of_two_of_three(close, sides):
        found[end - 2 : end + 1] = [True] * 3
    return found


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
    found += _joined(SignalRule.SHIFT, _windows(ends_of_shifts(sides)))
    found += _joined(SignalRule.TREND, _windows(ends_of_trends(values)))
    threes = [
        (end, sides[end], [at for at in range(end - 2, end + 1) if close[at]])
        for end in _ends_of_two_of_three(close, sides)
    ]
    found += _joined(SignalRule.TWO_OF_THREE, threes)
    return tuple(sorted(found, key=lambda one: (one.completed, PRECEDENCE.index(one.rule))))


def first_pattern_completed(values: Sequence[float], limits: Sequence[Limits]) -> int | None:
    """The position at which the first pattern was completed; None where there is none. For simulations, which need no
    more than this of many series."""
    sides = sides_of(values, limits)
    firsts = [
        next((at for at, _ in _outside(values, limits)), None),
        next((at for at, end in enumerate(ends_of_shifts(sides)) if end), None),
        next((at for at, end in enumerate(ends_of_trends(values)) if end), None),
        next(_ends_of_two_of_three(close_points(values, limits), sides), None),
    ]
    return min((at for at in firsts if at is not None), default=None)


def _outside(values: Sequence[float], limits: Sequence[Limits]) -> Iterator[tuple[int, int]]:
    for at, (value, lines) in enumerate(zip(values, limits, strict=True)):
        if value > lines.upper:
            yield at, 1
        elif value < lines.lower:
            yield at, -1


def _ends_of_two_of_three(close: Sequence[bool], sides: Sequence[int]) -> Iterator[int]:
    for end in range(2, len(close)):
        one_side = sides[end] != 0 and sides[end] == sides[end - 1] == sides[end - 2]
        if one_side and close[end - 2] + close[end - 1] + close[end] >= 2:
            yield end


def _windows(ends: Sequence[int]) -> list[tuple[int, int, list[int]]]:
    return [(end, side, list(range(end - SEVEN + 1, end + 1))) for end, side in enumerate(ends) if side]


def _joined(rule: SignalRule, windows: Sequence[tuple[int, int, list[int]]]) -> list[Pattern]:
    """One pattern of windows that follow one another on one side; windows are by their end."""
    patterns: list[Pattern] = []
    for end, side, members in windows:
        last = patterns[-1] if patterns else None
        if last is not None and last.side.value == side and members[0] <= last.at[-1]:
            joined = tuple(sorted({*last.at, *members}))
            patterns[-1] = Pattern(rule, last.side, joined, last.completed)
        else:
            patterns.append(Pattern(rule, Side(side), tuple(members), end))
    return patterns


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
