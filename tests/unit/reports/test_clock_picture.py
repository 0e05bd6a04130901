"""The drawing of a clock: well-formed, told in words as well, and no text upon another or off the sheet."""

from xml.etree import ElementTree

import pytest

from wardline.obligations import sentence
from wardline.reports.clock_picture import clock_picture
from wardline.standards import read_obligations

DEFAULTS = {
    "id": "o",
    "title": "Somebody <looks> & finds",
    "topic": "initial response",
    "owed by": "force",
    "basis": {"kind": "force policy", "title": "P"},
}
SVG = "{http://www.w3.org/2000/svg}"


def obligation(written):
    (made,) = read_obligations(written, defaults=DEFAULTS)
    return made


def drawn(written):
    return ElementTree.fromstring(clock_picture(obligation(written)))


def texts(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


def said(svg):
    """All the words, as somebody reads them from top to bottom."""
    return " ".join(texts(svg))


def test_it_has_a_title_and_a_text_that_name_it():
    written = "when: reported\nthen: seen\nwithin: 1 hour"
    svg = drawn(written)
    assert svg.attrib["role"] == "img"
    assert [child.tag for child in svg[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert svg.attrib["aria-labelledby"].split() == [child.attrib["id"] for child in svg[:2]]
    assert svg[0].text == "The clock: Somebody <looks> & finds"
    assert svg[1].text == f"A line of time. {sentence(obligation(written))}"


def test_the_same_obligation_gives_the_same_bytes():
    written = "when: reported\nthen: seen\nwithin: 1 hour"
    assert clock_picture(obligation(written)) == clock_picture(obligation(written))


def test_a_response_stands_in_time_and_after_the_limit_and_an_exemption_before_it():
    svg = drawn("when: reported\nthen: [officer_deployed, officer_arrived]\nwithin: 15 minutes\nunless: child_found")
    assert texts(svg) == [
        "each ‘reported’",
        "in time",
        "not owed",
        "late",
        "limit: 15 minutes",
        "must follow: ‘officer deployed’ or",
        "‘officer arrived’",
        "not owed, if it comes first: ‘child found’",
    ]


def test_a_table_has_a_bar_for_each_value_and_longer_ones_for_longer_limits():
    svg = drawn(
        "when: r\nthen: s\nwithin: {by: grade, of: graded, high: 15 minutes, low: 8 hours, unknown: 60 minutes}"
    )
    assert texts(svg)[1:4] == ["high: 15 minutes", "low: 8 hours", "otherwise: 60 minutes"]
    bars = [float(one.attrib["width"]) for one in svg.iter(f"{SVG}rect") if one.attrib["fill"] == "#d3e7f0"]
    assert bars[0] < bars[2] < bars[1]
    assert "By the grade of ‘graded’" in said(svg)
    assert "A later one can only shorten the time." in said(svg)


def test_where_no_limit_is_set_nothing_is_late():
    for written in (
        "when: reported\nthen: seen\nwithin: to be set",
        "from: reported\nthen: seen\nevery: to be set\nuntil: found",
    ):
        told = said(drawn(written))
        assert "No limit is set yet" in told
        assert "late" not in told and "in time" not in told
    assert "low: no limit is set yet" in said(drawn("when: a\nthen: b\nwithin: {by: g, high: 1 hour, low: to be set}"))


def test_what_must_have_been_comes_before_the_event():
    svg = drawn("before: risk_graded\nfirst: history_checked\nfirst only: yes")
    (dot,) = svg.iter(f"{SVG}circle")
    by_words = {text.text: float(text.attrib["x"]) for text in svg.iter(f"{SVG}text")}
    assert by_words["in time"] < float(dot.attrib["cx"]) < by_words["late"]
    assert "the first ‘risk graded’ of a case" in by_words
    assert "must come first: ‘history checked’" in by_words


def test_what_must_never_be_is_said_in_words():
    told = said(drawn("never: {event: interviewed, method: telephone}\nunless: agreed\nsettled by: reviewed"))
    assert "must not happen" in told
    assert "never: ‘interviewed’ (method: telephone)" in told
    assert "settled once: ‘reviewed’" in told
    assert "not owed, if it has happened by then: ‘agreed’" in told


def test_a_repeat_is_several_equal_spans_until_it_ends():
    svg = drawn("from: reported\nthen: reviewed\nevery: 8 hours\nuntil: found")
    assert texts(svg).count("8 hours") == 3
    assert "until: ‘found’" in texts(svg)
    assert "until: the case is closed" in texts(drawn("from: reported\nthen: reviewed\nevery: 8 hours"))


def test_a_field_is_filled_in_by_the_event():
    told = said(drawn("record: {person: ethnicity}\nby: child_found"))
    assert "each ‘child found’ filled in filled in by then: the ethnicity in the child's person record" in told


def test_the_third_time_is_three_rings_the_last_of_them_filled():
    svg = drawn("when: {event: reported, nth: 3, in: 90 days}\nthen: met\nwithin: 48 hours\nper: child")
    rings = [one for one in svg.iter(f"{SVG}circle") if one.attrib["r"] == "10"]
    assert [ring.attrib["fill"] for ring in rings] == ["#ffffff", "#ffffff", "#1c2b36"]
    assert texts(svg)[:4] == ["1", "2", "3", "in 90 days"]
    assert "All the cases of one child count together." in texts(svg)


def test_of_many_times_the_first_two_and_the_last_are_drawn():
    svg = drawn("when: {event: reported, nth: 12, in: 90 days}\nthen: met\nwithin: 48 hours")
    assert texts(svg)[:4] == ["1", "2", "…", "12"]


def test_what_came_earlier_in_the_case_is_drawn_where_it_counts():
    svg = drawn("when: child_found\nthen: interviewed\nwithin: 24 hours\nsince: opening")
    by_words = {text.text: float(text.attrib["x"]) for text in svg.iter(f"{SVG}text")}
    assert by_words["earlier"] < by_words["in time"] < by_words["late"]


def test_which_cases_it_is_about_stands_first():
    svg = drawn("for: {from_care: yes}\nwhen: reported\nthen: told\nwithin: 1 hour")
    assert texts(svg)[0] == "In cases marked ‘from care’:"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("same day", "limit: the end of the same day"),
        ("2 working days", "limit: 2 working days"),
        ("56 days counting the first", "limit: 56 days counting the first"),
        ("{the time in: agreed_time}", "limit: the time given in agreed time"),
        ("0 minutes", "limit: the same time"),
    ],
)
def test_a_limit_is_said_below_the_line(limit, words):
    assert words in said(drawn(f"when: a\nthen: b\nwithin: {limit}"))


def test_what_is_late_is_told_apart_by_its_outline_too():
    svg = drawn("when: reported\nthen: seen\nwithin: 1 hour")
    late = [one for one in svg.iter(f"{SVG}rect") if "stroke-dasharray" in one.attrib]
    assert len(late) == 1
