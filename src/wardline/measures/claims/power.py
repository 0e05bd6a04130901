"""Whether a change of a certain size could be told, how likely, and when.

Power is the chance that a change that is really there is told: that its 95 % interval leaves out no change. It grows
with the occasions and with the number of periods, and shrinks the more the periods differ. It is worked out as if as
many occasions came in each period as in the last twelve months, and the periods differed as they did so far (the
noncentral t distribution).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log

from wardline.measures.claims.before_and_after import BeforeAndAfter
from wardline.measures.claims.claim import Claim, Scale, Size, SizeUnit
from wardline.measures.claims.size_of_change import (
    ChangedSide,
    ChangeFound,
    distance,
    error_of_distance,
    side_of,
    student_quantile,
)
from wardline.time_limits import PeriodLength, first_day_after, period_after

__all__ = [
    "LATEST_PERIODS",
    "LONGEST_LOOKED",
    "POWER_ASKED",
    "PowerToTell",
    "day_to_ask",
    "least_told",
    "periods_needed",
    "power_of",
    "power_to_tell",
    "side_after_a_change",
]

POWER_ASKED = 0.8
LONGEST_LOOKED = {"month": 60, "week": 260, "quarter": 20}  # periods: five years
LATEST_PERIODS = 12  # figures from which the present volume is taken
HALVINGS = 40


@dataclass(frozen=True)
class PowerToTell:
    """Whether a change of the claimed size could be told. `claimed` None: no size was claimed.

    `needed`: so many periods after the day give the power that is asked; None: not within five years. `least`: the
    least change, on the scale of the change, that can be told by now with that power; None: none. `no_room`: the share
    is so near its end that it cannot change by so much.
    """

    claimed: ChangedSide | None  # the side after, if it had changed by just that
    now: float | None
    needed: int | None
    least: ChangedSide | None
    no_room: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether the claimed change could be told by now."""
        return self.now is not None and self.now >= POWER_ASKED


def power_to_tell(compared: BeforeAndAfter, found: ChangeFound, size: Size | None, *, is_up: bool) -> PowerToTell:
    """What can be told of a change of this size, by now and later."""
    before = found.before
    # Of as many occasions as the periods after have, each telling as much.
    of_each = _of_each_period(compared)
    most = LONGEST_LOOKED[compared.by.value]
    now = replace(of_each, periods=found.after.periods, weight=found.after.weight)
    least = least_told(before, now, found, is_up=is_up)
    if size is None:
        return PowerToTell(None, None, None, least)
    claimed, no_room = side_after_a_change(before, now, size, found.scale, is_up=is_up)
    power = power_of(before, claimed, found.scale, found.spread)
    needed = periods_needed(before, claimed, found.scale, found.spread, of_each.weight, most)
    return PowerToTell(claimed, power, needed, least, no_room)


def day_to_ask(claim: Claim, by: PeriodLength, needed: int, late_by: int = 0) -> date:
    """The day on which so many periods from the claim's first day are over and known, and the day by which it is to
    show has passed."""
    told = period_after(first_day_after(claim.first_day, by), by, needed + late_by)
    due = first_day_after(claim.by, by)
    due = period_after(due, by, late_by + (due <= claim.by))
    return max(told, due)


def power_of(before: ChangedSide, after: ChangedSide, scale: Scale, spread: float) -> float:
    """How likely the change between two sides would be told, if it were really just this large."""
    from scipy.special import nctdtr

    freedom = before.periods + after.periods - 2
    apart = abs(distance(before, after, scale))
    error = error_of_distance(before, after, scale, spread)
    if freedom < 1 or not error:
        return 0.0
    return 1 - float(nctdtr(freedom, apart / error, student_quantile(freedom)))


def periods_needed(
    before: ChangedSide, after: ChangedSide, scale: Scale, spread: float, weight_of_each: float, most: int
) -> int | None:
    """With how many periods after, each of this weight, the change is told as likely as asked; None: not within
    `most`."""
    for many in range(1, most + 1):
        further = replace(after, periods=many, weight=weight_of_each * many)
        if power_of(before, further, scale, spread) >= POWER_ASKED:
            return many
    return None


def side_after_a_change(
    before: ChangedSide, after: ChangedSide, size: Size, scale: Scale, *, is_up: bool
) -> tuple[ChangedSide, bool]:
    """What the side after would be, had it changed by just this size; and whether there is no room for that."""
    sign = 1 if is_up else -1
    match size.unit:
        case SizeUnit.POINTS:
            mean = before.mean + sign * size.amount / 100
        case SizeUnit.SECONDS:
            mean = before.mean + sign * size.amount
        case SizeUnit.PERCENT:
            mean = before.mean * (1 + sign * size.amount / 100)
    no_room = mean < 0 or (scale is Scale.POINTS and mean > 1)
    highest = 1.0 if scale is Scale.POINTS else mean
    return replace(after, mean=min(max(mean, 0.0), highest)), no_room


def least_told(before: ChangedSide, after: ChangedSide, found: ChangeFound, *, is_up: bool) -> ChangedSide | None:
    """The side after of the least change that would be told as likely as asked; None: however large, none would."""
    if found.scale is Scale.POINTS:
        far = 1.0 if is_up else 0.0
    else:
        far = before.mean * 10 + 10 * found.error if is_up else 0.0
    near = before.mean
    if power_of(before, replace(after, mean=far), found.scale, found.spread) < POWER_ASKED:
        return None
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        if power_of(before, replace(after, mean=middle), found.scale, found.spread) >= POWER_ASKED:
            far = middle
        else:
            near = middle
    return replace(after, mean=far)


def claimed_distance(before: ChangedSide, claimed: ChangedSide, scale: Scale) -> float:
    """The claimed change on the scale on which changes are compared."""
    if scale is Scale.PERCENT:
        return log(max(claimed.mean, 1e-12) / before.mean) if before.mean else 0.0
    return claimed.mean - before.mean


def _of_each_period(compared: BeforeAndAfter) -> ChangedSide:
    latest: Sequence = (*compared.before, *compared.after)[-LATEST_PERIODS:]
    side = side_of(latest)
    return ChangedSide(side.mean, side.weight / len(latest), 1, side.occasions / len(latest))
