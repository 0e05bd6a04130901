"""Occasions that two dives know both, and that were judged otherwise in the second: counted by kind, nobody named.

An occasion is known by its obligation, its case, its trigger's time and its ordinal; so it is found again whether or
not persons are keyed alike in the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import polars as pl

from wardline.findings import Outcome, full_name_column

__all__ = ["JudgedOtherwise", "OccasionsInBoth", "WhyOtherwise", "judged_otherwise"]

SAME_OCCASION = ("full_name", "case_id", "triggered_at", "ordinal")
COMPARED = ("deadline", "outcome", "responded_at", "response_recorded_at", "exempted_at")


class WhyOtherwise(Enum):
    """What differs in the records where an outcome does, the first of these that applies; the value is the sentence."""

    TYPED_SINCE = "a response was typed in after the first dive looked"
    DONE_SINCE = "what was owed was done after the first dive looked"
    FELL_DUE = "its deadline passed between the two"
    OTHER_DEADLINE = "its deadline is another one, because a grade or a time was changed"
    NOT_OWED_SINCE = "an entry says since then that it was not owed"
    RESPONSE_GONE = "a response that the first dive knew is not in the second"
    OTHER_TIME = "the response has another time"
    OTHERWISE = "something else in the records, or in what they cover, is different"


@dataclass(frozen=True)
class JudgedOtherwise:
    """So many occasions of one obligation had one outcome in the first dive and another in the second, and why."""

    obligation: str  # its full name
    first: Outcome
    second: Outcome
    why: WhyOtherwise
    occasions: int


@dataclass(frozen=True)
class OccasionsInBoth:
    """How many occasions both dives know, and only one of them, within the days and obligations that both judge."""

    both: int
    only_first: int
    only_second: int
    otherwise: tuple[JudgedOtherwise, ...]


def judged_otherwise(
    first: pl.LazyFrame, second: pl.LazyFrame, obligations: Sequence[str], *, first_as_at: datetime
) -> OccasionsInBoth:
    """Of two tables of findings, cut to the days that both judge; `obligations` are the full names that both have."""
    both = _of(first, obligations, "first").join(
        _of(second, obligations, "second"), on=SAME_OCCASION, how="full", nulls_equal=True, coalesce=True
    )
    sides = both.group_by(pl.col("outcome_first").is_null(), pl.col("outcome_second").is_null()).len().collect()
    many = {(no_first, no_second): count for no_first, no_second, count in sides.iter_rows(named=False)}
    changed = (
        both.filter(pl.col("outcome_first") != pl.col("outcome_second"))
        .with_columns(why=_why(first_as_at))
        .group_by("full_name", "outcome_first", "outcome_second", "why")
        .len()
        .collect()
    )
    order, outcomes, whys = list(obligations), list(Outcome), list(WhyOtherwise)
    otherwise = [
        JudgedOtherwise(name, Outcome(one), Outcome(other), WhyOtherwise(why), count)
        for name, one, other, why, count in changed.iter_rows()
    ]
    otherwise.sort(
        key=lambda one: (
            order.index(one.obligation),
            whys.index(one.why),
            outcomes.index(one.first),
            outcomes.index(one.second),
        )
    )
    return OccasionsInBoth(
        many.get((False, False), 0), many.get((False, True), 0), many.get((True, False), 0), tuple(otherwise)
    )


def _of(findings: pl.LazyFrame, obligations: Sequence[str], which: str) -> pl.LazyFrame:
    text = pl.col("standard", "obligation", "outcome").cast(pl.String)
    return (
        findings.with_columns(text)
        .with_columns(full_name_column())
        .filter(pl.col("full_name").is_in(list(obligations)))
        .select(*SAME_OCCASION, *(pl.col(name).alias(f"{name}_{which}") for name in COMPARED))
    )


def _why(first_as_at: datetime) -> pl.Expr:
    def one(name: str, which: str) -> pl.Expr:
        return pl.col(f"{name}_{which}")

    responded = {which: one("responded_at", which) for which in ("first", "second")}
    tests = (
        (WhyOtherwise.OTHER_DEADLINE, one("deadline", "first").ne_missing(one("deadline", "second"))),
        (
            WhyOtherwise.NOT_OWED_SINCE,
            (one("outcome", "second") == Outcome.EXEMPT.value) & one("exempted_at", "first").is_null(),
        ),
        (
            WhyOtherwise.TYPED_SINCE,
            (one("response_recorded_at", "second") > first_as_at).fill_null(False)
            & responded["second"].ne_missing(responded["first"])
            & (responded["second"] <= first_as_at).fill_null(False),
        ),
        (WhyOtherwise.DONE_SINCE, responded["first"].is_null() & (responded["second"] > first_as_at).fill_null(False)),
        (WhyOtherwise.FELL_DUE, one("outcome", "first") == Outcome.NOT_YET_DUE.value),
        (WhyOtherwise.RESPONSE_GONE, responded["first"].is_not_null() & responded["second"].is_null()),
        (
            WhyOtherwise.OTHER_TIME,
            responded["first"].is_not_null() & responded["first"].ne_missing(responded["second"]),
        ),
    )
    why = pl.lit(WhyOtherwise.OTHERWISE.value)
    for name, holds in reversed(tests):
        why = pl.when(holds).then(pl.lit(name.value)).otherwise(why)
    return why
