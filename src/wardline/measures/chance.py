"""How far chance alone reaches: how likely it would put so few of one group in time, which is asked before a question
singles the group out; and of how many different children some occasions tell as much as they do.

To the first question there are two answers, and the larger one holds. One is exact (Fisher's: of all ways to choose so
many occasions, in how many are there so few in time), and takes each occasion by itself. The other lets the occasions
of one child hang together: the difference of the shares, over its standard error as it is estimated from children
(cluster-robust, with as many degrees of freedom as the side with fewer children has children, less one). Neither knows
how many groups are looked at; whoever asks multiplies by that.
"""

from __future__ import annotations

from math import copysign, erfc, exp, lgamma, log1p, sqrt

import polars as pl

__all__ = ["NORMAL_95", "chance_of_so_few", "effective_size"]

NORMAL_95 = 1.959963984540054  # the normal quantile of 97.5 %
NEGLIGIBLE = 1e-17  # beside what is summed already: no sum of floating points would show it
STUDENT_OF_ONE = 12.7062  # that of Student's t with one degree of freedom, for which the expansion is too coarse


def effective_size(occasions: pl.DataFrame) -> float | None:
    """So many occasions, each of another child, would tell as much about the share met as these; None: as many as here.

    `occasions` have `is_met` and `who` (the child, or a case that names none). Where each is of another child they are
    as many as they are. Else they are fewer by how much more the children differ than chance would have it
    (cluster-robust; where all or none are met, as if those of one child were always alike), and by how badly that is
    known where children are few (Student's t instead of the normal quantile).
    """
    of_child = occasions.group_by("who", maintain_order=True).agg(
        occasions=pl.len().cast(pl.Float64), met=pl.col("is_met").sum()
    )
    whole, children = occasions.height, of_child.height
    if children == whole:
        return None
    if children == 1:
        return 1.0
    share = int(of_child["met"].sum()) / whole
    if 0 < share < 1:
        apart = float(((of_child["met"] - share * of_child["occasions"]) ** 2).sum())
        wider = apart / (whole * share * (1 - share)) * children / (children - 1)
    else:
        wider = float((of_child["occasions"] ** 2).sum()) / whole
    return whole / max(1.0, wider) * (NORMAL_95 / _student(children - 1)) ** 2


def _student(freedom: int) -> float:
    """The quantile of 97.5 % of Student's t, by its expansion about the normal one (Cornish and Fisher)."""
    if freedom == 1:
        return STUDENT_OF_ONE
    z = NORMAL_95
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def chance_of_so_few(occasions: pl.DataFrame, *, enough: float = 1.0) -> float:
    """Of occasions with `is_inside`, `is_met` and `who` (the child, or a case that names none): the chance that so few
    inside would be met, or fewer.

    Where the exact chance alone is above `enough`, it is given as it is: whoever asks has no use for how much larger
    the other one may be.
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
    if exact > enough:
        return exact
    return max(exact, _by_children(occasions, met_inside / inside, inside, met_outside / outside, outside))


def _exact(met_inside: int, inside: int, met: int, whole: int) -> float:
    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    fewest = max(0, inside - (whole - met))
    found = 0.0
    # From the likeliest down, while they are likely: below the middle each is less likely than the one before it.
    for few in range(met_inside, fewest - 1, -1):
        chance = exp(ways(met, few) + ways(whole - met, inside - few) - ways(whole, inside))
        found += chance
        if few * whole < met * inside and chance < NEGLIGIBLE * found:
            break
    return min(1.0, found)


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
