"""Funnel plots as values: groups beside each other, each with the limits within which chance alone would keep it.

There are no ranks: groups keep the order in which they were given, and nothing here sorts them by their figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt

from wardline.measures.groups_compared.exact_limits import FunnelLimits, Of, chance_of, limits_at
from wardline.measures.groups_compared.over_dispersion import OverDispersion, Widened, over_dispersion

__all__ = ["LIKELY_CHANCE", "CannotCompare", "Funnel", "FunnelGroup", "GroupSeen", "Where", "counting_all", "funnel_of"]

LIKELY_CHANCE = 0.05  # over all that are looked at: of dives in which nothing differs, one in twenty may name a group


class CannotCompare(ValueError):
    """Groups that cannot be compared: what is wrong, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what, self.remedy = what, remedy


class Where(Enum):
    """Where a group lies; beyond the inner lines alone says little, where many groups are looked at."""

    WITHIN = "within the limits"
    BEYOND_INNER = "beyond the inner limits"
    BEYOND_OUTER = "beyond the outer limits"


@dataclass(frozen=True)
class FunnelGroup:
    """`part` of `whole`: occasions for a share, what the rate is per for a rate.

    `effective`: so many of different children would tell as much as `whole`; None: as many as there are. `chance`: how
    likely chance alone would put it so far from the others, where the caller knows better than the limits do.
    """

    name: str
    part: float
    whole: float
    effective: float | None = None
    chance: float | None = None

    @property
    def figure(self) -> float:
        """The share, or the rate."""
        return self.part / self.whole


@dataclass(frozen=True)
class GroupSeen:
    """A group with its limits, and the chance that it would be so far from the level: alone, and with all counted."""

    group: FunnelGroup
    limits: FunnelLimits
    chance: float
    chance_of_all: float

    @property
    def where(self) -> Where:
        """Between which lines it lies."""
        figure = self.group.figure
        if not self.limits.outer_lower <= figure <= self.limits.outer_upper:
            return Where.BEYOND_OUTER
        return Where.WITHIN if self.limits.lower <= figure <= self.limits.upper else Where.BEYOND_INNER

    @property
    def stands_out(self) -> bool:
        """Whether chance alone is unlikely to have put it there, counting all groups that were looked at."""
        return self.chance_of_all <= LIKELY_CHANCE


@dataclass(frozen=True)
class Funnel:
    """Groups in the order given, about one level. `looked_at`: how many are counted when one is said to stand out.

    `repeats`: how many occasions tell as much as one of another child, over all groups; 1 where none is repeated.
    """

    of: Of
    level: float
    groups: tuple[GroupSeen, ...]
    over_dispersion: OverDispersion
    looked_at: int
    repeats: float

    @property
    def standing_out(self) -> tuple[GroupSeen, ...]:
        """Those that stand out, in the order given."""
        return tuple(one for one in self.groups if one.stands_out)

    def limits_at(self, whole: float) -> FunnelLimits:
        """The limits that a group of this size would have."""
        return _limits(self.of, self.level, whole / self.repeats, self.over_dispersion)


def funnel_of(
    groups: Sequence[FunnelGroup], *, of: Of = Of.SHARE, level: float | None = None, looked_at: int | None = None
) -> Funnel:
    """Groups beside each other. `level`: what they are compared with; all of them together if left out. `looked_at`:
    how many groups were looked at in all, if more than these.

    Raises CannotCompare where there are not two groups and no level is given, one is given twice, is of nothing, or has
    more than all.
    """
    _check(groups, of, fewest=2 if level is None else 1)
    if level is None:
        level = sum(one.part for one in groups) / sum(one.whole for one in groups)
    sizes = [one.effective or one.whole for one in groups]
    errors = [sqrt(_variance(of, level, size)) for size in sizes]
    spread = OverDispersion(Widened.NOT, 0.0)
    if all(errors):
        distances = [(one.figure - level) / error for one, error in zip(groups, errors, strict=True)]
        spread = over_dispersion(distances, errors)
    seen = [
        GroupSeen(one, _limits(of, level, size, spread), _chance(of, level, one, size, spread), 1.0)
        for one, size in zip(groups, sizes, strict=True)
    ]
    many = max(len(groups), looked_at or 0)
    corrected = counting_all([one.chance for one in seen], looked_at=many)
    return Funnel(
        of,
        level,
        tuple(replace(one, chance_of_all=chance) for one, chance in zip(seen, corrected, strict=True)),
        spread,
        many,
        sum(one.whole for one in groups) / sum(sizes),
    )


def counting_all(chances: Sequence[float], *, looked_at: int | None = None) -> list[float]:
    """Each chance with all counted, in the same order; `looked_at` where more were looked at than are given here.

    Of a hundred groups in which nothing differs, five are beyond what chance does in one of twenty. So each chance is
    multiplied by how many could still have been as unlikely (Holm 1979): in at most one of twenty dives in which
    nothing differs is any group said to stand out, whatever hangs together with what.
    """
    many = max(len(chances), looked_at or 0)
    largest, corrected = 0.0, [0.0] * len(chances)
    for place, at in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        largest = max(largest, min(1.0, (many - place) * chances[at]))
        corrected[at] = largest
    return corrected


def _check(groups: Sequence[FunnelGroup], of: Of, *, fewest: int) -> None:
    names = [one.name for one in groups]
    if len(groups) < fewest:
        raise CannotCompare("There is only one group." if groups else "There is no group.", "Give two or more.")
    if len(set(names)) < len(names):
        raise CannotCompare("Two groups have one name.", "Give each group once; add its parts together.")
    if any(one.whole <= 0 for one in groups):
        raise CannotCompare("A group has nothing in it.", "Leave it out: there is no share or rate of nothing.")
    if any(one.part < 0 or (of is Of.SHARE and one.part > one.whole) for one in groups):
        raise CannotCompare("A group has more than all, or less than none.", "Check how it was counted.")


def _variance(of: Of, level: float, size: float) -> float:
    return level * (1 - level) / size if of is Of.SHARE else level / size


def _size(of: Of, level: float, size: float, spread: OverDispersion) -> float:
    """The size of a group whose figure chance alone would move as far."""
    of_chance = _variance(of, level, size)
    return size * of_chance / spread.variance(of_chance) if of_chance else size


def _limits(of: Of, level: float, size: float, spread: OverDispersion) -> FunnelLimits:
    return limits_at(_size(of, level, size, spread), level, of)


def _chance(of: Of, level: float, group: FunnelGroup, size: float, spread: OverDispersion) -> float:
    as_wide = _size(of, level, size, spread)
    by_limits = chance_of(group.figure * as_wide, as_wide, level, of)
    if group.chance is None:
        return by_limits
    # What the caller knows may not undo that all groups are apart.
    return (
        max(group.chance, by_limits) if spread.widened in (Widened.MULTIPLICATIVE, Widened.ADDITIVE) else group.chance
    )
