"""Whether other cases came, or other records were taken in, at the time from which a claim says things got better.

**The mix.** Each group of a split (a grade, an age) has its own change. Their changes, weighted by how much of the time
before each group was, are the change that there would have been with the mix of before: direct standardisation. A
change that is there without it and gone with it came from the mix.

**Other records.** A step in how many there are may be real. What is new in the records, rather than in the world,
shows in some kinds of records and leaves others as they were: a control room that begins to log what officers begin
themselves has many more traffic stops, and as many missing children as before. So a step counts as one of recording
where it is abrupt, some groups of a split step and others do not, and the change of the measure is gone without the
groups that do, or with the mix of before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from wardline.measures.claims.answers import Rival, RivalAnswer, Says
from wardline.measures.claims.before_and_after import (
    BeforeAndAfter,
    PeriodFigure,
    before_and_after,
    figures_of_group,
    rows_about,
)
from wardline.measures.claims.claim import Scale, scale_of
from wardline.measures.claims.recording_rivals import Looked, is_gone
from wardline.measures.claims.size_of_change import (
    ChangedSide,
    ChangeFound,
    NoChange,
    change_between,
    side_of,
    spread_of,
    standard_unit,
    student_quantile,
)
from wardline.measures.declared.measure import CasesCounted, Measure
from wardline.time_limits import days_in

__all__ = ["groups_of", "mix_changed", "other_records", "standardised", "without_groups"]

LEVEL = 0.01  # for the step in how many there are
LEVEL_OF_GROUPS = 0.05  # for all groups of a split together
LEAST_RATIO = 1.1  # a smaller step is nothing to explain by
LEAST_OF_GROUP = 20.0  # records of a group on both sides together; with fewer nothing is said of it
MOST_NEW = 0.2  # of the time before may be of groups that are not there after
ABRUPT = 0.5  # part of the whole step that the first periods after have already
FIRST_AFTER = 2


def mix_changed(looked: Looked) -> Iterator[RivalAnswer]:
    """The change with the mix of before, by each split of the measure."""
    if looked.scale is Scale.PERCENT or looked.found is None:
        return
    if looked.group is not None or not looked.measure.splits:
        yield RivalAnswer(Rival.MIX, Says.CANNOT_TELL)
        return
    for split in looked.measure.splits:
        change = standardised(groups_of(looked, looked.measure, split), looked.scale)
        if change is None:
            yield RivalAnswer(Rival.MIX, Says.CANNOT_TELL, split=split)
            continue
        is_told = looked.found.is_told(is_up=looked.is_up)
        against = is_told and is_gone(change, looked.found, is_up=looked.is_up)
        yield RivalAnswer(
            Rival.MIX, Says.AGAINST if against else Says.NOT, split=split, change=change, beside=looked.found
        )


def standardised(groups: dict[str, BeforeAndAfter], scale: Scale) -> ChangeFound | None:
    """The change of all groups together with the mix of before; None where too much of it cannot be followed.

    The spread is that of the groups' own figures, widened in each group by as much as the same children come again in
    that group. A group that is on one side only is left out.
    """
    usable = {name: one for name, one in groups.items() if one.before and one.after}
    whole = sum(side_of(one.before).occasions for one in groups.values() if one.before)
    kept = sum(side_of(one.before).occasions for one in usable.values())
    if not usable or kept < (1 - MOST_NEW) * whole:
        return None
    sides = [figures for one in usable.values() for figures in (one.before, one.after)]
    freedom = sum(len(figures) - 1 for figures in sides)
    spread = spread_of(sides, scale)
    if freedom < 1 or not spread:
        return None
    before, after, unit, variance = 0.0, 0.0, 0.0, 0.0
    for one in usable.values():
        earlier, later = side_of(one.before), side_of(one.after)
        weight = earlier.occasions / kept
        before, after = before + weight * earlier.mean, after + weight * later.mean
        own = weight**2 * (standard_unit(earlier, scale) + standard_unit(later, scale))
        unit, variance = unit + own, variance + own * spread * one.repeats
    apart, error = after - before, variance**0.5
    reach = student_quantile(freedom) * error
    earlier_side = _together([one.before for one in usable.values()], before)
    later_side = _together([one.after for one in usable.values()], after)
    ends = (apart, apart - reach, apart + reach)
    return ChangeFound(scale, earlier_side, later_side, *ends, apart, error, freedom, variance / unit)


def _together(groups: Sequence[Sequence[PeriodFigure]], mean: float) -> ChangedSide:
    """All groups of one side, with their standardised mean."""
    sides = [side_of(figures) for figures in groups]
    weight, occasions = sum(one.weight for one in sides), sum(one.occasions for one in sides)
    return ChangedSide(mean, weight, max(map(len, groups)), occasions)


def other_records(looked: Looked) -> Iterator[RivalAnswer]:
    """Whether kinds of records were taken in that were not before, by every split of the measure and of the counts of
    the same cases; the first that says so is given, else one answer."""
    found = looked.found
    if found is None:
        return
    measures = [looked.measure, *_counts_beside(looked)]
    total = _step(_as_counts(looked.compared, looked.measure))
    if total is None or not _is_a_step(total):
        yield RivalAnswer(Rival.VOLUME, Says.NOT, change=total)
        return
    splits = [(measure, split) for measure in measures for split in measure.splits]
    if looked.group is not None or not splits:
        yield RivalAnswer(Rival.VOLUME, Says.CANNOT_TELL, change=total)
        return
    uneven: RivalAnswer | None = None
    for measure, split in splits:
        groups = groups_of(looked, measure, split)
        stepped, unchanged = _stepped_and_unchanged(groups, measure, total)
        if not (stepped and unchanged and _is_abrupt(looked.compared, looked.measure, total)):
            continue
        rest = without_groups(groups, stepped) if measure is looked.measure else None
        change = None if rest is None else change_between(rest, looked.scale)
        is_counted = looked.scale is Scale.PERCENT
        with_old_mix = None if is_counted else standardised(groups, looked.scale)
        others = [one for one in (change, with_old_mix) if one is not None and measure is looked.measure]
        gone = is_counted or any(is_gone(one, found, is_up=looked.is_up) for one in others)
        told = None if isinstance(change, NoChange) else change
        answer = RivalAnswer(
            Rival.VOLUME,
            Says.AGAINST if gone and found.is_told(is_up=looked.is_up) else Says.NOT if told else Says.CANNOT_TELL,
            measure=measure,
            change=total,
            beside=told,
            split=split,
            groups=tuple(stepped),
            unchanged=tuple(unchanged),
        )
        if answer.says is Says.AGAINST:
            yield answer
            return
        uneven = uneven or answer
    yield uneven or RivalAnswer(Rival.VOLUME, Says.CANNOT_TELL, change=total)


def _counts_beside(looked: Looked) -> list[Measure]:
    """The counts of the same cases."""
    others = looked.what_else.measures
    standard = looked.measure.name.rpartition("/")[0]
    return [
        others[name]
        for name in sorted(others)
        if name != looked.measure.name
        and isinstance(others[name].counting, CasesCounted)
        and name.rpartition("/")[0] == standard
    ]


def groups_of(looked: Looked, measure: Measure, split: str) -> dict[str, BeforeAndAfter]:
    """Each group of a split of a measure, over the days that are compared."""
    compared = looked.compared
    rows = rows_about(looked.table, measure.name, compared.by, split=split).filter(pl.col("group").is_not_null())
    since = compared.before[0].first_day if compared.before else None
    return {
        group: before_and_after(figures_of_group(rows, group), compared.by, compared.first_day, since=since)
        for group in rows["group"].unique(maintain_order=True).to_list()
    }


def _as_counts(compared: BeforeAndAfter, measure: Measure) -> BeforeAndAfter:
    """How many occasions, waits or cases there were a day, in the place of the measure's own figures."""
    if scale_of(measure) is Scale.PERCENT:
        return compared

    def count(one: PeriodFigure) -> PeriodFigure:
        days = float(days_in(one.first_day, compared.by))
        return replace(one, value=one.occasions / days, occasions=days, weight=days)

    return compared.of_figures(tuple(map(count, compared.before)), tuple(map(count, compared.after)))


