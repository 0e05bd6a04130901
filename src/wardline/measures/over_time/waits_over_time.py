"""Waits by period and group: how long so many per cent waited, with those still waiting counted (Kaplan-Meier).

The interval of such a length is where the 95 % band of the curve crosses it; the band is that of the log-log
transformation with Greenwood's variance (Brookmeyer and Crowley; Kalbfleisch and Prentice), as scipy.stats.ecdf has it.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from wardline.measures.chance import NORMAL_95
from wardline.measures.over_time.counted_states import STATE_OF, CountedState
from wardline.measures.over_time.measures_table import NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted
from wardline.measures.over_time.rows_of_measures import each_group_and_period, rows_of, too_many, why_no_value

__all__ = ["curves", "wait_rows"]

ROUNDING = 1e-9  # of a share that is worked out step by step
MICROSECONDS = 1_000_000
WAITED = "waited."  # before the name of a column of states: how long, in microseconds
BY = ("first_day", "group")
IN_A_WAIT = (int(CountedState.NOT_MET), int(CountedState.MET), int(CountedState.CUT_SHORT))


def wait_rows(
    counted: pl.DataFrame, measures: dict[str, int], periods: PeriodsCounted, frame: pl.DataFrame, split: str | None
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of waits, each with the name of its measure: first of all entries, then of those written at the time.

    `measures` says of each how many per cent. `counted` has `first_day`, `group`, and for each choice of entries a
    column of states and one of lengths.
    """
    for entries, column in STATE_OF.items():
        waits = counted.select(*BY, state=column, waited=f"{WAITED}{column}").drop_nulls("state")
        sums = waits.group_by(BY).agg(
            whole=pl.col("state").is_in(IN_A_WAIT).sum().cast(pl.Int64),
            not_told=(pl.col("state") == CountedState.NOT_TOLD).sum().cast(pl.Int64),
        )
        curve = curves(waits.filter(pl.col("state").is_in(IN_A_WAIT)))
        for measure, percent in measures.items():
            reached = curve.group_by(BY).agg(
                pl.col("waited").filter(is_reached).min().alias(name)
                for name, is_reached in _crossings(percent / 100).items()
            )
            tallied = sums.join(reached, on=BY, how="left", nulls_equal=True)
            each = each_group_and_period(tallied, frame, split)
            yield measure, rows_of(_figures(each, periods), measure, periods, split, entries)


def curves(waits: pl.DataFrame) -> pl.DataFrame:
    """By `first_day` and `group`, at each length after which there was a response, shortest first: `share`, of all that
    had one by then, and the band around it, `share_low` and `share_high`.

    `waits` have a `state` and a length, `waited`, which is empty of those who stay without a response: they wait for
    ever. Of several at one length, those cut short were still waiting when the others had their response.
    """
    responded, cut_short = pl.col("responded"), pl.col("cut_short")
    wholes = waits.group_by(BY).agg(whole=pl.len().cast(pl.Int64))
    by_length = (
        waits.filter(pl.col("state") != CountedState.NOT_MET)
        .group_by(*BY, "waited")
        .agg(
            responded=(pl.col("state") == CountedState.MET).sum().cast(pl.Int64),
            cut_short=(pl.col("state") == CountedState.CUT_SHORT).sum().cast(pl.Int64),
        )
        .join(wholes, on=BY, how="left", nulls_equal=True)
        .sort(*BY, "waited")
    )
    before = by_length.with_columns(
        cut_before=cut_short.cum_sum().over(BY) - cut_short, responded_by=responded.cum_sum().over(BY)
    ).with_columns(waiting=pl.col("whole") - pl.col("cut_before") - pl.col("responded_by") + responded)
    waiting, left = pl.col("waiting"), pl.col("left")
    steps = before.filter(responded > 0).with_columns(
        left=(1 - responded / waiting).cum_prod().over(BY),
        greenwood=(responded / (waiting * (waiting - responded))).cum_sum().over(BY),
    )
    # Where none was cut short before a length, the share is plainly of all.
    share = pl.when(pl.col("cut_before") == 0).then(pl.col("responded_by") / pl.col("whole")).otherwise(1 - left)
    reach = (NORMAL_95 * pl.col("greenwood").sqrt() / left.log().abs()).exp()
    is_over = waiting == responded  # of a curve that has come to its end there is no band
    return steps.select(
        *BY,
        "waited",
        share=share,
        share_low=pl.when(~is_over).then(1 - left ** (1 / reach)),
        share_high=pl.when(~is_over).then(1 - left**reach),
    )


def _crossings(share: float) -> dict[str, pl.Expr]:
    """Where the curve and its band first reach a share: the upper line of the band is the first to do so."""
    line = share - ROUNDING
    # The last step of a curve that comes to its end has no band; by then its upper line has reached any share.
    return {
        "value": pl.col("share") > line,
        "low": pl.col("share_high").fill_null(1.0) > line,
        "high": pl.col("share_low").fill_null(0.0) > line,
    }


def _figures(each: pl.DataFrame, periods: PeriodsCounted) -> pl.DataFrame:
    whole, not_told = pl.col("whole").fill_null(0), pl.col("not_told").fill_null(0)
    no_value = why_no_value(
        periods,
        (too_many(not_told, whole + not_told), NoValue.NOT_TOLD),
        (whole == 0, NoValue.NO_OCCASIONS),
        (pl.col("value").is_null(), NoValue.NOT_REACHED),
        is_a_number=False,
    )
    is_told = pl.col("no_value").is_null()
    return each.with_columns(no_value=no_value, denominator=whole, not_told=not_told).with_columns(
        pl.when(is_told).then(pl.col(name) / MICROSECONDS).alias(name) for name in ("value", "low", "high")
    )
