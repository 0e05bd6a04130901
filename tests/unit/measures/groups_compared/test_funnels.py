"""Groups beside each other: over-dispersion, how many are counted, and that nothing is ever put in order of size."""

from math import log, sqrt

import numpy as np
import polars as pl
import pytest
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from wardline.measures.groups_compared import (
    CannotCompare,
    FunnelGroup,
    Of,
    Where,
    Widened,
    counting_all,
    funnel_of,
    funnel_of_measure,
    over_dispersion,
)
from wardline.measures.groups_compared.over_dispersion import between_groups, drawn_in
from wardline.measures.over_time.measures_table import MEASURES

# Deaths within 30 days of open operations on children under one, 1991 to 1995, by centre: the inquiry into Bristol.
BRISTOL = {
    "Bristol": (41, 143),
    "Leicester": (25, 187),
    "Leeds": (24, 323),
    "Oxford": (23, 122),
    "Guys": (25, 164),
    "Liverpool": (42, 405),
    "Southampton": (24, 239),
    "Great Ormond Street": (53, 482),
    "Newcastle": (26, 195),
    "Harefield": (25, 177),
    "Birmingham": (58, 581),
    "Brompton": (31, 301),
}


def bristol():
    return [FunnelGroup(name, *counts) for name, counts in BRISTOL.items()]


def test_the_one_centre_that_the_inquiry_was_about_stands_out():
    found = funnel_of(bristol(), level=sum(a for a, _ in BRISTOL.values()) / sum(b for _, b in BRISTOL.values()))
    assert [one.group.name for one in found.standing_out] == ["Bristol"]
    assert found.groups[0].where is Where.BEYOND_OUTER


def test_groups_keep_the_order_in_which_they_were_given():
    assert [one.group.name for one in funnel_of(bristol()).groups] == list(BRISTOL)
    assert [one.group.name for one in funnel_of(bristol()[::-1]).groups] == list(BRISTOL)[::-1]


def test_over_dispersion_is_that_of_a_published_example():
    """Of the tests of FunnelPlotR: 2.948033, from logarithms of ratios, none of the six drawn in."""
    counted, expected = (100, 150, 180, 80, 120, 225), (108, 112, 165, 95, 100, 220)
    distances = [sqrt(e) * log(c / e) for c, e in zip(counted, expected, strict=True)]
    assert round(over_dispersion(distances, [1.0] * 6).apart, 6) == 2.948033


def test_the_furthest_tenth_is_drawn_in_as_numpy_has_it():
    distances = [3.1, -4.0, 0.2, 0.5, -0.7, 1.9, 8.0, -1.1, 0.0, 0.3, 2.2, -2.5]
    low, high = np.quantile(distances, [0.1, 0.9])
    assert drawn_in(distances) == pytest.approx(list(np.clip(distances, low, high)), abs=1e-9)


def test_the_variance_between_groups_is_that_of_statsmodels():
    figures = np.array([0.31, 0.42, 0.36, 0.55, 0.29, 0.47, 0.40, 0.33, 0.51, 0.44])
    errors = np.array([0.02, 0.03, 0.015, 0.04, 0.02, 0.035, 0.01, 0.02, 0.05, 0.03])
    level = np.average(figures, weights=errors**-2.0)
    apart = float((((figures - level) / errors) ** 2).mean())
    expected = combine_effects(figures, errors**2, method_re="dl").tau2
    assert between_groups(apart, list(errors)) == pytest.approx(expected, rel=1e-9)


def widely_spread(sizes):
    """Groups of which every other one lies well above, and every other one well below."""
    return [
        FunnelGroup(f"group {at:02}", round(size * (0.5 + (-1) ** at * 0.12)), size) for at, size in enumerate(sizes)
    ]


def test_groups_of_one_size_that_are_all_apart_widen_every_limit_by_one_factor():
    found = funnel_of(widely_spread([400] * 20))
    assert found.over_dispersion.widened is Widened.MULTIPLICATIVE
    assert found.over_dispersion.factor == pytest.approx(23.04), "each is 0.12 away, and chance alone moves it 0.025"
    assert not found.standing_out


def test_groups_of_very_different_sizes_that_are_all_apart_get_a_level_each():
    found = funnel_of(widely_spread([100, 120, 2_000, 2_400] * 5))
    assert found.over_dispersion.widened is Widened.ADDITIVE
    assert sqrt(found.over_dispersion.between) == pytest.approx(0.12, abs=0.02)
    large, largest = (found.limits_at(size) for size in (2_000, 2_000_000))
    assert largest.upper - largest.lower > 0.9 * (large.upper - large.lower), "even the largest group may lie apart"


