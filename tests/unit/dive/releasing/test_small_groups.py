"""Groups of fewer than ten children are merged, and what is withheld cannot be worked out from what is given."""

from __future__ import annotations

import random

import polars as pl
import pytest
from scipy.optimize import linprog

from wardline.dive.releasing.small_groups import FEWEST, OTHER, CellCount, merged_groups, withheld_cells


def rows(**children: int) -> pl.DataFrame:
    """So many children in each group."""
    found = [(group, f"{group}{number}") for group, many in children.items() for number in range(many)]
    return pl.DataFrame(found, schema={"group": pl.String(), "who": pl.String()}, orient="row")


def table(*lines: tuple[int, ...]) -> list[list[CellCount]]:
    """Counts, each occasion of another child."""
    return [[CellCount(many, many) for many in line] for line in lines]


def test_groups_of_ten_children_or_more_keep_their_names():
    assert merged_groups(rows(north=10, south=30)) == {"north": "north", "south": "south"}


def test_small_groups_go_together():
    found = merged_groups(rows(north=40, south=30, east=6, west=5))
    assert found == {"north": "north", "south": "south", "east": OTHER, "west": OTHER}


def test_a_group_that_is_small_alone_takes_the_next_smallest_with_it():
    assert merged_groups(rows(north=40, south=30, east=6)) == {"north": "north", "south": OTHER, "east": OTHER}


def test_nothing_is_said_by_group_where_all_would_be_one():
    assert merged_groups(rows(north=40, south=3)) is None
    assert merged_groups(rows(north=4, south=3)) is None


def test_children_are_counted_and_not_rows():
    many_rows = pl.concat([rows(north=40, south=30)] + [rows(east=2)] * 20)
    assert merged_groups(many_rows)["east"] == OTHER


def test_nothing_is_withheld_where_no_cell_is_small():
    assert withheld_cells(table((10, 20, 0), (30, 11, 12))) == frozenset()


def test_a_small_cell_is_withheld_with_three_more():
    withheld = withheld_cells(table((40, 4, 50), (60, 30, 20), (70, 80, 90)))
    assert (0, 1) in withheld
    assert len(withheld) == 4


def test_occasions_of_few_children_are_small_however_many_they_are():
    cells = table((40, 40), (50, 50), (60, 60))
    cells[0][1] = CellCount(40, 2)
    assert (0, 1) in withheld_cells(cells)


def test_all_is_withheld_where_no_choice_of_cells_would_do():
    assert withheld_cells(table((40, 4))) == frozenset({(0, 0), (0, 1)})


def how_well_known(given: list[list[CellCount]], withheld: frozenset[tuple[int, int]], cell: tuple[int, int]) -> float:
    """How far apart the largest and the smallest value are that a withheld cell can have, by the sums alone."""
    cells = sorted(withheld)
    sums: list[list[float]] = []
    totals: list[float] = []
    for line, place in ((line, place) for place in (0, 1) for line in {one[place] for one in cells}):
        mine = [one[place] == line for one in cells]
        sums.append([float(is_in) for is_in in mine])
        totals.append(float(sum(given[row][column].occasions for row, column in cells if (row, column)[place] == line)))
    wanted = [float(one == cell) for one in cells]
    ends = [
        linprog([sign * one for one in wanted], A_eq=sums, b_eq=totals, bounds=(0, None)).fun * sign for sign in (1, -1)
    ]
    return ends[1] - ends[0]


@pytest.mark.parametrize("seed", range(60))
def test_no_withheld_cell_can_be_worked_out_from_the_sums(seed):
    draw = random.Random(seed)
    given = table(*(tuple(draw.choice((0, 3, 7, 12, 40, 90)) for _ in range(3)) for _ in range(draw.randint(2, 6))))
    withheld = withheld_cells(given)
    small = {
        (row, column) for row, line in enumerate(given) for column, one in enumerate(line) if 0 < one.occasions < FEWEST
    }
    assert small <= withheld
    if len(withheld) == 3 * len(given):
        return  # nothing is said by group at all
    assert min((how_well_known(given, withheld, cell) for cell in small), default=FEWEST) >= 1
