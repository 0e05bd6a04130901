"""The published expectations of NHSRplotthedots, to every digit that they give."""

import json

import pytest

from tests.architecture.repository import ROOT
from tests.unit.measures.charts.charted import of_values, xmr
from wardline.measures.charts import Assurance, ChartKind, Meaning, Wanted, draw_chart
from wardline.measures.charts.signal_rules import (
    PRECEDENCE,
    SEVEN,
    THREE,
    SignalRule,
    ends_of_shifts,
    ends_of_trends,
    ends_of_two_of_three,
    patterns_ending,
)
from wardline.measures.charts.targets import assurance_within

FILE = ROOT.parent / "shared" / "data" / "charts" / "reference_cases.json"

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="the published reference cases are not part of the project and are not beside it here"
)


def cases(name):
    return json.loads(FILE.read_text(encoding="utf-8"))[name] if FILE.exists() else []


def flags(patterns, points):
    """1 at each point that is part of a pattern."""
    members = {at for pattern in patterns for at in pattern.at}
    return [int(at in members) for at in range(len(points))]


def digits(number):
    """As many places after the point as the reference gives."""
    return len(str(number).partition(".")[2])


@pytest.mark.parametrize(
    "case", [one for one in cases("xmr") if "mean" in one["expected"]], ids=lambda one: one["name"]
)
def test_mean_and_limits_of_xmr(case):
    (segment,) = xmr(case["y"], screened=case["screen_outliers"]).segments
    lines = segment.points[0].limits
    for name, value in (("mean", lines.centre), ("lpl", lines.lower), ("upl", lines.upper)):
        expected = case["expected"][name]
        assert round(value, digits(expected)) == expected


def test_twenty_points_of_chance_alone_give_no_signal():
    case = next(one for one in cases("xmr") if one["name"] == "xmr_20_points")
    chart = xmr(case["y"], screened=True)
    assert [point.meaning for point in chart.points] == [None] * case["expected"]["common_cause"]


@pytest.mark.parametrize("name", ["deviations_vignette_screened", "deviations_vignette_excel_mode"])
def test_one_day_of_the_vignette_stands_out_with_screening_and_without(name):
    case = next(one for one in cases("xmr") if one["name"] == name)
    chart = xmr(case["y"], screened=case["screen_outliers"])
    assert {at: point.meaning for at, point in enumerate(chart.points) if point.meaning} == {4: Meaning.IMPROVEMENT}


def test_two_points_close_to_limits_on_opposite_sides_are_chance():
    case = next(one for one in cases("xmr") if one["name"] == "two_of_three_opposite_sides")
    chart = draw_chart(of_values(case["y"]), ChartKind.XMR, wanted=Wanted.LARGER, screened=False)
    assert [point.meaning for point in chart.points[-2:]] == [None, None]


@pytest.mark.parametrize("case", cases("seven_points_one_side_last_point_flag"))
def test_seven_points_on_one_side(case):
    assert [abs(end) for end in ends_of_shifts(case["in"])] == case["out"]


@pytest.mark.parametrize("case", cases("part_of_seven_expand"))
def test_every_point_of_seven_is_part_of_them(case):
    assert flags(patterns_ending(SignalRule.SHIFT, case["in"], SEVEN), case["in"]) == case["out"]


@pytest.mark.parametrize("case", cases("seven_point_trend_last_point_flag"))
def test_a_trend_of_seven_points(case):
    assert ends_of_trends(case["in"]) == case["out"]


@pytest.mark.parametrize("case", cases("two_in_three"))
def test_two_of_three(case):
    ends = ends_of_two_of_three(case["close"], case["relative_to_mean"])
    assert flags(patterns_ending(SignalRule.TWO_OF_THREE, ends, THREE), ends) == case["out"]


@pytest.mark.parametrize("case", cases("part_of_two_in_three"))
def test_of_the_three_only_those_close_to_the_limit_are_marked(case):
    ends = ends_of_two_of_three(case["close"], case["relative_to_mean"])
    assert flags(patterns_ending(SignalRule.TWO_OF_THREE, ends, THREE, among=case["close"]), ends) == case["out"]


@pytest.mark.parametrize("case", cases("assurance"), ids=lambda one: one["improvement"])
def test_assurance(case):
    wanted = Wanted.LARGER if case["improvement"] == "increase" else Wanted.SMALLER
    words = {
        "consistent_pass": Assurance.MET,
        "consistent_fail": Assurance.MISSED,
        "inconsistent": Assurance.HIT_AND_MISS,
    }
    found = [
        assurance_within(low, high, case["target"], wanted) for low, high in zip(case["lpl"], case["upl"], strict=True)
    ]
    assert found == [words[one] for one in case["out"]]


def test_precedence():
    names = {
        "outside limits": SignalRule.OUTSIDE,
        "7-point trend": SignalRule.TREND,
        "2-in-3": SignalRule.TWO_OF_THREE,
        "7 points one side": SignalRule.SHIFT,
    }
    *published, chance = cases("precedence").split(" > ")
    assert [names[one] for one in published] == list(PRECEDENCE)
    assert chance == "common cause"
