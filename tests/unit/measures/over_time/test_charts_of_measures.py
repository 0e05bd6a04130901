"""A series and a chart from rows of the table of measures: each reason stays a reason, and the baseline is said."""

from datetime import date

import polars as pl
import pytest

from tests.unit.measures.over_time.measured import FIRST, a_measure, rows_of_shares
from wardline.measures.charts import Absent, Baseline, CannotChart, ChartKind, Rebase, Shown
from wardline.measures.declared.measure import Wait
from wardline.measures.over_time.charts_of_measures import chart_of_measure, series_of_measure
from wardline.measures.over_time.measures_table import Entries, NoValue
from wardline.time_limits import PeriodLength

MONTH, WEEK, QUARTER = PeriodLength.MONTH, PeriodLength.WEEK, PeriodLength.QUARTER
STEADY = [(40, 50), (45, 50), (42, 50), (38, 50), (44, 50), (41, 50)]


def test_a_series_has_the_figures_of_one_group_and_choice_of_entries_only():
    table = pl.concat(
        [
            rows_of_shares([(1, 2), (2, 2)]),
            rows_of_shares([(9, 10)], name="test/other"),
            rows_of_shares([(3, 4)], split="district", group="North"),
            rows_of_shares([(1, 4)], split="district", group="South"),
            rows_of_shares([(0, 2), (1, 2)], entries=Entries.AT_THE_TIME),
            rows_of_shares([(7, 7)], by=QUARTER),
        ]
    ).sample(fraction=1, shuffle=True, seed=1)
    measure = a_measure()

    def values(**told):
        return [point.value for point in series_of_measure(table, measure, **({"by": MONTH} | told)).points]

    assert values() == [0.5, 1]
    assert values(split="district", group="South") == [0.25]
    assert values(entries=Entries.AT_THE_TIME) == [0, 0.5]
    assert values(by=QUARTER) == [1]
    assert series_of_measure(table, measure, by=MONTH).shown is Shown.SHARE


@pytest.mark.parametrize("reason", list(NoValue))
def test_each_reason_for_there_being_no_figure_has_its_sentence(reason):
    series = series_of_measure(rows_of_shares([(1, 2), reason]), a_measure(), by=MONTH)
    assert series.points[1].absent is Absent[reason.name]
    assert series.points[1].absent.value.endswith(".")


def test_a_wait_is_charted_as_it_is_and_is_no_share_of_its_denominator():
    table = rows_of_shares([(1, 2)]).with_columns(value=7200.0, numerator=None)
    measure = a_measure(Wait("england/missing-children/attend", 50), chart=ChartKind.XMR)
    assert [point.value for point in series_of_measure(table, measure, by=MONTH).points] == [7200]


def test_a_measure_without_rows_is_refused_in_words():
    with pytest.raises(CannotChart, match="There is not one period to chart"):
        chart_of_measure(rows_of_shares([(1, 2)]), a_measure(name="test/absent"), by=MONTH)


def baseline_of(table, **told):
    chart = chart_of_measure(table, a_measure(), **({"by": MONTH} | told))
    return chart.segments[0].segment.baseline


def test_limits_are_drawn_from_the_first_twelve_months_if_three_more_have_figures():
    year = Baseline(FIRST, date(2024, 3, 31))
    assert baseline_of(rows_of_shares(STEADY * 2 + STEADY[:3])) == year
    assert baseline_of(rows_of_shares(STEADY * 2 + STEADY[:2])) is None
    assert baseline_of(rows_of_shares([*STEADY * 2, *STEADY[:2], NoValue.NOT_OVER])) is None
    assert baseline_of(rows_of_shares([*STEADY * 2, NoValue.GAP, *STEADY[:3]])) == year


def test_weeks_are_counted_by_the_months_they_begin_in():
    fifteen_months = STEADY * 11
    table = rows_of_shares(fifteen_months, by=WEEK, first=date(2023, 4, 3))
    assert baseline_of(table, by=WEEK) == Baseline(date(2023, 4, 3), date(2024, 3, 31))
    assert baseline_of(rows_of_shares(fifteen_months[:58], by=WEEK, first=date(2023, 4, 3)), by=WEEK) is None


def test_four_quarters_are_too_few_to_draw_limits_from_so_all_are_taken():
    assert baseline_of(rows_of_shares(STEADY * 2, by=QUARTER), by=QUARTER) is None


def test_twelve_months_begin_with_the_first_whole_one():
    table = rows_of_shares([NoValue.IN_PART, *STEADY * 2, *STEADY[:3]])
    assert baseline_of(table) == Baseline(date(2023, 5, 1), date(2024, 4, 30))


def test_a_baseline_of_few_figures_is_not_chosen():
    with_a_gap = [*STEADY[:5], *[NoValue.GAP] * 7, *STEADY]
    assert baseline_of(rows_of_shares(with_a_gap)) is None
    assert baseline_of(rows_of_shares([*STEADY, *[NoValue.GAP] * 6, *STEADY])) == Baseline(FIRST, date(2024, 3, 31))


def test_a_stated_baseline_is_taken_as_it_is():
    stated = Baseline(date(2023, 6, 1), date(2023, 12, 31))
    assert baseline_of(rows_of_shares(STEADY * 3), baseline=stated) == stated


def test_months_after_a_rebase_do_not_make_the_first_twelve_a_baseline():
    rebase = Rebase(date(2024, 5, 1), "A new system", "A. Smith", date(2024, 6, 1))
    table = rows_of_shares(STEADY * 3)
    chart = chart_of_measure(table, a_measure(), by=MONTH, rebases=[rebase])
    assert [segment.segment.baseline for segment in chart.segments] == [None, None]
    assert chart.segments[1].segment.rebase == rebase
    later = Rebase(date(2024, 7, 1), "A new system", "A. Smith", date(2024, 8, 1))
    chart = chart_of_measure(table, a_measure(), by=MONTH, rebases=[later])
    assert chart.segments[0].segment.baseline == Baseline(FIRST, date(2024, 3, 31))


def test_two_points_have_no_limits_and_say_so():
    chart = chart_of_measure(rows_of_shares([(1, 2), (2, 2)]), a_measure(), by=MONTH)
    assert chart.segments[0].no_limits is not None
    assert "fewer than 6 figures" in chart.segments[0].no_limits.value


def test_a_chart_without_any_figure_has_no_segment():
    chart = chart_of_measure(rows_of_shares([NoValue.NO_OCCASIONS, NoValue.NO_OCCASIONS]), a_measure(), by=MONTH)
    assert chart.segments == ()
    assert [point.absent for point in chart.series.points] == [Absent.NO_OCCASIONS] * 2