def test_few_groups_do_not_widen_the_limits_for_each_other():
    found = funnel_of(widely_spread([400] * 9))
    assert found.over_dispersion.widened is Widened.TOO_FEW
    assert len(found.standing_out) == 9


def test_groups_that_chance_explains_are_not_widened():
    found = funnel_of([FunnelGroup(f"group {at}", 100 + at, 250) for at in range(12)])
    assert found.over_dispersion.widened is Widened.NOT
    assert not found.standing_out


def test_children_counted_again_and_again_widen_the_limits():
    once = funnel_of([FunnelGroup("North", 40, 100), FunnelGroup("South", 60, 100)])
    often = funnel_of([FunnelGroup("North", 40, 100, effective=25), FunnelGroup("South", 60, 100, effective=25)])
    assert often.repeats == 4
    assert often.limits_at(100).upper == pytest.approx(once.limits_at(25).upper)
    assert [one.stands_out for one in (*once.groups, *often.groups)] == [False] * 4


@pytest.mark.parametrize(
    "chances", [[0.001, 0.04, 0.03, 0.2], [0.5], [0.02, 0.02, 0.02], [1.0, 0.0], [0.012, 0.4, 0.011, 0.9, 0.0002]]
)
def test_how_many_were_looked_at_is_counted_as_statsmodels_counts_it(chances):
    assert counting_all(chances) == pytest.approx(list(multipletests(chances, method="holm")[1]), abs=1e-9)


def test_more_groups_that_were_looked_at_elsewhere_count_as_well():
    alone, among_many = counting_all([0.004, 0.02]), counting_all([0.004, 0.02], looked_at=20)
    assert alone == pytest.approx([0.008, 0.02])
    assert among_many == pytest.approx([0.08, 0.38])
    assert funnel_of(bristol(), looked_at=400).looked_at == 400


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([], "There is no group"),
        ([FunnelGroup("North", 1, 2)], "only one group"),
        ([FunnelGroup("North", 1, 2), FunnelGroup("North", 1, 2)], "Two groups have one name"),
        ([FunnelGroup("North", 1, 2), FunnelGroup("South", 0, 0)], "nothing in it"),
        ([FunnelGroup("North", 3, 2), FunnelGroup("South", 1, 2)], "more than all"),
        ([FunnelGroup("North", -1, 2), FunnelGroup("South", 1, 2)], "less than none"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused_in_words(groups, said):
    with pytest.raises(CannotCompare, match=said) as refused:
        funnel_of(groups)
    assert refused.value.remedy.endswith(".")


@pytest.mark.parametrize("part", [0, 20])
def test_groups_that_are_all_none_or_all_met_are_within_limits_of_no_width(part):
    found = funnel_of([FunnelGroup("North", part, 20), FunnelGroup("South", part, 20)])
    assert not found.standing_out
    assert all(one.where is Where.WITHIN for one in found.groups)


def test_more_than_all_is_no_fault_of_a_rate():
    found = funnel_of([FunnelGroup("North", 30, 10), FunnelGroup("South", 10, 10)], of=Of.RATE)
    assert found.level == 2.0


def measures(*rows):
    base = {"measure": "m", "by": "period", "split": "district", "entries": "all"}
    return pl.DataFrame([{**dict.fromkeys(MEASURES), **base, **row} for row in rows], schema=MEASURES)


def test_groups_come_from_the_table_of_measures_in_alphabetical_order():
    table = measures(
        {"group": "South", "numerator": 40.0, "denominator": 100.0, "value": 0.4, "effective": 80.0},
        {"group": "North", "numerator": 50.0, "denominator": 100.0, "value": 0.5},
        {"group": "East", "numerator": 5.0, "denominator": 100.0, "no_value": "not_told"},
        {"group": "North", "numerator": 1.0, "denominator": 2.0, "value": 0.5, "entries": "at the time"},
        {"group": "high", "numerator": 1.0, "denominator": 2.0, "value": 0.5, "split": "grade"},
    )
    found = funnel_of_measure(table, "m", "district")
    assert [one.group for one in found.groups] == [
        FunnelGroup("North", 50, 100),
        FunnelGroup("South", 40, 100, effective=80),
    ]


def test_groups_of_several_periods_are_not_put_beside_each_other():
    from datetime import date

    table = measures(
        *(
            {"group": "North", "by": "month", "first_day": date(2024, month, 1), "numerator": 1.0, "denominator": 9.0}
            | {"value": 1 / 9}
            for month in (1, 2)
        )
    )
    with pytest.raises(CannotCompare, match="several periods"):
        funnel_of_measure(table, "m", "district", by="month")
