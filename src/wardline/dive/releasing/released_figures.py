"""The aggregates of a release: what was found, obligation by obligation, with small groups merged or withheld.

Figures of the whole force are given as they are. By group (district, home, grade, …) a figure is given only where ten
children or more are in it, and where nothing that is withheld can be worked out from what is given (`small_groups`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.releasing.small_groups import FEWEST, OTHER, CellCount, merged_groups, withheld_cells
from wardline.dive.releasing.what_may_go import CASE_ATTRIBUTES, MOST_VALUES, NOT_RECORDED, PLAIN_WORDS
from wardline.findings import Outcome
from wardline.measures import Count, Share, Waits
from wardline.measures.chance import effective_size
from wardline.measures.figures import Counted
from wardline.measures.measured_tables import CASE, occasions_of
from wardline.obligations import ResolvedObligation, Standing
from wardline.time_limits import MINUTES_IN_A_DAY

__all__ = ["RELEASED_FIGURES", "released_figures"]

RELEASED_FIGURES = pl.Schema(
    {
        "standard": pl.String(),
        "version": pl.String(),
        "obligation": pl.String(),
        "standing": pl.String(),
        "owed_by": pl.String(),
        "split": pl.String(),  # by what groups are made; empty: the whole force
        "group": pl.String(),
        "occasions": pl.Int64(),
        "judged": pl.Int64(),  # those a share is out of
        "met": pl.Int64(),
        "not_met": pl.Int64(),
        "late": pl.Int64(),  # this and what follows of the whole force only
        "missed": pl.Int64(),
        "not_counted": pl.Int64(),
        "not_yet_due": pl.Int64(),
        "exempt": pl.Int64(),
        "cannot_tell": pl.Int64(),
        "share": pl.Float64(),  # met of judged; empty where an obligation is only assumed
        "share_low": pl.Float64(),  # its 95 % interval
        "share_high": pl.Float64(),
        "waits": pl.Int64(),
        "half_waited": pl.Int64(),  # minutes, at most
        "nine_in_ten_waited": pl.Int64(),
        "is_withheld": pl.Boolean(),  # whether something of the row is empty because few children are behind it
    }
)
Row = dict[str, Any]


def released_figures(dive: KeptDive) -> pl.DataFrame:
    """The table of figures: of each obligation a row for the whole force, and one for each group that may be told."""
    waits = _waits_by_key(dive)
    rows: list[Row] = []
    splits = [name for name in dive.tables.attributes if name in CASE_ATTRIBUTES]
    for item in dive.obligations:
        occasions = _occasions(dive, item, splits)
        rows.append(_of_the_force(dive, item, occasions, waits.get(item.key)))
        for name in splits:
            rows += _by_one_split(item, name, occasions)
    return pl.DataFrame(rows, schema=RELEASED_FIGURES, orient="row")


def _named(item: ResolvedObligation) -> Row:
    return {
        "standard": item.standard,
        "version": item.version,
        "obligation": item.obligation.id,
        "standing": item.standing.value,
        "owed_by": item.obligation.owed_by.value,
    }


def _waits_by_key(dive: KeptDive) -> dict[str, Waits]:
    found: dict[str, Waits] = {}
    for standard in dive.figures.standards:
        found |= {one.item.key: one.waits for one in (*standard.found, *standard.asked) if one.waits is not None}
        found |= {one.item.key: one.waits for one in standard.assumed if one.waits is not None}
    return found


def _occasions(dive: KeptDive, item: ResolvedObligation, splits: Sequence[str]) -> pl.DataFrame:
    """The occasions that are counted up: about `who`, whether each `is_in_share` and `is_met`, and of which groups."""
    columns = [f"{CASE}{name}" for name in splits]
    occasions = dive.tables.occasions(occasions_of(item), *columns, "who", "stands", "is_in_share").filter("stands")
    is_met = pl.col("outcome") == Outcome.MET.value
    return occasions.select("who", "is_in_share", *columns, is_met=is_met).collect()


def _of_the_force(dive: KeptDive, item: ResolvedObligation, occasions: pl.DataFrame, waits: Waits | None) -> Row:
    outcomes = dive.figures.obligations[item.key]
    counts = {
        name: getattr(outcomes, name).value
        for name in (
            "occasions",
            "judged",
            "met",
            "not_met",
            "late",
            "missed",
            "not_counted",
            "not_yet_due",
            "exempt",
            "cannot_tell",
        )
    }
    return {**_named(item), **counts, **_share(item, occasions), **_waits(waits), "is_withheld": False}


def _share(item: ResolvedObligation, occasions: pl.DataFrame) -> Row:
    """The share met of the judged ones, and its interval, with repeats of one child allowed for."""
    judged = occasions.filter("is_in_share")
    if item.standing is Standing.ASSUMED or judged.is_empty():
        return {}
    met = Count(Counted.OCCASION, int(judged["is_met"].sum()))
    share = Share(met, Count(Counted.OCCASION, judged.height), effective_size(judged))
    low, high = share.interval()
    return {"share": share.fraction, "share_low": low, "share_high": high}


def _waits(waits: Waits | None) -> Row:
    """Of few waits each length is that of a case."""
    if waits is None:
        return {}
    many = waits.whole.value
    told = {"half_waited": waits.half.length, "nine_in_ten_waited": waits.nine_in_ten.length}
    minutes = {
        name: None if length is None or many < FEWEST else length.days * MINUTES_IN_A_DAY + length.seconds // 60
        for name, length in told.items()
    }
    return {"waits": many, **minutes}


# BY GROUP


def _by_one_split(item: ResolvedObligation, name: str, occasions: pl.DataFrame) -> Iterator[Row]:
    values = occasions[f"{CASE}{name}"]
    if values.dtype != pl.String() or not 2 <= values.n_unique() <= MOST_VALUES:
        return
    value = pl.col(f"{CASE}{name}").fill_null(NOT_RECORDED)
    of_words = value.str.contains(PLAIN_WORDS)
    rows = occasions.with_columns(group=pl.when(of_words).then(value).otherwise(pl.lit(OTHER)))
    goes = merged_groups(rows)
    if goes is None:
        return
    part = pl.when(pl.col("is_in_share") & pl.col("is_met")).then(0).when("is_in_share").then(1).otherwise(2)
    counted = {
        (group, which): CellCount(many, children)
        for group, which, many, children in rows.with_columns(pl.col("group").replace_strict(goes))
        .group_by("group", part.alias("part"))
        .agg(many=pl.len(), children=pl.col("who").n_unique())
        .iter_rows()
    }
    groups = sorted(set(goes.values()))
    table = [[counted.get((group, which), CellCount(0, 0)) for which in range(3)] for group in groups]
    withheld = withheld_cells(table)
    if len(withheld) == 3 * len(groups):
        return
    for row, group in enumerate(groups):
        met, not_met, beside = (None if (row, part) in withheld else table[row][part].occasions for part in range(3))
        mine = rows.filter(pl.col("group").replace_strict(goes) == group)
        yield {
            **_named(item),
            "split": name,
            "group": group,
            "occasions": mine.height,
            "met": met,
            "not_met": not_met,
            # The rest of the occasions tells how many are judged.
            "judged": None if beside is None else mine["is_in_share"].sum(),
            "is_withheld": any(one is None for one in (met, not_met, beside)),
            **({} if met is None or not_met is None else _share(item, mine)),
        }
