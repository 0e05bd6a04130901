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
from wardline.measures.over_time.runs_of_keys import MOST_BITS, first_of_each, from_first_of, packed, sums_of_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Curves", "WaitsInOrder", "curves_of", "in_order"]

ROUNDING = 1e-9  # of a share that is worked out step by step
OF_STATE = 2  # bits
PLACE_BITS = 32
NO_STATE = 7


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
    by then, and a band around it.

    Of those who still wait, `waiting` is the logarithm of their share; `spread` is how far the band reaches, as the
    logarithm of minus that logarithm. Where nobody waits any more there is no band, and both are not a number.
    """

    cell: NDArray[np.int64]
    length: NDArray[np.int64]  # in microseconds
    share: NDArray[np.float64]
    waiting: NDArray[np.float64]
    spread: NDArray[np.float64]

    def band(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The lower and the upper line."""
        import numpy as np

        reach = np.exp(self.spread)
        return 1 - np.exp(self.waiting / reach), 1 - np.exp(self.waiting * reach)

    def reached(self, share: float, size: int) -> dict[str, NDArray[np.float64]]:
        """In each of `size` cells, after which length the curve and its band first come to a share: `value`, and the
        interval, `low` and `high`; not a number where they do not. The upper line of the band is the first to do so."""
        import numpy as np

        line = share - ROUNDING
        has_come = np.log(-np.log(1 - line))
        # At the end of a curve its upper line has come to any share, its lower line to none that it had not.
        of_lines = {
            "value": self.share > line,
            "low": ~(self._height + self.spread <= has_come),
            "high": self._height - self.spread > has_come,
        }
        found = {name: np.full(size, np.nan) for name in of_lines}
        for name, is_reached in of_lines.items():
            at = np.flatnonzero(is_reached)
            first = at[first_of_each(self.cell[at])]
            found[name][self.cell[first]] = self.length[first]
        return found

    @cached_property
    def _height(self) -> NDArray[np.float64]:
        import numpy as np

        return np.log(-self.waiting)


def in_order(states: pl.Series, lengths: pl.Series) -> WaitsInOrder:
    """Waits by their states and lengths, either of which may be empty."""

    found = states.fill_null(NO_STATE).to_numpy()
    is_timed = (found == CountedState.MET) | (found == CountedState.CUT_SHORT)
    return WaitsInOrder(found, lengths.fill_null(0).to_numpy(), is_timed)


def curves_of(cell: NDArray[np.uint32], wholes: NDArray[np.int64], waits: WaitsInOrder) -> Curves:
    """The curves of waits in their cells, of which `wholes` says how many waits each has. Those who stay without a
    response wait for ever. Of several at one length, those cut short were still waiting when the others had theirs."""
    import numpy as np

    keys, bits, by_place = waits.keys(cell)
    keys.sort()
    at, (responded, cut_short) = sums_of_runs(keys, OF_STATE)
    cells = (at >> np.uint64(bits)).astype(np.int64)
    responded_by = from_first_of(cells, responded)
    cut_before = from_first_of(cells, cut_short) - cut_short
    waiting = wholes[cells] - cut_before - responded_by + responded
    steps = np.flatnonzero(responded)
    at, cells, responded, responded_by = at[steps], cells[steps], responded[steps], responded_by[steps]
    cut_before, waiting = cut_before[steps], waiting[steps]
    # Nothing comes after a length at which nobody is left waiting: what would be added there is in no sum.
    is_over = waiting == responded
    still = np.where(is_over, waiting, waiting - responded)
    left = from_first_of(cells, np.log(still / waiting))
    variance = from_first_of(cells, np.where(is_over, 0.0, responded / (waiting * still)))
    # Where none was cut short before a length, the share is plainly of all.
    share = np.where(cut_before == 0, responded_by / wholes[cells], np.where(is_over, 1.0, -np.expm1(left)))
    left[is_over] = np.nan
    lengths = (at & np.uint64(2**bits - 1)).astype(np.int64)
    lengths = lengths if by_place is None else by_place[lengths]
    return Curves(cells, lengths, share, left, -NORMAL_95 * np.sqrt(variance) / left)
