"""Groups from the table of measures, `measures.parquet`: one measure, split one way, over one period.

The rest of this room knows counts and no table, so that its arithmetic can be read, and held against what others have
published, alone.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from wardline.measures.groups_compared.exact_limits import Of
from wardline.measures.groups_compared.funnels import CannotCompare, Funnel, FunnelGroup, funnel_of
from wardline.measures.over_time.measures_table import WHOLE_PERIOD, Entries

__all__ = ["funnel_of_measure"]


def funnel_of_measure(
    table: pl.DataFrame,
    measure: str,
    split: str,
    *,
    of: Of = Of.SHARE,
    by: str = WHOLE_PERIOD,
    first_day: date | None = None,
    entries: Entries = Entries.ALL,
    looked_at: int | None = None,
) -> Funnel:
    """The funnel of one measure's groups, in alphabetical order.

    `split` is by what they are made, as `district`; `by` and `first_day` say of which period where there are several;
    `of` is what the measure's figures are. `looked_at`: how many groups were looked at in all, if more than these.

    Groups without a figure, because nothing was counted or too much cannot be told, are left out. Raises CannotCompare.
    """
    rows = table.filter(
        (pl.col("measure") == measure)
        & (pl.col("split") == split)
        & (pl.col("by") == by)
        & (pl.col("entries") == entries.value)
        & pl.col("value").is_not_null()
        & (pl.col("denominator") > 0)
    )
    if first_day is not None:
        rows = rows.filter(pl.col("first_day") == first_day)
    if rows["first_day"].n_unique() > 1:
        raise CannotCompare(
            "The groups are of several periods.", "Say the first day of the period that is to be compared."
        )
    found = rows.sort("group").select("group", "numerator", "denominator", "effective").iter_rows()
    return funnel_of([FunnelGroup(*one) for one in found], of=of, looked_at=looked_at)
