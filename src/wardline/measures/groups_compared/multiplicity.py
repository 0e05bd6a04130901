"""How unlikely a group is once it is counted how many were looked at.

Of a hundred groups in which nothing differs, five are beyond what chance does in one of twenty. So each group's chance
is multiplied by how many could still have been as unlikely (Holm 1979): in at most one of twenty dives in which nothing
differs is any group said to stand out, whatever hangs together with what.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LIKELY_CHANCE", "counting_all"]

LIKELY_CHANCE = 0.05  # over all that are looked at: of dives in which nothing differs, one in twenty may name a group


def counting_all(chances: Sequence[float], *, looked_at: int | None = None) -> list[float]:
    """Each chance with all counted, in the same order; `looked_at` where more were looked at than are given here."""
    many = max(len(chances), looked_at or 0)
    largest, corrected = 0.0, [0.0] * len(chances)
    for place, at in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        largest = max(largest, min(1.0, (many - place) * chances[at]))
        corrected[at] = largest
    return corrected
