"""What a figure is: a number that knows what it counts and which rows those are, until a page puts it into words.

A figure is never a bare number. So a reader can open its rows, a release can leave it out, and whoever checks what may
be published can see every small count before it is worded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from enum import Enum
from math import sqrt

from wardline.measures.chance import NORMAL_95
from wardline.measures.charts.series import Point
from wardline.measures.row_filters import RowFilter

__all__ = [
    "FEWEST_FOR_A_PERCENTAGE",
    "FEWEST_TO_COMPARE",
    "MOST_NOT_TOLD",
    "Count",
    "Counted",
    "Percentile",
    "Share",
    "every_count",
    "is_told",
    "share_bounds",
]

FEWEST_FOR_A_PERCENTAGE = 10  # occasions; below it the page says `4 of 7`. Chosen by us, and said in the method.
MOST_NOT_TOLD = 5  # of so many occasions at most one may be one that we cannot tell. Chosen by us, said in the method.
FEWEST_TO_COMPARE = 10  # judged occasions in a group and beside it; chosen by us


class Counted(Enum):
    """What is counted."""

    OCCASION = "occasion"
    CASE = "case"
    CHILD = "child"
    CHILD_OR_CASE = "child, or case that names none"
    EVENT = "event"
    EXPORT_ROW = "row of an export"
    FILE = "file"
    REJECT = "rejected row or cell"
    RECORD_FAULT = "record fault"
    OBLIGATION = "obligation"
    KIND = "kind of them"
    GROUP = "group of occasions"
    MEASURED = "what a measure counts"


@dataclass(frozen=True)
class Count:
    """So many of something. `rows` None: no table of a dive holds them (rows that were never kept, a number that the
    force publishes, the obligations of a standard)."""

    counted: Counted
    value: int
    rows: RowFilter | None = None

    def __bool__(self) -> bool:
        return self.value != 0


@dataclass(frozen=True)
class Share:
    """`part` of `whole`; `part` is at most `whole`, and its rows are among those of `whole`.

    `effective`: so many of different children would tell as much (see `chance`); None: as many as there are.
    """

    part: Count
    whole: Count
    effective: float | None = None

    @property
    def can_be_a_percentage(self) -> bool:
        """Whether there are enough for a percentage to mean something."""
        return self.whole.value >= FEWEST_FOR_A_PERCENTAGE

    @property
    def fraction(self) -> float:
        """Of one; there must be some."""
        return self.part.value / self.whole.value

    def interval(self) -> tuple[float, float]:
        """Its 95 % Wilson interval, as fractions, with repeats of one child allowed for where `effective` is known;
        all of it where there is nothing to go by."""
        if not self.whole:
            return 0.0, 1.0
        n, p, z = self.effective or self.whole.value, self.fraction, NORMAL_95
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, centre - reach), min(1.0, centre + reach)


def is_told(share: Share, not_told: Count) -> bool:
    """Whether it may stand as a single figure: at most one in five cannot be told, of these and those it is out of."""
    return not_told.value * MOST_NOT_TOLD <= share.whole.value + not_told.value


def share_bounds(share: Share, not_told: Count) -> tuple[Share, Share]:
    """What it would be if none of what cannot be told were a part of it, and if all were."""
    whole = Count(share.whole.counted, share.whole.value + not_told.value)
    return Share(share.part, whole), Share(Count(share.part.counted, share.part.value + not_told.value), whole)


@dataclass(frozen=True)
class Percentile:
    """The length of time within which so many per cent of `whole` had a response; None where fewer had one at all."""

    percent: int
    length: timedelta | None
    whole: Count


def every_count(value: object) -> Iterator[Count]:
    """Every count in a value, however deep it lies: what a page made from it may show as a number."""
    if isinstance(value, Count):
        yield value
    elif isinstance(value, Point):
        for number in (value.numerator, value.denominator, value.value if value.denominator is None else None):
            if number is not None:
                yield Count(Counted.MEASURED, round(number))
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from every_count(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from every_count(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from every_count(one)
