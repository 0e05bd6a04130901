"""How often chance makes a signal: the stated rates beside series that are drawn here, in which nothing changes."""

from math import sqrt
from random import Random

import pytest

from tests.unit.measures.charts.charted import FIRST, months, of_counts, of_values, xmr
from wardline.measures.charts import (
    Baseline,
    ChartKind,
    Rebase,
    Shown,
    Wanted,
    draw_chart,
    false_signal_rate,
    false_signals_expected,
)
from wardline.measures.charts.false_signals import RATES_FILE, rate_of_lengths, skewness_of_events, skewness_of_share
from wardline.measures.charts.make_false_signal_rates import (
    BASELINES,
    LATER,
    SERIES,
    WAYS,
    false_signals_found,
    rates_as_text,
    steady_for,
)
from wardline.measures.charts.signal_rules import first_pattern_completed
from wardline.measures.charts.steady_series import binomial, geometric, normal, poisson

FAR = 4  # standard errors: once in sixteen thousand comparisons by chance, and the seeds are fixed


def is_near(drawn, rate, many):
    return abs(drawn - rate) <= FAR * sqrt(rate * (1 - rate) * (1 / many + 1 / SERIES))


def figures(drawn, many):
    return [drawn.gauss(10.0, 2.0) for _ in range(many)]


def skewness(events):
    return 0.0 if events is None else skewness_of_events(events)


@pytest.mark.parametrize(("kind", "screened", "events"), WAYS)
def test_the_stated_rates_are_those_of_series_drawn_again(kind, screened, events):
    many, later = 200, (0, 12, 24)
    steady = steady_for(kind, events)
    found = false_signals_found(kind, steady, 18, later, screened=screened, seed="again", series=many)
    for more, with_a_signal in zip(later, found, strict=True):
        rate = rate_of_lengths(kind, 18, more, screened=screened, skewness=skewness(events))
        assert is_near(with_a_signal / many, rate, many)


@pytest.mark.parametrize(
    ("kind", "steady", "skew"),
    [
        (ChartKind.P_PRIME, binomial(100, 0.8), skewness_of_share(0.8, 100)),
        (ChartKind.P_PRIME, binomial(30, 0.9), skewness_of_share(0.9, 30)),
        (ChartKind.P_PRIME, binomial(20, 0.5), skewness_of_share(0.5, 20)),
        (ChartKind.P, binomial(100, 0.8), skewness_of_share(0.8, 100)),
        (ChartKind.U_PRIME, poisson(5), skewness_of_events(5)),
        (ChartKind.G, geometric(5), 0.0),
    ],
)
def test_figures_that_are_as_lopsided_as_those_drawn_have_their_rate(kind, steady, skew):
    many = 300
    (found,) = false_signals_found(kind, steady, 24, (12,), screened=False, seed="as lopsided", series=many)
    assert is_near(found / many, rate_of_lengths(kind, 24, 12, screened=False, skewness=skew), many)


@pytest.mark.parametrize(("many", "baseline", "screened"), [(24, None, False), (24, None, True), (36, 12, False)])
def test_of_whole_charts_in_which_nothing_changes_the_stated_share_has_a_signal(many, baseline, screened):
    drawn = Random(f"{many} {screened}")
    told = {} if baseline is None else {"baseline": Baseline(FIRST, months(baseline)[-1])}
    charts = [
        draw_chart(of_values(figures(drawn, many)), ChartKind.XMR, wanted=Wanted.LARGER, screened=screened, **told)
        for _ in range(300)
    ]
    found = false_signals_expected(charts)
    assert found.charts == 300
    assert is_near(found.with_a_signal / 300, found.expected / 300, 300)


@pytest.mark.parametrize(("baseline", "later"), [(15, 9), (30, 4), (42, 0)])
def test_between_the_lengths_drawn_the_rate_is_near_too(baseline, later):
    many = 500
    (found,) = false_signals_found(
        ChartKind.XMR, normal, baseline, (later,), screened=False, seed="between", series=many
    )
    assert is_near(found / many, rate_of_lengths(ChartKind.XMR, baseline, later, screened=False), many)


def test_the_first_pattern_is_completed_where_the_patterns_of_the_chart_say():
    drawn = Random(9)
    for _ in range(50):
        chart = xmr(figures(drawn, 60))
        (part,) = chart.segments
        first = first_pattern_completed([one.point.value for one in part.points], [one.limits for one in part.points])
        assert first == (part.patterns[0].completed if part.patterns else None)


