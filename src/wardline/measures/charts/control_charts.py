"""A control chart as a value: a series, the limits of each segment of it, and what the rules find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from wardline.english import or_list
from wardline.measures.charts.baselines import Baseline, Rebase, Segment, segments_of
from wardline.measures.charts.chart_limits import (
    FEWEST_FOR_SETTLED_LIMITS,
    ChartKind,
    DrawnLimits,
    Limits,
    NoLimits,
    limits_of,
)
from wardline.measures.charts.refusals import CannotChart
from wardline.measures.charts.series import Point, Series
from wardline.measures.charts.signal_rules import PRECEDENCE, Pattern, Side, SignalRule, patterns_in

__all__ = ["ControlChart", "DrawnSegment", "MarkedPoint", "Meaning", "Wanted", "draw_chart"]


class Wanted(Enum):
    """Which way a measure should go."""

    LARGER = "larger figures are better"
    SMALLER = "smaller figures are better"
    NEITHER = "neither way is better in itself"


class Meaning(Enum):
    """What a signal says, given which way the measure should go."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    CHANGE = "change"


@dataclass(frozen=True)
class MarkedPoint:
    """A point with its lines, and the rules that it takes part in, first the one by which it is shown."""

    point: Point
    limits: Limits | None
    rules: tuple[SignalRule, ...]
    side: Side | None
    meaning: Meaning | None  # None: nothing but chance need have moved it


@dataclass(frozen=True)
class DrawnSegment:
    """What stands between two rebases: its points, what its limits were drawn from, and the patterns in it.

    `left_out` is how many moving ranges screening left out of the limits.
    """

    segment: Segment
    points: tuple[MarkedPoint, ...]
    patterns: tuple[Pattern, ...]  # their positions are those of `points`
    no_limits: NoLimits | None
    left_out: int

    @property
    def is_trial(self) -> bool:
        """Whether the limits are drawn from so few figures that the next few may well move them."""
        return self.no_limits is None and len(self.segment.drawn_from) < FEWEST_FOR_SETTLED_LIMITS

    @property
    def name_of_limits(self) -> str | None:
        """What the limits are to be called wherever they are shown; None where there are none."""
        if self.no_limits is not None:
            return None
        return "trial limits" if self.is_trial else "limits"


@dataclass(frozen=True)
class ControlChart:
    """A chart of one kind of one series; without a value, a period of the series stands in no segment."""

    series: Series
    kind: ChartKind
    wanted: Wanted
    is_screened: bool  # whether its moving ranges were screened
    segments: tuple[DrawnSegment, ...]

    @property
    def is_trial(self) -> bool:
        """Whether any of its limits are trial limits."""
        return any(segment.is_trial for segment in self.segments)

    @property
    def last_segment(self) -> DrawnSegment | None:
        """The one that holds the latest figure; None where there is no figure at all."""
        return self.segments[-1] if self.segments else None

    @property
    def points(self) -> tuple[MarkedPoint, ...]:
        """Every point that has a figure, in order."""
        return tuple(point for segment in self.segments for point in segment.points)

    @property
    def has_signal(self) -> bool:
        """Whether any rule found a pattern."""
        return any(segment.patterns for segment in self.segments)

    def as_neither(self) -> ControlChart:
        """The same chart with neither way better in itself: each signal is a change. For figures that moved because
        something else is written down, or other cases came."""
        drawn = tuple(
            replace(segment, points=tuple(_as_change(one) for one in segment.points)) for segment in self.segments
        )
        return replace(self, wanted=Wanted.NEITHER, segments=drawn)

    def meaning_of(self, pattern: Pattern) -> Meaning:
        """Whether a pattern is improvement or concern."""
        return _meaning(pattern.side, self.wanted)


def draw_chart(
    series: Series,
    kind: ChartKind,
    *,
    wanted: Wanted,
    screened: bool,
    baseline: Baseline | None = None,
    rebases: Sequence[Rebase] = (),
) -> ControlChart:
    """Draw a chart of a series. `screened`: whether large moving ranges of the baseline are left out once; it changes
    nothing for P, U and G charts, whose limits come from no ranges. Raises CannotChart, in words."""
    if series.shown not in kind.of:
        kinds = [one.value for one in ChartKind if series.shown in one.of]
        raise CannotChart(
            f"A chart of kind {kind.value} cannot show {series.shown.value}.", f"Choose {or_list(kinds)} for that."
        )
    is_screened = screened and kind.can_be_screened
    drawn = tuple(
        _drawn_segment(segment, kind, wanted, screened=is_screened)
        for segment in segments_of(series.charted, baseline, rebases)
    )
    return ControlChart(series, kind, wanted, is_screened, drawn)


def _drawn_segment(segment: Segment, kind: ChartKind, wanted: Wanted, *, screened: bool) -> DrawnSegment:
    drawn = limits_of(kind, segment.drawn_from, segment.points, screened=screened)
    if isinstance(drawn, NoLimits):
        bare = tuple(MarkedPoint(point, None, (), None, None) for point in segment.points)
        return DrawnSegment(segment, bare, (), drawn, 0)
    values = [point.value for point in segment.points if point.value is not None]
    patterns = patterns_in(values, drawn.at_points)
    return DrawnSegment(segment, _marked(segment, drawn, patterns, wanted), patterns, None, drawn.left_out)


def _marked(
    segment: Segment, drawn: DrawnLimits, patterns: Sequence[Pattern], wanted: Wanted
) -> tuple[MarkedPoint, ...]:
    marked = []
    for at, (point, lines) in enumerate(zip(segment.points, drawn.at_points, strict=True)):
        # Of two trends that meet at a point, the later one is shown: the patterns stand in the order of their ends.
        with_point = {pattern.rule: pattern for pattern in patterns if at in pattern.at}
        rules = tuple(rule for rule in PRECEDENCE if rule in with_point)
        side = with_point[rules[0]].side if rules else None
        marked.append(MarkedPoint(point, lines, rules, side, None if side is None else _meaning(side, wanted)))
    return tuple(marked)


def _as_change(one: MarkedPoint) -> MarkedPoint:
    return one if one.meaning is None else replace(one, meaning=Meaning.CHANGE)


def _meaning(side: Side, wanted: Wanted) -> Meaning:
    if wanted is Wanted.NEITHER:
        return Meaning.CHANGE
    better = Side.HIGH if wanted is Wanted.LARGER else Side.LOW
    return Meaning.IMPROVEMENT if side is better else Meaning.CONCERN
