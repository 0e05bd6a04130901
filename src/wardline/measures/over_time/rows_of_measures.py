"""From what was counted in each period and group to rows of the table of measures.

What is counted is only added up, block by block: each is a `Tally`. The figures are worked out from all of them at
once, for a table of a few rows takes as long to work out as one of a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from wardline.measures.figures import MOST_NOT_TOLD
from wardline.measures.over_time.measures_table import MEASURES, Entries, NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["IS_WHOLE", "Cells", "Tally", "rows_of", "too_many", "why_no_value"]

IS_WHOLE = "_is_whole"  # whether a row is of the dive's period as a whole
PLACE = "_place"  # of a tally among all


@dataclass(frozen=True)
class Cells:
    """The periods of one length, by the groups of one split: each pair is a cell, and has a number.

    `frame` is that of the periods with the gaps of a measure. `labels` are the groups by their codes, the first of
    which is that of no group; without a split there is that one alone.
    """

    measure: str
    periods: PeriodsCounted
    frame: pl.DataFrame
    split: str | None = None
    labels: tuple[str | None, ...] = (None,)

    @property
    def size(self) -> int:
        """How many there are."""
        return self.frame.height * len(self.labels)

    def of(self, period: NDArray[np.uint32], group: NDArray[np.uint32] | None) -> NDArray[np.uint32]:
        """The cell of each row, from the place of its period among the periods and, if it is split, the code of its
        group."""
        import numpy as np

        return period if group is None else period * np.uint32(len(self.labels)) + group

    def with_rows(self, many: NDArray[np.int64]) -> NDArray[np.int64]:
        """The cells that the table has a row for, in its order: every period of every group of which there are any;
        `many` says how many of all that was counted lie in each cell."""
        import numpy as np

        of_groups = many.reshape(-1, len(self.labels)).sum(axis=0)
        codes = np.array([0]) if self.split is None else np.flatnonzero(of_groups)
        # By their names, and last what belongs to no group.
        codes = np.append(codes[codes > 0], codes[codes == 0])
        return (codes[:, None] + len(self.labels) * np.arange(self.frame.height)).ravel()


@dataclass(frozen=True)
class Tally:
    """What was counted in cells of one measure, for one choice of entries.

    `at` are the cells that have a row, in order, and `sums` what was counted in each. `figures` works out the figures
    from the sums of many tallies, with `first_day`, `last_day`, and `no_value` of the period.
    """

    figures: Callable[[pl.DataFrame], pl.DataFrame]
    cells: Cells
    entries: Entries
    at: NDArray[np.int64]
    sums: Mapping[str, NDArray[np.generic]]


def rows_of(tallies: Sequence[Tally]) -> pl.DataFrame:
    """The rows of MEASURES for all tallies, in their order; a column that figures lack is empty."""
    kinds: dict[Callable[[pl.DataFrame], pl.DataFrame], list[int]] = {}
    for place, tally in enumerate(tallies):
        kinds.setdefault(tally.figures, []).append(place)
    found = [MEASURES.to_frame().with_columns(pl.lit(0, pl.UInt32).alias(PLACE))]
    for figures, places in kinds.items():
        each = figures(_end_to_end([tallies[place] for place in places], places))
        columns = (pl.col(name) if name in each.columns else pl.lit(None).alias(name) for name in MEASURES)
        found.append(each.select(*(one.cast(MEASURES[name]) for name, one in zip(MEASURES, columns)), PLACE))
    return pl.concat(found).sort(PLACE, maintain_order=True).drop(PLACE)


def _end_to_end(tallies: Sequence[Tally], places: Sequence[int]) -> pl.DataFrame:
    """The sums of tallies of one kind, with what the rows of each all say, their periods and their groups."""
    import numpy as np

    frames = {id(one.cells.frame): one.cells.frame for one in tallies}
    labels = {id(one.cells.labels): one.cells.labels for one in tallies}
    first_of_frame = dict(zip(frames, np.cumsum([0, *(one.height for one in frames.values())])))
    first_of_labels = dict(zip(labels, np.cumsum([0, *(len(one) for one in labels.values())])))
    period, group = [], []
    for one in tallies:
        place, code = np.divmod(one.at, len(one.cells.labels))
        period.append(place + first_of_frame[id(one.cells.frame)])
        group.append(code + first_of_labels[id(one.cells.labels)])
    tally_of_row = np.repeat(np.arange(len(tallies)), [len(one.at) for one in tallies])
    every_label = pl.Series("group", [name for one in labels.values() for name in one], dtype=pl.String)
    return pl.concat(
        [
            _said_of(tallies, places).select(pl.all().gather(tally_of_row)),
            pl.concat(frames.values()).select(pl.all().gather(np.concatenate(period))),
            every_label.gather(np.concatenate(group)).to_frame(),
            pl.DataFrame({name: np.concatenate([one.sums[name] for one in tallies]) for name in tallies[0].sums}),
        ],
        how="horizontal",
    )


def _said_of(tallies: Sequence[Tally], places: Sequence[int]) -> pl.DataFrame:
    """A row for each tally: what all its rows say."""
    return pl.DataFrame(
        {
            PLACE: pl.Series(places, dtype=pl.UInt32),
            "measure": [one.cells.measure for one in tallies],
            "by": [one.cells.periods.name for one in tallies],
            "split": pl.Series([one.cells.split for one in tallies], dtype=pl.String),
            "entries": [one.entries.value for one in tallies],
            IS_WHOLE: [one.cells.periods.by is None for one in tallies],
        }
    )


def too_many(some: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Whether these are more than a fifth of `whole`."""
    return some * MOST_NOT_TOLD > whole


def why_no_value(*further: tuple[pl.Expr, NoValue], is_a_number: bool) -> pl.Expr:
    """The reason why there is no figure, of rows of tallies: that of their period; else the first of `further` that
    holds. null: there is one.

    A share or a wait of the dive's period as a whole is of what could be told in it, so that neither a gap nor the
    days to come keep it from having a figure; a number, or a rate, is not known then.
    """
    of_period = pl.col("no_value") if is_a_number else pl.when(~pl.col(IS_WHOLE)).then("no_value")
    found = [pl.when(condition.fill_null(False)).then(pl.lit(no_value.value)) for condition, no_value in further]
    return pl.coalesce(of_period, *found)
