"""Tables of measures and measures as tests write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice

import polars as pl

from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.declared.measure import Counting, Measure, PartOfPage, ShareMet
from wardline.measures.over_time.measures_table import MEASURES, Entries, NoValue
from wardline.time_limits import PeriodLength, last_of_period, periods_from

FIRST = date(2023, 4, 1)


def a_measure(counting: Counting | None = None, *, name: str = "test/measure", chart: ChartKind | None = None, **told):
    measure = Measure(
        name=name,
        title="Reached in time",
        part=PartOfPage.DONE,
        counting=counting or ShareMet("england/missing-children/attend"),
        wanted=Wanted.LARGER,
        chart=chart or ChartKind.P_PRIME,
        **told,
    )
    return measure


def rows_of_shares(
    shares: Sequence[tuple[int, int] | NoValue],
    *,
    first: date = FIRST,
    by: PeriodLength = PeriodLength.MONTH,
    name: str = "test/measure",
    split: str | None = None,
    group: str | None = None,
    entries: Entries = Entries.ALL,
) -> pl.DataFrame:
    """Rows of MEASURES, one for each period: so many of so many, or the reason why there is no figure."""
    days = islice(periods_from(first, date(9000, 1, 1), by), len(shares))
    rows = []
    for day, share in zip(days, shares, strict=True):
        said = dict.fromkeys(MEASURES) | {
            "measure": name,
            "by": by.value,
            "first_day": day,
            "last_day": last_of_period(day, by),
            "split": split,
            "group": group,
            "entries": entries.value,
        }
        if isinstance(share, NoValue):
            rows.append(said | {"no_value": share.value})
        else:
            part, whole = share
            rows.append(said | {"numerator": float(part), "denominator": float(whole), "value": part / whole})
    return pl.DataFrame(rows, schema=MEASURES)
