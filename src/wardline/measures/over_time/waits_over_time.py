"""Waits by period and group: how long so many per cent waited, with those still waiting counted (Kaplan-Meier)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.curves_by_cell import IN_A_WAIT, WaitsInOrder, curves_of, in_order
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.occasions_counted import WAITED
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import CELL, Cells, too_many, why_no_value
from wardline.measures.over_time.runs_of_keys import in_each_cell

__all__ = ["wait_rows", "waits_in_order"]

MICROSECONDS = 1_000_000


def waits_in_order(counted: pl.DataFrame) -> dict[str, WaitsInOrder]:
    """For each choice of entries, the waits made ready to be put in order."""
    return {one: in_order(counted[one], counted[f"{WAITED}{one}"]) for one in STATE_OF.values()}


def wait_rows(
    counted: pl.DataFrame, waits: Mapping[str, WaitsInOrder], percents: Mapping[str, int], cells: Cells
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of waits, each with the name of its measure: first of all entries, then of those written at the time.

    `percents` says of each measure how many per cent. `counted` has its `cell` and a column of states for each choice
    of entries, `waits` the lengths of the same rows.
    """
    import numpy as np

    for entries, column in STATE_OF.items():
        cell, state = counted[CELL].to_numpy(), waits[column].states
        curves = curves_of(cell, waits[column])
        sums = pl.DataFrame(
            {
                "whole": in_each_cell(cell, np.isin(state, IN_A_WAIT)),
                "not_told": in_each_cell(cell, state == CountedState.NOT_TOLD),
            }
        ).with_row_index(CELL)
        # Of what is in no figure there need not be a group.
        sums = sums.filter(pl.any_horizontal(pl.exclude(CELL) > 0))
        for measure, percent in percents.items():
            each = cells.each(sums.join(curves.reached(percent / 100), on=CELL, how="left"))
            yield measure, replace(cells, measure=measure).rows(_figures(each, cells.periods), entries)


def _figures(each: pl.DataFrame, periods: PeriodsCounted) -> pl.DataFrame:
    whole, not_told = pl.col("whole").fill_null(0), pl.col("not_told").fill_null(0)
    no_value = why_no_value(
        periods,
        (too_many(not_told, whole + not_told), NoValue.NOT_TOLD),
        (whole == 0, NoValue.NO_OCCASIONS),
        (pl.col("value").is_null(), NoValue.NOT_REACHED),
        is_a_number=False,
    )
    is_told = pl.col("no_value").is_null()
    return each.with_columns(no_value=no_value, denominator=whole, not_told=not_told).with_columns(
        pl.when(is_told).then(pl.col(name) / MICROSECONDS).alias(name) for name in ("value", "low", "high")
    )
