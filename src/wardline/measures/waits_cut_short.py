"""How a wait ended, and how many had a response by when if the waits that were cut short had gone on like the others.

A wait that is cut short says only that it was at least so long: the obligation ended first (an exemption), or the case
is open and nobody has responded yet. Such a wait counts until then and no longer (Kaplan and Meier's estimate). A case
that was closed without a response stays without one, however long one looks.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import polars as pl

from wardline.events import INSTANT
from wardline.findings import Outcome, Reason
from wardline.time_limits import elapsed_column

__all__ = ["WAS_CALLED_OFF", "WaitEnd", "share_with_a_response", "with_wait_ends"]

EXEMPTED_AT, RESPONDED_AT = pl.col("exempted_at"), pl.col("responded_at")
WAS_CALLED_OFF = EXEMPTED_AT.is_not_null() & (RESPONDED_AT.is_null() | (EXEMPTED_AT <= RESPONDED_AT))
"""Whether an exemption came before any response."""


class WaitEnd(Enum):
    """How a wait ended; the value is what the column `wait_end` holds."""

    RESPONSE = "response"
    CALLED_OFF = "not owed any more"  # an exemption came first
    STILL_WAITING = "still waiting"  # as at, in a case that is open
    NO_RESPONSE = "no response"  # in a case that is closed


def with_wait_ends(table: pl.LazyFrame, called_off: pl.Expr, *, as_at: datetime) -> pl.LazyFrame:
    """Occasions (with `is_open`) with `wait_end`, the value of a WaitEnd, and `waited`: how long from the trigger until
    then, empty where a closed case has no response.

    `called_off` says whether an exemption came before any response. It ends the wait of what is not owed, and of what
    has no known limit; what is missed stays missed.
    """
    is_without_limit = (pl.col("reason") == Reason.LIMIT_UNKNOWN.value).fill_null(value=False)
    is_called_off = called_off & ((pl.col("outcome") == Outcome.EXEMPT.value) | is_without_limit)
    ends = [
        (is_called_off, WaitEnd.CALLED_OFF, pl.col("exempted_at")),
        (pl.col("responded_at").is_not_null(), WaitEnd.RESPONSE, pl.col("responded_at")),
        (pl.col("is_open"), WaitEnd.STILL_WAITING, pl.lit(as_at, dtype=INSTANT)),
    ]
    end, ended_at = pl.lit(WaitEnd.NO_RESPONSE.value), pl.lit(None, dtype=INSTANT)
    for condition, name, at in reversed(ends):
        end = pl.when(condition).then(pl.lit(name.value)).otherwise(end)
        ended_at = pl.when(condition).then(at).otherwise(ended_at)
    return table.with_columns(wait_end=end, waited=elapsed_column(pl.col("triggered_at"), ended_at))


def share_with_a_response(waits: pl.DataFrame) -> pl.DataFrame:
    """`waited` (each length after which there was a response, shortest first) and `share`: of all, by then.

    `waits` are occasions with `waited` and `wait_end`. Where none was cut short before a length, the share is plainly
    of all.
    """
    end, whole = pl.col("wait_end"), waits.height
    responded, cut_short = pl.col("responded"), pl.col("cut_short")
    by_length = (
        waits.filter(end != WaitEnd.NO_RESPONSE.value)
        .group_by("waited")
        .agg(
            responded=(end == WaitEnd.RESPONSE.value).sum().cast(pl.Int64),
            cut_short=(end != WaitEnd.RESPONSE.value).sum().cast(pl.Int64),
        )
        .sort("waited")
        .with_columns(cut_before=cut_short.cum_sum() - cut_short, responded_by=responded.cum_sum())
    )
    waiting = whole - pl.col("cut_before") - pl.col("responded_by") + responded
    return (
        by_length.with_columns(left=(1 - responded / waiting).cum_prod())
        .filter(responded > 0)
        .select(
            "waited",
            share=pl.when(pl.col("cut_before") == 0).then(pl.col("responded_by") / whole).otherwise(1 - pl.col("left")),
        )
    )
