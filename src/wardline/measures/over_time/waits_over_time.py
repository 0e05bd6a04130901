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
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import CELL, Cells, too_many, why_no_value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["wait_rows", "waits_in_order"]

MICROSECONDS = 1_000_000
STATES = 8  # more than there are
IN_A_WAIT = (CountedState.NOT_MET, CountedState.MET, CountedState.CUT_SHORT)


def waits_in_order(counted: pl.DataFrame) -> dict[str, WaitsInOrder]:
    """For each choice of entries, the waits made ready to be put in order."""
    return {one: in_order(counted[one], counted[f"{WAITED}{one}"]) for one in STATE_OF.values()}


def wait_rows(
    cell: NDArray[np.uint32], waits: Mapping[str, WaitsInOrder], percents: Mapping[str, int], cells: Cells
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of waits, each with the name of its measure: first of all entries, then of those written at the time.

    `percents` says of each measure how many per cent; `cell` is that of each of the waits.
    """
    import numpy as np

    for entries, column in STATE_OF.items():
        many = np.bincount(cell.astype(np.int64) * STATES + waits[column].states, minlength=STATES)
        of_states = np.append(many, np.zeros(-len(many) % STATES, dtype=many.dtype)).reshape(-1, STATES)
        whole = of_states[:, IN_A_WAIT].sum(axis=1)
        sums = pl.DataFrame({"whole": whole, "not_told": of_states[:, CountedState.NOT_TOLD]}).with_row_index(CELL)
        sums = sums.filter(of_states.sum(axis=1) > 0)
        curves = curves_of(cell, whole, waits[column])
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
