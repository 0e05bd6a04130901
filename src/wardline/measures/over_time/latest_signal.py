"""The pattern by which a chart is spoken of, and the figures before it and since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wardline.measures.charts import ControlChart, MarkedPoint, Meaning, Pattern, Point

__all__ = ["LatestSignal", "latest_signal"]


@dataclass(frozen=True)
class LatestSignal:
    """A pattern in the last segment of a chart: the first day of its first and of its last period, and what it means.

    `lasts`: whether it reaches the latest figure. `before` and `since` are the numerator and the denominator of all
    figures of the segment before it, and from its beginning on; None where the figures have none, or where there are
    no figures before it.
    """

    pattern: Pattern
    meaning: Meaning
    first: date
    last: date
    lasts: bool
    before: tuple[float, float] | None
    since: tuple[float, float] | None


def latest_signal(chart: ControlChart) -> LatestSignal | None:
    """Of the patterns that reach the latest figure the longest, else the one that ended last; None: no signal since the
    limits were last drawn anew.

    It begins where the patterns on its side that it overlaps, or follows at once, begin.
    """
    segment = chart.last_segment
    if segment is None or not segment.patterns:
        return None
    chosen = max(segment.patterns, key=lambda one: (one.at[-1], len(one.at)))
    start = chosen.at[0]
    for one in sorted(segment.patterns, key=lambda one: one.at[-1], reverse=True):
        if one.side is chosen.side and one.at[0] < start <= one.at[-1] + 1:
            start = one.at[0]
    return LatestSignal(
        chosen,
        chart.meaning_of(chosen),
        segment.points[start].point.day,
        segment.points[chosen.at[-1]].point.day,
        chosen.at[-1] == len(segment.points) - 1,
        _added(segment.points[:start]),
        _added(segment.points[start:]),
    )


def _added(points: Iterable[MarkedPoint]) -> tuple[float, float] | None:
    """The numerators and the denominators of some figures, added; None where there are none."""
    counts = [_counts(one.point) for one in points]
    known = [one for one in counts if one is not None]
    if not counts or len(known) < len(counts):
        return None
    return sum(part for part, _ in known), sum(whole for _, whole in known)


def _counts(point: Point) -> tuple[float, float] | None:
    if point.numerator is None or point.denominator is None:
        return None
    return point.numerator, point.denominator
