"""The lines of a funnel plot, beside scipy's distributions and published figures."""

from itertools import pairwise
from math import ceil

import pytest
from scipy import stats

from wardline.measures.groups_compared import Of, chance_of, limits_at


def by_scipy(distribution, p, size):
    """Spiegelhalter 2005, A.1.1: (r − α) / n, r the smallest whole number of which P(R ≤ r) is more than p."""
    r = int(distribution.ppf(p))
    while distribution.cdf(r) <= p:
        r += 1
    into = (distribution.cdf(r) - p) / (distribution.cdf(r) - distribution.cdf(r - 1))
    return (r - into) / size


@pytest.mark.parametrize("size", [1, 2, 7, 20, 143, 581, 12_345])
@pytest.mark.parametrize("level", [0.004, 0.1, 0.38, 0.5, 0.93])
def test_the_limits_of_shares_are_the_interpolated_binomial_ones(size, level):
    found = limits_at(size, level, Of.SHARE)
    chances = (0.025, 0.975, 0.001, 0.999)
    expected = [min(1.0, max(0.0, by_scipy(stats.binom(size, level), p, size))) for p in chances]
    assert [found.lower, found.upper, found.outer_lower, found.outer_upper] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("size", [0.5, 3.2, 40.0, 9_000.0])
@pytest.mark.parametrize("level", [0.01, 0.7, 12.5])
def test_the_limits_of_rates_are_the_interpolated_poisson_ones(size, level):
    found = limits_at(size, level, Of.RATE)
    expected = [max(0.0, by_scipy(stats.poisson(size * level), p, size)) for p in (0.025, 0.975, 0.001, 0.999)]
    assert [found.lower, found.upper, found.outer_lower, found.outer_upper] == pytest.approx(
        expected, rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize(("part", "size", "level"), [(41, 143, 0.108), (0, 12, 0.3), (12, 12, 0.3), (310, 900, 0.4)])
def test_the_chance_of_a_share_is_twice_its_smaller_tail(part, size, level):
    binomial = stats.binom(size, level)
    expected = min(1.0, 2 * min(binomial.cdf(part), binomial.sf(part - 1)))
    assert chance_of(part, size, level, Of.SHARE) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("part", "size", "level"), [(3, 2.5, 4.0), (0, 3.0, 1.0), (80, 100.0, 0.5)])
def test_the_chance_of_a_rate_is_twice_its_smaller_tail(part, size, level):
    poisson = stats.poisson(size * level)
    expected = min(1.0, 2 * min(poisson.cdf(part), poisson.sf(part - 1)))
    assert chance_of(part, size, level, Of.RATE) == pytest.approx(expected, rel=1e-9)


# UKHSA, PHEindicatormethods, the published limits of a funnel of rates per 100,000 over three years: with so many
# events, the largest and the smallest population in one year of which the rate is still within the limits.
BASELINE = 116.1720835
POPULATIONS = {
    1: (1598.675694, 7.264481402, 2649.348525, 0.287087625),
    2: (2072.984403, 69.49732367, 3221.906682, 13.02722321),
    3: (2515.599722, 177.5159418, 3747.958682, 54.66984838),
    4: (2938.625247, 312.7159093, 4244.895077, 122.9648371),
}


@pytest.mark.parametrize("events", POPULATIONS)
def test_at_the_edges_of_a_published_funnel_the_chance_is_that_of_its_lines(events):
    chances = [chance_of(events, 3 * one / 100_000, BASELINE, Of.RATE) for one in POPULATIONS[events]]
    assert chances == pytest.approx([0.05, 0.05, 0.002, 0.002], rel=1e-4), "solved there by steps"


def test_between_whole_sizes_the_limits_run_smoothly():
    sizes = [20 + at / 10 for at in range(11)]
    uppers = [limits_at(size, 0.3, Of.SHARE).upper for size in sizes]
    assert all(abs(later - earlier) < 0.01 for earlier, later in pairwise(uppers))
    assert uppers[0] == pytest.approx(by_scipy(stats.binom(20, 0.3), 0.975, 20), abs=1e-9)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_where_nothing_can_vary_the_limits_are_the_level(level):
    found = limits_at(30, level, Of.SHARE)
    assert {found.lower, found.upper, found.outer_lower, found.outer_upper} == {level}
    assert chance_of(30 * level, 30, level, Of.SHARE) == 1.0


def test_limits_narrow_as_groups_grow():
    widths = [limits_at(size, 0.4, Of.SHARE).upper - limits_at(size, 0.4, Of.SHARE).lower for size in (10, 100, 1000)]
    assert widths == sorted(widths, reverse=True)
    assert ceil(widths[1] / widths[2]) in (3, 4), "by the root of the size"
