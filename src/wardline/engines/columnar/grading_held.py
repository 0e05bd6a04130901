"""In a repeat, a limit set by a grading: the one that the case has as each occasion starts (rule 10).

With `{by: grade, of: graded, high: 1 hour, low: 8 hours}`, every so often from 09:00 on:

    08:00   graded low
    09:00      T ──────────────────────────────── the case is at low: 8 hours from T            due 17:00
    10:00         R ────────────────────────╮     low: 8 hours from R is 18:00                  due 12:00
    11:00            graded high ───────────┤     a later one: 1 hour from itself is 12:00
    12:30                      R ────────╮        the case holds high: 1 hour from R            due 13:30

If the case was not graded before an occasion, the gradings from its start on set the limit, as in `limits_by_grading`.
"""

from __future__ import annotations

import polars as pl

from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.limits_by_grading import by_grading, listed_gradings
from wardline.engines.columnar.possible_lengths import Lengths, led

__all__ = ["by_grading_held"]


def by_grading_held(batch: Batch, occasions: pl.DataFrame, event: str, name: str, lengths: Lengths) -> pl.DataFrame:
    """The occasions with the `number` of their limit and their deadlines, by the grading held and those after it."""
    gradings = listed_gradings(batch, event, name, lengths)
    if gradings.is_empty():
        return by_grading(batch, occasions, event, name, lengths)
    occasions = occasions.with_row_index("number_of_held")
    held = _held(occasions, gradings, lengths)
    is_held = pl.col("number_of_held").is_in(held.get_column("number_of_held").implode())
    by_held = occasions.filter(is_held).join(
        _brought_forward(occasions, held, gradings, lengths), on="number_of_held", maintain_order="left"
    )
    others = by_grading(batch, occasions.filter(~is_held), event, name, lengths)
    found = pl.concat([by_held.select(others.columns), others]).sort("number_of_held")
    return found.drop("number_of_held")


def _held(occasions: pl.DataFrame, gradings: pl.DataFrame, lengths: Lengths) -> pl.DataFrame:
    """The deadlines, counted from the occasion, to which the last gradings of its case lead; several at one instant."""
    last = (
        occasions.select("number_of_held", "case", "at", "by", before=pl.col("after").cast(pl.Int64) - 1)
        .sort("before", maintain_order=True)
        .join_asof(
            gradings.select("case", "graded_at", before=pl.col("pos").cast(pl.Int64)),
            on="before",
            by="case",
            check_sortedness=False,
        )
        .drop_nulls("graded_at")
    )
    all_at_once = last.join(gradings.drop("group"), on=["case", "graded_at"], maintain_order="left_right")
    return led(lengths, all_at_once, pl.col("graded"))


def _brought_forward(
    occasions: pl.DataFrame, held: pl.DataFrame, gradings: pl.DataFrame, lengths: Lengths
) -> pl.DataFrame:
    """For each occasion the earliest of the deadlines that the gradings held and those strictly later lead to."""
    later = (
        occasions.select("number_of_held", "group", "after")
        .join(held.select("number_of_held").unique(), on="number_of_held", how="semi")
        .join(gradings.drop("case"), on="group")
        .filter(pl.col("pos") >= pl.col("after"))
        .with_columns(number="graded", deadline=lengths.lead(pl.col("graded"), pl.col("graded_at")))
        .with_columns(deadline_unfavourable="deadline")
        .drop_nulls("deadline")
    )
    columns = ("number_of_held", "number", "deadline", "deadline_unfavourable", "pos")
    return (
        pl.concat([held.select(columns), later.select(columns)])
        .with_columns(pl.col("deadline_unfavourable").min().over("number_of_held"))
        .sort("number_of_held", "deadline", "pos", nulls_last=True)
        .unique("number_of_held", keep="first", maintain_order=True)
        .drop("pos")
    )
