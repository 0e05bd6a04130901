"""Groups within groups, and cases that stay: no count of few children can be worked out from what is told of both."""

from __future__ import annotations

import random

import polars as pl
import pytest
from scipy.optimize import linprog

from wardline.dive.releasing.groups_told import PARTS, GroupsTold, groups_told
from wardline.dive.releasing.small_groups import FEWEST, OTHER


def occasions(*lines: tuple[str, str, int, int, int]) -> pl.DataFrame:
    """So many occasions of a wide and a narrow group: as owed, not as owed, not judged; each of another child."""
    rows = [
        (f"{wide}{narrow}{part}{number}", f"s:{wide}{narrow}{part}{number}", part < 2, part == 0, wide, narrow)
        for wide, narrow, *parts in lines
        for part, many in enumerate(parts)
        for number in range(many)
    ]
    return pl.DataFrame(rows, schema=["who", "case_id", "is_in_share", "is_met", "wide", "narrow"], orient="row")


def told(rows: pl.DataFrame, split: str, apart: frozenset[str] = frozenset()) -> GroupsTold:
    found = groups_told(rows, split, split, apart)
    assert found is not None
    return found


def test_a_small_district_is_not_given_away_by_its_division():
    rows = occasions(
        ("north", "a", 40, 0, 0), ("north", "b", 5, 0, 0), ("south", "c", 6, 0, 0), ("south", "d", 50, 0, 0)
    )
    wide, narrow = told(rows, "wide"), told(rows, "narrow")
    assert set(narrow.groups) == {"a", "d", OTHER}  # north less a would be b
    assert wide.gives_away_with(narrow)
    assert narrow.gives_away_with(wide)


def test_groups_within_groups_that_are_all_large_go_beside_each_other():
    rows = occasions(
        ("north", "a", 40, 20, 10), ("north", "b", 30, 20, 10), ("south", "c", 60, 20, 10), ("south", "d", 50, 20, 10)
    )
    assert not told(rows, "wide").gives_away_with(told(rows, "narrow"))


def test_groups_that_cut_across_each_other_go_beside_each_other():
    rows = occasions(*((wide, narrow, 20, 20, 20) for wide in ("north", "south") for narrow in ("yes", "no")))
    assert not told(rows, "wide").gives_away_with(told(rows, "narrow"))


def test_a_withheld_count_is_not_given_away_by_the_group_that_it_lies_within():
    rows = occasions(
        ("north", "a", 40, 4, 30), ("north", "b", 30, 40, 30), ("south", "c", 60, 30, 30), ("south", "d", 50, 30, 30)
    )
    wide, narrow = told(rows, "wide"), told(rows, "narrow")
    assert (narrow.groups.index("a"), PARTS.index("not_met")) in narrow.withheld
    assert not wide.withheld
    alone = GroupsTold("narrow", narrow.rows, narrow.groups, narrow.table, frozenset({(0, 1)}))
    assert wide.gives_away_with(alone)


def test_cases_that_stay_are_told_by_no_group():
    rows = occasions(("north", "a", 40, 0, 0), ("south", "b", 40, 0, 0), ("east", "c", 40, 0, 0))
    staying = frozenset(rows.filter(pl.col("wide") == "north")["case_id"].head(2))
    found = told(rows, "wide", staying)
    whole = dict(zip(found.groups, (sum(cell.occasions for cell in line) for line in found.table), strict=True))
    assert sum(whole.values()) == rows.height
    coded = rows.filter(~pl.col("case_id").is_in(sorted(staying)))
    for group, many in whole.items():
        if group != OTHER:  # what is told by group is what the coded cases tell too: nothing is left over
            assert many == coded.filter(pl.col("wide") == group).height
    assert whole[OTHER] >= FEWEST


@pytest.mark.parametrize("seed", range(25))
def test_nobody_works_out_a_withheld_count_or_a_small_group_from_both_splits(seed):
    drawn = random.Random(seed)
    sizes = (0, 0, 3, 7, 12, 25, 40)
    divisions = ("north", "south", "east")
    lines = [(divisions[at % 3], district, *drawn.choices(sizes, k=3)) for at, district in enumerate("abcdefg")]
    rows = occasions(*lines)
    both = [one for split in ("wide", "narrow") if (one := groups_told(rows, split, split, frozenset())) is not None]
    if len(both) == 2 and both[0].gives_away_with(both[1]):
        both = both[:1]
    cells, sums, targets = _what_is_told(rows, both)
    for target in targets:
        goal = [1.0 if cell in target else 0.0 for cell in cells]
        left = [[1.0 if cell in part else 0.0 for cell in cells] for part, _ in sums]
        right = [many for _, many in sums]
        least, most = (linprog([sign * one for one in goal], A_eq=left, b_eq=right, method="highs") for sign in (1, -1))
        assert -most.fun - least.fun > 0.5, "it can be worked out"


def _what_is_told(rows, both):
    """The smallest cells, the sums of them that are told, and those that nobody may work out."""
    counted = {
        (wide, narrow, part): many
        for wide, narrow, part, many in rows.with_columns(
            part=pl.when(pl.col("is_met")).then(0).when("is_in_share").then(1).otherwise(2)
        )
        .group_by("wide", "narrow", "part")
        .agg(pl.len())
        .iter_rows()
    }
    places = sorted({(wide, narrow) for wide, narrow, _ in counted})
    cells = [(wide, narrow, part) for wide, narrow in places for part in range(3)]
    sums = [({cell for cell in cells if cell[2] == part}, _total(counted, part)) for part in range(3)]
    targets = []
    for one in both:
        at = {row[one.split]: row["group"] for row in one.rows.select(one.split, "group").unique().to_dicts()}
        index = 0 if one.split == "wide" else 1
        for line, group in enumerate(one.groups):
            mine = {cell for cell in cells if at[cell[index]] == group}
            sums.append((mine, sum(counted.get(cell, 0) for cell in mine)))
            for part in range(3):
                of_part = {cell for cell in mine if cell[2] == part}
                many = sum(counted.get(cell, 0) for cell in of_part)
                if (line, part) in one.withheld:
                    if 0 < many < FEWEST:
                        targets.append(of_part)
                else:
                    sums.append((of_part, many))
    return cells, sums, targets


def _total(counted, part):
    return sum(many for cell, many in counted.items() if cell[2] == part)
