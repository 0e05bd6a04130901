"""The scale of a chart: whole marks, room for everything, and figures in the words of their unit."""

import pytest

from tests.unit.measures.charts.charted import of_counts, xmr
from wardline.measures.charts import ChartKind, Shown, Wanted, draw_chart
from wardline.reports.chart_scale import FigureUnit, scale_of, value_in_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.514, FigureUnit.SHARE, "51%"),
        (0.0, FigureUnit.SHARE, "0%"),
        (0.002, FigureUnit.SHARE, "under 1%"),
        (0.999, FigureUnit.SHARE, "over 99%"),
        (1.0, FigureUnit.SHARE, "100%"),
        (304.2, FigureUnit.NUMBER, "304.2"),
        (1304.0, FigureUnit.NUMBER, "1,304"),
        (0.0, FigureUnit.WAIT, "0"),
        (4_320.0, FigureUnit.WAIT, "1 h 12"),
        (3.14159, FigureUnit.RATE, "3.1"),
        (0.0314, FigureUnit.RATE, "0.031"),
        (314.159, FigureUnit.RATE, "314"),
        (1.0, FigureUnit.DAYS, "1 day"),
        (12.5, FigureUnit.DAYS, "12.5 days"),
        (7.0, FigureUnit.BETWEEN, "7"),
    ],
)
def test_a_figure_is_said_in_its_unit(value, unit, words):
    assert value_in_words(value, unit) == words


def chart_of(values):
    return xmr([float(one) for one in values])


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([299, 342, 301, 274, 294, 342, 305, 223], FigureUnit.NUMBER),
        ([5_400, 5_900, 4_800, 6_300, 5_200, 5_700], FigureUnit.WAIT),
        ([0.2, 0.31, 0.27, 0.22, 0.3, 0.25], FigureUnit.RATE),
        ([1_000_000, 1_200_000, 900_000, 1_100_000, 1_050_000, 980_000], FigureUnit.WAIT),
        ([400_000_000, 900_000_000, 500_000_000, 700_000_000, 450_000_000, 800_000_000], FigureUnit.WAIT),
    ],
)
def test_there_are_a_few_marks_at_equal_steps_with_everything_between_them(values, unit):
    chart = chart_of(values)
    scale = scale_of(chart, unit)
    assert 2 <= len(scale.marks) <= 7
    steps = [later - earlier for earlier, later in zip(scale.marks, scale.marks[1:], strict=False)]
    assert max(steps) == pytest.approx(min(steps))
    lines = chart.points[0].limits
    assert scale.low <= min(*values, max(lines.lower, 0.0)) and max(*values, lines.upper) <= scale.high


def test_a_share_has_no_marks_beyond_what_can_be():
    series = of_counts(Shown.SHARE, [97, 99, 98, 100, 96, 99, 97], [100] * 7)
    chart = draw_chart(series, ChartKind.P_PRIME, wanted=Wanted.LARGER, screened=False)
    assert scale_of(chart, FigureUnit.SHARE).high == 1.0


def test_a_limit_below_nought_is_not_shown_where_no_figure_is():
    assert scale_of(chart_of([1, 9, 2, 8, 1, 9]), FigureUnit.NUMBER).low == 0.0
    assert scale_of(chart_of([-5, 5, -4, 6, -5, 5]), FigureUnit.NUMBER).low < 0


def test_shares_that_hardly_differ_have_whole_per_cents():
    series = of_counts(Shown.SHARE, [5001, 5000, 5001, 5000, 5001, 5000], [100_000] * 6)
    chart = draw_chart(series, ChartKind.P_PRIME, wanted=Wanted.LARGER, screened=False)
    assert scale_of(chart, FigureUnit.SHARE).marks == (0.04, 0.05, 0.06)


def test_figures_that_are_all_the_same_have_a_scale_too():
    for values in ([0.0] * 8, [7.0] * 8):
        scale = scale_of(chart_of(values), FigureUnit.NUMBER)
        assert scale.low <= values[0] < scale.high
    assert scale_of(chart_of([7.0] * 8), FigureUnit.NUMBER, to_whole_marks=False).marks == ()


def test_the_target_has_room():
    assert scale_of(chart_of([50, 55, 52, 58, 51, 54]), FigureUnit.NUMBER, 200).high >= 200
