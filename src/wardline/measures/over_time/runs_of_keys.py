"""Sums over all that share a key, by putting whole numbers in order: far faster than making groups of half a million
children or lengths of time, and the same whatever the order of the rows.

What is added up lies in the lowest bits of the number itself, so that nothing else has to be moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Number = TypeVar("Number", np.int64, np.float64)

__all__ = ["CELL_BITS", "MOST_BITS", "first_of_each", "from_first_of", "packed", "sums_of_runs", "those_that_repeat"]

CELL_BITS = 28  # more than there can be cells: a thousand weeks of a hundred thousand groups
MOST_BITS = 64


def packed(columns: Sequence[tuple[NDArray[np.generic], int]]) -> NDArray[np.uint64]:
    """One number of several, the first in the highest bits; with each the bits that it takes."""
    import numpy as np

    assert sum(bits for _, bits in columns) <= MOST_BITS, "there are too many periods, groups or children"
    key = np.zeros(len(columns[0][0]), dtype=np.uint64)
    for column, bits in columns:
        key <<= np.uint64(bits)
        key |= column.astype(np.uint64, copy=False)
    return key


def sums_of_runs(keys: NDArray[np.uint64], bits: int) -> tuple[NDArray[np.uint64], list[NDArray[np.int64]]]:
    """The different numbers above the lowest `bits`, in order, and for each bit, the lowest first, in how many of the
    rows with that number it is set. `keys` are in order."""
    import numpy as np

    above = keys >> np.uint64(bits)
    first = first_of_each(above)
    if not len(first):
        return above, [first] * bits
    lowest = (keys & np.uint64(2**bits - 1)).astype(np.uint8)
    return above[first], [np.add.reduceat((lowest >> bit) & 1, first, dtype=np.int64) for bit in range(bits)]


def those_that_repeat(keys: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]:
    """Those of which there are several with the same number above the lowest `bits`. `keys` are in order."""
    import numpy as np

    above = keys >> np.uint64(bits)
    is_as_before = above[1:] == above[:-1]
    return keys[np.append(is_as_before, False)[: len(keys)] | np.append(False, is_as_before)[: len(keys)]]


def first_of_each(numbers: NDArray[np.generic]) -> NDArray[np.int64]:
    """Where each different number begins; equal ones follow each other."""
    import numpy as np

    return np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)])


def from_first_of(cells: NDArray[np.int64], values: NDArray[Number]) -> NDArray[Number]:
    """The sum of the values from the first row of each cell on; the rows of a cell follow each other."""
    import numpy as np

    so_far, first = np.cumsum(values), first_of_each(cells)
    return so_far - np.repeat((so_far - values)[first], np.diff(np.append(first, len(cells))))
