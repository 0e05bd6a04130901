"""The curve of waits: how many had a response by each of many lengths of time, on a logarithmic scale.

It is as fine as a picture can show and no finer, so that a hundred thousand waits are some hundred numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import log

import polars as pl

from wardline.measures.figures import Count, Counted
from wardline.measures.row_filters import Between
from wardline.measures.waits_cut_short import WaitEnd, share_with_a_response
from wardline.time_limits import microseconds_long, read_seconds, seconds_column

__all__ = ["STEPS", "TICKS", "LimitMark", "WaitCurve", "position_on_scale", "wait_curve"]

FEWEST_FOR_A_CURVE = 5  # occasions; fewer are told in a sentence. Chosen by us.
STEPS = 920  # different places on the scale, from its first tick to its last: half points of a picture
# The lengths, in seconds, between which a scale may lie.
TICKS = tuple(
    round(read_seconds(length))
    for length in (
        *("1 minute", "5 minutes", "15 minutes", "1 hour", "3 hours", "8 hours", "1 day", "3 days"),
        *("1 week", "4 weeks", "12 weeks", "182 days", "365 days", "1095 days", "3650 days"),
    )
)
FEWEST_TICKS = 5
A_DAY = read_seconds("1 day")


@dataclass(frozen=True)
class LimitMark:
    """Where the limit stands on the scale of waits: one length, or from the shortest to the longest it came to.

    Working days and ends of days come to another length of time for each occasion. `limit` is in the words of the
    findings.
    """

    limit: str
    shortest: timedelta
    longest: timedelta


@dataclass(frozen=True)
class WaitCurve:
    """`steps`: at each place of the scale where it rises, which share had a response by then.

    `within`: the same at each tick, and at the limit where that is one length, in seconds from the trigger, with how
    many that are. A share allows for waits that were cut short.
    """

    ticks: tuple[int, ...]  # in seconds
    steps: tuple[tuple[int, float], ...]  # a place, from 0 to STEPS, and the share
    within: tuple[tuple[float, Count, float], ...]


def wait_curve(whole: Count, waits: pl.DataFrame, mark: LimitMark | None) -> WaitCurve | None:
    """The curve of so many occasions, with `waited` and `wait_end`. None where it is too few."""
    if whole.value < FEWEST_FOR_A_CURVE:
        return None
    lengths = waits.filter(pl.col("wait_end") == WaitEnd.RESPONSE.value)["waited"].sort()
    shares = share_with_a_response(waits)
    ticks = _ticks(whole.value, lengths, mark)
    shown = [float(seconds) for seconds in ticks]
    if mark is not None and mark.shortest == mark.longest:
        shown.append(mark.shortest.total_seconds())
    return WaitCurve(
        ticks,
        _steps(shares, ticks),
        tuple((seconds, *_within(whole, lengths, shares, seconds)) for seconds in sorted(set(shown))),
    )


def position_on_scale(seconds: float, ticks: tuple[int, ...]) -> float:
    """Where a length lies between the first tick (0) and the last (STEPS / 2), to a tenth."""
    at = min(max(seconds, ticks[0]), ticks[-1])
    return round(STEPS / 2 * log(at / ticks[0]) / log(ticks[-1] / ticks[0]), 1)


def _within(whole: Count, lengths: pl.Series, shares: pl.DataFrame, seconds: float) -> tuple[Count, float]:
    """How many had a response within so many seconds of the trigger, those at it included, and which share that is."""
    assert whole.rows is not None
    microseconds = microseconds_long(seconds)
    many = int((lengths.dt.total_microseconds() <= microseconds).sum())
    rows = whole.rows.with_value("wait_end", WaitEnd.RESPONSE.value)
    reached = shares.filter(pl.col("waited").dt.total_microseconds() <= microseconds)["share"]
    in_time = Between("wait_in_microseconds", None, microseconds + 1)
    return Count(Counted.OCCASION, many, rows.where(in_time)), float(reached[-1]) if len(reached) else 0.0


def _ticks(whole: int, lengths: pl.Series, mark: LimitMark | None) -> tuple[int, ...]:
    """From a tick before nearly all waits to one after nearly all of them and the limit."""
    ends = [max(1, -(-percent * whole // 100)) - 1 for percent in (2, 98)]
    seconds = [lengths[at].total_seconds() for at in ends if at < len(lengths)]
    if len(lengths):
        seconds.append(lengths[min(len(lengths) - 1, len(lengths) * 98 // 100)].total_seconds())
    if mark is not None:
        seconds += [mark.shortest.total_seconds() / 2, mark.longest.total_seconds() * 2]
    low, high = min(seconds, default=TICKS[0]), max(seconds, default=A_DAY)
    first = max((at for at, tick in enumerate(TICKS) if tick <= low), default=0)
    last = min((at for at, tick in enumerate(TICKS) if tick >= high), default=len(TICKS) - 1)
    while last - first + 1 < FEWEST_TICKS:
        last, first = (last + 1, first) if last < len(TICKS) - 1 else (last, first - 1)
    return TICKS[first : last + 1]


def _steps(shares: pl.DataFrame, ticks: tuple[int, ...]) -> tuple[tuple[int, float], ...]:
    # Many lengths share a place; of those the last counts.
    seconds = shares.select(seconds_column(pl.col("waited")))["waited"].to_list()
    places = [round(2 * position_on_scale(one, ticks)) for one in seconds]
    return tuple(dict(zip(places, shares["share"].to_list(), strict=True)).items())
