"""All measures of a dive with their charts: in the order of the page, twice, and with what cannot be told."""

from datetime import date

import polars as pl
import pytest

from tests.unit.reports.measured import (
    AGAIN,
    ETHNICITY,
    FOUND,
    HALF,
    LATE,
    REASONS,
    REPORTS,
    SENT,
    drawn_table,
    of_shares,
    over_time,
)
from wardline.measures import Count, Counted, every_count
from wardline.measures.charts import Baseline, Meaning, Rebase
from wardline.measures.over_time.measures_table import MEASURES, NoValue
from wardline.time_limits import PeriodLength


@pytest.fixture(scope="module")
def shown():
    return over_time()


def of(shown, measure):
    (one,) = [one for one in shown.measures if one.measure is measure]
    return one


def test_they_are_in_the_order_of_the_page_and_those_without_a_row_are_not_given(shown):
    assert [one.measure for one in shown.measures] == [FOUND, SENT, HALF, REASONS, LATE, ETHNICITY, REPORTS]
    assert [one.measure for one in shown.not_given] == [AGAIN]


def test_each_has_its_chart_its_signal_and_the_shares_before_and_since(shown):
    sent = of(shown, SENT)
    assert (sent.signal.meaning, sent.signal.lasts) == (Meaning.IMPROVEMENT, True)
    assert sent.before.whole.value + sent.since.whole.value == sent.whole.share.whole.value
    assert sent.before.fraction < sent.since.fraction
    assert of(shown, FOUND).signal is None
    assert of(shown, HALF).before is None


def test_over_the_whole_period_it_has_its_share_and_both_ends_of_what_cannot_be_told(shown):
    whole = of(shown, SENT).whole
    assert whole.not_told == Count(Counted.OCCASION, 182)
    assert whole.if_none_met < whole.value < whole.if_all_met
    assert of(shown, LATE).whole.not_told.counted is Counted.EVENT
    assert of(shown, HALF).whole.share is None
    assert of(shown, REPORTS).whole.value == sum(one.point.value for one in of(shown, REPORTS).chart.points)


def test_the_chart_of_what_was_written_at_the_time_is_drawn_where_it_is_another(shown):
    assert of(shown, SENT).written_at_the_time is not None
    assert of(shown, FOUND).written_at_the_time is None
    charts = [one.chart for one in shown.measures] + [one.written_at_the_time for one in shown.measures]
    assert sorted(map(id, shown.charts)) == sorted(id(one) for one in charts if one is not None)


def test_the_measure_of_an_obligation_is_found_by_its_name(shown):
    assert shown.of_obligation(SENT.obligation).measure is SENT
    assert shown.of_obligation("england/missing-children/none") is None


def test_every_number_of_a_chart_is_a_count_that_a_page_may_show(shown):
    counted = {count.value for count in every_count(shown)}
    chart = of(shown, SENT).chart
    assert {round(one.point.denominator) for one in chart.points} <= counted
    assert {round(one.point.numerator) for one in chart.points} <= counted


def test_a_table_without_rows_gives_no_measure():
    shown = over_time(MEASURES.to_frame())
    assert (shown.measures, shown.charts) == ((), ())


def test_of_few_occasions_a_month_quarters_are_charted_where_there_are_some():
    monthly = of_shares(REASONS, [(4, 6), (5, 7)] * 12)
    quarterly = [
        row.with_columns(by=pl.lit(PeriodLength.QUARTER.value))
        for row in of_shares(REASONS, [(14, 20), (13, 19)] * 4)[:2]
    ]
    # Quarters begin where quarters do.
    days = pl.Series([date(2023 + (at // 4), 1 + at % 4 * 3, 1) for at in range(1, 9)])
    quarterly = [row.with_columns(first_day=days) for row in quarterly]
    table = pl.concat([*monthly, *quarterly])
    assert of(over_time(table), REASONS).chart.series.by is PeriodLength.QUARTER
    assert of(over_time(pl.concat(monthly)), REASONS).chart.series.by is PeriodLength.MONTH


def test_a_measure_of_which_no_chart_can_be_drawn_says_why():
    row = of_shares(SENT, [(1, 2)])
    table = pl.concat([row[2], row[3]])  # the whole period, and no month
    one = of(over_time(table), SENT)
    assert one.chart is None and one.no_chart == "There is not one period to chart."
    assert one.whole.share.part.value == 1


def test_a_measure_of_which_no_period_has_a_figure_has_no_chart_and_says_the_commonest_reason():
    table = pl.concat(of_shares(SENT, [NoValue.NOT_TOLD, NoValue.NOT_TOLD, NoValue.NOT_OVER]))
    one = of(over_time(table), SENT)
    assert one.chart is None
    assert one.no_chart.startswith("No month has a figure. More than a fifth of it cannot be told")


def test_a_baseline_or_a_rebase_that_cannot_be_is_told_beside_the_measure():
    of_nothing = over_time(baseline=Baseline(date(2010, 1, 1), date(2010, 12, 31)), rebases={})
    assert {one.no_chart[:37] for one in of_nothing.measures} == {"No figure lies within the baseline. C"}
    late = Rebase(date(2030, 1, 1), "A reason", "somebody", date(2029, 1, 1))
    shown = over_time(rebases={SENT.name: (late,)})
    assert of(shown, SENT).no_chart.startswith("A rebase begins after the last figure. Wait")
    assert of(shown, FOUND).chart is not None


def test_a_period_without_a_figure_says_why():
    table = drawn_table().with_columns(
        value=pl.when((pl.col("measure") == SENT.name) & (pl.col("by") == "period")).then(None).otherwise("value"),
        no_value=pl.when((pl.col("measure") == SENT.name) & (pl.col("by") == "period"))
        .then(pl.lit(NoValue.NOT_TOLD.value))
        .otherwise("no_value"),
    )
    one = of(over_time(table), SENT)
    assert (one.whole.value, one.whole.no_value) == (None, NoValue.NOT_TOLD)
