"""A claim: a stated improvement, with everything that must be said before it can be tested."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from wardline.measures.charts import Shown, Wanted
from wardline.measures.declared.measure import Measure, Wait
from wardline.time_limits import NotAnElapsedTime, read_seconds

__all__ = [
    "ANY_SIZE",
    "Claim",
    "Declared",
    "NotASize",
    "Scale",
    "Size",
    "SizeUnit",
    "Way",
    "goes_up",
    "read_size",
    "scale_of",
    "size_misfit",
]

ANY_SIZE = "any"
WHOLE = 100
_SIZE = re.compile(r"(?P<amount>\d{1,6}(?:\.\d{1,3})?) ?(?P<unit>points?|%)")


class Way(Enum):
    """Which way the measure is said to have moved; the value is the word in a document."""

    BETTER = "better"
    WORSE = "worse"
    LARGER = "larger"
    SMALLER = "smaller"


class Scale(Enum):
    """How the size of a change of a measure is said; the value is the words."""

    POINTS = "percentage points"  # the difference of two shares
    TIME = "time"  # the difference of two waits
    PERCENT = "per cent"  # the ratio of two counts or rates


class SizeUnit(Enum):
    """In what the size of a claim is said."""

    POINTS = "points"
    SECONDS = "seconds"
    PERCENT = "%"


@dataclass(frozen=True)
class Size:
    """How large the change is said to be, always above nought; which way it goes is the claim's own."""

    amount: float
    unit: SizeUnit


@dataclass(frozen=True)
class Declared:
    """Who wrote the claim down for testing, and on which day."""

    by: str
    on: date


@dataclass(frozen=True)
class Claim:
    """One claim. `size` None: any change that way. `group`: a split and one of its groups, as a district."""

    words: str  # exactly as they were said
    said_by: str
    where: str
    said_on: date
    measure: str
    way: Way
    size: Size | None
    first_day: date  # of the time that is said to be better
    by: date  # the day by which it is to show
    declared: Declared
    group: tuple[str, str] | None = None


class NotASize(ValueError):
    """A text is no size of a change; `remedy` says what to write."""

    remedy = "Write points for a share (`5 points`), a time or per cent for a wait (`30 minutes`, `20 %`), or `any`."

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is not the size of a change.")


def read_size(text: str) -> Size | None:
    """Read `5 points`, `30 minutes`, `20 %`; None for `any`. Raises NotASize."""
    plain = " ".join(text.split()).lower()
    if plain == ANY_SIZE:
        return None
    if found := _SIZE.fullmatch(plain):
        unit = SizeUnit.PERCENT if found["unit"] == "%" else SizeUnit.POINTS
        size = Size(float(found["amount"]), unit)
    else:
        try:
            size = Size(read_seconds(plain), SizeUnit.SECONDS)
        except NotAnElapsedTime:
            raise NotASize(text) from None
    if not size.amount:
        raise NotASize(text)
    return size


def scale_of(measure: Measure) -> Scale:
    """How the size of a change of this measure is said."""
    if measure.shown is Shown.SHARE:
        return Scale.POINTS
    return Scale.TIME if isinstance(measure.counting, Wait) else Scale.PERCENT


def goes_up(way: Way, wanted: Wanted) -> bool | None:
    """Whether the way is towards larger figures; None where neither way of the measure is better in itself."""
    match way:
        case Way.LARGER:
            return True
        case Way.SMALLER:
            return False
    if wanted is Wanted.NEITHER:
        return None
    return (wanted is Wanted.LARGER) == (way is Way.BETTER)


def size_misfit(size: Size | None, measure: Measure, *, is_up: bool | None) -> tuple[str, str] | None:
    """What is wrong with a size that no change of the measure could have, and what to write; None: nothing."""
    if size is None:
        return None
    fitting = {
        Scale.POINTS: ((SizeUnit.POINTS,), "This measure is a share.", "Write points, as `5 points`, or `any`."),
        Scale.TIME: (
            (SizeUnit.SECONDS, SizeUnit.PERCENT),
            "This measure is a wait.",
            "Write a time or per cent, as `30 minutes` or `20 %`, or `any`.",
        ),
        Scale.PERCENT: ((SizeUnit.PERCENT,), "This measure is a count.", "Write per cent, as `20 %`, or `any`."),
    }
    units, what, remedy = fitting[scale_of(measure)]
    if size.unit not in units:
        return f"{what} The size of its change is not said in {_named(size.unit)}.", remedy
    is_more_than_all = size.amount > WHOLE if size.unit is SizeUnit.POINTS else False
    if size.unit is SizeUnit.PERCENT and is_up is False:
        is_more_than_all = size.amount >= WHOLE
    if is_more_than_all:
        return "No change can be as large as that: more would go than there is.", "Write a smaller size, or `any`."
    return None


def _named(unit: SizeUnit) -> str:
    return {SizeUnit.POINTS: "points", SizeUnit.SECONDS: "a time", SizeUnit.PERCENT: "per cent"}[unit]
