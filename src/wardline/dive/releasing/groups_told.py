"""One obligation's occasions by one split, as they could be told, and whether another split would give a count away.

A district lies within a division. Who knows that takes the districts that are told from the division, and has what was
not to be told. So of two such splits only one goes, wherever a count of few children, or one that is withheld, could be
worked out from both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from wardline.dive.releasing.small_groups import FEWEST, OTHER, Cell, CellCount, merged_groups, withheld_cells
from wardline.dive.releasing.what_may_go import MOST_VALUES, NOT_RECORDED, PLAIN_WORDS

__all__ = ["PARTS", "GroupsTold", "groups_told"]

PARTS = ("met", "not_met", "beside")  # as owed, not as owed, and what is not judged


@dataclass(frozen=True)
class GroupsTold:
    """The groups of one split: `rows` are the occasions, with the `group` under which each goes and its `part`; `table`
    has a line for each of `groups` and a cell for each part, of which those in `withheld` stay."""

    split: str
    rows: pl.DataFrame
    groups: tuple[str, ...]
    table: tuple[tuple[CellCount, ...], ...]
    withheld: frozenset[Cell]

    def gives_away_with(self, other: GroupsTold) -> bool:
        """Whether a count could be worked out from the groups of both: one of few children, or one that is withheld."""
        return any(_one_is_unknown(*pair) for pair in ((self, other), (other, self)))


def groups_told(occasions: pl.DataFrame, split: str, values: str, apart: Collection[str]) -> GroupsTold | None:
    """The groups as they could be told of occasions with `who`, `case_id`, `is_in_share`, `is_met` and a column of
    values; None where nothing can be told by this split.

    Cases that stay are in `other`, wherever they were: the coded cases taken from the figures would else tell where.
    """
    column = occasions[values]
    if column.dtype != pl.String() or not 2 <= column.n_unique() <= MOST_VALUES:
        return None
    value = pl.col(values).fill_null(NOT_RECORDED)
    may_go = value.str.contains(PLAIN_WORDS) & ~pl.col("case_id").is_in(sorted(apart))
    part = pl.when(pl.col("is_in_share") & pl.col("is_met")).then(0).when("is_in_share").then(1).otherwise(2)
    rows = occasions.with_columns(group=pl.when(may_go.fill_null(True)).then(value).otherwise(pl.lit(OTHER)), part=part)
    goes = merged_groups(rows)
    if goes is None:
        return None
    rows = rows.with_columns(pl.col("group").replace_strict(goes))
    counted = {
        (group, which): CellCount(many, children)
        for group, which, many, children in rows.group_by("group", "part")
        .agg(many=pl.len(), children=pl.col("who").n_unique())
        .iter_rows()
    }
    groups = tuple(sorted(set(goes.values())))
    table = tuple(
        tuple(counted.get((group, which), CellCount(0, 0)) for which in range(len(PARTS))) for group in groups
    )
    withheld = withheld_cells(table)
    if len(withheld) == len(PARTS) * len(groups):
        return None
    return GroupsTold(split, rows, groups, table, withheld)


def _one_is_unknown(wide: GroupsTold, narrow: GroupsTold) -> bool:
    """Whether, of a group and of those that lie wholly within it, all counts but one are told, and that one is not to
    be: it is withheld, or it is the rest of the group and of few children."""
    both = wide.rows.select("who", "part", wide="group").with_columns(narrow=narrow.rows["group"])
    for group, within in _within(both):
        rest = both.filter(pl.col("wide") == group, ~pl.col("narrow").is_in(within))
        if 0 < rest["who"].n_unique() < FEWEST:
            return True
        for part in range(len(PARTS)):
            cells = [(wide, group), *((narrow, one) for one in within)]
            unknown = sum((of.groups.index(one), part) in of.withheld for of, one in cells)
            of_part = rest.filter(pl.col("part") == part)
            few = 0 < of_part["who"].n_unique() < FEWEST
            if (unknown == 1 and of_part.is_empty()) or (unknown == 0 and few):
                return True
    return False


def _within(both: pl.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Each wide group with the narrow ones that lie wholly within it, if there are any."""
    alone = both.group_by("narrow").agg(pl.col("wide").n_unique().alias("many"), pl.col("wide").first())
    for wide, narrow in alone.filter(pl.col("many") == 1).group_by("wide").agg("narrow").sort("wide").iter_rows():
        yield wide, sorted(narrow)
