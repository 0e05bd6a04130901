"""How likely chance alone would put so few of one group in time."""

from math import comb

import polars as pl
import pytest

from wardline.measures.chance import chance_of_so_few


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
