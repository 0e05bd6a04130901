"""Two releases of neighbouring dates: nothing is told by taking the figures of one from those of the other."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from wardline.dive.releasing.released_figures import RELEASED_FIGURES
from wardline.dive.releasing.told_before import ToldBefore, changed_by_few, tells_few


def group(name: str, occasions: int, met: int | None, not_met: int | None, judged: int | None = None) -> dict:
    told = None if met is None or not_met is None else met + not_met
    return {"group": name, "occasions": occasions, "met": met, "not_met": not_met, "judged": judged or told}


BEFORE = [group("north", 50, 30, 20), group("south", 80, 50, 30)]


@pytest.mark.parametrize(
    ("now", "is_few"),
    [
        (BEFORE, False),
        ([group("north", 51, 30, 21), group("south", 80, 50, 30)], True),  # one more, and it was not as owed
        ([group("north", 59, 34, 25), group("south", 80, 50, 30)], True),
        ([group("north", 70, 40, 30), group("south", 100, 60, 40)], False),  # ten or more in each count
        ([group("north", 70, 40, 30), group("south", 100, 69, 31)], True),  # one more that was not as owed
        ([group("north", 50, 29, 21), group("south", 80, 50, 30)], True),  # recorded later, and judged anew
        ([group("north", 50, 30, 20), group("other", 80, 50, 30)], True),  # other groups: they could be put together
        ([group("north", 50, None, None, 50), group("south", 80, 50, 30)], True),  # withheld, and told before
        ([group("north", 90, None, None, 90), group("south", 130, 80, 50)], False),
        ([], False),
    ],
)
def test_groups_that_changed_by_few_are_noticed(now, is_few):
    assert tells_few(now, BEFORE) is is_few


def test_what_was_not_told_before_cannot_be_taken_from_what_is():
    assert not tells_few(BEFORE, [])


@pytest.mark.parametrize(("late", "is_few"), [(5, False), (6, True), (14, True), (15, False)])
def test_totals_of_the_force_that_changed_by_few_are_noticed(late, is_few):
    whole = dict.fromkeys(RELEASED_FIGURES.names(), 0)
    assert changed_by_few(whole | {"late": late}, whole | {"late": 5}) is is_few


@pytest.mark.parametrize(
    ("first", "last", "is_about"),
    [
        (date(2025, 1, 1), date(2025, 3, 31), True),
        (date(2025, 3, 31), date(2025, 6, 30), True),
        (date(2025, 4, 1), date(2025, 6, 30), False),
        (date(2024, 1, 1), date(2024, 12, 31), False),
    ],
)
def test_only_releases_about_some_of_the_same_days_are_compared(first, last, is_about):
    before = ToldBefore(pl.DataFrame(schema=RELEASED_FIGURES), (date(2025, 1, 1), date(2025, 3, 31)))
    assert before.is_about((first, last)) is is_about
    assert before.is_about(None)
