"""The measures of a dive as a page shows them: each with its chart, its figure over the whole period, and what could
be told of it, once with all entries and once with those written at the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

import polars as pl

from wardline.measures.charts import Baseline, CannotChart, ControlChart, Rebase, Shown
from wardline.measures.declared.measure import (
    CasesCounted,
    ChildrenCounted,
    Measure,
    PartOfPage,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    Wait,
    WrittenLate,
)
from wardline.measures.figures import FEWEST_FOR_A_PERCENTAGE, Count, Counted, Share
from wardline.measures.over_time.charts_of_measures import chart_of_measure
from wardline.measures.over_time.latest_signal import LatestSignal, latest_signal
from wardline.measures.over_time.left_out import MeasureLeftOut
from wardline.measures.over_time.measures_table import WHOLE_PERIOD, Entries, NoValue
from wardline.time_limits import PeriodLength

__all__ = ["MeasureOverTime", "MeasuresOverTime", "WholePeriod", "measures_over_time"]


@dataclass(frozen=True)
class WholePeriod:
    """A measure over the whole period of the dive, by one choice of entries.

    `value` is a share of one, a rate, a count or a wait in seconds, with its 95 % interval; None: see `no_value`.
    `share` is there for a share: its numerator and denominator; `many` for a count. `if_all_met` and `if_none_met` are
    the shares if all that cannot be told had been met, or none of it.
    """

    value: float | None
    low: float | None
    high: float | None
    share: Share | None
    many: Count | None
    not_told: Count
    if_all_met: float | None
    if_none_met: float | None
    no_value: NoValue | None


@dataclass(frozen=True)
class MeasureOverTime:
    """One measure. `chart` None: `no_chart` says why. `written_at_the_time` is the chart of those entries only, where
    its figures are others. `before` and `since` are the shares before and since the signal, of a share that has one.
    """

    measure: Measure
    chart: ControlChart | None
    no_chart: str
    signal: LatestSignal | None
    before: Share | None
    since: Share | None
    whole: WholePeriod | None
    written_at_the_time: ControlChart | None
    whole_at_the_time: WholePeriod | None


@dataclass(frozen=True)
class MeasuresOverTime:
    """All measures that the dive gives, in the order of the page, and those that it does not give, with the reason."""

    measures: tuple[MeasureOverTime, ...]
    not_given: tuple[MeasureLeftOut, ...]

    @property
    def charts(self) -> tuple[ControlChart, ...]:
        """Every chart that is drawn of them."""
        drawn = chain.from_iterable((one.chart, one.written_at_the_time) for one in self.measures)
        return tuple(one for one in drawn if one is not None)

    def of_obligation(self, name: str) -> MeasureOverTime | None:
        """The measure that is the share of an obligation, by its full name."""
        return next((one for one in self.measures if one.measure.counting == ShareMet(name)), None)


def measures_over_time(
    table: pl.DataFrame,
    measures: Sequence[Measure],
    *,
    left_out: Sequence[MeasureLeftOut] = (),
    baseline: Baseline | None = None,
    rebases: Mapping[str, Sequence[Rebase]] | None = None,
    screened: bool = False,
) -> MeasuresOverTime:
    """Draw the charts of `measures` from a table MEASURES. `rebases` are those of each measure, by its name.

    Measures of which the table has no row are passed over: `left_out` says why they are not given. The order is that of
    `PartOfPage`, and within a part that of `measures`. Where a baseline or a rebase cannot be, the
    measure has no chart and says so.
    """
    counted = set(table["measure"])
    order = list(PartOfPage)
    in_order = sorted(measures, key=lambda one: order.index(one.part))
    drawn = tuple(
        _measure(table, one, baseline, (rebases or {}).get(one.name, ()), screened=screened)
        for one in in_order
        if one.name in counted
    )
    return MeasuresOverTime(drawn, tuple(left_out))


def _measure(
    table: pl.DataFrame, measure: Measure, baseline: Baseline | None, rebases: Sequence[Rebase], *, screened: bool
) -> MeasureOverTime:
    rows = table.filter(pl.col("measure") == measure.name, pl.col("split").is_null())
    by = _length_of_periods(rows, measure)

    def drawn(entries: Entries) -> ControlChart | str:
        try:
            chart = chart_of_measure(
                rows, measure, by=by, entries=entries, baseline=baseline, rebases=rebases, screened=screened
            )
        except CannotChart as error:
            # What was asked for this chart cannot be: the reader must know, and the others are drawn all the same.
            return str(error) if rebases or baseline is not None else error.what
        return chart if chart.segments else _why_no_figure(chart)

    chart, at_the_time = drawn(Entries.ALL), drawn(Entries.AT_THE_TIME)
    of_all = chart if isinstance(chart, ControlChart) else None
    is_other = isinstance(at_the_time, ControlChart) and (of_all is None or of_all.series != at_the_time.series)
    signal = latest_signal(of_all) if of_all is not None else None
    is_share = measure.shown is Shown.SHARE
    return MeasureOverTime(
        measure,
        of_all,
        chart if isinstance(chart, str) else "",
        signal,
        _share(measure, signal.before) if signal is not None and is_share else None,
        _share(measure, signal.since) if signal is not None and is_share else None,
        _whole(rows, measure, Entries.ALL),
        at_the_time if is_other and isinstance(at_the_time, ControlChart) else None,
        _whole(rows, measure, Entries.AT_THE_TIME),
    )


def _why_no_figure(chart: ControlChart) -> str:
    """The commonest reason why no period has a figure."""
    reasons = Counter(point.absent for point in chart.series.absent)
    (commonest, _), *_ = reasons.most_common(1)
    assert commonest is not None, "a point has a figure or a reason"
    return f"No {chart.series.by.value if chart.series.by else 'event'} has a figure. {commonest.value}"


def _length_of_periods(rows: pl.DataFrame, measure: Measure) -> PeriodLength:
    """Months; quarters of a share of which half the months have too few occasions for a percentage."""
    mine = rows.filter(pl.col("entries") == Entries.ALL.value)
    monthly = mine.filter(pl.col("by") == PeriodLength.MONTH.value)["denominator"].drop_nulls().to_list()
    has_quarters = PeriodLength.QUARTER.value in set(mine["by"])
    is_few = measure.shown is Shown.SHARE and bool(monthly) and median(monthly) < FEWEST_FOR_A_PERCENTAGE
    return PeriodLength.QUARTER if is_few and has_quarters else PeriodLength.MONTH


def _whole(rows: pl.DataFrame, measure: Measure, entries: Entries) -> WholePeriod | None:
    mine = rows.filter(pl.col("by") == WHOLE_PERIOD, pl.col("entries") == entries.value)
    if mine.is_empty():
        return None
    row = mine.row(0, named=True)
    has_share = measure.shown is Shown.SHARE and row["denominator"]
    return WholePeriod(
        row["value"],
        row["low"],
        row["high"],
        _share(measure, (row["numerator"], row["denominator"])) if has_share else None,
        Count(_counted(measure), round(row["value"])) if _is_count(measure) and row["value"] is not None else None,
        Count(_counted(measure), row["not_told"] or 0),
        row["if_all_met"],
        row["if_none_met"],
        None if row["no_value"] is None else NoValue(row["no_value"]),
    )


def _share(measure: Measure, counts: tuple[float, float] | None) -> Share | None:
    if counts is None:
        return None
    part, whole = (Count(_counted(measure), round(one)) for one in counts)
    return Share(part, whole)


def _is_count(measure: Measure) -> bool:
    return measure.shown is Shown.VALUE and not isinstance(measure.counting, Wait)


def _counted(measure: Measure) -> Counted:
    match measure.counting:
        case ShareMet() | ShareNotTold() | Wait():
            return Counted.OCCASION
        case ShareOfEvents() | WrittenLate():
            return Counted.EVENT
        case ChildrenCounted():
            return Counted.CHILD
        case CasesCounted():
            return Counted.CASE
        case _:
            return Counted.CASE
