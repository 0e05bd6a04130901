"""What a chart says, in words that somebody understands who has never seen one."""

from datetime import date

import pytest

from tests.unit.measures.charts.charted import FIRST, of_counts, of_values, xmr
from wardline.measures.charts import Absent, Baseline, ChartKind, FalseSignals, Rebase, Shown, Wanted, draw_chart
from wardline.reports.chart_scale import FigureUnit
from wardline.reports.charts_in_words import (
    absent_in_words,
    assurance_in_words,
    false_signals_in_words,
    finding_in_short,
    finding_title,
    kind_in_words,
    limits_in_words,
    signals_in_words,
    story,
)
from wardline.reports.periods_in_words import in_short, period_name, since_name, span_in_words
from wardline.time_limits import PeriodLength

YEAR = [50, 54, 49, 55, 51, 53, 50, 56, 52, 49, 54, 51]
FIRST_YEAR = Baseline(FIRST, date(2022, 3, 31))
NUMBER = FigureUnit.NUMBER


def chart(later, *, wanted=Wanted.LARGER, **settings):
    settings.setdefault("baseline", FIRST_YEAR)
    settings.setdefault("screened", False)
    return draw_chart(of_values([*YEAR, *later]), ChartKind.XMR, wanted=wanted, **settings)


@pytest.mark.parametrize(
    ("later", "unit", "said"),
    [
        ([50, *[55] * 8], NUMBER, "more since May 2022"),
        ([55, *[48] * 8], NUMBER, "fewer since May 2022"),
        ([50, *[55] * 8], FigureUnit.SHARE, "more often since May 2022"),
        ([55, *[48] * 8], FigureUnit.WAIT, "shorter since May 2022"),
        ([55, *[48] * 8], FigureUnit.RATE, "lower since May 2022"),
        ([*[55] * 8, 49, 54, 50], NUMBER, "more from April 2022 to November 2022, not since"),
        ([90], NUMBER, "far more than usual in April 2022"),
        ([90, 50, 54], NUMBER, "far more than usual in April 2022, not since"),
        ([47, 48, 49, 50, 51, 52, 53, 54], NUMBER, "more from month to month since April 2022"),
        ([50, 54, 49], NUMBER, "no sign of a change"),
    ],
)
def test_the_finding_is_said_in_a_few_words(later, unit, said):
    assert finding_in_short(chart(later), unit) == said
    assert finding_title("Sent in time", chart(later), unit) == f"Sent in time: {said}"


def test_too_few_figures_and_figures_that_never_move_tell_nothing():
    assert finding_in_short(xmr([1.0, 2.0]), NUMBER) == "too few figures to tell"
    assert finding_in_short(xmr([0.0] * 8), NUMBER) == "nothing to tell a change by"
    assert finding_in_short(xmr([None, None]), NUMBER) == "no figures"


def test_after_a_rebase_only_what_came_since_is_spoken_of():
    rebase = Rebase(date(2022, 12, 1), "Other calls", "the head of performance", date(2022, 12, 3))
    drawn = chart([*[55] * 8, 50, 54, 49, 55, 51, 53, 50], rebases=[rebase])
    assert finding_in_short(drawn, NUMBER) == "no sign of a change since December 2022"
    assert "Limits drawn anew from December 2022: Other calls (the head of performance, 3 December 2022)." in story(
        drawn, NUMBER
    )


def test_each_signal_is_a_sentence_with_its_rule_and_what_it_means():
    assert signals_in_words(chart([90])) == ("In April 2022 the figure lies above the upper limit: an improvement.",)
    assert signals_in_words(chart([55, *[48] * 8], wanted=Wanted.LARGER)) == (
        "8 months in a row, from May 2022 to December 2022, lie below the average: a concern.",
    )
    (change,) = signals_in_words(chart([90], wanted=Wanted.NEITHER))
    assert change.endswith("a change, neither better nor worse in itself.")


