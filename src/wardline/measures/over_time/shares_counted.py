"""Shares by period and group, with intervals that allow for repeats of one child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.intervals import effective_column, wilson_columns
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.rows_of_measures import IS_WHOLE, Cells, Tally, too_many, why_no_value
from wardline.measures.over_time.states_by_cell import StatesTogether

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["share_tallies"]

BESIDE = {"not_told": CountedState.NOT_TOLD, "not_over": CountedState.NOT_OVER}


def share_tallies(cell: NDArray[np.uint32], states: StatesTogether, cells: Cells) -> Iterator[Tally]:
    """What a share is made from, first of all entries and then of those written at the time; `cell` is that of each
    row: how many were met of how many, of how many children, the sums by which they hang together, and how many cannot
    be told or are not over."""
    of_states = states.by_cell(cell, cells.size)
    at = cells.with_rows(of_states.sum(axis=(1, 2)))
    of_repeats = _of_repeats(states, cells)
    for place, entries in enumerate(STATE_OF):
        by_state = of_states.sum(axis=1 + place)
        met = by_state[:, CountedState.MET]
        whole = met + by_state[:, CountedState.NOT_MET]
        # As if each were of another child; what is wrong with that is put right by what is further.
        sums = {"whole": whole, "met": met, "children": whole}
        sums |= {"whole_whole": whole, "met_whole": met, "met_met": met}
        sums |= {name: by_state[:, state] for name, state in BESIDE.items()}
        further = of_repeats[place]
        each = {name: one[at] + further[name][at] if name in further else one[at] for name, one in sums.items()}
        yield Tally(_figures, cells, entries, at, each)


def _of_repeats(states: StatesTogether, cells: Cells) -> list[dict[str, NDArray[np.int64]]]:
    """For each choice of entries, by cell, by how much sums differ for children who occur in it more than once."""
    import numpy as np

    of_child, sums = states.of_children(cells, at_least=2)
    if not len(of_child):
        return [{} for _ in STATE_OF]
    found = []
    for place in range(len(STATE_OF)):
        met, whole = sums[2 * place : 2 * place + 2]
        # Whole numbers, so that no order in which they are added changes anything; a float holds them all.
        further = {
            "children": (whole > 0) - whole,
            "whole_whole": (whole - 1) * whole,
            "met_whole": (whole - 1) * met,
            "met_met": (met - 1) * met,
        }
        found.append(
            {
                name: np.bincount(of_child, weights=values, minlength=cells.size).astype(np.int64)
                for name, values in further.items()
            }
        )
    return found


def _figures(each: pl.DataFrame) -> pl.DataFrame:
    whole, met, not_told, not_over = (pl.col(name) for name in ("whole", "met", "not_told", "not_over"))
    owed = whole + not_told
    no_value = why_no_value(
        (~pl.col(IS_WHOLE) & too_many(not_over, owed + not_over), NoValue.NOT_OVER),
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
