"""A limit that goes by a grading: which deadline all gradings of an occasion come to (rule 4).

Until an event `of` comes, `unknown` holds. The first instant that has one sets the limit, counted from the trigger;
each later one can only bring the deadline forward, counted from itself. With
`{by: grade, of: graded, high: 15 minutes, medium: 60 minutes, low: 8 hours, unknown: 60 minutes}`:

    09:00      T ─────────────────────────────┐ unknown: 60 minutes from T                       due 10:00
    09:05      graded medium ─────────────────┤ the first: 60 minutes from T                     due 10:00
    09:30         graded high ──────┐         ╎ a later one: 15 minutes from itself              due 09:45
    09:40            graded low ────╎─────────╎──────→ 8 hours from itself: later, so nothing    due 09:45
                                  09:45     10:00

A first grading whose own limit is still to be set leaves the limit unknown; a later one sets it, from itself:

    09:05      graded low, to be set ─────────╎ the first: nobody knows                          unknown
    09:30         graded high ──────┐         ╎ a later one: 15 minutes from itself              due 09:45

A first grading that comes only after the `unknown` deadline cannot put it off:

    09:00      T ─────────────────────────────┐ unknown                                          due 10:00
    10:30                                     ╎ graded low: 8 hours from T is 17:00, later       due 10:00
    10:30                                     ╎ (graded high: 15 minutes from T is 09:15         due 09:15)

Three ways, from the plainest: no grading (`unknown` stays), one (`_graded_once`), several (`_brought_forward`, which
puts each occasion beside each of its gradings, and takes the earliest of all the deadlines that they lead to).
"""

from __future__ import annotations

import polars as pl

from wardline.engines.columnar.batch import POSITION, Batch, at_or_after
from wardline.engines.columnar.patterns import attribute
from wardline.engines.columnar.possible_lengths import Lengths, led
from wardline.events import INSTANT

__all__ = ["by_grading", "listed_gradings"]


def by_grading(batch: Batch, occasions: pl.DataFrame, event: str, name: str, lengths: Lengths) -> pl.DataFrame:
    """The occasions with the `number` of their limit and their deadlines, by the events `of` at or after them."""
    start = pl.lit(None, dtype=pl.Int16) if lengths.unknown is None else pl.lit(lengths.unknown, dtype=pl.Int16)
    occasions = led(lengths, occasions, start).with_row_index("number_of_occasion")
    gradings = listed_gradings(batch, event, name, lengths)
    positions, closes = gradings.get_column("pos"), occasions.get_column("closes")
    first = at_or_after(positions, occasions.get_column("start"), closes)
    second = at_or_after(positions, first.fill_null(0) + 1, closes)
    is_alone, is_several = first.is_not_null() & second.is_null(), first.is_not_null() & second.is_not_null()
    occasions = _graded_once(lengths, occasions, gradings, first, is_alone)
    pairs = (
        occasions.lazy()
        .filter(is_several)
        .select(
            "number_of_occasion",
            "group",
            "start",
            "at",
            "by",
            unknown="deadline",
            unknown_unfavourable="deadline_unfavourable",
        )
        .join(gradings.lazy().drop("case"), on="group", maintain_order="left_right")
        .filter(pl.col("pos") >= pl.col("start"))
        .collect()
    )
    if not pairs.is_empty():
        graded = _brought_forward(pairs, lengths)
        occasions = (
            occasions.join(graded, on="number_of_occasion", how="left", maintain_order="left", suffix="_graded")
            .with_columns(
                pl.when(is_several).then(f"{name}_graded").otherwise(name).alias(name)
                for name in ("number", "deadline", "deadline_unfavourable")
            )
            .select(occasions.columns)
        )
    return occasions.drop("number_of_occasion")


def _graded_once(
    lengths: Lengths, occasions: pl.DataFrame, gradings: pl.DataFrame, first: pl.Series, is_alone: pl.Series
) -> pl.DataFrame:
    """The occasions, those with one grading at or after them by it: in place of `unknown`, or only if earlier."""
    if gradings.is_empty():
        return occasions
    row = gradings.get_column("pos").search_sorted(first.fill_null(0)).clip(upper_bound=gradings.height - 1)
    graded = led(lengths, occasions.select("at", "by"), pl.lit(gradings.get_column("graded").gather(row)))
    graded_at = pl.lit(gradings.get_column("graded_at").gather(row))
    columns = {}
    for name in ("deadline", "deadline_unfavourable"):
        reached = pl.lit(graded.get_column(name))
        # A late grading, and one whose own limit is still to be set, cannot put off what `unknown` set.
        is_late = (graded_at > pl.col(name)).fill_null(False)
        is_set = pl.lit(is_alone) & ~(is_late & (reached.is_null() | (pl.col(name) <= reached)))
        columns[name] = pl.when(is_set).then(reached).otherwise(name)
        if name == "deadline":
            columns["number"] = pl.when(is_set).then(pl.lit(graded.get_column("number"))).otherwise("number")
    return occasions.with_columns(**columns)


def listed_gradings(batch: Batch, event: str, name: str, lengths: Lengths) -> pl.DataFrame:
    """The timed events `of` whose attribute's value is listed; `graded` is null where its limit is to be set."""
    if attribute(name) not in batch.timed.columns:
        return pl.Schema(
            {"group": POSITION, "case": POSITION, "graded_at": INSTANT, "pos": POSITION, "graded": pl.Int16()}
        ).to_frame()
    found = batch.at(batch.named([event]), ["group", "case", "at", attribute(name)])
    found = found.filter(pl.col(attribute(name)).cast(pl.String).is_in(list(lengths.by_value)))
    graded = lengths.of(pl.col(attribute(name)), None)
    return found.select("group", "case", pl.col("at").alias("graded_at"), "pos", graded=graded)


def _brought_forward(pairs: pl.DataFrame, lengths: Lengths) -> pl.DataFrame:
    """For each occasion the number of its limit and its deadlines, from all gradings at or after it."""
    is_first = pl.col("graded_at") == pl.col("graded_at").min().over("number_of_occasion")
    pairs = led(lengths, pairs, pl.col("graded")).with_columns(is_first=is_first)
    own = lengths.lead(pl.col("graded"), pl.col("graded_at"))
    pairs = pairs.with_columns(
        deadline=pl.when("is_first").then("deadline").otherwise(own),
        deadline_unfavourable=pl.when("is_first").then("deadline_unfavourable").otherwise(own),
    )
    found = None
    for column, unknown in (("deadline", "unknown"), ("deadline_unfavourable", "unknown_unfavourable")):
        # `unknown` stays a candidate only where the first grading came strictly after its deadline.
        still = pairs.filter("is_first", pl.col("graded_at") > pl.col(unknown)).unique(
            "number_of_occasion", keep="first", maintain_order=True
        )
        candidates = pl.concat(
            [
                still.select(
                    "number_of_occasion",
                    pl.lit(lengths.unknown, dtype=pl.Int16).alias("number"),
                    pl.col(unknown).alias(column),
                    pl.lit(None, dtype=pl.UInt32).alias("pos"),
                    set_at="at",
                ),
                pairs.select("number_of_occasion", "number", column, "pos", set_at="graded_at"),
            ]
        ).drop_nulls(column)
        best = (
            candidates.sort("number_of_occasion", column, "pos", nulls_last=False)
            .unique("number_of_occasion", keep="first", maintain_order=True)
            .drop("pos", "set_at")
        )
        found = (
            best
            if found is None
            else found.join(best.drop("number"), on="number_of_occasion", how="full", coalesce=True)
        )
    assert found is not None
    return found
