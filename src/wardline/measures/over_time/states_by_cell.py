"""How many of what is counted are in each state, cell by cell, for both choices of entries at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.over_time.counted_states import GROUP, STATE_OF, CountedState
from wardline.measures.over_time.runs_of_keys import CELL_BITS, packed, sums_of_runs, those_that_repeat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wardline.measures.over_time.rows_of_measures import Cells

__all__ = ["NO_STATE", "StatesTogether", "many_in_states", "states_together"]

WHO_BITS, OF_STATES = 32, 4
STATES = 8  # more than there are
NO_STATE = 7


@dataclass(frozen=True)
class StatesTogether:
    """The states of what is counted, for both choices of entries in one number, and whom each is about, in which group
    of each split, and on which local day, from 1970."""

    both: NDArray[np.uint8]  # the state of all entries, and `STATES` times that of those written at the time
    bits: NDArray[np.uint8]  # of each choice, two: whether it is in the share, and whether it is met
    who: NDArray[np.uint32]
    day: NDArray[np.int32]
    groups: Mapping[str, NDArray[np.uint32]]
    _in_order: dict[tuple[str | None, int], _ByChild] = field(default_factory=dict)

    def by_cell(self, cell: NDArray[np.uint32], size: int) -> NDArray[np.int64]:
        """How many lie in each of so many cells, by their state among the entries written at the time and among all."""
        return many_in_states(cell, self.both, size, STATES**2).reshape(-1, STATES, STATES)

    def of_children(self, cells: Cells, *, at_least: int) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
        """Cell by cell, for each child of whom there are so many (one or two): the cell, and for each choice of entries
        how many of them are met, and how many are in the share. The cells are in no order."""
        split = cells.split
        if (split, at_least) not in self._in_order:
            self._in_order[split, at_least] = self._by_child(split, at_least)
        return self._in_order[split, at_least].in_cells(cells, at_least)

    def _by_child(self, split: str | None, at_least: int) -> _ByChild:
        """In the order of child, group and day what is of one child in one cell follows each other, however long the
        periods are: so it is put in order once for all of them."""
        import numpy as np

        first_day = self.day.min(initial=0)
        day = (self.day - first_day).astype(np.uint32)
        group = np.zeros_like(self.who) if split is None else self.groups[split]
        sizes = [int(one.max(initial=0)).bit_length() for one in (self.who, group, day)]
        keys = packed([*zip((self.who, group, day), sizes, strict=True), (self.bits, OF_STATES)])
        keys.sort()
        if at_least > 1:
            keys = those_that_repeat(keys, sizes[2] + OF_STATES)  # else in no cell
        return _ByChild(keys, sizes, int(first_day))


@dataclass(frozen=True)
class _ByChild:
    """What is counted in the order of child, group and day, as numbers of which these take so many bits; the days count
    from `first_day`."""

    keys: NDArray[np.uint64]
    sizes: list[int]
    first_day: int

    def in_cells(self, cells: Cells, at_least: int) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
        import numpy as np

        _, of_group, of_day = self.sizes
        day = (self.keys >> np.uint64(OF_STATES)) & np.uint64(2**of_day - 1)
        group = (self.keys >> np.uint64(OF_STATES + of_day)) & np.uint64(2**of_group - 1)
        who = self.keys >> np.uint64(OF_STATES + of_day + of_group)
        place = cells.periods.places(self.first_day, 2**of_day)[day]
        cell = cells.of(place, None if cells.split is None else group.astype(np.uint32))
        bits = self.keys & np.uint64(2**OF_STATES - 1)
        keys = packed([(who, WHO_BITS), (cell, CELL_BITS), (bits, OF_STATES)])
        of_child, sums = sums_of_runs(keys if at_least == 1 else those_that_repeat(keys, OF_STATES), OF_STATES)
        return (of_child & np.uint64(2**CELL_BITS - 1)).astype(np.int64), sums


def states_together(counted: pl.DataFrame) -> StatesTogether:
    """The states of rows with `who`, a number, the local `day`, the code of a group for each split, and a column of
    states for each choice of entries."""
    all_entries, at_the_time = (counted[one].fill_null(NO_STATE).to_numpy() for one in STATE_OF.values())
    bits = sum(
        ((one <= CountedState.MET) << (2 * place + 1)) + ((one == CountedState.MET) << (2 * place))
        for place, one in enumerate((all_entries, at_the_time))
    )
    return StatesTogether(
        all_entries + STATES * at_the_time,
        bits.astype("uint8"),
        counted["who"].to_numpy(),
        counted["day"].to_physical().to_numpy(),
        {name.removeprefix(GROUP): counted[name].to_numpy() for name in counted.columns if name.startswith(GROUP)},
    )


def many_in_states(
    cell: NDArray[np.uint32], states: NDArray[np.uint8], size: int, many: int = STATES
) -> NDArray[np.int64]:
    """How many lie in each of `size` cells, by their state, of which there are `many`."""
    import numpy as np

    return np.bincount(cell.astype(np.int64) * many + states, minlength=size * many).reshape(size, many)
