"""Whether the recording changed at the time from which a claim says that things got better.

A step in how things are recorded counts against a claim only if the change of the measure goes with it: if entries
that were written at the time do not show it, if it is gone where what cannot be told counts as missed (or as met), or
if one stock value is suddenly in most of the records that the figure rests on. A step that cannot be tied to the figure
in this way is told, and left for somebody to ask about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from wardline.measures.claims.answers import Rival, RivalAnswer, Says
from wardline.measures.claims.before_and_after import (
    FEWEST_BEFORE,
    BeforeAndAfter,
    PeriodFigure,
    before_and_after,
    figures_of_group,
    rows_about,
)
from wardline.measures.claims.claim import Scale, scale_of
from wardline.measures.claims.size_of_change import ChangeFound, NoChange, change_between
from wardline.measures.claims.what_else import WhatElse, events_counted, is_about_the_same
from wardline.measures.declared.measure import Measure, ShareFilledIn, WrittenLate
from wardline.measures.over_time.measures_table import Entries
from wardline.time_limits import days_apart

__all__ = [
    "LEAST_STEP",
    "Looked",
    "at_the_time",
    "beside",
    "filled_in",
    "in_the_window",
    "is_gone",
    "is_step",
    "new_values",
    "not_told",
    "written_late",
]

LEAST_STEP = 0.05  # of a share of records: a smaller step cannot have moved the figure by much
SELDOM_BEFORE, MOST_AFTER = 0.02, 0.5  # shares of the records that have a value
LEVEL = 0.05  # of all steps of one kind together
NEAR = 31  # days from the claim's first day
LAST_BEFORE = 3  # periods that are left out of the time before where enough others remain
GONE = 0.5  # less than this part of the change is left


class Looked:
    """What a rival explanation is looked at with: the change that was found, and everything known beside it."""

    def __init__(
        self,
        table: pl.DataFrame,
        measure: Measure,
        compared: BeforeAndAfter,
        found: ChangeFound | NoChange,
        what_else: WhatElse,
        *,
        is_up: bool,
        group: tuple[str, str] | None,
    ) -> None:
        self.table, self.measure, self.what_else, self.is_up, self.group = table, measure, what_else, is_up, group
        self.compared = compared
        self.found = None if isinstance(found, NoChange) else found
        self.scale = scale_of(measure)

    def of(self, measure: Measure, entries: Entries = Entries.ALL) -> BeforeAndAfter:
        """Another measure, or other entries, over the same days: of the claim's own group where it has such a split."""
        split, group = self.group or (None, None)
        by, since = self.compared.by, self._since
        if split is not None and split not in measure.splits:
            split, group = None, None
        rows = figures_of_group(rows_about(self.table, measure.name, by, split=split, entries=entries), group)
        return before_and_after(rows, by, self.compared.first_day, since=since)

    @property
    def _since(self) -> date | None:
        return self.compared.before[0].first_day if self.compared.before else None


def is_gone(change: ChangeFound | NoChange, of: ChangeFound, *, is_up: bool) -> bool:
    """Whether a change that was found is not there any more when it is looked at in another way."""
    if isinstance(change, NoChange) or change.is_told(is_up=is_up):
        return False
    return change.distance * (1 if is_up else -1) < GONE * abs(of.distance)


def at_the_time(looked: Looked) -> RivalAnswer:
    """The same change in the entries that were written at the time."""
    change = change_between(looked.of(looked.measure, Entries.AT_THE_TIME), looked.scale)
    if isinstance(change, NoChange) or looked.found is None:
        return RivalAnswer(Rival.WRITTEN_AT_THE_TIME, Says.CANNOT_TELL)
    against = looked.found.is_told(is_up=looked.is_up) and is_gone(change, looked.found, is_up=looked.is_up)
    return RivalAnswer(Rival.WRITTEN_AT_THE_TIME, Says.AGAINST if against else Says.NOT, change=change)


def written_late(looked: Looked) -> Iterator[RivalAnswer]:
    """How much of what happened in such cases is written up late. More of it can make an improvement only where the
    entries written at the time do not show one."""
    others = [one for one in beside(looked) if isinstance(one.counting, WrittenLate)]
    own = at_the_time(looked).says
    for measure in others:
        change = change_between(looked.of(measure), Scale.POINTS)
        if isinstance(change, NoChange):
            yield RivalAnswer(Rival.WRITTEN_LATE, Says.CANNOT_TELL, measure=measure)
            continue
        says = Says.NOT
        if change.distance > 0 and is_step(change, len(others)):
            says = own
        yield RivalAnswer(Rival.WRITTEN_LATE, says, measure=measure, change=change)
    if not others:
        yield RivalAnswer(Rival.WRITTEN_LATE, Says.CANNOT_TELL)


def filled_in(looked: Looked) -> Iterator[RivalAnswer]:
    """How often what such cases should say is filled in. It moves no figure by itself, but tells of a changed form."""
    others = [one for one in beside(looked) if isinstance(one.counting, ShareFilledIn)]
    for measure in others:
        change = change_between(looked.of(measure), Scale.POINTS)
        if isinstance(change, NoChange) or is_step(change, len(others)):
            told = None if isinstance(change, NoChange) else change
            yield RivalAnswer(Rival.FILLED_IN, Says.CANNOT_TELL, measure=measure, change=told)
        else:
            yield RivalAnswer(Rival.FILLED_IN, Says.NOT, measure=measure, change=change)


