"""The size of a change, its interval and its power agree with scipy and statsmodels."""

from __future__ import annotations

import warnings
from dataclasses import replace
from datetime import date
from math import exp, log
from random import Random

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.power import TTestIndPower

from wardline.measures.claims import (
    BeforeAndAfter,
    ChangedSide,
    ChangeFound,
    NoChange,
    PeriodFigure,
    Scale,
    Size,
    SizeUnit,
)
from wardline.measures.claims.power import least_told, periods_needed, power_of, power_to_tell, side_after_a_change
from wardline.measures.claims.size_of_change import change_between
from wardline.time_limits import PeriodLength

DAY = date(2025, 1, 1)
BEFORE = [(61, 100), (55, 90), (70, 110), (58, 105), (66, 95), (49, 80), (63, 100), (60, 102)]
AFTER = [(80, 100), (76, 98), (85, 112), (60, 85)]


def compared(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> BeforeAndAfter:
    """Of values with their weights."""
    sides = [tuple(PeriodFigure(DAY, value, weight, weight) for value, weight in side) for side in (before, after)]
    return BeforeAndAfter(PeriodLength.MONTH, DAY, sides[0], sides[1])


def of_shares(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> BeforeAndAfter:
    return compared([(n / of, of) for n, of in before], [(n / of, of) for n, of in after])


def found(one: BeforeAndAfter, scale: Scale) -> ChangeFound:
    change = change_between(one, scale)
    assert isinstance(change, ChangeFound)
    return change


def test_the_change_of_waits_is_gamma_regression_whose_spread_is_in_proportion_to_the_wait():
    rng = Random(4)
    before = [(rng.gauss(3600, 300), rng.randint(20, 90)) for _ in range(12)]
    after = [(rng.gauss(3000, 300), rng.randint(20, 90)) for _ in range(5)]
    change = found(compared(before, after), Scale.TIME)
    is_after = np.repeat([0.0, 1.0], [12, 5])
    values, weights = (np.array(column, dtype=float) for column in zip(*(before + after), strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that with another link no wait could come out below nought
        family = sm.families.Gamma(sm.families.links.Identity())
        theirs = sm.GLM(values, sm.add_constant(is_after), family=family, var_weights=weights).fit(scale="X2")
    assert change.size == pytest.approx(theirs.params[1], rel=1e-6)
    assert change.spread == pytest.approx(theirs.scale, rel=1e-6)
    assert change.error == pytest.approx(theirs.bse[1], rel=1e-6)


def test_the_interval_is_students_t_with_as_many_degrees_of_freedom_as_figures_less_two():
    change = found(of_shares(BEFORE, AFTER), Scale.POINTS)
    theirs = stats.t(len(BEFORE) + len(AFTER) - 2, change.size, change.error)
    assert (change.low, change.high) == pytest.approx(theirs.interval(0.95), rel=1e-9)
    assert change.chance() == pytest.approx(2 * theirs.cdf(0), rel=1e-9)


def test_children_who_come_again_in_other_months_widen_the_interval():
    plain = of_shares(BEFORE, AFTER)
    wider = found(replace(plain, repeats=4.0), Scale.POINTS)
    assert wider.error == pytest.approx(2 * found(plain, Scale.POINTS).error)


def test_how_much_more_shares_differ_than_chance_is_pearsons_dispersion():
    change = found(of_shares(BEFORE, AFTER), Scale.POINTS)
    both = np.array(BEFORE + AFTER, dtype=float)
    is_after = np.repeat([0.0, 1.0], [len(BEFORE), len(AFTER)])
    shares, design = both[:, 0] / both[:, 1], sm.add_constant(is_after)
    theirs = sm.GLM(shares, design, family=sm.families.Binomial(), var_weights=both[:, 1]).fit(scale="X2")
    assert change.spread == pytest.approx(theirs.scale, rel=1e-9)
    means = [1 / (1 + exp(-(theirs.params[0] + step))) for step in (0, theirs.params[1])]
    assert [change.before.mean, change.after.mean] == pytest.approx(means, rel=1e-9)


def test_the_ratio_of_counts_is_poisson_regression_with_pearsons_dispersion():
    before, after = [300, 280, 350, 310, 290, 330, 305], [250, 240, 270]
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31]
    rates = [(n / day, day) for n, day in zip(before + after, days, strict=True)]
    change = found(compared(rates[:7], rates[7:]), Scale.PERCENT)
    theirs = sm.GLM(
        before + after,
        sm.add_constant(np.repeat([0.0, 1.0], [7, 3])),
        family=sm.families.Poisson(),
        offset=np.log(days),
    ).fit(scale="X2")
    assert change.spread == pytest.approx(theirs.scale, rel=1e-9)
    # Half an event more on each side, of some two thousand and eight hundred.
    assert log(change.size) == pytest.approx(theirs.params[1], abs=1e-3)
    assert change.error == pytest.approx(theirs.bse[1], rel=1e-3)


def test_occasions_of_the_same_children_tell_less():
    plain = found(of_shares(BEFORE, AFTER), Scale.POINTS)
    sides = [tuple(PeriodFigure(DAY, n / of, of, of / 2) for n, of in side) for side in (BEFORE, AFTER)]
    clustered = found(BeforeAndAfter(PeriodLength.MONTH, DAY, sides[0], sides[1]), Scale.POINTS)
    assert clustered.size == pytest.approx(plain.size)
    assert clustered.before.weight == pytest.approx(plain.before.weight / 2)
    # Months that differ as much are then less surprising, and the interval stays nearly as wide.
    assert clustered.spread == pytest.approx(plain.spread / 2)


def test_a_change_is_told_where_its_interval_leaves_out_none_and_only_that_way():
    change = found(of_shares(BEFORE, AFTER), Scale.POINTS)
    assert change.low > 0
    assert change.is_told(is_up=True)
    assert not change.is_told(is_up=False)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (BEFORE[:4], AFTER, NoChange.TOO_FEW_BEFORE),
        (BEFORE, [], NoChange.NONE_AFTER),
        ([(0, 50)] * 8, [(0, 50)] * 3, NoChange.ALL_NOUGHT),
        ([(50, 50)] * 8, [(40, 40)] * 3, NoChange.ALL_ALIKE),
    ],
)
def test_there_is_no_change_to_give_and_it_is_said_why(before, after, why):
    assert change_between(of_shares(before, after), Scale.POINTS) is why


def test_waits_that_never_differ_say_nothing_of_chance():
    same = compared([(900.0, 50.0)] * 8, [(600.0, 50.0)] * 3)
    assert change_between(same, Scale.TIME) is NoChange.ALL_ALIKE


def test_shares_that_hardly_differ_are_not_taken_for_certain():
    change = found(of_shares([(50, 100)] * 8, [(60, 100)] * 3), Scale.POINTS)
    assert change.spread == 0.25


def test_a_share_that_is_nought_on_one_side_has_an_interval_that_is_not_of_nothing():
    change = found(of_shares([(5, 100), (4, 100), (7, 100), (3, 100), (6, 100), (5, 100)], [(0, 100)]), Scale.POINTS)
    assert change.low < change.size < change.high


def test_power_is_that_of_students_t_test():
    before, after = ChangedSide(0.5, 1200, 12, 1200), ChangedSide(0.56, 600, 6, 600)
    error = (0.5 * 0.5 / 1200 + 0.56 * 0.44 / 600) ** 0.5
    size = (0.56 - 0.5) / error / (12 * 6 / 18) ** 0.5  # as if each month had a spread of one
    theirs = TTestIndPower().power(size, 12, 0.025, ratio=0.5, alternative="larger")
    # Ours adds one met and one missed to the shares whose spread it takes.
    assert power_of(before, after, Scale.POINTS, 1.0) == pytest.approx(theirs, abs=1e-4)


def test_the_periods_needed_are_the_fewest_that_give_the_power_asked():
    before, after = ChangedSide(0.6, 2400, 24, 2400), ChangedSide(0.66, 100, 1, 100)
    many = periods_needed(before, after, Scale.POINTS, 1.0, 100, 60)
    assert many is not None
    powers = [power_of(before, ChangedSide(0.66, 100 * n, n, 100 * n), Scale.POINTS, 1.0) for n in (many - 1, many)]
    assert powers[0] < 0.8 <= powers[1]


def test_what_can_never_be_told_needs_no_number_of_periods():
    before, after = ChangedSide(0.6, 60, 6, 60), ChangedSide(0.61, 10, 1, 10)
    assert periods_needed(before, after, Scale.POINTS, 1.0, 10, 60) is None


def test_the_least_change_that_is_told_has_just_the_power_asked():
    one = of_shares(BEFORE, AFTER)
    change = found(one, Scale.POINTS)
    least = least_told(change.before, change.after, change, is_up=True)
    assert least is not None
    assert power_of(change.before, least, Scale.POINTS, change.spread) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(
    ("size", "is_up", "mean", "no_room"),
    [
        (Size(5, SizeUnit.POINTS), True, 0.65, False),
        (Size(5, SizeUnit.POINTS), False, 0.55, False),
        (Size(50, SizeUnit.POINTS), True, 1.0, True),
        (Size(70, SizeUnit.POINTS), False, 0.0, True),
    ],
)
def test_the_share_after_the_claimed_change(size, is_up, mean, no_room):
    side = ChangedSide(0.6, 100, 1, 100)
    after, is_full = side_after_a_change(side, side, size, Scale.POINTS, is_up=is_up)
    assert (after.mean, is_full) == (pytest.approx(mean), no_room)


def test_a_wait_changes_by_a_time_or_by_a_part_of_itself():
    side = ChangedSide(3600, 50, 1, 50)
    for size in (Size(720, SizeUnit.SECONDS), Size(20, SizeUnit.PERCENT)):
        after, no_room = side_after_a_change(side, side, size, Scale.TIME, is_up=False)
        assert (after.mean, no_room) == (pytest.approx(2880), False)
    assert side_after_a_change(side, side, Size(7200, SizeUnit.SECONDS), Scale.TIME, is_up=False)[1]


def test_without_a_claimed_size_only_the_least_change_is_given():
    one = of_shares(BEFORE, AFTER)
    power = power_to_tell(one, found(one, Scale.POINTS), None, is_up=True)
    assert (power.claimed, power.now, power.needed) == (None, None, None)
    assert power.least is not None
    assert not power.is_enough
