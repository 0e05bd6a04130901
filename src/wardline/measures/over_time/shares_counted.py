"""Shares by period and group, with intervals that allow for repeats of one child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.intervals import effective_column, wilson_columns
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import CELL, Cells, too_many, why_no_value
from wardline.measures.over_time.runs_of_keys import CELL_BITS, first_of_each, packed, sums_of_runs, those_that_repeat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["StatesTogether", "share_rows", "states_together"]

OF_CHILD = ("whole", "met", "children", "whole_whole", "met_whole", "met_met")
BESIDE = {"not_told": CountedState.NOT_TOLD, "not_over": CountedState.NOT_OVER}
WHO_BITS, OF_STATES = 32, 4
STATES = 8  # more than there are
NO_STATE = 7


@dataclass(frozen=True)
class StatesTogether:
    """The states of what is counted, for both choices of entries in one number, and whom each is about."""

    both: NDArray[np.uint8]  # the state of all entries, and `STATES` times that of those written at the time
    bits: NDArray[np.uint8]  # of each choice, two: whether it is in the share, and whether it is met
    who: NDArray[np.uint32]


def states_together(counted: pl.DataFrame) -> StatesTogether:
    """The states of rows with `who`, a number, and a column of states for each choice of entries."""
    all_entries, at_the_time = (counted[one].fill_null(NO_STATE).to_numpy() for one in STATE_OF.values())
    bits = sum(
        ((one <= CountedState.MET) << (2 * place + 1)) + ((one == CountedState.MET) << (2 * place))
        for place, one in enumerate((all_entries, at_the_time))
    )
    return StatesTogether(all_entries + STATES * at_the_time, bits.astype("uint8"), counted["who"].to_numpy())


def share_rows(cell: NDArray[np.uint32], states: StatesTogether, cells: Cells) -> Iterator[pl.DataFrame]:
    """The rows of a share, first of all entries and then of those written at the time; `cell` is that of each row."""
    each = cells.each(_tallied(cell, states))
    for place, entries in enumerate(STATE_OF):
        names = (*OF_CHILD, *BESIDE)
        figures = each.with_columns(**{name: pl.col(f"{place}.{name}").fill_null(0) for name in names})
        yield cells.rows(_figures(figures, cells.periods), entries)


def _tallied(cell: NDArray[np.uint32], states: StatesTogether) -> pl.DataFrame:
    """By cell, for each choice of entries: how many were met of how many, of how many children, the sums by which they
    hang together, and how many cannot be told or are not over."""
    import numpy as np

    many = np.bincount(cell.astype(np.int64) * STATES**2 + states.both, minlength=STATES**2)
    of_states = np.append(many, np.zeros(-len(many) % STATES**2, dtype=many.dtype)).reshape(-1, STATES, STATES)
    found: dict[str, NDArray[np.int64]] = {}
    for place in range(len(STATE_OF)):
        by_state = of_states.sum(axis=1 + place)
        met = by_state[:, CountedState.MET]
        whole = met + by_state[:, CountedState.NOT_MET]
        # As if each were of another child; what is wrong with that is put right below.
        linear = {"whole": whole, "met": met, "children": whole}
        linear |= {"whole_whole": whole, "met_whole": met, "met_met": met}
        found |= {f"{place}.{name}": one.copy() for name, one in linear.items()}
        found |= {f"{place}.{name}": by_state[:, state] for name, state in BESIDE.items()}
    _for_repeats(found, cell, states)
    return pl.DataFrame({CELL: np.arange(len(of_states), dtype=np.uint32), **found}).filter(
        of_states.sum(axis=(1, 2)) > 0
    )


def _for_repeats(found: dict[str, NDArray[np.int64]], cell: NDArray[np.uint32], states: StatesTogether) -> None:
    """Put the sums right for children who occur more than once in a cell."""
    import numpy as np

    keys = packed([(cell, CELL_BITS), (states.who, WHO_BITS), (states.bits, OF_STATES)])
    keys.sort()
    of_child, sums = sums_of_runs(those_that_repeat(keys, OF_STATES), OF_STATES)
    of_child >>= np.uint64(WHO_BITS)
    if not len(first := first_of_each(of_child)):
        return
    cells = of_child[first].astype(np.int64)
    for place in range(len(STATE_OF)):
        met, whole = sums[2 * place : 2 * place + 2]
        # Whole numbers, so that no order in which they are added changes anything.
        further = {
            "children": (whole > 0) - whole,
            "whole_whole": (whole - 1) * whole,
            "met_whole": (whole - 1) * met,
            "met_met": (met - 1) * met,
        }
        for name, values in further.items():
            found[f"{place}.{name}"][cells] += np.add.reduceat(values, first)


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
