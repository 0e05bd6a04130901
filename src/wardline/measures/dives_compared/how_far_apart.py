"""How far two dives' shares and waits are apart, and how likely chance alone would put them so far apart.

Of shares: the interval is Newcombe's (1998, method 10), from the Wilson intervals of the two; the chance is that of the
pooled normal test. Both take as many occasions as tell as much, where one child is there more than once.

Of waits: those still waiting are counted (Kaplan and Meier). The interval of a length is where the 95 % band of the
curve crosses the share; the band is that of the log-log transformation with Greenwood's variance. Whether two sets of
waits differ is asked by the log-rank test, in which `repeats` allows for a child that is there more than once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import erfc, sqrt

import polars as pl

from wardline.measures.chance import NORMAL_95
from wardline.measures.figures import Share
from wardline.measures.waits_cut_short import WaitEnd

__all__ = ["SharesApart", "WaitLength", "chance_of_waits", "shares_apart", "wait_length"]

ROUNDING = 1e-9  # of a share that is worked out step by step
FOR_EVER = WaitEnd.NO_RESPONSE.value  # a closed case stays without a response, however long one looks


@dataclass(frozen=True)
class SharesApart:
    """The second share less the first, as a fraction; its 95 % interval; and the chance, by itself."""

    difference: float
    low: float
    high: float
    chance: float


def shares_apart(first: Share, second: Share) -> SharesApart:
    """Of two shares that nothing is counted in twice; each must be of some."""
    difference = second.fraction - first.fraction
    (low_of_first, high_of_first), (low_of_second, high_of_second) = first.interval(), second.interval()
    down = sqrt((second.fraction - low_of_second) ** 2 + (high_of_first - first.fraction) ** 2)
    up = sqrt((high_of_second - second.fraction) ** 2 + (first.fraction - low_of_first) ** 2)
    return SharesApart(difference, difference - down, difference + up, _chance(first, second))


def _chance(first: Share, second: Share) -> float:
    sizes = [one.effective or one.whole.value for one in (first, second)]
    pooled = (first.fraction * sizes[0] + second.fraction * sizes[1]) / sum(sizes)
    error = sqrt(pooled * (1 - pooled) * sum(1 / size for size in sizes))
    return erfc(abs(second.fraction - first.fraction) / error / sqrt(2)) if error else 1.0


@dataclass(frozen=True)
class WaitLength:
    """Within how long so many per cent had a response, and its 95 % interval; None where so many never had one."""

    percent: int
    length: timedelta | None
    low: timedelta | None
    high: timedelta | None


def wait_length(waits: pl.DataFrame, percent: int) -> WaitLength:
    """Of waits with `waited` and `wait_end`."""
    line = percent / 100 - ROUNDING
    curve = _curve(waits)

    def first(column: str) -> timedelta | None:
        reached: list[timedelta] = curve.filter(pl.col(column) > line)["waited"].to_list()
        return reached[0] if reached else None

    return WaitLength(percent, first("share"), first("share_high"), first("share_low"))


def chance_of_waits(first: pl.DataFrame, second: pl.DataFrame, *, repeats: float = 1.0) -> float:
    """How likely chance alone would make two sets of waits so different: the log-rank test. `repeats`: how many waits
    tell as much as one of another child."""
    both = pl.concat(
        [one.select("waited", "wait_end", is_second=pl.lit(at == 1)) for at, one in enumerate((first, second))]
    )
    whole, second_whole = both.height, second.height
    responded, is_second = pl.col("wait_end") == WaitEnd.RESPONSE.value, pl.col("is_second")
    by_length = (
        both.filter(pl.col("wait_end") != FOR_EVER)
        .group_by("waited")
        .agg(
            ended=pl.len().cast(pl.Int64),
            second_ended=is_second.sum().cast(pl.Int64),
            had=responded.sum().cast(pl.Int64),
            second_had=(responded & is_second).sum().cast(pl.Int64),
        )
        .sort("waited")
        .with_columns(
            waiting=whole - pl.col("ended").cum_sum() + pl.col("ended"),
            second_waiting=second_whole - pl.col("second_ended").cum_sum() + pl.col("second_ended"),
        )
        .filter((pl.col("had") > 0) & (pl.col("waiting") > 1))
    )
    had, waiting, of_second = pl.col("had"), pl.col("waiting"), pl.col("second_waiting") / pl.col("waiting")
    found = by_length.select(
        apart=(pl.col("second_had") - had * of_second).sum(),
        variance=(had * of_second * (1 - of_second) * (waiting - had) / (waiting - 1)).sum(),
    )
    apart, variance = found.row(0)
    return erfc(abs(apart) / sqrt(variance * repeats) / sqrt(2)) if variance else 1.0


def _curve(waits: pl.DataFrame) -> pl.DataFrame:
    """At each length after which there was a response, shortest first: the share that had one, and its band."""
    whole, end = waits.height, pl.col("wait_end")
    had, waiting, left = pl.col("had"), pl.col("waiting"), pl.col("left")
    steps = (
        waits.filter(end != FOR_EVER)
        .group_by("waited")
        .agg(ended=pl.len().cast(pl.Int64), had=(end == WaitEnd.RESPONSE.value).sum().cast(pl.Int64))
        .sort("waited")
        .with_columns(waiting=whole - pl.col("ended").cum_sum() + pl.col("ended"))
        .filter(had > 0)
        .with_columns(left=(1 - had / waiting).cum_prod(), greenwood=(had / (waiting * (waiting - had))).cum_sum())
    )
    reach = (NORMAL_95 * pl.col("greenwood").sqrt() / left.log().abs()).exp()
    is_over = waiting == had  # of a curve that has come to its end there is no band
    return steps.select(
        "waited",
        share=1 - left,
        share_low=pl.when(is_over).then(0.0).otherwise(1 - left ** (1 / reach)),
        share_high=pl.when(is_over).then(1.0).otherwise(1 - left**reach),
    )
