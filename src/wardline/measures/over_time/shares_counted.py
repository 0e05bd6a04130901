"""Shares by period and group, with intervals that allow for repeats of one child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.intervals import effective_column, wilson_columns
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import each_group_and_period, rows_of, too_many, why_no_value

__all__ = ["share_rows"]

OF_CHILD = ("whole", "met", "children", "whole_whole", "met_whole", "met_met")
TOLD = (int(CountedState.NOT_MET), int(CountedState.MET))


def share_rows(
    counted: pl.DataFrame, measure: str, periods: PeriodsCounted, frame: pl.DataFrame, split: str | None
) -> Iterator[pl.DataFrame]:
    """The rows of a share, first of all entries and then of those written at the time.

    `counted` has `first_day`, `group`, `who` and a column of states for each choice of entries; `frame` is that of
    `periods` with the gaps of the measure.
    """
    tallied = _tallied(counted, STATE_OF.values())
    each = each_group_and_period(tallied, frame, split)
    for entries, column in STATE_OF.items():
        figures = each.with_columns(
            **{name: pl.col(f"{column}.{name}").fill_null(0) for name in (*OF_CHILD, "not_told", "not_over")}
        )
        yield rows_of(_figures(figures, periods), measure, periods, split, entries)


def _tallied(counted: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """By period and group, for each column of states: how many were met of how many, of how many children, the sums by
    which they hang together, and how many cannot be told or are not over."""
    by = ["first_day", "group"]
    columns = list(columns)
    told = counted.filter(pl.any_horizontal(pl.col(columns).is_in(TOLD)))
    of_child = told.group_by(*by, "who").agg(
        *(pl.col(one).is_in(TOLD).sum().cast(pl.Int64).alias(f"{one}.whole") for one in columns),
        *((pl.col(one) == CountedState.MET).sum().cast(pl.Int64).alias(f"{one}.met") for one in columns),
    )
    # Whole numbers, so that no order in which they are added changes anything.
    sums = of_child.group_by(by).agg(
        expression.alias(f"{one}.{name}") for one in columns for name, expression in _sums(one).items()
    )
    beside = counted.group_by(by).agg(
        (pl.col(one) == state).sum().cast(pl.Int64).alias(f"{one}.{name}")
        for one in columns
        for name, state in (("not_told", CountedState.NOT_TOLD), ("not_over", CountedState.NOT_OVER))
    )
    return beside.join(sums, on=by, how="left", nulls_equal=True)


def _sums(column: str) -> dict[str, pl.Expr]:
    whole, met = pl.col(f"{column}.whole"), pl.col(f"{column}.met")
    return {
        "whole": whole.sum(),
        "met": met.sum(),
        "children": (whole > 0).sum().cast(pl.Int64),
        "whole_whole": (whole * whole).sum(),
        "met_whole": (met * whole).sum(),
        "met_met": (met * met).sum(),
    }


def _figures(each: pl.DataFrame, periods: PeriodsCounted) -> pl.DataFrame:
    whole, met, not_told, not_over = (pl.col(name) for name in ("whole", "met", "not_told", "not_over"))
    owed = whole + not_told
    no_value = why_no_value(
        periods,
        (too_many(not_over, owed + not_over) if periods.by is not None else pl.lit(False), NoValue.NOT_OVER),
        (too_many(not_told, owed), NoValue.NOT_TOLD),
        (whole == 0, NoValue.NO_OCCASIONS),
        is_a_number=False,
    )
    share = met.cast(pl.Float64) / whole
    figures = each.with_columns(
        no_value=no_value,
        numerator=met,
        denominator=whole,
        effective=pl.when(whole > 0).then(effective_column()),
        if_all_met=pl.when(owed > 0).then((met + not_told).cast(pl.Float64) / owed),
        if_none_met=pl.when(owed > 0).then(met.cast(pl.Float64) / owed),
    ).with_columns(value=pl.when(pl.col("no_value").is_null()).then(share))
    return figures.with_columns(**wilson_columns(pl.col("value"), pl.coalesce("effective", "denominator")))
