"""From what was counted in each period and group to rows of the table of measures."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.measures.five_areas import MOST_NOT_TOLD
from wardline.measures.over_time.measures_table import MEASURES, Entries, NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted

__all__ = ["CELL", "Cells", "too_many", "why_no_value"]

CELL = "cell"  # the number of a period and group


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

    def of(self, period: pl.Expr, group: pl.Expr) -> pl.Expr:
        """The cell of each row, from the place of its period among the periods and the code of its group."""
        return (period * len(self.labels) + group).cast(pl.UInt32).alias(CELL)

    def each(self, counted: pl.DataFrame) -> pl.DataFrame:
        """A row for every period and every group that occurs in `counted` (by `cell`), with what was counted there,
        or nothing; with `first_day`, `last_day`, `group`, and `no_value` of the period."""
        many = len(self.labels)
        codes = pl.DataFrame({"_code": [0]}) if self.split is None else counted.select(_code=pl.col(CELL) % many)
        # By their names, and last what belongs to no group.
        codes = codes.select(pl.col("_code").cast(pl.UInt32)).unique().sort(pl.col("_code") == 0, "_code")
        grid = codes.join(self.frame.with_row_index("_period"), how="cross")
        labels = pl.Series(self.labels, dtype=pl.String)
        grid = grid.with_columns(self.of(pl.col("_period"), pl.col("_code")), group=pl.lit(labels).gather("_code"))
        return grid.join(counted, on=CELL, how="left", maintain_order="left")

    def rows(self, figures: pl.DataFrame, entries: Entries) -> pl.DataFrame:
        """Figures of `each` as rows of MEASURES; a column that they lack is empty."""
        said = {"measure": self.measure, "by": self.periods.name, "split": self.split, "entries": entries.value}
        has = figures.columns
        return figures.select(
            (
                pl.lit(said[name], pl.String)
                if name in said
                else pl.col(name).cast(kind)
                if name in has
                else pl.lit(None, kind)
            ).alias(name)
            for name, kind in MEASURES.items()
        )


def too_many(some: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Whether these are more than a fifth of `whole`."""
    return some * MOST_NOT_TOLD > whole


def why_no_value(periods: PeriodsCounted, *further: tuple[pl.Expr, NoValue], is_a_number: bool) -> pl.Expr:
    """The reason why there is no figure, of rows with that of their period in `no_value`; else the first of `further`
    that holds. null: there is one.

    A share or a wait of the dive's period as a whole is of what could be told in it, so that neither a gap nor the
    days to come keep it from having a figure; a number, or a rate, is not known then.
    """
    is_whole = periods.by is None and not is_a_number
    of_period = pl.lit(None, pl.String) if is_whole else pl.col("no_value")
    found = [pl.when(condition.fill_null(False)).then(pl.lit(no_value.value)) for condition, no_value in further]
    return pl.coalesce(of_period, *found)
