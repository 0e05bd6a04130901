"""Shares and waits of two dives beside each other, held against statsmodels and scipy."""

from datetime import timedelta
from math import isfinite

import polars as pl
import pytest
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from wardline.measures import Count, Counted, Share
from wardline.measures.dives_compared import chance_of_waits, shares_apart, wait_length


def share(part, whole, effective=None):
    return Share(Count(Counted.OCCASION, part), Count(Counted.OCCASION, whole), effective)


@pytest.mark.parametrize(
    ("first", "second"), [((31, 80), (60, 90)), ((0, 12), (7, 20)), ((400, 1000), (380, 1000)), ((10, 10), (3, 11))]
)
def test_the_difference_of_two_shares_is_that_of_statsmodels(first, second):
    found = shares_apart(share(*first), share(*second))
    low, high = confint_proportions_2indep(*second, *first, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    assert found.chance == pytest.approx(proportions_ztest([first[0], second[0]], [first[1], second[1]])[1], rel=1e-9)
    assert found.difference == pytest.approx(second[0] / second[1] - first[0] / first[1])


def test_children_that_are_there_again_and_again_make_a_difference_less_certain():
    plain = shares_apart(share(31, 80), share(60, 90))
    repeated = shares_apart(share(31, 80, effective=20), share(60, 90, effective=22.5))
    assert repeated.difference == plain.difference
    assert repeated.chance > plain.chance
    assert repeated.high - repeated.low > plain.high - plain.low


def test_where_all_are_met_in_both_nothing_differs():
    assert shares_apart(share(20, 20), share(30, 30)).chance == 1.0


MINUTES_A = [3, 5, 5, 8, 12, 20, 21, 40, 55, 90, 120, 240]
ENDS_A = ["response"] * 7 + ["still waiting"] + ["response"] * 3 + ["still waiting"]
MINUTES_B = [2, 9, 15, 15, 30, 44, 60, 75, 200, 300, 310, 420, 500]
ENDS_B = ["response", "not owed any more"] + ["response"] * 8 + ["still waiting"] * 3


def waits(minutes, ends, closed=0):
    waited = [timedelta(minutes=one) for one in minutes] + [None] * closed
    schema = {"waited": pl.Duration("us"), "wait_end": pl.String()}
    return pl.DataFrame({"waited": waited, "wait_end": [*ends, *["no response"] * closed]}, schema=schema)


@pytest.mark.parametrize("closed", [0, 4])
@pytest.mark.parametrize("percent", [30, 50, 90])
@pytest.mark.parametrize(("minutes", "ends"), [(MINUTES_A, ENDS_A), (MINUTES_B, ENDS_B)])
def test_how_long_so_many_waited_is_that_of_statsmodels(minutes, ends, percent, closed):
    found = wait_length(waits(minutes, ends, closed), percent)
    times = [*minutes, *[10**6] * closed]
    known = [end == "response" for end in ends] + [False] * closed
    curve = SurvfuncRight(times, known)
    expected = [curve.quantile(percent / 100), *curve.quantile_ci(percent / 100, method="cloglog")]
    shown = [None if one is None else one / timedelta(minutes=1) for one in (found.length, found.low, found.high)]
    for ours, theirs in zip(shown, expected, strict=True):
        assert (ours is None) == (not isfinite(theirs)), (shown, expected)
        assert ours is None or ours == theirs


@pytest.mark.parametrize("closed", [0, 5])
def test_whether_two_sets_of_waits_differ_is_asked_as_scipy_asks_it(closed):
    a = stats.CensoredData(
        uncensored=[m for m, e in zip(MINUTES_A, ENDS_A, strict=True) if e == "response"],
        right=[m for m, e in zip(MINUTES_A, ENDS_A, strict=True) if e != "response"] + [10**6] * closed,
    )
    b = stats.CensoredData(
        uncensored=[m for m, e in zip(MINUTES_B, ENDS_B, strict=True) if e == "response"],
        right=[m for m, e in zip(MINUTES_B, ENDS_B, strict=True) if e != "response"],
    )
    expected = stats.logrank(a, b).pvalue
    found = chance_of_waits(waits(MINUTES_A, ENDS_A, closed), waits(MINUTES_B, ENDS_B))
    assert found == pytest.approx(expected, rel=1e-9)


def test_where_nobody_ever_responded_no_waits_differ():
    nobody = waits([], [], closed=12)
    assert chance_of_waits(nobody, nobody) == 1.0
    assert wait_length(nobody, 50).length is None
