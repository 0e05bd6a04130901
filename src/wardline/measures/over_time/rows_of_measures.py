"""From what was counted in each period and group to rows of the table of measures."""

from __future__ import annotations

import polars as pl

from wardline.measures.five_areas import MOST_NOT_TOLD
from wardline.measures.over_time.measures_table import MEASURES, Entries, NoValue
from wardline.measures.over_time.periods_counted import PeriodsCounted

__all__ = ["each_group_and_period", "rows_of", "too_many", "why_no_value"]


def each_group_and_period(counted: pl.DataFrame, periods: pl.DataFrame, split: str | None) -> pl.DataFrame:
    """A row for every period and every group that occurs in `counted` (by `first_day` and `group`), where there is
    one: with what was counted there, or nothing. `periods` are the frame of a `PeriodsCounted`."""
    groups = counted.select("group").unique() if split is not None else pl.DataFrame({"group": [None]})
    groups = groups.select(pl.col("group").cast(pl.String)).sort("group", nulls_last=True)
    return groups.join(periods, how="cross").join(
        counted.with_columns(pl.col("group").cast(pl.String)),
        on=["first_day", "group"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
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


def rows_of(
    figures: pl.DataFrame, measure: str, periods: PeriodsCounted, split: str | None, entries: Entries
) -> pl.DataFrame:
    """Figures by `first_day`, `last_day` and `group` as rows of MEASURES; a column that they lack is empty."""
    said = {"measure": measure, "by": periods.name, "split": split, "entries": entries.value}
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
