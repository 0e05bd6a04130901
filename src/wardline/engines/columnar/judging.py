"""Rule 5: the first of its list that applies, for each occasion of a frame."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

import polars as pl

from wardline.engines.columnar.abilities import NOT_JOINED, NOT_RECORDED_HERE
from wardline.findings import Outcome, Reason

__all__ = ["OUTCOMES", "REASONS", "Verdict", "differing", "verdict_of_response"]


class Verdict(IntEnum):
    """An outcome with its reason, as a number."""

    MET = 0
    LATE = 1
    MISSED = 2
    NOT_YET_DUE = 3
    EXEMPT = 4
    NO_CHILD = 5
    TRIGGER_WITHOUT_TIME = 6
    LIMIT_UNKNOWN = 7
    EVIDENCE_INCOMPLETE = 8
    NOT_RECORDED_HERE = 9
    NOT_JOINED = 10
    RECORD_GAP = 11
    TIME_NOT_EXACT = 12

    def lit(self) -> pl.Expr:
        """As a constant column."""
        return pl.lit(int(self), dtype=pl.UInt8)


# By verdict.
OUTCOMES = pl.Series([(Outcome[one.name] if one < Verdict.NO_CHILD else Outcome.CANNOT_TELL).value for one in Verdict])
REASONS = pl.Series([None if one < Verdict.NO_CHILD else Reason[one.name].value for one in Verdict], dtype=pl.String)


def verdict_of_response(
    *,
    deadline: str,
    response: str,
    exemption: str,
    able: pl.Expr,
    gap: pl.Expr,
    as_at: datetime,
    owed_from: str | None = None,
) -> pl.Expr:
    """The verdict on occasions with a time; columns name when the response and the exemption stand.

    `owed_from` names the instant from which it is owed, where that is later than its trigger: where nobody knows how
    long there is, an exemption by then makes it not owed all the same.
    """
    end, answered, exempted = pl.col(deadline), pl.col(response), pl.col(exemption)
    ended = pl.lit(False) if owed_from is None else end.is_null() & (exempted <= pl.col(owed_from))
    return (
        pl.when("no_child")
        .then(Verdict.NO_CHILD.lit())
        .when(ended)
        .then(Verdict.EXEMPT.lit())
        .when(end.is_null())
        .then(Verdict.LIMIT_UNKNOWN.lit())
        .when(answered <= end)
        .then(Verdict.MET.lit())
        .when(exempted <= end)
        .then(Verdict.EXEMPT.lit())
        .when("is_incomplete")
        .then(Verdict.EVIDENCE_INCOMPLETE.lit())
        .when(answered.is_not_null())
        .then(Verdict.LATE.lit())
        .when(able == NOT_RECORDED_HERE)
        .then(Verdict.NOT_RECORDED_HERE.lit())
        .when(able == NOT_JOINED)
        .then(Verdict.NOT_JOINED.lit())
        .when(end > as_at)
        .then(Verdict.NOT_YET_DUE.lit())
        .when(gap)
        .then(Verdict.RECORD_GAP.lit())
        .otherwise(Verdict.MISSED.lit())
    )


def differing(favourable: str, unfavourable: str) -> pl.Expr:
    """The favourable verdict, or that the time is not exact where the two outcomes differ (reasons may)."""
    can_tell = int(Verdict.NO_CHILD)
    one, other = (pl.min_horizontal(name, pl.lit(can_tell, dtype=pl.UInt8)) for name in (favourable, unfavourable))
    return pl.when(one == other).then(favourable).otherwise(Verdict.TIME_NOT_EXACT.lit())