def not_told(looked: Looked) -> RivalAnswer | None:
    """How much of the measure cannot be told; and whether the change is still there where all of that counts as met,
    and where it counts as missed. None: it is not a share."""
    if looked.scale is not Scale.POINTS:
        return None
    compared = looked.compared
    change = change_between(_shares_not_told(compared), Scale.POINTS)
    if change is NoChange.ALL_NOUGHT:
        return RivalAnswer(Rival.NOT_TOLD, Says.NOT)
    if isinstance(change, NoChange) or looked.found is None:
        return RivalAnswer(Rival.NOT_TOLD, Says.CANNOT_TELL)
    bounds = [change_between(_at_bound(compared, is_met=is_met), Scale.POINTS) for is_met in (False, True)]
    gone = [is_gone(one, looked.found, is_up=looked.is_up) for one in bounds]
    against = looked.found.is_told(is_up=looked.is_up) and is_step(change, 1) and any(gone)
    shown = bounds[1] if gone[1] and not gone[0] else bounds[0]
    other = None if isinstance(shown, NoChange) else shown
    return RivalAnswer(Rival.NOT_TOLD, Says.AGAINST if against else Says.NOT, change=change, beside=other)


def new_values(looked: Looked) -> Iterator[RivalAnswer]:
    """A value of an attribute that was hardly ever there before, and is in most records of what is counted since."""
    events = events_counted(looked.measure, looked.what_else)
    values = looked.what_else.values
    if values is None or not events:
        yield RivalAnswer(Rival.NEW_VALUE, Says.CANNOT_TELL)
        return
    found = False
    since = looked.compared.before[0].first_day if looked.compared.before else looked.compared.first_day
    about = values.filter(
        pl.col("event").is_in(events), pl.col("by") == looked.compared.by.value, pl.col("first_day") >= since
    )
    first = looked.compared.first_day
    # A form that changed a little before the claim's first day is seen too.
    settled = len(looked.compared.before) >= FEWEST_BEFORE + LAST_BEFORE
    until = looked.compared.before[-LAST_BEFORE].first_day if settled else first
    for (event, attribute), rows in about.group_by("event", "attribute", maintain_order=True):
        whole = rows.unique(["first_day", "of"])
        sides = [_sum(whole.filter(side), "of") for side in (pl.col("first_day") < until, pl.col("first_day") >= first)]
        if not all(sides):
            continue
        for (value,), of_value in rows.drop_nulls("value").group_by("value", maintain_order=True):
            before = _sum(of_value.filter(pl.col("first_day") < until), "count") / sides[0]
            after = _sum(of_value.filter(pl.col("first_day") >= first), "count") / sides[1]
            if before <= SELDOM_BEFORE and after >= MOST_AFTER:
                found = True
                name = (str(event), str(attribute), str(value))
                yield RivalAnswer(Rival.NEW_VALUE, Says.AGAINST, attribute=name, shares=(before, after))
    if not found:
        yield RivalAnswer(Rival.NEW_VALUE, Says.NOT)


def in_the_window(looked: Looked) -> Iterator[RivalAnswer]:
    """Other versions of the standard, rebases and gaps between the first figure and the last."""
    compared = looked.compared
    first, last = compared.before[0].first_day if compared.before else compared.first_day, compared.last_day
    if last is None:
        return

    def is_near(day: date) -> bool:
        return days_apart(day, compared.first_day) <= NEAR

    standard = looked.measure.name.rpartition("/")[0]
    days = tuple(day for day in looked.what_else.versions.get(standard, ()) if first < day <= last)
    if standard in looked.what_else.versions:
        says = Says.NOT if not days else Says.AGAINST if any(map(is_near, days)) else Says.CANNOT_TELL
        yield RivalAnswer(Rival.VERSION, says, days=days)
    for rebase in looked.what_else.rebases.get(looked.measure.name, ()):
        if first < rebase.first <= last:
            yield RivalAnswer(Rival.REBASE, Says.CANNOT_TELL, rebase=rebase)
    days = tuple(day for gap in compared.gaps for day in gap)
    near = any(map(is_near, days))
    yield RivalAnswer(Rival.GAP, Says.CANNOT_TELL if near else Says.NOT, days=days)


def is_step(change: ChangeFound, looked_at: int) -> bool:
    """Whether a share of records moved by more than chance would, of so many that are looked at, and by enough."""
    return abs(change.distance) >= LEAST_STEP and change.chance() < LEVEL / looked_at


def beside(looked: Looked) -> list[Measure]:
    """The other measures of the same standard, or of the same type of case, in the order of their names."""
    measures = looked.what_else.measures
    return [
        measures[name]
        for name in sorted(measures)
        if name != looked.measure.name and is_about_the_same(measures[name], looked.measure)
    ]


def _shares_not_told(compared: BeforeAndAfter) -> BeforeAndAfter:
    def share(one: PeriodFigure) -> PeriodFigure:
        whole = one.occasions + one.not_told
        return replace(one, value=one.not_told / whole, occasions=whole, weight=one.weight * whole / one.occasions)

    return compared.of_figures(tuple(map(share, compared.before)), tuple(map(share, compared.after)))


def _at_bound(compared: BeforeAndAfter, *, is_met: bool) -> BeforeAndAfter:
    def bound(one: PeriodFigure) -> PeriodFigure:
        whole = one.occasions + one.not_told
        met = one.value * one.occasions + (one.not_told if is_met else 0.0)
        return replace(one, value=met / whole, occasions=whole, weight=one.weight * whole / one.occasions)

    return compared.of_figures(tuple(map(bound, compared.before)), tuple(map(bound, compared.after)))


def _sum(rows: pl.DataFrame, column: str) -> float:
    return float(rows[column].sum())
