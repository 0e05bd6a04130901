"""Whether groups differ by more than chance would have it, though none of them stands out: over-dispersion.

Districts differ in ways that nobody has recorded. Where all of them lie further from the level than chance puts them,
limits that know only chance would call nearly every one of them unusual. The limits are then widened by as much as the
groups are apart, with the furthest tenth at either end drawn in so that one unusual group does not hide itself
(Spiegelhalter 2005, section 6; Spiegelhalter 2005, Qual Saf Health Care 14:347).

Two ways of widening are known. *Multiplicative*: every limit by the same factor. It suits groups of similar size; large
groups among small ones would get limits that are still too narrow. *Additive*: each group has a level of its own that
lies about the common one (random effects, DerSimonian and Laird 1986); the limits of large groups then stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt

__all__ = [
    "DRAWN_IN",
    "FEWEST_TO_WIDEN",
    "MOST_UNLIKE_IN_SIZE",
    "OverDispersion",
    "Widened",
    "between_groups",
    "drawn_in",
    "over_dispersion",
]

DRAWN_IN = 0.1  # of the groups, at either end
# Of fewer groups the one that is unusual would itself decide how wide the limits are. Chosen by us.
FEWEST_TO_WIDEN = 10
# The largest group beside the smallest: beyond it the multiplicative way does not suit. Chosen by us.
MOST_UNLIKE_IN_SIZE = 4.0


class Widened(Enum):
    """How the limits were widened; the value is the sentence."""

    NOT = "The groups differ by no more than chance would have it."
    TOO_FEW = (
        f"With fewer than {FEWEST_TO_WIDEN} groups nobody can tell whether all of them differ by more than chance, so "
        "the limits show chance alone."
    )
    MULTIPLICATIVE = (
        "All groups differ by more than chance, so every limit is wider by the same factor (multiplicative)."
    )
    ADDITIVE = (
        "All groups differ by more than chance and some are far larger than others, so each is taken to have a level "
        "of its own about the common one (additive random effects)."
    )


@dataclass(frozen=True)
class OverDispersion:
    """How far apart the groups are. `factor` is 1, and `between` 0, where the limits were not widened so.

    `apart`: the mean squared distance from the level in standard errors, the furthest drawn in; 1 is what chance gives.
    `between`: the variance of the groups' own levels.
    """

    widened: Widened
    apart: float
    factor: float = 1.0
    between: float = 0.0

    def variance(self, of_chance: float) -> float:
        """The variance of a group's figure, given the one that chance alone would give it."""
        return of_chance * self.factor + self.between


def over_dispersion(distances: Sequence[float], errors: Sequence[float]) -> OverDispersion:
    """How the limits are widened, from each group's distance from the level in standard errors, and its error.

    They are widened only where the groups are apart by more than two standard deviations of what chance gives.
    """
    groups = len(distances)
    if groups < FEWEST_TO_WIDEN:
        return OverDispersion(Widened.TOO_FEW, _mean_square(distances))
    apart = _mean_square(drawn_in(distances))
    if apart <= 1 + 2 * sqrt(2 / groups):
        return OverDispersion(Widened.NOT, apart)
    if max(errors) ** 2 <= MOST_UNLIKE_IN_SIZE * min(errors) ** 2:
        return OverDispersion(Widened.MULTIPLICATIVE, apart, factor=apart)
    return OverDispersion(Widened.ADDITIVE, apart, between=between_groups(apart, errors))


def drawn_in(distances: Sequence[float]) -> list[float]:
    """With the furthest tenth at either end moved to where that tenth begins (winsorised)."""
    ordered = sorted(distances)
    low, high = _quantile(ordered, DRAWN_IN), _quantile(ordered, 1 - DRAWN_IN)
    return [min(high, max(low, distance)) for distance in distances]


def between_groups(apart: float, errors: Sequence[float]) -> float:
    """The variance between groups, by moments (DerSimonian and Laird)."""
    weights = [1 / error**2 for error in errors]
    whole = sum(weights)
    spare = len(errors) * apart - (len(errors) - 1)
    return max(0.0, spare / (whole - sum(weight**2 for weight in weights) / whole))


def _mean_square(distances: Sequence[float]) -> float:
    return sum(distance**2 for distance in distances) / len(distances) if distances else 0.0


def _quantile(ordered: Sequence[float], p: float) -> float:
    """Between the two values about it, in proportion, as R and NumPy have it by default."""
    at = p * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
