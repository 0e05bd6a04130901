"""How likely chance alone would put so few of one group in time: asked before a question singles the group out.

Two answers, and the larger one holds. The first is exact (Fisher's: of all ways to choose so many occasions, in how
many are there so few in time), and takes each occasion by itself. The second lets the occasions of one child hang
together: the difference of the shares, over its standard error as it is estimated from children (cluster-robust, with
as many degrees of freedom as the side with fewer children has children, less one). Neither knows how many groups are
looked at; whoever asks multiplies by that.
"""

from __future__ import annotations

from math import copysign, erfc, exp, lgamma, log1p, sqrt

import polars as pl

__all__ = ["chance_of_so_few"]


def chance_of_so_few(occasions: pl.DataFrame) -> float:
    """Of occasions with `is_inside`, `is_met` and `who` (the child, or a case that names none): the chance that so few
    inside would be met, or fewer.
    """
    counted = {
        (is_inside, is_met): many
        for is_inside, is_met, many in occasions.group_by("is_inside", "is_met").len().iter_rows()
    }
    met_inside, met_outside = counted.get((True, True), 0), counted.get((False, True), 0)
    inside = met_inside + counted.get((True, False), 0)
    outside = met_outside + counted.get((False, False), 0)
    if not inside or not outside:
        return 1.0
    exact = _exact(met_inside, inside, met_inside + met_outside, inside + outside)
    return max(exact, _by_children(occasions, met_inside / inside, inside, met_outside / outside, outside))


def _exact(met_inside: int, inside: int, met: int, whole: int) -> float:
    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    fewest = max(0, inside - (whole - met))
    return min(
        1.0,
        sum(
            exp(ways(met, few) + ways(whole - met, inside - few) - ways(whole, inside))
            for few in range(fewest, met_inside + 1)
        ),
    )


def _by_children(
    occasions: pl.DataFrame, share_inside: float, inside: int, share_outside: float, outside: int
) -> float:
    share = pl.when("is_inside").then(share_inside).otherwise(share_outside)
    weight = pl.when("is_inside").then(1 / inside).otherwise(-1 / outside)
    of_child = (
        occasions.group_by("who")
        .agg(of_child=((pl.col("is_met").cast(pl.Float64) - share) * weight).sum())
        .get_column("of_child")
        .sort()
    )
    children = len(of_child)
    if children < 2:
        return 1.0
    error = sqrt(float((of_child**2).sum()) * children / (children - 1))
    fewest = min(occasions.group_by("is_inside").agg(pl.col("who").n_unique())["who"]) - 1
    if fewest < 1 or not error:
        return 1.0 if fewest < 1 else 0.0
    distance = (share_outside - share_inside) / error
    # Of few children the error itself is known badly: Student's t, by Wallace's approximation as a normal distance.
    wallace = (8 * fewest + 1) / (8 * fewest + 3) * sqrt(fewest * log1p(distance**2 / fewest))
    return erfc(copysign(wallace, distance) / sqrt(2)) / 2
