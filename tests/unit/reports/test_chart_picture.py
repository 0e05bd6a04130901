"""The pictures of control charts: everything that a chart says is drawn and written, and nothing by colour alone."""

import re
from datetime import date
from itertools import islice
from xml.etree import ElementTree

import pytest

from tests.unit.measures.charts.charted import FIRST, months, of_counts, of_values, xmr
from wardline.measures.charts import Baseline, ChartKind, Meaning, Point, Rebase, Series, Shown, Wanted, draw_chart
from wardline.reports.chart_picture import Said, chart_picture
from wardline.reports.chart_scale import FigureUnit
from wardline.reports.picture_marks import mark
from wardline.reports.small_chart import badge, key_of_charts, small_chart
from wardline.time_limits import PeriodLength, periods_from

SVG = "{http://www.w3.org/2000/svg}"
FIRST_YEAR = Baseline(FIRST, date(2022, 3, 31))
UP_AND_DOWN = [50, 54, 49, 55, 51, 53, 50, 56, 52, 49, 54, 51]
SAID = Said("Sent in time: more often since April 2022", "Told to whoever does not see it.")


def shares(later, *, wanted=Wanted.LARGER, baseline=FIRST_YEAR):
    """A year that goes up and down, and then so many of a hundred each month."""
    counts = [*UP_AND_DOWN, *later]
    series = of_counts(Shown.SHARE, counts, [100 + at % 3 for at in range(len(counts))])
    return draw_chart(series, ChartKind.P_PRIME, wanted=wanted, screened=False, baseline=baseline)


def drawn(chart, said=SAID, *, unit=FigureUnit.SHARE, **settings):
    return str(chart_picture(chart, unit, said, "one", **settings))


