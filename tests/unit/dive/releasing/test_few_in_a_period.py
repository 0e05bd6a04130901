"""Months and quarters with few occasions do not go, and cannot be worked out from those that do."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest

from wardline.dive.releasing.few_in_a_period import without_few
from wardline.dive.releasing.small_groups import FEWEST
from wardline.measures.over_time import MEASURES


def measured(*months: int, is_count: bool = False) -> pl.DataFrame:
    """A share (or a count) by month, by quarter and over the whole period, from January on."""
    quarters = [sum(months[at : at + 3]) for at in range(0, len(months), 3)]
    periods = [("month", at + 1, many) for at, many in enumerate(months)]
    periods += [("quarter", 3 * at + 1, many) for at, many in enumerate(quarters)]
    periods.append(("period", 1, sum(months)))
    rows = [
        {
            "measure": "attended",
            "by": by,
            "first_day": date(2025, month, 1),
            "entries": "all",
            "numerator": None if is_count else float(many // 2),
            "denominator": None if is_count else float(many),
            "value": float(many) if is_count else 0.5,
        }
        for by, month, many in periods
    ]
    return pl.DataFrame(rows, schema_overrides=MEASURES).select(
        *(pl.col(name) if name in rows[0] else pl.lit(None, MEASURES[name]).alias(name) for name in MEASURES)
    )


def left(table: pl.DataFrame, by: str = "month", rates: frozenset[str] = frozenset()) -> list[bool]:
    """Of each month, or quarter, whether its figure goes."""
    return without_few(table, rates)[0].filter(pl.col("by") == by)["value"].is_not_null().to_list()


def test_months_of_ten_occasions_or_more_go():
    table = measured(10, 20, 30, 40, 50, 60)
    assert without_few(table, frozenset())[0].equals(table)


def test_a_small_month_stays_with_the_next_smallest_of_its_quarter():
    assert left(measured(30, 4, 20, 40, 50, 60)) == [True, False, False, True, True, True]


def test_two_small_months_that_are_small_together_take_a_third():
    assert left(measured(3, 4, 20, 40, 50, 60)) == [False, False, False, True, True, True]


def test_a_small_quarter_stays_with_another_and_with_all_their_months():
    table = measured(2, 2, 3, 40, 50, 60, 41, 51, 61)
    assert left(table, "quarter") == [False, False, True]
    assert left(table) == [False] * 6 + [True] * 3


def test_a_month_without_any_is_no_small_month():
    assert left(measured(0, 20, 30)) == [True, True, True]


def test_of_a_count_the_count_is_looked_at_and_of_a_rate_what_is_counted():
    assert left(measured(30, 4, 20, is_count=True)) == [True, False, False]
    rate = measured(30, 44, 20)
    assert left(rate, rates=frozenset({"attended"})) == [True, True, True]
    assert left(measured(16, 44, 60), rates=frozenset({"attended"})) == [False, False, True]


def test_nothing_of_what_stays_is_left_in_the_row():
    found, many = without_few(measured(30, 4, 20), frozenset())
    row = found.filter(pl.col("no_value") == "few")
    assert many == row.height == 2
    assert row.select("numerator", "denominator", "value", "low", "high").null_count().row(0) == (2,) * 5


@pytest.mark.parametrize("seed", range(50))
def test_nobody_works_a_small_month_out_from_what_goes(seed):
    months = random.Random(seed).choices((0, 1, 5, 9, 10, 14, 30), k=12)
    found = without_few(measured(*months), frozenset())[0]
    given = found.filter(pl.col("value").is_not_null())
    known = {(row["by"], row["first_day"].month): row["denominator"] for row in given.to_dicts()}
    whole = sum(months)
    quarters = {at: known.get(("quarter", at)) for at in (1, 4, 7, 10)}
    unknown = [at for at, many in quarters.items() if many is None]
    assert len(unknown) != 1 or sum(months) < FEWEST or whole == sum(months[unknown[0] - 1 : unknown[0] + 2])
    for at, many in quarters.items():
        hidden = [month for month in range(at, at + 3) if ("month", month) not in known]
        assert all(
            months[month - 1] >= FEWEST or months[month - 1] == 0 for month in range(at, at + 3) if month not in hidden
        )
        if many is not None and hidden:
            assert len(hidden) > 1
            assert sum(months[month - 1] for month in hidden) >= FEWEST
        if many is None:
            assert len(hidden) == sum(1 for month in range(at, at + 3) if months[month - 1])
