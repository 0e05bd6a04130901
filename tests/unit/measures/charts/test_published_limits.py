"""Limits beside those that others publish: qicharts2 for every kind, Montgomery for T, Cleveland's series for XmR."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.unit.measures.charts.charted import months, of_counts, of_events, of_values
from wardline.measures.charts import Baseline, ChartKind, Shown, Wanted, draw_chart

QICHARTS2 = json.loads(Path(__file__).with_name("qicharts2_limits.json").read_text(encoding="utf-8"))
LINES = ("centre", "lower", "upper", "near_lower", "near_upper")

# Reports of missing children and adults to Cleveland Police by month, April 2014 to July 2019; nothing was recorded in
# two months (freedom-of-information release; domain.md 8.4).
CLEVELAND = [299, 299, 342, 301, 274, 294, 342, 305, 223]
CLEVELAND += [248, 209, 274, 258, 354, 342, 365, 336, 302, 300, 278, 283]
CLEVELAND += [232, 255, 321, 247, 280, 354, 379, 271, 282, 284, 262, 253]
CLEVELAND += [262, 230, 301, 268, 386, 361, 434, 383, 358, 389, 274, None]
CLEVELAND += [None, 224, 282, 295, 366, 337, 353, 392, 347, 372, 392, 327]
CLEVELAND += [233, 194, 247, 289, 297, 299, 319]

# Hours between failures of a valve: Montgomery, Introduction to Statistical Quality Control, example 7.6.
VALVE = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


def series_of(kind):
    figures = QICHARTS2["figures"]
    match kind:
        case ChartKind.P | ChartKind.P_PRIME:
            return of_counts(Shown.SHARE, figures["met"], figures["denominators"])
        case ChartKind.U | ChartKind.U_PRIME:
            return of_counts(Shown.RATE, figures["events"], figures["denominators"])
        case ChartKind.T:
            return of_events(Shown.WAIT, figures["waits"])
        case _:
            return of_events(Shown.OCCASIONS_BETWEEN, figures["between"])


@pytest.mark.parametrize(
    "case", QICHARTS2["limits"], ids=lambda one: f"{one['kind']}-{one['baseline']}-{one['screened']}"
)
def test_every_line_is_that_of_qicharts2(case):
    kind = ChartKind(case["kind"])
    series = series_of(kind)
    baseline = Baseline(series.points[0].day, months(case["baseline"])[-1])
    chart = draw_chart(series, kind, wanted=Wanted.LARGER, screened=case["screened"], baseline=baseline)
    for line in LINES:
        published = case[line] * (len(chart.points) if len(case[line]) == 1 else 1)
        assert [getattr(point.limits, line) for point in chart.points] == pytest.approx(published, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kind", [ChartKind.P_PRIME, ChartKind.U_PRIME, ChartKind.T])
def test_screening_changes_something_in_the_figures_compared(kind):
    series = series_of(kind)
    kept, screened = (draw_chart(series, kind, wanted=Wanted.LARGER, screened=one) for one in (False, True))
    assert kept.segments[0].left_out == 0
    assert screened.segments[0].left_out > 0


def test_the_waits_of_montgomerys_valve():
    chart = draw_chart(of_events(Shown.WAIT, VALVE), ChartKind.T, wanted=Wanted.LARGER, screened=False)
    lines = chart.points[0].limits
    # The book takes the power 0.2777, which is not quite 1 / 3.6, so only its first digits are these.
    assert (lines.centre ** (1 / 3.6), lines.upper ** (1 / 3.6)) == pytest.approx((5.386, 11.67), rel=1e-3)
    assert lines.lower == 0
    # And so has the reference of qicharts2 for this example.
    assert (lines.centre, lines.upper) == pytest.approx((430.04095179, 6937.93348817), rel=1e-9)
    assert not chart.has_signal


@pytest.mark.parametrize("screened", [False, True])
def test_clevelands_months_with_the_gap_left_out(screened):
    chart = draw_chart(of_values(CLEVELAND, date(2014, 4, 1)), ChartKind.XMR, wanted=Wanted.SMALLER, screened=screened)
    lines = chart.points[0].limits
    assert [round(line, 1) for line in (lines.centre, lines.lower, lines.upper)] == [304.2, 198.0, 410.4]
    assert [point.day for point in chart.series.absent] == [date(2017, 12, 1), date(2018, 1, 1)]
    assert len(chart.points) == 62


@pytest.mark.parametrize(("screened", "lower", "upper"), [(False, 172.9, 416.4), (True, 190.6, 398.7)])
def test_clevelands_months_with_the_gap_taken_for_nought(screened, lower, upper):
    chart = draw_chart(
        of_values([month or 0 for month in CLEVELAND], date(2014, 4, 1)),
        ChartKind.XMR,
        wanted=Wanted.SMALLER,
        screened=screened,
    )
    lines = chart.points[0].limits
    assert [round(line, 1) for line in (lines.centre, lines.lower, lines.upper)] == [294.7, lower, upper]
