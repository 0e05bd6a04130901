"""Measures of a month or a quarter with few occasions: they do not go, nor what they could be worked out from.

The figure of a quarter is made of those of its months, and that of the whole period of those of the quarters. So where
one month is left out, a second one is, and a third until ten occasions or more are among them: what is left of the
quarter is then about ten or more.
"""

from __future__ import annotations

import polars as pl

from wardline.dive.releasing.small_groups import FEWEST
from wardline.measures.over_time import MEASURES, NoValue
from wardline.time_limits import PeriodLength, period_start

__all__ = ["without_few"]

TOLD = ("numerator", "denominator", "value", "low", "high", "effective", "not_told", "if_all_met", "if_none_met")
MONTH, QUARTER = "month", "quarter"
SERIES = ["measure", "entries"]


def without_few(table: pl.DataFrame, rates: frozenset[str]) -> tuple[pl.DataFrame, int]:
    """The table with the figures of such months and quarters emptied, and how many they are.

    Of `rates` the numerator says how many occasions there are; of every other measure what it is out of, or the count.
    """
    is_rate = pl.col("measure").is_in(sorted(rates))
    many = pl.when(is_rate).then("numerator").otherwise(pl.coalesce("denominator", "value")).fill_null(0.0)
    days = table["first_day"].drop_nulls().unique()
    of_day = {day: period_start(day, PeriodLength.QUARTER) for day in days}
    quarter = pl.col("first_day").replace_strict(of_day, default=None, return_dtype=pl.Date())
    sized = table.with_row_index("_row").with_columns(_many=many, _quarter=quarter)
    emptied: set[int] = set()
    for _, series in sized.group_by(SERIES, maintain_order=True):
        emptied |= _few_of(series)
    stays = pl.col("_row").is_in(sorted(emptied))
    blank = [pl.when(stays).then(None).otherwise(pl.col(name)).alias(name) for name in TOLD]
    why = pl.when(stays).then(pl.lit(NoValue.FEW.value)).otherwise(pl.col("no_value")).alias("no_value")
    done = sized.with_columns(*blank, why)
    return done.select(name for name in MEASURES if name in table.columns), len(emptied)


def _few_of(series: pl.DataFrame) -> set[int]:
    quarters = series.filter(pl.col("by") == QUARTER)
    left = _chosen(quarters)
    without = set(quarters.filter(pl.col("_row").is_in(sorted(left)))["_quarter"])
    for (quarter,), months in series.filter(pl.col("by") == MONTH).group_by(["_quarter"], maintain_order=True):
        # The months of a quarter that does not go would give it, so none of them goes.
        has = months.filter(pl.col("_many") > 0)
        left |= set(has["_row"]) if quarter in without else _chosen(months)
    return left


def _chosen(periods: pl.DataFrame) -> set[int]:
    """Those with few occasions, and the smallest others until there are two or more, with ten occasions or more."""
    sizes = periods.filter(pl.col("_many") > 0).sort("_many", "_row").select("_row", "_many").rows()
    few = [(row, many) for row, many in sizes if many < FEWEST]
    for row, many in sizes[len(few) :]:
        if not few or (len(few) > 1 and sum(one for _, one in few) >= FEWEST):
            break
        few.append((row, many))
    return {row for row, _ in few}