@pytest.mark.parametrize(("kind", "screened", "events"), WAYS)
def test_longer_charts_have_more_false_signals(kind, screened, events):
    told = {"screened": screened, "skewness": skewness(events)}
    of_later = [rate_of_lengths(kind, 24, more, **told) for more in LATER]
    of_baselines = [rate_of_lengths(kind, length, 0, **told) for length in BASELINES[2:]]
    assert of_later == sorted(of_later)
    assert of_baselines == sorted(of_baselines)


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind.can_be_screened])
def test_screening_makes_false_signals_more_frequent(kind):
    of_both = [[rate_of_lengths(kind, 24, more, screened=one) for more in LATER[:4]] for one in (False, True)]
    assert all(screened > kept for kept, screened in zip(*of_both, strict=True))


def test_the_file_of_rates_can_be_written_again(monkeypatch):
    for name, less in {"BASELINES": (6,), "LATER": (0, 3), "SERIES": 20}.items():
        monkeypatch.setattr(f"wardline.measures.charts.make_false_signal_rates.{name}", less)
    lines = rates_as_text([(ChartKind.XMR, False, None)]).splitlines()
    kept = RATES_FILE.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == kept[:2]
    assert lines[2].startswith("XMR,no,,6,0,20,")
    assert len(lines) == 4


def test_what_is_expected_over_several_charts_is_the_sum_of_their_rates():
    charts = [xmr([5, 7, 4, 6, 8, 5, 6, 7, 4, 6, 5, 8, 6]), xmr([5, 7, 4, 6, 8, 5, 60])]
    found = false_signals_expected(charts)
    assert found.expected == pytest.approx(sum(false_signal_rate(chart) for chart in charts))
    assert (found.charts, found.with_a_signal, found.not_known) == (2, 1, 0)


def test_a_chart_without_limits_makes_no_signal():
    assert false_signal_rate(xmr([4, 5])) == 0
    hardly_ever = poisson(0.001)
    assert false_signals_found(ChartKind.U, hardly_ever, 6, (0, 9), screened=False, seed="none", series=20) == [0, 0]


def test_a_chart_longer_than_any_that_was_drawn_is_counted_apart():
    chart = xmr(figures(Random(3), BASELINES[-1] + 1))
    assert false_signal_rate(chart) is None
    found = false_signals_expected([chart])
    assert (found.charts, found.expected, found.not_known) == (0, 0, 1)
    assert rate_of_lengths(ChartKind.XMR, 24, LATER[-1] + 1, screened=False) is None


def test_of_a_share_with_too_few_of_one_sort_the_rate_is_not_known():
    shares = of_counts(Shown.SHARE, [39, 40, 38, 39, 40, 37, 39] * 2, [40] * 14)
    chart = draw_chart(shares, ChartKind.P_PRIME, wanted=Wanted.LARGER, screened=False)
    assert false_signal_rate(chart) is None


@pytest.mark.parametrize(("kind", "shown"), [(ChartKind.P_PRIME, Shown.SHARE), (ChartKind.U_PRIME, Shown.RATE)])
def test_the_rate_of_a_chart_goes_by_how_lopsided_its_figures_are(kind, shown):
    met = [70, 80, 76, 84, 78, 81, 79, 83, 77, 80, 82, 75, 85]
    chart = draw_chart(of_counts(shown, met, [100] * 13), kind, wanted=Wanted.LARGER, screened=False)
    centre = sum(met) / 1300
    skew = skewness_of_share(centre, 100) if shown is Shown.SHARE else skewness_of_events(centre * 100)
    rate = rate_of_lengths(kind, 13, 0, screened=False, skewness=skew)
    assert false_signal_rate(chart) == pytest.approx(rate, rel=1e-12)


def test_after_a_rebase_either_part_may_have_a_false_signal():
    days = months(26)
    rebase = Rebase(days[13], "other forms", "Head of records", days[14])
    chart = draw_chart(
        of_values([5, 7, 4, 6, 8, 5, 6, 7, 4, 6, 5, 8, 6] * 2),
        ChartKind.XMR,
        wanted=Wanted.LARGER,
        screened=False,
        rebases=[rebase],
    )
    of_one = rate_of_lengths(ChartKind.XMR, 13, 0, screened=False)
    assert false_signal_rate(chart) == pytest.approx(1 - (1 - of_one) ** 2)
