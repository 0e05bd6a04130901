"""Which occasions a share is out of, and which a wait (docs/reference/meaning.md, rule 13), as columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from wardline.findings import Outcome, Reason

__all__ = ["IN_A_WAIT", "JUDGED", "with_shares"]

JUDGED = (Outcome.MET.value, Outcome.LATE.value, Outcome.MISSED.value)
IN_A_WAIT = (*JUDGED, Outcome.EXEMPT.value, Outcome.NOT_YET_DUE.value)
# Of the occasions of a *never* in one case, the first of these says what the case came to.
WORST_FIRST = (Outcome.MISSED, Outcome.CANNOT_TELL, Outcome.NOT_YET_DUE, Outcome.EXEMPT, Outcome.MET)
OF_ITS_CASE = ("_row", "_of_case", "_all_counted")
PLACES = {outcome.value: place for place, outcome in enumerate(WORST_FIRST)}


def with_shares(table: pl.LazyFrame, nevers: Sequence[str], *, as_at: datetime) -> pl.LazyFrame:
    """Occasions (with `key` and `_called_off`) with three more columns, none of them ever null.

    - `stands`: whether it is one of those that are counted up. A *never* (`nevers` are their keys) is shared out by
      case: the first of a case's worst occasions stands for the case.
    - `is_in_share`: whether the share is out of it: it is judged, due, and a failing would have shown; of a *never*,
      in every occasion of the case.
    - `counts_as_wait`: whether it has a wait, be it cut short: it is judged, not due yet, called off by an exemption
      that came after it began, or of no known limit; and a failing would have shown.
    """
    is_judged = pl.col("outcome").is_in(JUDGED)
    is_without_limit = (pl.col("reason") == Reason.LIMIT_UNKNOWN.value).fill_null(False)
    began_first = (pl.col("exempted_at") > pl.col("triggered_at")).fill_null(False) | ~pl.col("_called_off")
    is_exempt_later = (pl.col("outcome") == Outcome.EXEMPT.value) & pl.col("_called_off")
    is_not_due = pl.col("outcome") == Outcome.NOT_YET_DUE.value
    has_wait = is_judged | is_not_due | ((is_without_limit | is_exempt_later) & began_first)
    stands, counted = pl.lit(True), pl.col("counted").fill_null(False)
    if nevers:
        is_never = pl.col("key").is_in(nevers)
        table = _beside_its_case(table.with_row_index("_row"), is_never)
        stands = ~is_never | (pl.col("_row") == pl.col("_of_case"))
        counted = pl.when(is_never).then("_all_counted").otherwise(counted)
    is_due = (pl.col("deadline") <= as_at).fill_null(True)
    return table.with_columns(
        stands=stands,
        is_in_share=stands & is_judged & counted & is_due,
        counts_as_wait=has_wait & pl.col("counted").fill_null(False),
    ).drop(*(OF_ITS_CASE if nevers else ()))


def _beside_its_case(table: pl.LazyFrame, is_never: pl.Expr) -> pl.LazyFrame:
    """The occasions (with `_row`, their number) of a never with what its case came to; the others with nothing.

    Joined, and not looked up by windows over the table: those would hold the whole of it in memory.
    """
    of_case = ["key", "case_id"]
    worst = pl.col("outcome").replace_strict(PLACES, default=0, return_dtype=pl.Int8)
    cases = (
        table.filter(is_never)
        .group_by(of_case)
        .agg(
            _of_case=pl.col("_row").sort_by(worst, "_row").first(),
            _all_counted=pl.col("counted").fill_null(False).all(),
        )
    )
    asked_for = [pl.when(is_never).then(name).alias(f"_{name}") for name in of_case]
    found = table.with_columns(asked_for).join(
        cases, left_on=["_key", "_case_id"], right_on=of_case, how="left", maintain_order="left"
    )
    return found.drop("_key", "_case_id")
