"""The four rules on charts, and what a chart says where nothing can be said."""

from datetime import date

import polars as pl
import pytest

from tests.unit.measures.charts.charted import FIRST, months, of_counts, of_events, of_values, xmr
from wardline.measures.charts import (
    Assurance,
    Baseline,
    CannotChart,
    ChartKind,
    Meaning,
    NoLimits,
    NotAssured,
    Rebase,
    Shown,
    Side,
    SignalRule,
    Target,
    Wanted,
    assurance_of,
    chart_table,
    draw_chart,
)

STEADY = [10, 12, 11, 9, 10, 8, 10, 11, 12, 9, 10, 11, 9, 10]  # mean 10.14, no signal
DECIDED = date(2022, 6, 1)


def drawn(values, *, screened=False, wanted=Wanted.LARGER, **told):
    return draw_chart(of_values(values), ChartKind.XMR, wanted=wanted, screened=screened, **told)


def baseline_of(many):
    return Baseline(FIRST, months(many)[-1])


def patterns(chart):
    return [(one.rule, one.side, one.at, one.completed) for one in chart.segments[-1].patterns]


def after_steady(*later, wanted=Wanted.LARGER):
    return drawn([*STEADY, *later], wanted=wanted, baseline=baseline_of(len(STEADY)))


def test_a_point_outside_the_limits():
    assert patterns(after_steady(30)) == [(SignalRule.OUTSIDE, Side.HIGH, (14,), 14)]
    assert patterns(after_steady(-9)) == [(SignalRule.OUTSIDE, Side.LOW, (14,), 14)]


def test_a_point_on_the_limit_is_not_outside_it():
    lines = after_steady(10).points[0].limits
    assert patterns(after_steady(lines.upper)) == []


def test_a_shift_of_nine_is_one_signal_that_the_seventh_completed():
    chart = after_steady(9, 11, 12, 11, 12, 11, 12, 11, 12, 11)
    assert patterns(chart) == [(SignalRule.SHIFT, Side.HIGH, tuple(range(15, 24)), 21)]
    assert [point.meaning for point in chart.points[14:17]] == [None, Meaning.IMPROVEMENT, Meaning.IMPROVEMENT]


def test_a_point_on_the_centre_breaks_a_shift():
    centre = after_steady(10).points[0].limits.centre
    assert patterns(after_steady(9, 11, 12, 11, centre, 12, 11, 12, 11)) == []


def test_a_trend_counts_from_the_point_at_which_it_turned():
    chart = after_steady(8.5, 9, 9.5, 10, 10.5, 11, 11.5)
    assert patterns(chart) == [(SignalRule.TREND, Side.HIGH, tuple(range(14, 21)), 20)]


def test_a_point_in_two_trends_is_shown_as_part_of_the_later_one():
    chart = after_steady(8.5, 9, 9.5, 10, 10.5, 11, 11.5, 11, 10.5, 10, 9.5, 9, 8.5)
    assert [one.side for one in chart.segments[0].patterns] == [Side.HIGH, Side.LOW]
    assert (chart.points[19].side, chart.points[20].side) == (Side.HIGH, Side.LOW)


def test_two_of_three_close_to_a_limit_and_only_those():
    chart = after_steady(9, 14, 11, 14)
    (only,) = patterns(chart)
    assert only == (SignalRule.TWO_OF_THREE, Side.HIGH, (15, 17), 17)
    assert [point.meaning for point in chart.points[14:]] == [None, Meaning.IMPROVEMENT, None, Meaning.IMPROVEMENT]


def test_a_point_in_several_patterns_is_shown_as_the_one_that_comes_first():
    chart = after_steady(9, 11, 12, 11, 12, 11, 12, 30)
    last = chart.points[-1]
    assert last.rules == (SignalRule.OUTSIDE, SignalRule.SHIFT)
    assert [pattern.rule for pattern in chart.segments[0].patterns] == [SignalRule.OUTSIDE, SignalRule.SHIFT]


@pytest.mark.parametrize(
    ("wanted", "meaning"),
    [(Wanted.LARGER, Meaning.IMPROVEMENT), (Wanted.SMALLER, Meaning.CONCERN), (Wanted.NEITHER, Meaning.CHANGE)],
)
def test_what_a_signal_means_depends_on_the_wanted_direction(wanted, meaning):
    chart = after_steady(30, wanted=wanted)
    assert chart.points[-1].meaning is meaning
    assert chart.meaning_of(chart.segments[0].patterns[0]) is meaning
    assert chart.has_signal


