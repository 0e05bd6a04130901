"""A claim is tested: what the records say to it, with all of the working."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from wardline.measures.charts import Baseline, CannotChart, Side
from wardline.measures.claims.answers import ChartOfClaim, ClaimAnswer, InShort, Rival, RivalAnswer, Why
from wardline.measures.claims.before_and_after import (
    FEWEST_BEFORE,
    BeforeAndAfter,
    before_and_after,
    figures_of_group,
    length_to_compare,
    rows_about,
)
from wardline.measures.claims.claim import Claim, goes_up, scale_of
from wardline.measures.claims.grade_rivals import more_cancelled, more_graded_low
from wardline.measures.claims.mix_rivals import mix_changed, other_records
from wardline.measures.claims.power import PowerToTell, claimed_distance, day_to_ask, power_to_tell
from wardline.measures.claims.recording_rivals import (
    Looked,
    at_the_time,
    filled_in,
    in_the_window,
    new_values,
    not_told,
    written_late,
)
from wardline.measures.claims.size_of_change import ChangeFound, NoChange, change_between, student_quantile
from wardline.measures.claims.time_rivals import regression, season
from wardline.measures.claims.what_else import WhatElse
from wardline.measures.declared.measure import Measure
from wardline.measures.over_time.charts_of_measures import chart_of_measure
from wardline.measures.over_time.measures_table import NoValue
from wardline.time_limits import PeriodLength, day_before, first_day_after, is_over, last_of_period, period_after

__all__ = ["MOST_WITHOUT", "answers_to"]

MOST_WITHOUT = 0.5  # part of the periods of a side that may be without a figure
WHY_WITHOUT = {
    NoValue.NOT_TOLD: Why.NOT_TOLD,
    NoValue.NOT_REACHED: Why.NOT_REACHED,
    NoValue.GAP: Why.GAP,
    NoValue.IN_PART: Why.GAP,
    NoValue.NO_OCCASIONS: Why.NO_OCCASIONS,
    NoValue.NOT_GIVEN: Why.NOT_GIVEN,
}
WHY_NO_CHANGE = {
    NoChange.TOO_FEW_BEFORE: Why.TOO_FEW_BEFORE,
    NoChange.ALL_NOUGHT: Why.ALL_NOUGHT,
    NoChange.ALL_ALIKE: Why.ALL_ALIKE,
}


def answers_to(claims: Sequence[Claim], table: pl.DataFrame, what_else: WhatElse) -> tuple[ClaimAnswer, ...]:
    """The answer to each claim, in their order, from a table MEASURES."""
    return tuple(answer_to(claim, table, what_else) for claim in claims)


def answer_to(claim: Claim, table: pl.DataFrame, what_else: WhatElse) -> ClaimAnswer:
    """The answer to one claim."""
    measure = what_else.measures.get(claim.measure)
    is_up = None if measure is None else goes_up(claim.way, measure.wanted)
    if measure is None or is_up is None:
        return ClaimAnswer(claim, measure, InShort.CANNOT_TELL, Why.NOT_COUNTED)
    if measure.needs is not None:
        return ClaimAnswer(claim, measure, InShort.CANNOT_TELL, Why.NEEDS_MORE)
    by = length_to_compare(table, measure, claim.first_day, group=claim.group)
    split, group = claim.group or (None, None)
    rows = figures_of_group(rows_about(table, measure.name, by, split=split), group)
    if rows.is_empty():
        absent = Why.NOT_COUNTED if claim.group is None else Why.NO_SUCH_GROUP
        return ClaimAnswer(claim, measure, InShort.CANNOT_TELL, absent)
    compared = before_and_after(
        rows, by, claim.first_day, since=_since(claim, what_else), known_before=what_else.known_before
    )
    found = change_between(compared, scale_of(measure))
    power = None if isinstance(found, NoChange) else power_to_tell(compared, found, claim.size, is_up=is_up)
    looked = Looked(table, measure, compared, found, what_else, is_up=is_up, group=claim.group)
    rivals = () if isinstance(found, NoChange) else tuple(_rivals(looked))
    known = sum(last_of_period(one.first_day, by) < claim.declared.on for one in compared.after)
    answer = ClaimAnswer(
        claim=claim,
        measure=measure,
        in_short=InShort.CANNOT_TELL,
        compared=compared,
        change=None if isinstance(found, NoChange) else found,
        power=power,
        chart=_chart(table, measure, compared, claim, screened=what_else.is_screened),
        rivals=rivals,
        known_when_declared=known,
        is_up=is_up,
    )
    in_short, why, ask_again = _in_short(answer, found, what_else.known_before)
    return replace(answer, in_short=in_short, why=why, ask_again=ask_again)


def _since(claim: Claim, what_else: WhatElse) -> date | None:
    """Figures before a rebase are of another process: the time before begins with the last rebase before the claim's
    first day."""
    before = [one.first for one in what_else.rebases.get(claim.measure, ()) if one.first < claim.first_day]
    return max(before, default=None)


def _in_short(
    answer: ClaimAnswer, found: ChangeFound | NoChange, known_before: date
) -> tuple[InShort, Why | None, date | None]:
    compared, claim, power = answer.compared, answer.claim, answer.power
    assert compared is not None
    if isinstance(found, NoChange) or power is None:
        return _no_change(compared, found, claim, known_before)
    if (why := _too_much_missing(compared)) is not None:
        return InShort.CANNOT_TELL, why, None
    if found.is_told(is_up=answer.is_up):
        return _told(answer, found, power)
    if found.is_told(is_up=not answer.is_up):
        return InShort.NOT_SHOWN, Why.OTHER_WAY, None
    return _not_told(compared, claim, power, known_before)


def _told(answer: ClaimAnswer, found: ChangeFound, power: PowerToTell) -> tuple[InShort, Why | None, date | None]:
    """A change that chance would seldom make: what else explains it, and whether it is as large as claimed."""
    against = [one.rival for one in answer.against]
    if any(one.is_of_recording for one in against):
        return InShort.RECORDING_CHANGED, None, None
    if any(one.is_of_mix for one in against):
        return InShort.MIX_CHANGED, None, None
    if against:
        return InShort.CANNOT_TELL, Why.REGRESSION if Rival.REGRESSION in against else Why.SEASON, None
    if power.claimed is not None:
        reach = student_quantile(found.freedom) * found.error
        claimed = abs(claimed_distance(found.before, power.claimed, found.scale))
        if abs(found.distance) + reach < claimed:
            return InShort.NOT_SHOWN, Why.SMALLER, None
    return InShort.SHOWN, None, None


def _not_told(
    compared: BeforeAndAfter, claim: Claim, power: PowerToTell, known_before: date
) -> tuple[InShort, Why | None, date | None]:
    """A difference that chance alone may have made: whether a change of the claimed size would have shown by now."""
    by = compared.by
    when_due = day_to_ask(claim, by, 0, compared.late_by)
    is_due = claim.by < known_before and (compared.last_day is None or claim.by <= compared.last_day)
    if power.claimed is None:
        if power.least is None:
            return InShort.CANNOT_TELL, Why.TOO_FEW_TO_TELL, None
        if is_due:
            return InShort.NOT_SHOWN, Why.NO_CHANGE_OF_ANY_SIZE, None
        return InShort.TOO_EARLY, Why.STILL_TIME, _not_before(when_due, by, known_before)
    if power.no_room:
        return InShort.CANNOT_TELL, Why.NO_ROOM, None
    if not power.is_enough:
        if power.needed is None:
            return InShort.CANNOT_TELL, Why.NEVER_ENOUGH, None
        when = day_to_ask(claim, by, max(power.needed, len(compared.after) + 1), compared.late_by)
        return InShort.TOO_EARLY, Why.NOT_ENOUGH_YET, _not_before(when, by, known_before)
    if not is_due:
        return InShort.TOO_EARLY, Why.STILL_TIME, _not_before(when_due, by, known_before)
    return InShort.NOT_SHOWN, Why.NO_CHANGE, None


def _no_change(
    compared: BeforeAndAfter, found: ChangeFound | NoChange, claim: Claim, known_before: date
) -> tuple[InShort, Why | None, date | None]:
    by = compared.by
    if found is NoChange.NONE_AFTER:
        first = first_day_after(claim.first_day, by)
        is_to_come = not is_over(first, by, known_before) or set(compared.without_after) <= {NoValue.NOT_OVER}
        if is_to_come:
            when = period_after(first, by, 1 + compared.late_by)
            return InShort.TOO_EARLY, Why.NOT_YET_BEGUN, _not_before(when, by, known_before)
        return InShort.CANNOT_TELL, _most_often(compared.without_after), None
    if found is NoChange.TOO_FEW_BEFORE and (why := _too_much_missing(compared)) is not None:
        return InShort.CANNOT_TELL, why, None
    assert isinstance(found, NoChange)
    return InShort.CANNOT_TELL, WHY_NO_CHANGE[found], None


def _not_before(when: date, by: PeriodLength, known_before: date) -> date:
    """It is no use to ask again on a day up to which everything is known already."""
    return when if when > known_before else period_after(first_day_after(known_before, by), by, 1)


def _too_much_missing(compared: BeforeAndAfter) -> Why | None:
    """Why so many of the periods of a side have no figure that the others may not be like them; None: not so many.

    A wait is missing where too few had a response, which is where it was longest: one such period in five is too many.
    """
    for figures, without in ((compared.before, compared.without_before), (compared.after, compared.without_after)):
        counted = {why: many for why, many in without.items() if why is not NoValue.NOT_OVER}
        whole = len(figures) + sum(counted.values())
        if not whole:
            continue
        if counted.get(NoValue.NOT_REACHED, 0) >= whole / 5:
            return Why.NOT_REACHED
        if sum(counted.values()) > MOST_WITHOUT * whole:
            return _most_often(counted)
    return None


def _most_often(without: object) -> Why:
    assert isinstance(without, dict)
    reason = max(sorted(without, key=lambda one: one.value), key=lambda one: without[one])
    return WHY_WITHOUT[reason]


def _rivals(looked: Looked) -> Iterator[RivalAnswer]:
    """Each rival explanation, in the order in which they are told."""
    yield at_the_time(looked)
    yield from written_late(looked)
    if (answer := not_told(looked)) is not None:
        yield answer
    yield from filled_in(looked)
    yield from new_values(looked)
    yield from other_records(looked)
    yield from in_the_window(looked)
    yield from mix_changed(looked)
    yield from more_graded_low(looked)
    yield from more_cancelled(looked)
    yield regression(looked)
    yield season(looked)


def _chart(
    table: pl.DataFrame, measure: Measure, compared: BeforeAndAfter, claim: Claim, *, screened: bool
) -> ChartOfClaim:
    """The chart with limits from the figures before the claim's first day, and its signals from that day on."""
    if len(compared.before) < FEWEST_BEFORE:
        return ChartOfClaim(None)
    split, group = claim.group or (None, None)
    baseline = Baseline(compared.before[0].first_day, day_before(claim.first_day))
    try:
        chart = chart_of_measure(
            table, measure, by=compared.by, split=split, group=group, baseline=baseline, screened=screened
        )
    except CannotChart as refused:
        return ChartOfClaim(None, refusal=str(refused))
    segment = chart.last_segment
    if segment is None:
        return ChartOfClaim(chart)
    points = segment.points
    signals = tuple(
        (pattern.rule.value, pattern.side is Side.HIGH, points[pattern.completed].point.day)
        for pattern in segment.patterns
        if points[pattern.completed].point.day >= claim.first_day
    )
    return ChartOfClaim(chart, signals, tuple(one for one in points if one.point.day >= claim.first_day))
