"""How likely chance alone would put so few of one group in time."""

from math import comb, sqrt

import polars as pl
import pytest
from scipy import stats

from wardline.measures.chance import NORMAL_95, chance_of_so_few, effective_size


def occasions(inside, met_inside, outside, met_outside):
    """Each of another child, so that the exact chance is the one that matters, or nearly."""
    met = [at < met_inside for at in range(inside)] + [at < met_outside for at in range(outside)]
    return pl.DataFrame(
        {
            "who": [f"p{at}" for at in range(inside + outside)],
            "is_met": met,
            "is_inside": [True] * inside + [False] * outside,
        }
    )


def by_counting(inside, met_inside, outside, met_outside):
    met = met_inside + met_outside
    ways = sum(comb(met, few) * comb(inside + outside - met, inside - few) for few in range(met_inside + 1))
    return ways / comb(inside + outside, inside)


@pytest.mark.parametrize(
    "numbers", [(5, 0, 5, 5), (20, 3, 60, 40), (300, 100, 700, 400), (40, 20, 60, 30), (10, 10, 30, 3), (1, 0, 1, 1)]
)
def test_the_exact_chance_is_that_of_all_ways_to_choose(numbers):
    # With `enough` at nothing, the exact chance is all that is asked for.
    assert chance_of_so_few(occasions(*numbers), enough=0.0) == pytest.approx(by_counting(*numbers), rel=1e-9)


def test_where_the_exact_chance_says_enough_children_are_not_asked():
    few_children = occasions(20, 8, 60, 30).with_columns(who=pl.lit("p"))
    assert chance_of_so_few(few_children) == 1.0
    assert chance_of_so_few(few_children, enough=0.025) == pytest.approx(by_counting(20, 8, 60, 30), rel=1e-9)


@pytest.mark.parametrize("numbers", [(0, 0, 5, 5), (5, 5, 0, 0)])
def test_a_group_beside_nobody_is_no_surprise(numbers):
    assert chance_of_so_few(occasions(*numbers)) == 1.0


@pytest.mark.parametrize(
    "numbers",
    [(60, 20, 90, 45), (15, 2, 400, 310), (823, 129, 2_900, 1_400), (11, 0, 12, 12), (12_000, 700, 9_000, 600)],
)
def test_the_exact_chance_is_that_of_scipy(numbers):
    inside, met_inside, outside, met_outside = numbers
    expected = stats.hypergeom(inside + outside, met_inside + met_outside, inside).cdf(met_inside)
    assert chance_of_so_few(occasions(*numbers), enough=0.0) == pytest.approx(expected, rel=1e-9)


def test_of_children_with_several_occasions_each_the_chance_is_that_of_students_t():
    """Twelve children inside and twenty outside, each three times, all alike within a child."""
    rows = [
        (f"p{child}", child % 5 != 0 if child >= 12 else child % 3 == 0, child < 12)
        for child in range(32)
        for _ in range(3)
    ]
    made = pl.DataFrame(rows, schema=["who", "is_met", "is_inside"], orient="row")
    inside, outside = (made.filter(pl.col("is_inside") == one)["is_met"] for one in (True, False))
    apart = outside.mean() - inside.mean()
    weighed = [
        3 * (met - (inside if is_inside else outside).mean()) * (1 / 36 if is_inside else -1 / 60)
        for _, met, is_inside in rows[::3]
    ]
    error = sqrt(sum(one**2 for one in weighed) * 32 / 31)
    assert chance_of_so_few(made) == pytest.approx(stats.t(11).sf(apart / error), rel=1e-9)


@pytest.mark.parametrize("children", [2, 3, 9, 400])
def test_few_children_tell_less_by_students_t(children):
    """Each child twice, once met and once not: children do not differ, and how few they are is all that counts."""
    made = pl.DataFrame({"who": [f"p{at // 2}" for at in range(2 * children)], "is_met": [True, False] * children})
    expected = 2 * children * (stats.norm.ppf(0.975) / stats.t(children - 1).ppf(0.975)) ** 2
    assert effective_size(made) == pytest.approx(expected, rel=1e-9)


def test_the_normal_quantile_is_that_of_scipy():
    assert stats.norm.ppf(0.975) == pytest.approx(NORMAL_95, abs=1e-15)
