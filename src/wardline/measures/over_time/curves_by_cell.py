"""Kaplan and Meier's curve of waits in each of many cells at once, and where it comes to a share.

Its band is that of the log-log transformation with Greenwood's variance (Kalbfleisch and Prentice), as
`scipy.stats.ecdf` has it; the interval of a length is where the band comes to the share (Brookmeyer and Crowley).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.chance import NORMAL_95
from wardline.measures.over_time.counted_states import CountedState
from wardline.measures.over_time.rows_of_measures import CELL
from wardline.measures.over_time.runs_of_keys import (
    MOST_BITS,
    first_of_each,
    from_first_of,
    in_each_cell,
    packed,
    sums_of_runs,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Curves", "WaitsInOrder", "curves_of", "in_order"]

ROUNDING = 1e-9  # of a share that is worked out step by step
OF_STATE = 2  # bits
PLACE_BITS = 32
NO_STATE = 255
IN_A_WAIT = (CountedState.NOT_MET, CountedState.MET, CountedState.CUT_SHORT)


@dataclass(frozen=True)
class WaitsInOrder:
    """The states and lengths of waits, in microseconds, made ready to be put in order in many cells."""

    states: NDArray[np.uint8]
    lengths: NDArray[np.int64]  # nought of those who stay without a response, or are in no figure
    is_timed: NDArray[np.bool_]

    def keys(self, cell: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], int, NDArray[np.int64] | None]:
        """A number for each wait that ended: its cell, its length, and whether it was cut short or had a response; with
        how many bits the length takes, and the lengths themselves where their places stand for them."""
        lengths, of_cell = self.lengths[self.is_timed], cell[self.is_timed]
        is_met = self.states[self.is_timed] == CountedState.MET
        bits, by_place = int(lengths.max(initial=0)).bit_length(), None
        if int(of_cell.max(initial=0)).bit_length() + bits + OF_STATE > MOST_BITS:
            bits, by_place = PLACE_BITS, self._by_place
            lengths = self._places
        parts = [(of_cell, MOST_BITS - bits - OF_STATE), (lengths, bits), (~is_met, 1), (is_met, 1)]
        return packed(parts), bits, by_place

    @cached_property
    def _by_place(self) -> NDArray[np.int64]:
        import numpy as np

        return np.unique(self.lengths[self.is_timed])

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        import numpy as np

        return np.searchsorted(self._by_place, self.lengths[self.is_timed])


@dataclass(frozen=True)
class Curves:
    """At each length after which there was a response, cell by cell and shortest first: the share of all that had one
    by then, and the band around it, which is not a number where the curve has come to its end."""

    cell: NDArray[np.int64]
    length: NDArray[np.int64]  # in microseconds
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def reached(self, share: float) -> pl.DataFrame:
        """By cell, after which length the curve and its band first come to a share: `value`, and the interval, `low`
        and `high`; empty where they do not. The upper line of the band is the first to do so."""
        import numpy as np

        line = share - ROUNDING
        # At the end of a curve its upper line has come to any share, its lower line to none that it had not.
        found = {"value": self.share > line, "low": (self.high > line) | np.isnan(self.high), "high": self.low > line}
        size = int(self.cell.max(initial=-1)) + 1
        columns = {CELL: pl.Series(np.arange(size, dtype=np.uint32))}
        for name, has_reached in found.items():
            at = np.flatnonzero(has_reached)
            first = at[first_of_each(self.cell[at])]
            lengths = np.full(size, np.nan)
            lengths[self.cell[first]] = self.length[first]
            columns[name] = pl.Series(lengths).fill_nan(None)
        return pl.DataFrame(columns)


def in_order(states: pl.Series, lengths: pl.Series) -> WaitsInOrder:
    """Waits by their states and lengths, either of which may be empty."""
    import numpy as np

    found = states.fill_null(NO_STATE).to_numpy()
    is_timed = np.isin(found, [CountedState.MET, CountedState.CUT_SHORT])
    return WaitsInOrder(found, lengths.fill_null(0).to_numpy(), is_timed)


def curves_of(cell: NDArray[np.uint32], waits: WaitsInOrder) -> Curves:
    """The curves of waits in their cells. Those who stay without a response wait for ever. Of several at one length,
    those cut short were still waiting when the others had their response."""
    import numpy as np

    keys, bits, by_place = waits.keys(cell)
    at, (responded, cut_short) = sums_of_runs(keys, OF_STATE)
    cells = (at >> np.uint64(bits)).astype(np.int64)
    wholes = in_each_cell(cell, np.isin(waits.states, IN_A_WAIT))
    responded_by = from_first_of(cells, responded)
    cut_before = from_first_of(cells, cut_short) - cut_short
    waiting = wholes[cells] - cut_before - responded_by + responded
    steps = np.flatnonzero(responded)
    at, cells, responded, responded_by = at[steps], cells[steps], responded[steps], responded_by[steps]
    cut_before, waiting = cut_before[steps], waiting[steps]
    # Nothing comes after a length at which nobody is left waiting: what would be added there is in no sum.
    is_over = waiting == responded
    still = np.where(is_over, waiting, waiting - responded)
    left = np.exp(from_first_of(cells, np.log(still / waiting)))
    variance = from_first_of(cells, np.where(is_over, 0.0, responded / (waiting * still)))
    # Where none was cut short before a length, the share is plainly of all.
    share = np.where(cut_before == 0, responded_by / wholes[cells], np.where(is_over, 1.0, 1 - left))
    # The first length of a cell may be its last: then nobody was left out of the share, and there is no band.
    reach = np.exp(NORMAL_95 * np.sqrt(variance) / np.where(is_over, 1.0, -np.log(np.where(is_over, 0.5, left))))
    lengths = (at & np.uint64(2**bits - 1)).astype(np.int64)
    return Curves(
        cells,
        lengths if by_place is None else by_place[lengths],
        share,
        np.where(is_over, np.nan, 1 - left ** (1 / reach)),
        np.where(is_over, np.nan, 1 - left**reach),
    )