def _step(counts: BeforeAndAfter) -> ChangeFound | None:
    change = change_between(counts, Scale.PERCENT, fewest_before=2)
    return None if isinstance(change, NoChange) else change


def _is_a_step(change: ChangeFound, looked_at: int = 1) -> bool:
    return max(change.size, 1 / change.size) >= LEAST_RATIO and change.chance() < LEVEL / looked_at


def _stepped_and_unchanged(
    groups: dict[str, BeforeAndAfter], measure: Measure, total: ChangeFound
) -> tuple[list[str], list[str]]:
    """The groups that step as all do, or more; and those of which the step of all can be ruled out."""
    steps = {}
    for name, compared in groups.items():
        counts = _as_counts(_with_noughts(compared, groups, measure), measure)
        change = _step(counts)
        many = 0.0 if change is None else sum(s.mean * s.occasions for s in (change.before, change.after))
        if change is not None and many >= LEAST_OF_GROUP:
            steps[name] = change
    is_up = total.distance > 0
    level = 1 - LEVEL_OF_GROUPS / max(1, len(steps))
    stepped, unchanged = [], []
    for name, change in steps.items():
        reach = student_quantile(change.freedom, level) * change.error
        low, high = change.distance - reach, change.distance + reach
        if (low > 0) if is_up else (high < 0):
            stepped.append(name)
        elif high < total.distance if is_up else low > total.distance:
            unchanged.append(name)
    return stepped, unchanged


