"""A claim about series in which nothing changes is seldom confirmed, and one that is true as often as was stated."""

from __future__ import annotations

import pytest

from tests.generative.claims_made_up import KINDS, chosen_at_a_peak, confirmed

SERIES = 200  # of each kind; `make bench`, part `claims`, draws thousands
STATED = 0.025  # an interval of 95 % leaves out no change by chance so often on the claimed side


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_a_claim_is_seldom_confirmed_where_nothing_changed(kind):
    found = confirmed(kind, SERIES, is_true=False)
    assert found.confirmed <= STATED + 3 * (STATED * (1 - STATED) / SERIES) ** 0.5


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_a_true_claim_is_told_as_often_as_was_stated(kind):
    found = confirmed(kind, SERIES, is_true=True)
    assert 0.2 < found.stated < 0.98, "a power near nought or one is stated rightly by anybody"
    assert found.told == pytest.approx(found.stated, abs=found.error)
    assert found.confirmed == pytest.approx(found.stated, abs=found.error)


def test_a_start_chosen_right_after_the_worst_months_is_seldom_confirmed():
    found = chosen_at_a_peak(KINDS[0], SERIES)
    assert found.confirmed < 0.1
