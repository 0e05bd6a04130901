"""The 95 % intervals of figures, for a column of them at once.

A share has Wilson's interval, with repeats of one child allowed for as `chance.effective_size` allows for them of one
share; a count or a rate the exact interval of a Poisson count (Garwood's).
"""

from __future__ import annotations

import polars as pl

from wardline.measures.chance import NORMAL_95, STUDENT_OF_ONE

__all__ = ["effective_column", "poisson_columns", "wilson_columns"]

IN_EACH_TAIL = 0.025
DECIMALS = 9


def effective_column() -> pl.Expr:
    """Of so many different children the occasions tell as much; null: as many as there are occasions.

    Of rows with `whole` occasions of `children`, `met` of them, and over the children the sums `whole_whole` (of the
    squares of how many occasions a child has), `met_whole` and `met_met`. It is `chance.effective_size`.
    """
    whole, met, children = (pl.col(name).cast(pl.Float64) for name in ("whole", "met", "children"))
    squares, products, of_met = (pl.col(name).cast(pl.Float64) for name in ("whole_whole", "met_whole", "met_met"))
    share = met / whole
    apart = of_met - 2 * share * products + share**2 * squares
    some_met = apart / (whole * share * (1 - share)) * children / (children - 1)
    wider = pl.when((met > 0) & (met < whole)).then(some_met).otherwise(squares / whole)
    allowed_for = whole / pl.max_horizontal(pl.lit(1.0), wider) * (NORMAL_95 / _student(children - 1)) ** 2
    return pl.when(children == whole).then(None).when(children == 1).then(1.0).otherwise(allowed_for)


def wilson_columns(share: pl.Expr, size: pl.Expr) -> dict[str, pl.Expr]:
    """`low` and `high` of Wilson's interval of each share of `size`; null where the share is."""
    z = NORMAL_95
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    reach = z * (share * (1 - share) / size + z * z / (4 * size * size)).sqrt() / (1 + z * z / size)
    # Never past the share itself, as the last digit of a sum might be where none or all are met.
    return {
        "low": pl.min_horizontal(centre - reach, share).clip(0.0),
        "high": pl.max_horizontal(centre + reach, share).clip(None, 1.0),
    }


def poisson_columns(counts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The low and the high end of the exact interval of each count."""
    import numpy as np
    from scipy.special import gammaincinv

    many = counts.cast(pl.Float64).to_numpy()
    low = np.where(many > 0, gammaincinv(np.maximum(many, 1.0), IN_EACH_TAIL), 0.0)
    high = gammaincinv(many + 1, 1 - IN_EACH_TAIL)
    # Where the last digits differ between processors, the bytes of a dive must not.
    return pl.Series("low", low).round(DECIMALS), pl.Series("high", high).round(DECIMALS)


def _student(freedom: pl.Expr) -> pl.Expr:
    """`chance._student` for a column."""
    z = NORMAL_95
    by_expansion = (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
    return pl.when(freedom == 1).then(STUDENT_OF_ONE).otherwise(by_expansion)
