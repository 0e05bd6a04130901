"""From which figures limits are drawn, and when they may be drawn anew.

A baseline is a stated stretch of periods. Without one, limits are drawn from every figure there is, and move with each
new one. A rebase says that the measure now follows another process, so that the old limits tell nothing any more. It is
never made by the data: whoever asks for one gives the reason, and the name and date stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wardline.measures.charts.refusals import CannotChart
from wardline.measures.charts.series import Point

__all__ = ["Baseline", "Rebase", "Segment", "segments_of"]


@dataclass(frozen=True)
class Baseline:
    """The stretch of local days, both ends included, whose figures the limits are drawn from.

    Of a series by period, a period belongs to it if its first day does. Raises CannotChart, in words.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise CannotChart("The baseline ends before it begins.", "Write its first day, and then its last.")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Rebase:
    """From the first day on, the measure has limits of its own; `baseline` None: drawn from all figures from then on.

    `by` is whoever decided it, `on` the day on which they did. Raises CannotChart, in words.
    """

    first: date
    reason: str
    by: str
    on: date | None
    baseline: Baseline | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise CannotChart(
                "A rebase has no reason.",
                "Say what changed in how the work is done or recorded; that the figures moved is no reason.",
            )
        if not self.by.strip():
            raise CannotChart("A rebase has no author.", "Say who decided that the limits are drawn anew.")
        if self.on is None:
            raise CannotChart("A rebase has no date.", "Say on which day it was decided.")
        if self.baseline is not None and self.baseline.first < self.first:
            raise CannotChart(
                "The baseline of a rebase begins before the rebase.",
                "Limits that are drawn anew come from figures after the change: begin the baseline there.",
            )


@dataclass(frozen=True)
class Segment:
    """The points that share one set of limits, and those of them that these are drawn from; `baseline` None: all."""

    points: tuple[Point, ...]
    drawn_from: tuple[Point, ...]
    baseline: Baseline | None
    rebase: Rebase | None  # that it began with


def segments_of(points: Sequence[Point], baseline: Baseline | None, rebases: Sequence[Rebase]) -> tuple[Segment, ...]:
    """The points with a figure, cut where limits are drawn anew. Raises CannotChart, in words."""
    in_order = sorted(rebases, key=lambda one: one.first)
    for earlier, later in pairwise(in_order):
        if earlier.first == later.first:
            raise CannotChart("Two rebases begin on the same day.", "Keep one of them, with both reasons.")
    starts: list[tuple[date, Rebase | None]] = [(date.min, None), *((one.first, one) for one in in_order)]
    ends = [start for start, _ in starts[1:]] + [date.max]
    segments = []
    for (start, rebase), end in zip(starts, ends, strict=True):
        within = tuple(point for point in points if start <= point.day and (point.day < end or end == date.max))
        if not within and rebase is not None and points and points[-1].day < start:
            raise CannotChart(
                "A rebase begins after the last figure.",
                "Wait until there are figures after it, or correct its first day.",
            )
        if not within and rebase is not None and points and points[0].day < start:
            raise CannotChart(
                "No figure lies between one rebase and the next.",
                "Keep the later one, with both reasons, or correct the first day of one of them.",
            )
        if not within:
            continue
        of_segment = rebase.baseline if rebase is not None else baseline
        drawn_from = within if of_segment is None else tuple(point for point in within if point.day in of_segment)
        if not drawn_from:
            raise CannotChart(
                "No figure lies within the baseline.",
                "Choose a stretch in which there are figures, before any rebase that follows it.",
            )
        segments.append(Segment(within, drawn_from, of_segment, rebase))
    return tuple(segments)
