"""Intervals for a column at once agree with those of statsmodels and scipy, and with ours of one share."""

from random import Random

import polars as pl
import pytest
from scipy.stats import chi2, poisson
from statsmodels.stats.proportion import proportion_confint

from wardline.measures.chance import effective_size
from wardline.measures.over_time.intervals import effective_column, poisson_columns, wilson_columns


@pytest.mark.parametrize(("met", "whole"), [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (81, 263), (999, 1000)])
def test_wilson_agrees_with_statsmodels(met, whole):
    low, high = pl.select(**wilson_columns(pl.lit(met / whole), pl.lit(float(whole)))).row(0)
    assert (low, high) == pytest.approx(proportion_confint(met, whole, method="wilson"), abs=1e-9)


@pytest.mark.parametrize("many", [0, 1, 2, 7, 304, 12_345])
def test_the_interval_of_a_count_is_the_exact_one_of_a_poisson_count(many):
    low, high = (column[0] for column in poisson_columns(pl.Series([many])))
    expected_low = chi2.ppf(0.025, 2 * many) / 2 if many else 0
    assert (low, high) == pytest.approx((expected_low, chi2.ppf(0.975, 2 * many + 2) / 2), abs=1e-9)
    # Were the mean at either end, so many or more (or fewer) would come about one time in forty.
    assert poisson.cdf(many, high) == pytest.approx(0.025, abs=1e-9)
    if many:
        assert poisson.sf(many - 1, low) == pytest.approx(0.025, abs=1e-9)


def sums(occasions):
    of_child = occasions.group_by("who").agg(n=pl.len().cast(pl.Int64), m=pl.col("is_met").sum().cast(pl.Int64))
    n, m = pl.col("n"), pl.col("m")
    return of_child.select(
        whole=n.sum(),
        met=m.sum(),
        children=pl.len(),
        whole_whole=(n * n).sum(),
        met_whole=(m * n).sum(),
        met_met=(m * m).sum(),
    )


@pytest.mark.parametrize("seed", range(30))
def test_so_many_children_tell_as_much_as_for_one_share_alone(seed):
    random = Random(seed)
    children, share = random.choice([1, 2, 3, 40]), random.choice([0, 0.1, 0.7, 1])
    whole = random.choice([1, 2, 30, 200])
    occasions = pl.DataFrame(
        {
            "who": [str(random.randrange(children)) for _ in range(whole)],
            "is_met": [random.random() < share for _ in range(whole)],
        }
    )
    found = sums(occasions).select(effective_column()).item()
    expected = effective_size(occasions)
    assert found == (expected if expected is None else pytest.approx(expected, rel=1e-9))
