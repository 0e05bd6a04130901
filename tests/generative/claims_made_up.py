"""Claims about made-up series: how often one is confirmed though nothing changed, and how often one that is true is.

The figures of a month depend on no other; months may differ by more than chance would have it (`apart`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import exp, log
from random import Random

from tests.unit.measures.claims.claimed import answer, cases, claim, rows, share, wait
from wardline.measures.claims import ClaimAnswer, InShort, Size, SizeUnit, Way, goes_up
from wardline.measures.declared.measure import Measure, Wait
from wardline.time_limits import PeriodLength, days_in, period_after, periods_from

__all__ = ["KINDS", "Confirmed", "Kind", "chosen_at_a_peak", "confirmed"]

FIRST, MONTH, DAYS_OF_A_MONTH = date(2023, 1, 1), PeriodLength.MONTH, 365.25 / 12
LAST_BEFORE = 3
FEWEST_BEFORE_A_PEAK = 9
Figure = tuple[float, float] | float


@dataclass(frozen=True)
class Kind:
    """A kind of measure, its figures as they are drawn, and a change of it that is claimed."""

    name: str
    measure: Measure
    way: Way
    size: Size
    drawn: Callable[[Random, bool, int], Figure]  # whether the claimed change is in it; days of the month


@dataclass(frozen=True)
class Confirmed:
    """Of so many claims: what share was confirmed, was told from chance at all, and had been said would be told."""

    claims: int
    confirmed: float
    told: float
    stated: float

    @property
    def error(self) -> float:
        """Three standard errors of a share of so many."""
        return 3 * (0.25 / self.claims) ** 0.5


def shares(level: float, points: float, of: int, apart: float = 0.0) -> Callable[[Random, bool, int], Figure]:
    def drawn(rng: Random, is_changed: bool, days: int) -> Figure:
        mean = level + (points / 100 if is_changed else 0.0)
        if apart:
            mean = rng.betavariate(mean * apart, (1 - mean) * apart)
        many = max(1, round(rng.gauss(of, of / 10)))
        return sum(rng.random() < mean for _ in range(many)), many

    return drawn


def waits(seconds: float, fewer: float, of: int) -> Callable[[Random, bool, int], Figure]:
    def drawn(rng: Random, is_changed: bool, days: int) -> Figure:
        middle = seconds - (fewer if is_changed else 0.0)
        each = sorted(exp(rng.gauss(log(middle), 1.0)) for _ in range(of))
        return (each[(of - 1) // 2] + each[of // 2]) / 2, of

    return drawn


def counts(a_month: float, per_cent: float, apart: float) -> Callable[[Random, bool, int], Figure]:
    def drawn(rng: Random, is_changed: bool, days: int) -> Figure:
        mean = a_month * days / DAYS_OF_A_MONTH * (1 - per_cent / 100 if is_changed else 1.0)
        mean = rng.gammavariate(apart, mean / apart)
        return float(max(0, round(rng.gauss(mean, mean**0.5))))

    return drawn


KINDS = (
    Kind("shares", share(), Way.BETTER, Size(6, SizeUnit.POINTS), shares(0.6, 6, 100)),
    Kind(
        "shares that differ from month to month",
        share(),
        Way.BETTER,
        Size(10, SizeUnit.POINTS),
        shares(0.6, 10, 100, apart=60),
    ),
    Kind("shares of few", share(), Way.BETTER, Size(15, SizeUnit.POINTS), shares(0.4, 15, 20)),
    Kind("waits", wait(), Way.BETTER, Size(600, SizeUnit.SECONDS), waits(3600, 600, 60)),
    Kind("counts", cases(), Way.SMALLER, Size(15, SizeUnit.PERCENT), counts(200, 15, 80)),
)


def confirmed(kind: Kind, claims: int, *, is_true: bool, before: int = 24, after: int = 6, seed: int = 1) -> Confirmed:
    """Claims about so many series, in which the claimed change is, or in which nothing changes."""
    rng = Random(f"{kind.name} {is_true} {seed}")
    answers = [_answered(kind, _figures(kind, rng, before, after, is_true=is_true), before) for _ in range(claims)]
    return _of(answers)


def chosen_at_a_peak(kind: Kind, claims: int, *, before: int = 24, after: int = 6, seed: int = 1) -> Confirmed:
    """The same where nothing changes, but the claim's first day is right after the three worst months in a row."""
    rng = Random(f"{kind.name} peak {seed}")
    answers = []
    for _ in range(claims):
        figures = _figures(kind, rng, before, after, is_true=False)
        level = [_level(kind, one) for one in figures]
        sums = {at: sum(level[at - LAST_BEFORE : at]) for at in range(FEWEST_BEFORE_A_PEAK, before + 1)}
        worst = min if goes_up(kind.way, kind.measure.wanted) else max
        start = worst(sums, key=lambda at: sums[at])
        answers.append(_answered(kind, figures, start))
    return _of(answers)


def _level(kind: Kind, figure: Figure) -> float:
    if isinstance(figure, tuple):
        return figure[0] if isinstance(kind.measure.counting, Wait) else figure[0] / figure[1]
    return figure


def _figures(kind: Kind, rng: Random, before: int, after: int, *, is_true: bool) -> list[Figure]:
    days = [days_in(day, MONTH) for day in islice(periods_from(FIRST, date(2100, 1, 1), MONTH), before + after)]
    return [kind.drawn(rng, is_true and at >= before, many) for at, many in enumerate(days)]


def _answered(kind: Kind, figures: list[Figure], start: int) -> ClaimAnswer:
    said = claim(
        kind.measure,
        kind.way,
        kind.size,
        first_day=period_after(FIRST, MONTH, start),
        by=period_after(FIRST, MONTH, start),
    )
    return answer(said, rows(kind.measure, figures, first=FIRST), [kind.measure])


def _of(answers: list[ClaimAnswer]) -> Confirmed:
    return Confirmed(
        claims=len(answers),
        confirmed=_share(one.in_short is InShort.SHOWN for one in answers),
        told=_share(one.change is not None and one.change.is_told(is_up=one.is_up) for one in answers),
        stated=sum(one.power.now or 0.0 for one in answers if one.power is not None) / len(answers),
    )


def _share(of: Iterable[bool]) -> float:
    found = list(of)
    return sum(found) / len(found)