def test_limits_say_what_they_were_drawn_from_whether_they_are_a_trial_and_whether_screened():
    assert limits_in_words(chart([50, 54, 49])) == (
        "Trial limits drawn from 12 months, April 2021 to March 2022. Not screened."
    )
    assert limits_in_words(chart([50, 54, 49], baseline=None)) == "Limits drawn from all 15 months. Not screened."
    screened = limits_in_words(chart([50, 54, 49, 200, 50, 52], baseline=None, screened=True))
    assert screened == "Limits drawn from all 18 months. Screened: 2 large steps left out."
    counted = of_counts(Shown.SHARE, [5] * 14 + [6], [10] * 15)
    of_p = draw_chart(counted, ChartKind.P, wanted=Wanted.LARGER, screened=False)
    assert "creened" not in limits_in_words(of_p)
    assert "fewer than 6 figures" in limits_in_words(xmr([1.0, 2.0]))
    assert kind_in_words(chart([50])) == "XmR chart, trial limits"


def test_periods_without_a_figure_are_named_with_the_reason():
    gap = xmr([*[float(one) for one in YEAR], None, None, 50.0])
    (said,) = absent_in_words(gap)
    assert said == "No figure for April 2022 to May 2022: nothing was recorded for all or part of it."
    assert {in_short(one) for one in Absent} >= {"no records", "not over", "cannot tell"}


def test_the_story_tells_all_of_it_to_whoever_does_not_see_the_picture():
    said = story(chart([50, *[55] * 8]), NUMBER, 60.0)
    assert said == (
        "XmR chart, trial limits, by month, April 2021 to December 2022: 21 months with a figure. The latest figure, "
        "of December 2022, is 55. Average 52; trial limits 41.1 to 62.9 at the latest figure. Trial limits drawn from "
        "12 months, April 2021 to March 2022. Not screened. 8 months in a row, from May 2022 to December 2022, lie "
        "above the average: an improvement. The target is 60."
    )
    assert "There is no signal." in story(chart([50]), NUMBER)


@pytest.mark.parametrize(
    ("target", "wanted", "said"),
    [
        (80, Wanted.LARGER, "hardly ever be met"),
        (20, Wanted.LARGER, "met nearly always"),
        (55, Wanted.LARGER, "in some periods and not in others, by chance"),
        (20, Wanted.SMALLER, "hardly ever be met"),
        (55, Wanted.NEITHER, "It is not said whether larger or smaller figures are better"),
    ],
)
def test_what_a_target_can_expect_is_said(target, wanted, said):
    assert said in assurance_in_words(chart([50, 54], wanted=wanted), target, NUMBER)


def test_a_target_beside_trial_limits_is_said_to_be_uncertain():
    assert "trial limits, so this may change" in assurance_in_words(chart([50]), 80, NUMBER)
    assert "trial" not in assurance_in_words(chart([50, 51], baseline=None), 80, NUMBER)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (FalseSignals(31, 3.4, 5, 0), "31 charts. By chance alone about 3 of them would show a signal; 5 do."),
        (FalseSignals(2, 0.2, 0, 0), "By chance alone fewer than one of them would show a signal; none do."),
        (FalseSignals(31, 3.4, 2, 0), "That is no more than chance would make, so together they show nothing."),
        (FalseSignals(20, 3.4, 1, 4), "24 charts. By chance alone about 3 of the 20 of which that is known would"),
        (FalseSignals(0, 0.0, 0, 4), "how many of them would show a signal by chance is not known"),
    ],
)
def test_how_many_signals_chance_would_make_is_said(found, said):
    assert said in false_signals_in_words(found)


def test_periods_have_names():
    day = date(2024, 7, 1)
    assert period_name(day, PeriodLength.MONTH) == "July 2024"
    assert period_name(day, PeriodLength.QUARTER) == "July to September 2024"
    assert period_name(day, PeriodLength.WEEK) == "the week of 1 July 2024"
    assert period_name(day, None) == since_name(day, None) == "1 July 2024"
    assert since_name(day, PeriodLength.QUARTER) == "July 2024"
    assert span_in_words(chart([50])) == "by month, April 2021 to April 2022"
