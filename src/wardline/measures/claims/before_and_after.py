"""What is compared: the figures of a measure before the first day of a claim, and from it on.

A period in which that day lies, other than as its first, belongs to neither side. One without a figure is counted with
its reason and compared with nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from wardline.measures.charts import FEWEST_FOR_LIMITS
from wardline.measures.declared.measure import Measure
from wardline.measures.over_time.measures_table import WHOLE_PERIOD, Entries, NoValue
from wardline.time_limits import PeriodLength, days_in, is_over, last_of_period, period_start

__all__ = [
    "FEWEST_BEFORE",
    "BeforeAndAfter",
    "PeriodFigure",
    "before_and_after",
    "figures_of_group",
    "length_to_compare",
    "rows_about",
]

FEWEST_BEFORE = 5  # figures; with fewer nobody could say how far chance moves them. Chosen by us
TRIED = {PeriodLength.MONTH: FEWEST_FOR_LIMITS, PeriodLength.WEEK: FEWEST_BEFORE}  # so many before are enough


@dataclass(frozen=True)
class PeriodFigure:
    """The figure of one period. `weight`: of so many occasions (each of another child), waits, people or days."""

    first_day: date
    value: float
    occasions: float
    weight: float
    not_told: float = 0.0


@dataclass(frozen=True)
class BeforeAndAfter:
    """The figures on both sides of a day, in order. `without`: how many periods have no figure, by the reason.

    `repeats`: the same children come again in other periods, so that these do not tell as much together as they do one
    by one; by how much less, as a ratio of variances.
    """

    by: PeriodLength
    first_day: date
    before: tuple[PeriodFigure, ...]
    after: tuple[PeriodFigure, ...]
    astride: date | None = None  # the period in which the day lies, where it is in neither
    without_before: Mapping[NoValue, int] = field(default_factory=dict)
    without_after: Mapping[NoValue, int] = field(default_factory=dict)
    gaps: tuple[tuple[date, date], ...] = ()  # first and last day of each period in which nothing was recorded
    repeats: float = 1.0
    late_by: int = 0  # so many periods at the end are over, and their figures are not known yet

    @property
    def last_day(self) -> date | None:
        """The last day of the last figure; None where there is no figure."""
        figures = self.after or self.before
        return last_of_period(figures[-1].first_day, self.by) if figures else None

    def without_the_last_before(self, many: int) -> BeforeAndAfter:
        """The same without so many figures before the day."""
        return replace(self, before=self.before[:-many])

    def of_figures(self, before: tuple[PeriodFigure, ...], after: tuple[PeriodFigure, ...]) -> BeforeAndAfter:
        """Other figures of the same periods."""
        return replace(self, before=before, after=after)


def rows_about(
    table: pl.DataFrame, measure: str, by: PeriodLength, *, split: str | None = None, entries: Entries = Entries.ALL
) -> pl.DataFrame:
    """The rows of a measure in a table MEASURES, of all together or of every group of a split, in order; and the row of
    the whole period with them."""
    return table.filter(
        pl.col("measure") == measure,
        pl.col("by").is_in([by.value, WHOLE_PERIOD]),
        pl.col("split").eq_missing(pl.lit(split, pl.String)),
        pl.col("entries") == entries.value,
    ).sort("group", "first_day")


def figures_of_group(rows: pl.DataFrame, group: str | None) -> pl.DataFrame:
    """Those of one group; None: of all together."""
    return rows.filter(pl.col("group").eq_missing(pl.lit(group, pl.String)))


def length_to_compare(
    table: pl.DataFrame, measure: Measure, first_day: date, *, group: tuple[str, str] | None
) -> PeriodLength:
    """Months, if enough of them before the day have a figure, else weeks, if enough of these do; else months."""
    split, of = group or (None, None)
    for by, enough in TRIED.items():
        rows = figures_of_group(rows_about(table, measure.name, by, split=split), of)
        whole = rows.filter(pl.col("by") == by.value, pl.col("last_day") < first_day, pl.col("value").is_not_null())
        if whole.height >= enough:
            return by
    return PeriodLength.MONTH


def before_and_after(
    rows: pl.DataFrame,
    by: PeriodLength,
    first_day: date,
    *,
    since: date | None = None,
    known_before: date | None = None,
) -> BeforeAndAfter:
    """The figures of some rows of one group, on both sides of `first_day`. Periods that begin before `since` are left
    out; `known_before` is the first local day that is not known whole."""
    before: list[PeriodFigure] = []
    after: list[PeriodFigure] = []
    missing: tuple[Counter[NoValue], Counter[NoValue]] = (Counter(), Counter())
    astride = period_start(first_day, by)
    late_by = 0
    gaps: list[tuple[date, date]] = []
    of_periods = rows.filter(pl.col("by") == by.value).sort("first_day")
    for row in of_periods.iter_rows(named=True):
        day = row["first_day"]
        if since is not None and day < since:
            continue
        if day == astride and astride != first_day:
            continue
        is_after = day >= first_day
        if row["value"] is None:
            reason = NoValue(row["no_value"])
            missing[is_after][reason] += 1
            if reason is NoValue.GAP:
                gaps.append((day, last_of_period(day, by)))
            is_late = reason is NoValue.NOT_OVER and known_before is not None and is_over(day, by, known_before)
            late_by += is_late
            continue
        (after if is_after else before).append(_figure(row, by))
        late_by = 0
    return BeforeAndAfter(
        by=by,
        first_day=first_day,
        before=tuple(before),
        after=tuple(after),
        astride=None if astride == first_day else astride,
        without_before=dict(missing[0]),
        without_after=dict(missing[1]),
        gaps=tuple(gaps),
        repeats=_repeats(rows.filter(pl.col("by") == WHOLE_PERIOD), of_periods),
        late_by=late_by,
    )


def _repeats(whole: pl.DataFrame, of_periods: pl.DataFrame) -> float:
    """How much more the repeats of children widen the interval of the whole period than those of its parts."""
    of_whole, of_parts = _wider_by_repeats(whole), _wider_by_repeats(of_periods)
    return 1.0 if of_whole is None or of_parts is None else max(1.0, of_whole / of_parts)


def _wider_by_repeats(rows: pl.DataFrame) -> float | None:
    told = rows.filter(pl.col("denominator") > 0, pl.col("value").is_not_null())
    if told.is_empty():
        return None
    return float(told["denominator"].sum() / told.select(pl.coalesce("effective", "denominator").sum()).item())


def _figure(row: dict[str, object], by: PeriodLength) -> PeriodFigure:
    def number(name: str) -> float | None:
        value = row[name]
        return float(value) if isinstance(value, int | float) else None

    day = row["first_day"]
    assert isinstance(day, date)
    value, occasions = number("value"), number("denominator")
    assert value is not None
    if occasions is None:  # a plain count: months are of different lengths
        occasions = float(days_in(day, by))
        value /= occasions
    return PeriodFigure(
        first_day=day,
        value=value,
        occasions=occasions,
        weight=number("effective") or occasions,
        not_told=number("not_told") or 0.0,
    )