def words_of(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_same_chart_has_the_same_bytes_and_the_two_widths_differ():
    chart = shares([70] * 8)
    assert drawn(chart) == drawn(shares([70] * 8))
    wide, narrow = (ElementTree.fromstring(drawn(chart, narrow=one)) for one in (False, True))
    assert wide.attrib["viewBox"].split()[2] == "460"
    assert narrow.attrib["viewBox"].split()[2] == "320"


def test_it_is_told_to_whoever_does_not_see_it():
    svg = ElementTree.fromstring(drawn(shares([70] * 8)))
    assert svg.attrib["role"] == "img"
    named = svg.attrib["aria-labelledby"].split()
    assert [svg.find(f"{SVG}title").attrib["id"], svg.find(f"{SVG}desc").attrib["id"]] == named
    assert (svg.find(f"{SVG}title").text, svg.find(f"{SVG}desc").text) == (SAID.title, SAID.text)


def test_the_average_the_limits_and_the_months_are_written_beside_it():
    chart = shares([52, 53] * 4)
    words = words_of(drawn(chart))
    assert words.count("trial limit") == 2
    assert {f"{chart.points[0].limits.centre:.0%}", "50%", "60%"} <= set(words)
    named = [one for one in words if len(one) == 3 and one.isalpha()]
    assert named[:3] == ["May", "Jul", "Sep"] and "Jan" in named
    assert ["2021", "2022"] == [one for one in words if re.fullmatch(r"20\d\d", one)]


def test_limits_from_enough_figures_are_no_trial_limits():
    words = words_of(drawn(xmr([*UP_AND_DOWN, 52.0, 53.0, 51.0]), unit=FigureUnit.NUMBER))
    assert words.count("limit") == 2 and "trial limit" not in words


def test_the_limits_of_a_share_step_with_its_denominators():
    (steps, *_) = re.findall(r'<path d="([^"]+)"[^>]*stroke-dasharray="4 3"', drawn(shares([52] * 8)))
    assert len({y for _, y in re.findall(r"([\d.]+) ([\d.]+)", steps)}) == 6  # three for each limit


@pytest.mark.parametrize(
    ("wanted", "later", "shape", "word"),
    [
        (Wanted.LARGER, [75] * 8, Meaning.IMPROVEMENT, "improvement"),
        (Wanted.LARGER, [25] * 8, Meaning.CONCERN, "concern"),
        (Wanted.NEITHER, [75] * 8, Meaning.CHANGE, "change"),
    ],
)
def test_each_meaning_has_a_shape_of_its_own_and_is_named(wanted, later, shape, word):
    svg = drawn(shares(later, wanted=wanted))
    assert word in words_of(svg)
    assert sum(word == one for one in words_of(svg)) == 1
    outlines = {re.sub(r"[\d.]+", "", re.search(r'd="([^"]+)"', mark(one, 50, 50, 4))[1]) for one in Meaning}
    assert len(outlines) >= 2
    fills = {re.search(r'fill="([^"]+)"', mark(one, 50, 50, 4))[1] for one in Meaning}
    assert len(fills) == len(Meaning)
    assert str(badge(shape)).count("<path") == 1


def test_the_shapes_differ_by_form_and_not_by_colour_alone():
    def corners(meaning):
        path = re.search(r'd="M([^"]+)Z"', mark(meaning, 0, 0, 10))[1]
        return [tuple(map(float, one.split())) for one in path.split("L")]

    diamond, square, triangle = (corners(one) for one in (Meaning.IMPROVEMENT, Meaning.CONCERN, Meaning.CHANGE))
    assert (len(diamond), len(square), len(triangle)) == (4, 4, 3)
    assert any(x == 0 for x, _ in diamond) and all(x for x, _ in square)
    assert "<circle" in mark(None, 0, 0, 10)
    assert 'fill="#ffffff"' in mark(Meaning.CONCERN, 0, 0, 10)  # hollow


def test_a_gap_is_hatched_and_named_and_the_line_does_not_cross_it():
    figures = [*UP_AND_DOWN, None, None, *UP_AND_DOWN]
    svg = drawn(xmr(figures), unit=FigureUnit.NUMBER)
    assert "no records" in words_of(svg)
    (line,) = re.findall(r'<path d="([^"]+)" fill="none" stroke="[^"]+" stroke-width="1.3" stroke-linejoin', svg)
    assert line.count("M") == 2
    assert "no records" not in words_of(drawn(xmr([*UP_AND_DOWN, *UP_AND_DOWN]), unit=FigureUnit.NUMBER))


def test_a_rebase_is_an_upright_line_with_its_reason_its_author_and_the_day_below():
    rebase = Rebase(date(2022, 4, 1), "The log takes in other calls", "the head of performance", date(2022, 5, 3))
    chart = draw_chart(
        of_values([*UP_AND_DOWN, *[one + 40 for one in UP_AND_DOWN]]),
        ChartKind.XMR,
        wanted=Wanted.NEITHER,
        screened=False,
        rebases=[rebase],
    )
    words = words_of(drawn(chart, unit=FigureUnit.NUMBER))
    assert "new limits" in words
    said = " ".join(words)
    assert "from April 2022: The log takes in other calls (the head of performance, 3 May 2022)." in said


def test_the_stretch_that_limits_come_from_is_marked_where_it_is_not_all_of_it():
    assert "trial limits drawn from these 12 months" in words_of(drawn(shares([52] * 8)))
    assert not any("drawn from" in one for one in words_of(drawn(shares([52] * 8, baseline=None))))


def test_a_target_and_the_day_of_a_claim_are_lines_with_their_words():
    said = Said("A title", "A text", target=0.8, claimed_from=date(2022, 8, 1))
    words = words_of(drawn(shares([70] * 8), said))
    assert "target 80%" in words and "claimed from" in words
    assert "80%" in words  # the scale has room for it


def test_a_picture_of_nobody_says_so_inside_itself():
    svg = drawn(shares([70] * 8), is_made_up=True)
    assert "made-up data" in words_of(svg)
    assert ElementTree.fromstring(svg).find(f"{SVG}desc").text.startswith("Made-up data. No real child")
    assert "made-up" not in drawn(shares([70] * 8)).lower()


def test_too_few_figures_have_no_limits_and_say_why():
    svg = drawn(xmr([50.0, 60.0, 55.0]), unit=FigureUnit.NUMBER)
    assert "limit" not in words_of(svg)
    assert "fewer than 6 figures" in " ".join(words_of(svg))
    assert svg.count("<circle") == 3


def test_what_is_written_cannot_become_markup():
    svg = drawn(shares([70] * 8), Said("<b>&", "<script>"))
    assert "<script>" not in svg and "&lt;b&gt;&amp;" in svg


@pytest.mark.parametrize("by", [PeriodLength.WEEK, PeriodLength.QUARTER])
def test_weeks_and_quarters_are_named_without_crowding(by):
    days = islice(periods_from(date(2023, 4, 3), date(9000, 1, 1), by), 52)
    series = Series(Shown.VALUE, by, tuple(Point(day, float(UP_AND_DOWN[at % 12])) for at, day in enumerate(days)))
    chart = draw_chart(series, ChartKind.XMR, wanted=Wanted.NEITHER, screened=False)
    for narrow in (False, True):
        words = words_of(drawn(chart, unit=FigureUnit.NUMBER, narrow=narrow))
        assert 2 <= sum(bool(re.search(r"[A-Z][a-z]{2}$", one)) for one in words) <= 14


def test_events_have_a_chart_too():
    days = months(14)
    points = tuple(Point(day, float(3 + at % 5)) for at, day in enumerate(days))
    chart = draw_chart(Series(Shown.WAIT, None, points), ChartKind.T, wanted=Wanted.LARGER, screened=False)
    assert any(one.endswith("days") for one in words_of(drawn(chart, unit=FigureUnit.DAYS)))


# SMALL


def test_a_small_chart_has_no_words_but_those_that_are_read_aloud():
    svg = ElementTree.fromstring(str(small_chart(shares([75] * 8), FigureUnit.SHARE, "T", "D", "s", is_made_up=True)))
    assert [one.tag.removeprefix(SVG) for one in svg][:2] == ["title", "desc"]
    assert list(svg.iter(f"{SVG}text")) == []
    assert svg.find(f"{SVG}desc").text == "Made-up data. No real child, officer or force. D"


def test_a_small_chart_shows_signals_and_gaps():
    figures = [*UP_AND_DOWN, None, *[one + 60 for one in UP_AND_DOWN]]
    small = str(small_chart(xmr(figures), FigureUnit.NUMBER, "T", "D", "s"))
    assert "#1d5a8a" in small and "<rect" in small


def test_the_key_names_every_mark():
    words = [words for _, words in key_of_charts()]
    assert {"improvement", "concern", "average", "no figure"} <= set(words)
    assert len({str(svg) for svg, _ in key_of_charts()}) == len(words)
