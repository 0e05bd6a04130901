"""Numbers by period and group: of cases, and of children with at least so many of them; and rates.

There is no group without a case in some period, so a group's nought is a nought. What is counted is taken as it is:
its interval is that of a Poisson count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.intervals import poisson_columns
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import CELL, Cells, too_many, why_no_value

__all__ = ["count_rows"]


def count_rows(
    counted: pl.DataFrame, cells: Cells, *, at_least: int | None = None, per: Mapping[object, float] | None = None
) -> Iterator[pl.DataFrame]:
    """The rows of a number, first of all entries and then of those written at the time.

    `counted` has its `cell`, and a column of states for each choice of entries: what is met is counted. With `at_least`
    the children (`who`) are counted of whom so many are. With `per` it is a rate: how much of that there was in each
    period, by its first day; where that is not known, there is no figure.
    """
    told = {"not_told": CountedState.NOT_TOLD, "met": CountedState.MET}
    sums = counted.group_by(CELL).agg(
        (pl.col(one) == state).sum().cast(pl.Int64).alias(f"{one}.{name}")
        for one in STATE_OF.values()
        for name, state in told.items()
    )
    if at_least is not None:
        is_met = [(pl.col(one) == CountedState.MET).sum().alias(one) for one in STATE_OF.values()]
        of_child = counted.group_by(CELL, "who").agg(is_met)
        children = of_child.group_by(CELL).agg(
            (pl.col(one) >= at_least).sum().cast(pl.Int64).alias(f"{one}.children") for one in STATE_OF.values()
        )
        sums = sums.join(children, on=CELL, how="left")
    each = cells.each(sums)
    for entries, column in STATE_OF.items():
        met, not_told = pl.col(f"{column}.met").fill_null(0), pl.col(f"{column}.not_told").fill_null(0)
        number = met if at_least is None else pl.col(f"{column}.children").fill_null(0)
        figures = each.with_columns(number=number, not_told=not_told, owed=met + not_told)
        yield cells.rows(_figures(figures, cells.periods, per), entries)


def _figures(each: pl.DataFrame, periods: PeriodsCounted, per: Mapping[object, float] | None) -> pl.DataFrame:
    low, high = poisson_columns(each["number"])
    number, denominator = pl.col("number").cast(pl.Float64), pl.col("denominator")
    of = pl.lit(None, pl.Float64)
    if per is not None:
        of = pl.col("first_day").replace_strict(dict(per), default=None, return_dtype=pl.Float64)
    no_value = why_no_value(
        periods,
        (denominator.is_null() if per is not None else pl.lit(False), NoValue.NOT_GIVEN),
        (too_many(pl.col("not_told"), pl.col("owed")), NoValue.NOT_TOLD),
        is_a_number=True,
    )
    one = denominator if per is not None else pl.lit(1.0)
    is_told = pl.col("no_value").is_null()
    return (
        each.with_columns(low, high, denominator=of)
        .with_columns(no_value=no_value)
        .with_columns(
            numerator=number if per is not None else pl.lit(None, pl.Float64),
            value=pl.when(is_told).then(number / one),
            low=pl.when(is_told).then(pl.col("low") / one),
            high=pl.when(is_told).then(pl.col("high") / one),
        )
    )
