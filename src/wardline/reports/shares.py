"""A share of occasions, said so that a small number cannot mislead."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from wardline.reports.wording import number

__all__ = ["FEWEST_FOR_A_PERCENTAGE", "FEWEST_TO_COMPARE", "Share"]

FEWEST_FOR_A_PERCENTAGE = 10  # occasions; below it the page says `4 of 7`. Chosen by us, and said in the method.
FEWEST_TO_COMPARE = 10  # judged occasions in a group and beside it; chosen by us
NORMAL_95 = 1.959964  # the normal quantile of 97.5 %


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, both whole numbers; `part` is at most `whole`."""

    part: int
    whole: int

    @property
    def can_be_a_percentage(self) -> bool:
        """Whether there are enough occasions for a percentage to mean something."""
        return self.whole >= FEWEST_FOR_A_PERCENTAGE

    def interval(self) -> tuple[float, float]:
        """Its 95 % Wilson interval, as fractions; all of it where there is nothing to go by."""
        if self.whole == 0:
            return 0.0, 1.0
        n, p, z = self.whole, self.part / self.whole, NORMAL_95
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, centre - reach), min(1.0, centre + reach)

    def percent(self) -> str:
        """`38%`; never 0 % or 100 % for a share that is neither."""
        return percent(self.part / self.whole, part_is_none=self.part == 0, part_is_all=self.part == self.whole)

    def interval_in_words(self) -> str:
        """`36% to 40%`."""
        low, high = (percent(end, part_is_none=end == 0, part_is_all=end == 1) for end in self.interval())
        return f"{low} to {high}" if low != high else f"about {low}"

    def in_words(self) -> str:
        """`1,201 of 3,150 (38%)`, and without the percentage where there are too few."""
        plain = f"{number(self.part)} of {number(self.whole)}"
        return f"{plain} ({self.percent()})" if self.can_be_a_percentage else plain

    def as_figure(self) -> str:
        """The shortest honest figure: `38%`, or `4 of 7`, or a dash where there is nothing."""
        if self.whole == 0:
            return "–"
        return self.percent() if self.can_be_a_percentage else f"{number(self.part)} of {number(self.whole)}"


def percent(fraction: float, *, part_is_none: bool, part_is_all: bool) -> str:
    """A fraction to the whole per cent, with `under 1%` and `over 99%` at the ends."""
    rounded = round(100 * fraction)
    if rounded == 0 and not part_is_none:
        return "under 1%"
    if rounded == 100 and not part_is_all:
        return "over 99%"
    return f"{rounded}%"