def test_a_gap_does_not_break_a_shift_and_takes_no_place_in_it():
    values = [*STEADY, 9, 11, 12, 11, None, None, 12, 11, 12, 11]
    chart = drawn(values, baseline=baseline_of(len(STEADY)))
    assert patterns(chart) == [(SignalRule.SHIFT, Side.HIGH, tuple(range(15, 22)), 21)]


@pytest.mark.parametrize(
    ("values", "why", "said"),
    [
        ([4, 5], NoLimits.TOO_FEW, "There are fewer than 6 figures"),
        ([0] * 20, NoLimits.ALL_NOUGHT, "Every figure to draw limits from is nought"),
        ([3] * 20, NoLimits.ALL_ALIKE, "are the same"),
        ([None, None, 4], NoLimits.TOO_FEW, "There are fewer than 6 figures"),
    ],
)
def test_where_no_limits_can_be_drawn_the_chart_says_why_and_finds_nothing(values, why, said):
    chart = xmr(values)
    assert chart.segments[0].no_limits is why
    assert said in why.value
    assert not chart.has_signal
    assert {point.limits for point in chart.points} == {None}
    assert chart.segments[0].name_of_limits is None
    assert not chart.is_trial
    assert assurance_of(chart, Target(4)) is NotAssured.NO_LIMITS


def test_where_screening_leaves_nothing_that_moves_no_limits_are_drawn():
    values = [0] * 10 + [1] + [0] * 10
    assert xmr(values, screened=True).segments[0].no_limits is NoLimits.ONLY_JUMPS
    assert xmr(values).segments[0].no_limits is None


def test_a_series_of_gaps_has_no_points_and_no_signals():
    chart = xmr([None, None])
    assert (chart.segments, chart.points, chart.last_segment, chart.has_signal) == ((), (), None, False)
    assert assurance_of(chart, Target(4)) is NotAssured.NO_LIMITS


def test_a_share_that_is_always_whole_has_no_limits():
    chart = draw_chart(of_counts(Shown.SHARE, [9] * 20, [9] * 20), ChartKind.P, wanted=Wanted.LARGER, screened=True)
    assert chart.segments[0].no_limits is NoLimits.ALL_ALIKE
    assert not chart.is_screened


@pytest.mark.parametrize(("many", "name"), [(6, "trial limits"), (12, "trial limits"), (13, "limits")])
def test_limits_from_too_few_points_are_called_trial_limits(many, name):
    chart = xmr(STEADY[:many])
    assert chart.segments[0].name_of_limits == name
    assert chart.is_trial == (name == "trial limits")


def test_limits_of_a_short_baseline_are_trial_limits_however_long_the_chart():
    assert drawn(STEADY, baseline=baseline_of(7)).is_trial


def test_limits_come_from_the_baseline_alone():
    assert after_steady(50, 60).points[0].limits == drawn(STEADY).points[0].limits


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reason": " "}, "A rebase has no reason. Say what changed in how the work is done or recorded"),
        ({"by": ""}, "A rebase has no author"),
        ({"on": None}, "A rebase has no date"),
        ({"baseline": Baseline(FIRST, DECIDED)}, "The baseline of a rebase begins before the rebase"),
    ],
)
def test_a_rebase_without_reason_author_or_date_is_refused(told, said):
    whole = {"first": months(15)[-1], "reason": "new grades", "by": "Chief Inspector", "on": DECIDED}
    with pytest.raises(CannotChart, match=said):
        Rebase(**{**whole, **told})


def rebase(first, **told):
    return Rebase(first, "the log takes in more calls", "Head of the control room", DECIDED, **told)


def test_after_a_rebase_limits_and_rules_begin_anew():
    later = [value + 100 for value in STEADY]
    first = months(len(STEADY) + 1)[-1]
    before = drawn([*STEADY, *later])
    assert before.has_signal
    chart = drawn([*STEADY, *later], rebases=[rebase(first)])
    assert [part.points[0].limits.centre for part in chart.segments] == pytest.approx([142 / 14, 1542 / 14])
    assert [part.segment.rebase is None for part in chart.segments] == [True, False]
    assert not chart.has_signal


def test_a_rebase_may_have_a_baseline_of_its_own():
    days = months(28)
    chart = drawn(STEADY * 2, rebases=[rebase(days[14], baseline=Baseline(days[14], days[20]))])
    assert [len(part.segment.drawn_from) for part in chart.segments] == [14, 7]
    assert [part.name_of_limits for part in chart.segments] == ["limits", "trial limits"]


def test_a_rebase_from_the_first_figure_on_leaves_one_segment():
    chart = drawn(STEADY, rebases=[rebase(FIRST)])
    assert [part.segment.rebase.by for part in chart.segments] == ["Head of the control room"]


