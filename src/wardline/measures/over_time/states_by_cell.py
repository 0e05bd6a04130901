"""How many of what is counted are in each state, cell by cell, for both choices of entries at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.runs_of_keys import CELL_BITS, packed, sums_of_runs, those_that_repeat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NO_STATE", "StatesTogether", "many_in_states", "states_together"]

WHO_BITS, OF_STATES = 32, 4
STATES = 8  # more than there are
NO_STATE = 7


@dataclass(frozen=True)
class StatesTogether:
    """The states of what is counted, for both choices of entries in one number, and whom each is about."""

    both: NDArray[np.uint8]  # the state of all entries, and `STATES` times that of those written at the time
    bits: NDArray[np.uint8]  # of each choice, two: whether it is in the share, and whether it is met
    who: NDArray[np.uint32]

    def by_cell(self, cell: NDArray[np.uint32], size: int) -> NDArray[np.int64]:
        """How many lie in each of so many cells, by their state among the entries written at the time and among all."""
        return many_in_states(cell, self.both, size, STATES**2).reshape(-1, STATES, STATES)

    def of_children(
        self, cell: NDArray[np.uint32], *, at_least: int
    ) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
        """Cell by cell, for each child of whom there are so many (one or two): the cell, and for each choice of entries
        how many of them are met, and how many are in the share."""
        import numpy as np

        keys = packed([(cell, CELL_BITS), (self.who, WHO_BITS), (self.bits, OF_STATES)])
        keys.sort()
        of_child, sums = sums_of_runs(keys if at_least == 1 else those_that_repeat(keys, OF_STATES), OF_STATES)
        return (of_child >> np.uint64(WHO_BITS)).astype(np.int64), sums


def states_together(counted: pl.DataFrame) -> StatesTogether:
    """The states of rows with `who`, a number, and a column of states for each choice of entries."""
    all_entries, at_the_time = (counted[one].fill_null(NO_STATE).to_numpy() for one in STATE_OF.values())
    bits = sum(
        ((one <= CountedState.MET) << (2 * place + 1)) + ((one == CountedState.MET) << (2 * place))
        for place, one in enumerate((all_entries, at_the_time))
    )
    return StatesTogether(all_entries + STATES * at_the_time, bits.astype("uint8"), counted["who"].to_numpy())


def many_in_states(
    cell: NDArray[np.uint32], states: NDArray[np.uint8], size: int, many: int = STATES
) -> NDArray[np.int64]:
    """How many lie in each of `size` cells, by their state, of which there are `many`."""
    import numpy as np

    return np.bincount(cell.astype(np.int64) * many + states, minlength=size * many).reshape(size, many)
