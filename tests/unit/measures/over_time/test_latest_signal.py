"""By which pattern a chart is spoken of, from when, and what was before it and since."""

from datetime import date

import pytest

from tests.unit.measures.charts.charted import FIRST, of_counts, of_values, xmr
from wardline.measures.charts import Baseline, ChartKind, Meaning, Rebase, Shown, SignalRule, Wanted, draw_chart
from wardline.measures.over_time.latest_signal import latest_signal

YEAR = [50, 54, 49, 55, 51, 53, 50, 56, 52, 49, 54, 51]
FIRST_YEAR = Baseline(FIRST, date(2022, 3, 31))


def chart(later, **settings):
    return draw_chart(
        of_values([*YEAR, *later]), ChartKind.XMR, wanted=Wanted.LARGER, screened=False, baseline=FIRST_YEAR, **settings
    )


def test_without_a_pattern_there_is_no_signal():
    assert latest_signal(chart([50, 54, 49, 55])) is None
    assert latest_signal(xmr([1.0, 2.0])) is None


def test_a_shift_to_the_latest_figure_lasts_and_begins_where_it_began():
    found = latest_signal(chart([50, *[55] * 8]))
    assert (found.pattern.rule, found.meaning) == (SignalRule.SHIFT, Meaning.IMPROVEMENT)
    assert (found.first, found.last, found.lasts) == (date(2022, 5, 1), date(2022, 12, 1), True)


def test_a_shift_that_ended_does_not_last():
    found = latest_signal(chart([*[55] * 8, 49, 54, 50]))
    assert (found.first, found.last, found.lasts) == (date(2022, 4, 1), date(2022, 11, 1), False)


def test_of_patterns_that_reach_the_latest_figure_the_longest_is_taken():
    found = latest_signal(chart([*[55] * 7, 90]))
    assert found.pattern.rule is SignalRule.SHIFT
    assert found.first == date(2022, 4, 1)


def test_it_begins_where_the_patterns_that_it_follows_at_once_begin():
    """Two figures outside the limits, one after the other, are one change."""
    found = latest_signal(chart([50, 54, 90, 91]))
    assert (found.first, found.last, found.lasts) == (date(2022, 6, 1), date(2022, 7, 1), True)


def test_a_pattern_on_the_other_side_is_another_change():
    found = latest_signal(chart([90, 10]))
    assert (found.first, found.meaning) == (date(2022, 5, 1), Meaning.CONCERN)


def test_what_was_before_a_rebase_is_of_another_process():
    rebase = Rebase(date(2022, 12, 1), "Other calls", "the head of performance", date(2022, 12, 3))
    found = latest_signal(chart([*[55] * 8, 50, 54, 49, 55, 51, 53, 50], rebases=[rebase]))
    assert found is None


def test_the_figures_before_it_and_since_are_added():
    met = [*YEAR, *[75] * 8]
    series = of_counts(Shown.SHARE, met, [100] * len(met))
    found = latest_signal(
        draw_chart(series, ChartKind.P_PRIME, wanted=Wanted.LARGER, screened=False, baseline=FIRST_YEAR)
    )
    assert found.before == (sum(YEAR), 1200)
    assert found.since == (600, 800)
    assert latest_signal(chart([90])).before is None  # a number has neither


@pytest.mark.parametrize("wanted", list(Wanted))
def test_what_it_means_goes_by_which_way_is_wanted(wanted):
    drawn = draw_chart(of_values([*YEAR, *[55] * 8]), ChartKind.XMR, wanted=wanted, screened=False, baseline=FIRST_YEAR)
    expected = {Wanted.LARGER: Meaning.IMPROVEMENT, Wanted.SMALLER: Meaning.CONCERN, Wanted.NEITHER: Meaning.CHANGE}
    assert latest_signal(drawn).meaning is expected[wanted]
