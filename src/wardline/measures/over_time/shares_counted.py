"""Shares by period and group, with intervals that allow for repeats of one child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.intervals import effective_column, wilson_columns
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import CELL, Cells, too_many, why_no_value
from wardline.measures.over_time.runs_of_keys import CELL_BITS, first_of_each, in_each_cell, packed, sums_of_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["share_rows"]

OF_CHILD = ("whole", "met", "children", "whole_whole", "met_whole", "met_met")
BESIDE = {"not_told": CountedState.NOT_TOLD, "not_over": CountedState.NOT_OVER}
WHO_BITS = 32
NO_STATE = 255


def share_rows(counted: pl.DataFrame, cells: Cells) -> Iterator[pl.DataFrame]:
    """The rows of a share, first of all entries and then of those written at the time.

    `counted` has its `cell`, `who` (a number), and a column of states for each choice of entries.
    """
    each = cells.each(_tallied(counted))
    for entries, column in STATE_OF.items():
        names = (*OF_CHILD, *BESIDE)
        figures = each.with_columns(**{name: pl.col(f"{column}.{name}").fill_null(0) for name in names})
        yield cells.rows(_figures(figures, cells.periods), entries)


def _tallied(counted: pl.DataFrame) -> pl.DataFrame:
    """By cell, for each column of states: how many were met of how many, of how many children, the sums by which they
    hang together, and how many cannot be told or are not over."""
    import numpy as np

    columns = list(STATE_OF.values())
    cell, who = counted[CELL].to_numpy(), counted["who"].to_numpy()
    states = {one: counted[one].fill_null(NO_STATE).to_numpy() for one in columns}
    parts: list[tuple[NDArray[np.generic], int]] = [(cell, CELL_BITS), (who, WHO_BITS)]
    # The bits that are added up: of each column whether it is met, and whether it is met or not met.
    for state in states.values():
        parts += [(state <= CountedState.MET, 1), (state == CountedState.MET, 1)]
    keys, sums = sums_of_runs(packed(parts), 2 * len(columns))
    of_child = keys >> np.uint64(WHO_BITS)
    first = first_of_each(of_child)
    cells = of_child[first].astype(np.int64)
    found: dict[str, NDArray[np.int64]] = {}
    for place, (one, state) in enumerate(states.items()):
        met, whole = sums[2 * (len(columns) - place) - 2 : 2 * (len(columns) - place)]
        for name, values in _sums(met, whole).items():
            # Whole numbers, so that no order in which they are added changes anything.
            found[f"{one}.{name}"] = np.add.reduceat(values, first) if len(first) else values
        for name, which in BESIDE.items():
            found[f"{one}.{name}"] = in_each_cell(cell, state == which)[cells]
    return pl.DataFrame({CELL: cells.astype(np.uint32), **found})


def _sums(met: NDArray[np.int64], whole: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    return {
        "whole": whole,
        "met": met,
        "children": (whole > 0).astype("int64"),
        "whole_whole": whole * whole,
        "met_whole": met * whole,
        "met_met": met * met,
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
