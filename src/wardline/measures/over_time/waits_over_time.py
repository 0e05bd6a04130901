"""Waits by period and group: how long so many per cent waited, with those still waiting counted (Kaplan-Meier)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.curves_by_cell import WaitsInOrder, curves_of, in_order
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.occasions_counted import WAITED
from wardline.measures.over_time.rows_of_measures import Cells, Tally, too_many, why_no_value
from wardline.measures.over_time.states_by_cell import many_in_states
from wardline.time_limits import seconds_column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["wait_tallies", "waits_in_order"]

OF_CURVE = ("value", "low", "high")
IN_A_WAIT = (CountedState.NOT_MET, CountedState.MET, CountedState.CUT_SHORT)


def waits_in_order(counted: pl.DataFrame) -> dict[str, WaitsInOrder]:
    """For each choice of entries, the waits made ready to be put in order."""
    return {one: in_order(counted[one], counted[f"{WAITED}{one}"]) for one in STATE_OF.values()}


def wait_tallies(
    cell: NDArray[np.uint32], waits: Mapping[str, WaitsInOrder], percents: Mapping[str, int], cells: Cells
) -> Iterator[Tally]:
    """What waits come to in each cell: first of all entries, then of those written at the time.

    `percents` says of each measure how many per cent; `cell` is that of each of the waits.
    """
    for entries, column in STATE_OF.items():
        of_states = many_in_states(cell, waits[column].states, cells.size)
        at = cells.with_rows(of_states.sum(axis=1))
        whole = of_states[:, IN_A_WAIT].sum(axis=1)
        sums = {"whole": whole[at], "not_told": of_states[at, CountedState.NOT_TOLD]}
        curves = curves_of(cell, whole, waits[column])
        for measure, percent in percents.items():
            reached = {name: one[at] for name, one in curves.reached(percent / 100, cells.size).items()}
            yield Tally(_figures, replace(cells, measure=measure), entries, at, sums | reached)


def _figures(each: pl.DataFrame) -> pl.DataFrame:
    each = each.with_columns(pl.col(*OF_CURVE).fill_nan(None))
    whole, not_told = pl.col("whole"), pl.col("not_told")
    no_value = why_no_value(
        (too_many(not_told, whole + not_told), NoValue.NOT_TOLD),
        (whole == 0, NoValue.NO_OCCASIONS),
        (pl.col("value").is_null(), NoValue.NOT_REACHED),
        is_a_number=False,
    )
    is_told = pl.col("no_value").is_null()
    return each.with_columns(no_value=no_value, denominator=whole).with_columns(
        pl.when(is_told).then(seconds_column(pl.col(name).cast(pl.Duration("us")))).alias(name) for name in OF_CURVE
    )
