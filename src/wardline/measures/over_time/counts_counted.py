"""Numbers by period and group: of cases, and of children with at least so many of them; and rates.

There is no group without a case in some period, so a group's nought is a nought. What is counted is taken as it is:
its interval is that of a Poisson count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.intervals import poisson_columns
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.rows_of_measures import Cells, Tally, too_many, why_no_value
from wardline.measures.over_time.states_by_cell import StatesTogether

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["count_tallies"]


def count_tallies(
    cell: NDArray[np.uint32],
    states: StatesTogether,
    cells: Cells,
    *,
    at_least: int | None = None,
    per: Sequence[float] | None = None,
) -> Iterator[Tally]:
    """What a number is made from, first of all entries and then of those written at the time; `cell` is that of each
    row. What is met is counted.

    With `at_least` the children (`who`) are counted of whom so many are. With `per` it is a rate: how much of that
    there was in each period; where that is not known (not a number), there is no figure.
    """
    import numpy as np

    of_states = states.by_cell(cell, cells.size)
    at = cells.with_rows(of_states.sum(axis=(1, 2)))
    of_child, of_each = states.of_children(cells, at_least=1) if at_least is not None else (at, [])
    of = np.full(cells.size, np.nan) if per is None else np.repeat(np.array(per), len(cells.labels))
    for place, entries in enumerate(STATE_OF):
        by_state = of_states.sum(axis=1 + place)
        number, not_told = by_state[:, CountedState.MET], by_state[:, CountedState.NOT_TOLD]
        sums = {"not_told": not_told, "owed": number + not_told, "of": of}
        if at_least is not None:
            number = np.bincount(of_child[of_each[2 * place] >= at_least], minlength=cells.size)
        each = {name: one[at] for name, one in (sums | {"number": number}).items()}
        yield Tally(_figures, cells, entries, at, each | {"is_rate": np.full(len(at), per is not None)})


def _figures(each: pl.DataFrame) -> pl.DataFrame:
    low, high = poisson_columns(each["number"])
    number, denominator, is_rate = pl.col("number").cast(pl.Float64), pl.col("denominator"), pl.col("is_rate")
    no_value = why_no_value(
        (is_rate & denominator.is_null(), NoValue.NOT_GIVEN),
        (too_many(pl.col("not_told"), pl.col("owed")), NoValue.NOT_TOLD),
        is_a_number=True,
    )
    one = pl.when(is_rate).then(denominator).otherwise(1.0)
    is_told = pl.col("no_value").is_null()
    return (
        each.with_columns(low, high, denominator=pl.col("of").fill_nan(None))
        .with_columns(no_value=no_value)
        .with_columns(
            numerator=pl.when(is_rate).then(number),
            value=pl.when(is_told).then(number / one),
            low=pl.when(is_told).then(pl.col("low") / one),
            high=pl.when(is_told).then(pl.col("high") / one),
        )
    )