def _with_noughts(compared: BeforeAndAfter, groups: dict[str, BeforeAndAfter], measure: Measure) -> BeforeAndAfter:
    """A group without a row in a period in which others have one had no occasion then."""

    def whole(side: str) -> tuple[PeriodFigure, ...]:
        own = {one.first_day: one for one in getattr(compared, side)}
        days = sorted({one.first_day for group in groups.values() for one in getattr(group, side)})
        return tuple(own.get(day) or _nought(day, compared, measure) for day in days)

    return compared.of_figures(whole("before"), whole("after"))


def _nought(day: date, compared: BeforeAndAfter, measure: Measure) -> PeriodFigure:
    if scale_of(measure) is Scale.PERCENT:
        days = float(days_in(day, compared.by))
        return PeriodFigure(day, 0.0, days, days)
    return PeriodFigure(day, 0.0, 0.0, 0.0)


def _is_abrupt(compared: BeforeAndAfter, measure: Measure, total: ChangeFound) -> bool:
    """Whether the first periods after have most of the step already."""
    counts = _as_counts(compared, measure)
    first = _step(counts.of_figures(counts.before, counts.after[:FIRST_AFTER]))
    return first is not None and first.distance / total.distance >= ABRUPT


def without_groups(groups: dict[str, BeforeAndAfter], stepped: list[str]) -> BeforeAndAfter | None:
    """All groups that did not step, as one: their figures of each period, weighted by their occasions, and so are the
    repeats of children within each."""
    rest = [one for name, one in groups.items() if name not in stepped]
    if not rest:
        return None

    def side(name: str) -> tuple[PeriodFigure, ...]:
        of_day: dict[date, list[PeriodFigure]] = {}
        for group in rest:
            for one in getattr(group, name):
                of_day.setdefault(one.first_day, []).append(one)
        joined = []
        for day in sorted(of_day):
            all_of = side_of(of_day[day])
            joined.append(PeriodFigure(day, all_of.mean, all_of.occasions, all_of.weight))
        return tuple(joined)

    many = [sum(figure.occasions for figure in (*one.before, *one.after)) for one in rest]
    of_all = sum(many)
    repeats = sum(one.repeats * own for one, own in zip(rest, many, strict=True)) / of_all if of_all else 1.0
    return replace(rest[0].of_figures(side("before"), side("after")), repeats=repeats)
