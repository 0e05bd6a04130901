"""How far chance alone reaches: how likely it would put so few of one group in time, which is asked before a question
singles the group out; and of how many different children some occasions tell as much as they do.

To the first question there are two answers, and the larger one holds. One is exact (Fisher's: of all ways to choose so
many occasions, in how many are there so few in time), and takes each occasion by itself. The other lets the occasions
of one child hang together: the difference of the shares, over its standard error as it is estimated from children
(cluster-robust, with as many degrees of freedom as the side with fewer children has children, less one). Neither knows
how many groups are looked at; whoever asks multiplies by that.
"""

from __future__ import annotations

from math import sqrt

import polars as pl

__all__ = ["NORMAL_95", "chance_of_so_few", "effective_size"]

NORMAL_95 = 1.959963984540054  # the normal quantile of 97.5 %, written out because scipy takes long to load


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
    """The quantile of 97.5 % of Student's t."""
    from scipy import special  # takes a third of a second to load

    return float(special.stdtrit(freedom, 0.975))


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
    """The chance of so many or fewer of a hypergeometric distribution: each number's chance, summed."""
    import numpy as np
    from scipy import special  # takes a third of a second to load

    def ways(n: int, k: np.ndarray | int) -> np.ndarray:
        return -np.log1p(n) - special.betaln(np.subtract(n, k) + 1, np.add(k, 1))

    few = np.arange(max(0, inside - (whole - met)), met_inside + 1)
    chances = np.exp(ways(met, few) + ways(whole - met, inside - few) - ways(whole, inside))
    return min(1.0, float(chances.sum()))


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
    from scipy import special  # takes a third of a second to load

    # Of few children the error itself is known badly: Student's t.
    return float(special.stdtr(fewest, -distance))
