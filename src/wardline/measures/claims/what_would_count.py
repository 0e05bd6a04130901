"""What would count, before anything is tested: how many periods it takes, and which rivals are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from wardline.measures.claims.answers import Rival
from wardline.measures.claims.before_and_after import (
    FEWEST_BEFORE,
    BeforeAndAfter,
    before_and_after,
    figures_of_group,
    length_to_compare,
    rows_about,
)
from wardline.measures.claims.claim import Claim, Scale, goes_up, scale_of
from wardline.measures.claims.grade_rivals import counts_cancelled, counts_grades
from wardline.measures.claims.power import (
    LATEST_PERIODS,
    LONGEST_LOOKED,
    day_to_ask,
    periods_needed,
    side_after_a_change,
)
from wardline.measures.claims.size_of_change import LEAST_SPREAD, ChangedSide, side_of, spread_of
from wardline.measures.claims.what_else import is_about_the_same
from wardline.measures.declared.measure import CasesCounted, Measure, ShareFilledIn, WrittenLate
from wardline.time_limits import PeriodLength

__all__ = ["Needed", "WhatWouldCount", "what_would_count"]

OCCASIONS_A_MONTH = (30, 100, 300)  # examples, where no dive says how many there are
MONTHS_BEFORE = (6, 12, 24)
MIDDLE = 0.5  # of a share: where chance moves it furthest


@dataclass(frozen=True)
class Needed:
    """So many periods from the claim's first day tell a change of its size. `periods` None: not within five years."""

    before: int
    occasions: float  # a period
    periods: int | None


@dataclass(frozen=True)
class WhatWouldCount:
    """What a claim would be tested on. `needed` is empty where its size is `any`, or nothing is known to work it out
    from; `is_of_a_dive`: it was worked out from the figures of a dive, and else from examples: no dive was named, or
    that has too few figures before the claim's first day (`has_too_few`)."""

    claim: Claim
    measure: Measure
    by: PeriodLength
    needed: tuple[Needed, ...]
    is_of_a_dive: bool
    told_on: date | None  # by a dive: the day from which the change could be told
    no_room: bool
    rivals: tuple[Rival, ...]
    splits: tuple[str, ...]
    has_too_few: bool = False


def what_would_count(
    claim: Claim, measures: Mapping[str, Measure], table: pl.DataFrame | None = None
) -> WhatWouldCount:
    """What would count for a claim; `table` is that of a dive, from which volumes and their spread are taken."""
    measure = measures[claim.measure]
    splits = measure.splits if claim.group is None else ()
    rivals = tuple(one for one in _rivals(measure, measures) if splits or one is not Rival.MIX)
    if table is not None:
        by = length_to_compare(table, measure, claim.first_day, group=claim.group)
        split, group = claim.group or (None, None)
        rows = figures_of_group(rows_about(table, measure.name, by, split=split), group)
        compared = before_and_after(rows, by, claim.first_day)
        if len(compared.before) >= FEWEST_BEFORE:
            return _by_a_dive(claim, measure, compared, rivals, splits)
    needed, no_room = _by_examples(claim, measure)
    has_too_few = table is not None
    return WhatWouldCount(claim, measure, PeriodLength.MONTH, needed, False, None, no_room, rivals, splits, has_too_few)


def _by_a_dive(
    claim: Claim, measure: Measure, compared: BeforeAndAfter, rivals: tuple[Rival, ...], splits: tuple[str, ...]
) -> WhatWouldCount:
    scale, by = scale_of(measure), compared.by
    before = side_of(compared.before)
    spread = spread_of([compared.before], scale)
    if scale is not Scale.TIME:
        spread = max(spread, LEAST_SPREAD)
    spread *= compared.repeats
    latest = compared.before[-LATEST_PERIODS:]
    each = side_of(latest)
    weight, occasions = each.weight / len(latest), each.occasions / len(latest)
    needed: tuple[Needed, ...] = ()
    told_on, no_room = None, False
    if claim.size is not None:
        one = ChangedSide(before.mean, weight, 1, occasions)
        is_up = bool(goes_up(claim.way, measure.wanted))
        after, no_room = side_after_a_change(before, one, claim.size, scale, is_up=is_up)
        many = periods_needed(before, after, scale, spread, weight, LONGEST_LOOKED[by.value])
        counted = before.mean * occasions if scale is Scale.PERCENT else occasions
        needed = (Needed(before.periods, counted, many),)
        told_on = None if many is None else day_to_ask(claim, by, many)
    return WhatWouldCount(claim, measure, by, needed, True, told_on, no_room, rivals, splits)


def _by_examples(claim: Claim, measure: Measure) -> tuple[tuple[Needed, ...], bool]:
    """Of a share as wide as a share can be, or a count; of a wait nothing can be said without any."""
    scale = scale_of(measure)
    if claim.size is None or scale is Scale.TIME:
        return (), False
    is_up = bool(goes_up(claim.way, measure.wanted))
    found = []
    no_room = False
    for occasions in OCCASIONS_A_MONTH:
        for months in MONTHS_BEFORE:
            mean, weight = (MIDDLE, float(occasions)) if scale is Scale.POINTS else (float(occasions), 1.0)
            before = ChangedSide(mean, weight * months, months, weight * months)
            after, no_room = side_after_a_change(
                before, ChangedSide(mean, weight, 1, weight), claim.size, scale, is_up=is_up
            )
            many = periods_needed(before, after, scale, 1.0, weight, LONGEST_LOOKED[PeriodLength.MONTH.value])
            found.append(Needed(months, occasions, many))
    return tuple(found), no_room


def _rivals(measure: Measure, measures: Mapping[str, Measure]) -> list[Rival]:
    """The rival explanations that are looked at for a measure, in their order."""
    others = [one for one in measures.values() if one is not measure and is_about_the_same(one, measure)]
    left_out = set()
    kinds = {type(one.counting) for one in others}
    for rival, counts in ((Rival.DOWNGRADES, counts_grades), (Rival.CANCELLED, counts_cancelled)):
        if not any(map(counts, others)):
            left_out.add(rival)
    if scale_of(measure) is not Scale.POINTS:
        left_out.add(Rival.NOT_TOLD)
    if scale_of(measure) is Scale.PERCENT:
        left_out.add(Rival.MIX)
    for rival, kind in ((Rival.WRITTEN_LATE, WrittenLate), (Rival.FILLED_IN, ShareFilledIn)):
        if kind not in kinds:
            left_out.add(rival)
    if not measure.splits:
        left_out.add(Rival.MIX)
    if not measure.splits and CasesCounted not in kinds:
        left_out.add(Rival.VOLUME)
    return [one for one in Rival if one not in left_out]