def test_of_several_rebases_before_the_first_figure_the_last_holds():
    earlier, later = rebase(FIRST.replace(year=FIRST.year - 2)), rebase(FIRST.replace(year=FIRST.year - 1))
    chart = drawn(STEADY, rebases=[later, earlier])
    assert [part.segment.rebase for part in chart.segments] == [later]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"rebases": [rebase(date(2030, 1, 1))]}, "A rebase begins after the last figure"),
        ({"rebases": [rebase(months(9)[-1]), rebase(months(9)[-1])]}, "Two rebases begin on the same day"),
        (
            {"rebases": [rebase(months(9)[-1]), rebase(months(9)[-1].replace(day=2)), rebase(months(10)[-1])]},
            "No figure lies between one rebase and the next",
        ),
        ({"baseline": Baseline(date(1999, 1, 1), date(1999, 12, 31))}, "No figure lies within the baseline"),
    ],
)
def test_a_rebase_or_a_baseline_without_figures_is_said(told, said):
    with pytest.raises(CannotChart, match=said):
        drawn(STEADY, **told)


def test_a_baseline_that_ends_before_it_begins_is_said():
    with pytest.raises(CannotChart, match="The baseline ends before it begins"):
        Baseline(date(2024, 2, 1), date(2024, 1, 1))


def test_a_chart_of_the_wrong_kind_says_which_would_do():
    with pytest.raises(CannotChart, match="P cannot show a number. Choose XmR for that"):
        draw_chart(of_values(STEADY), ChartKind.P, wanted=Wanted.LARGER, screened=False)
    with pytest.raises(CannotChart, match="Choose XmR, P or P′ for that"):
        draw_chart(of_counts(Shown.SHARE, [1], [2]), ChartKind.U, wanted=Wanted.LARGER, screened=False)


@pytest.mark.parametrize(
    ("target", "assurance"), [(5, Assurance.MET), (10, Assurance.HIT_AND_MISS), (20, Assurance.MISSED)]
)
def test_a_target_is_judged_by_the_latest_limits(target, assurance):
    assert assurance_of(drawn(STEADY), Target(target)) is assurance
    turned = {Assurance.MET: Assurance.MISSED, Assurance.MISSED: Assurance.MET}
    smaller = assurance_of(drawn(STEADY, wanted=Wanted.SMALLER), Target(target))
    assert smaller is turned.get(assurance, assurance)


def test_of_a_target_of_a_measure_that_should_go_neither_way_nothing_can_be_said():
    assert assurance_of(drawn(STEADY, wanted=Wanted.NEITHER), Target(10)) is NotAssured.NO_DIRECTION


@pytest.mark.parametrize(
    ("series", "kind", "target", "said"),
    [
        (
            of_counts(Shown.SHARE, [1], [2]),
            ChartKind.P,
            90,
            "A target of 90 cannot be reached or missed: it is at least 0",
        ),
        (of_counts(Shown.SHARE, [1], [2]), ChartKind.P, -0.1, "Write a share as a fraction of one"),
        (of_events(Shown.WAIT, [4]), ChartKind.T, -1, "it is at least 0"),
        (of_values([4]), ChartKind.XMR, float("inf"), "it is a number"),
    ],
)
def test_a_target_outside_what_can_be_is_said(series, kind, target, said):
    chart = draw_chart(series, kind, wanted=Wanted.LARGER, screened=False)
    with pytest.raises(CannotChart, match=said):
        assurance_of(chart, Target(target))


def test_the_table_of_a_chart_has_every_period_with_what_is_drawn_there():
    first = months(16)[-1]
    values = [*STEADY, None, 30, 31, 29]
    chart = drawn(values, baseline=baseline_of(13), rebases=[rebase(months(18)[-1])])
    table = chart_table(chart)
    assert table["value"].to_list() == values
    assert table["segment"].to_list() == [*[1] * 14, None, 1, 1, 2]
    assert table["is_in_baseline"].sum() == 14
    assert table["limits"].to_list() == [*["limits"] * 14, None, "limits", "limits", None]
    assert table.row(14, named=True)["absent"] == "Nothing was recorded for all or part of it."
    outside = table.row(by_predicate=pl.col("first_day") == first, named=True)
    assert (outside["signal"], outside["meaning"]) == ("a point outside the limits", "improvement")
    assert (outside["centre"], outside["lower_limit"], outside["upper_limit"]) == (
        chart.points[0].limits.centre,
        chart.points[0].limits.lower,
        chart.points[0].limits.upper,
    )
    assert "fewer than 6 figures" in table["no_limits"].to_list()[-1]
