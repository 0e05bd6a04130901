"""Groups beside each other on the page: what the title says, the picture by shape and words, the same in numbers."""

from random import Random
from xml.etree import ElementTree

import pytest

from tests.unit.reports.made_up import ATTEND, as_rows, report
from tests.unit.reports.test_questions import at_hour, with_attribute
from wardline.reports import report_page
from wardline.reports.drawing import text_width
from wardline.reports.groups_in_words import groups_in_words

SVG = "{http://www.w3.org/2000/svg}"
ONE_APART = {"South": (60, 44), "North": (90, 14), "Central": (80, 30), "East": (70, 27)}


def by_district(groups, **settings):
    findings, cases = with_attribute("district", groups)
    return report(findings, cases=cases, **settings)


def compared(made, start="By district"):
    return next(one for one in groups_in_words(made) if one.table.caption.startswith(start))


def drawn(markup):
    return ElementTree.fromstring(str(markup))


def labels(markup):
    """The names that stand beside marks: all words that are neither of the scales nor of the key."""
    return {one.text for one in drawn(markup).iter(f"{SVG}text")}


def test_the_title_says_what_was_found_and_the_subtitle_of_what():
    one = compared(by_district(ONE_APART))
    assert one.title == (
        "South: a smaller share recorded in time than elsewhere; North: a larger share recorded in time than elsewhere"
    )
    of_what = f"{ATTEND.obligation.title}: share recorded in time, by district"
    assert one.subtitle == f"{of_what}; 1 April 2024 to 31 March 2025"


def test_where_nothing_differs_no_group_is_named():
    one = compared(by_district({"South": (60, 18), "North": (90, 27), "Central": (80, 25)}))
    assert one.title == "No district stands out"
    assert not {"South", "North", "Central"} & labels(one.picture.wide)


def test_groups_are_in_alphabetical_order_and_never_in_that_of_their_figures():
    one = compared(by_district(ONE_APART))
    assert [row["District"] for row in as_rows(one.table)] == ["Central", "East", "North", "South"]
    assert [row["Stands out"] for row in as_rows(one.table)] == ["no", "no", "yes", "yes"]
    assert as_rows(one.table)[3]["Recorded in time"] == "16 of 60 (27%)"


def test_a_group_that_stands_out_is_told_by_its_shape_and_its_name():
    for markup in (compared(by_district(ONE_APART)).picture.wide, compared(by_district(ONE_APART)).picture.narrow):
        assert {"South", "North"} <= labels(markup)
        assert not {"Central", "East"} & labels(markup)
        svg = drawn(markup)
        assert len(svg.findall(f"{SVG}circle")) == 2, "a dot for each that does not stand out"
        squares = [one for one in svg.iter(f"{SVG}path") if one.attrib.get("stroke") == "#9a4f00"]
        diamonds = [one for one in svg.iter(f"{SVG}path") if one.attrib.get("fill") == "#1d5a8a"]
        assert (len(squares), len(diamonds)) == (2, 2), "one where the group lies, and one in the key"


def test_whoever_does_not_see_the_picture_is_told_all_of_it():
    svg = drawn(compared(by_district(ONE_APART)).picture.wide)
    title, description = svg[0], svg[1]
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert description.text.startswith("Made-up data. No real child, officer or force. South: a smaller share")
    assert "All together: 185 of 300 (62%)." in description.text
    assert "South, 16 of 60 (27%)" in description.text
    assert "made-up data" in labels(compared(by_district(ONE_APART)).picture.wide)


def test_it_says_how_many_groups_were_looked_at():
    one = compared(by_district(ONE_APART))
    assert one.note.startswith("4 groups were looked at in this dive, and all are counted:")
    assert "With fewer than 10 groups nobody can tell" in one.note


def test_parts_of_the_day_are_compared_too():
    one = compared(report([*at_hour(23, 40, 32), *at_hour(12, 60, 12, start=100)]), "By part of the day")
    assert [row["Part of the day"] for row in as_rows(one.table)] == ["10 pm to 4 am", "10 am to 4 pm"]
    assert one.title.startswith("10 pm to 4 am: a smaller share recorded in time than elsewhere")


@pytest.mark.parametrize("groups", [ONE_APART, {"A" * 30: (40, 20), "B" * 30: (42, 21), "C": (300, 20), "D": (90, 60)}])
def test_no_mark_and_no_name_lies_outside_of_the_picture(groups):
    for markup in (compared(by_district(groups)).picture.wide, compared(by_district(groups)).picture.narrow):
        svg = drawn(markup)
        _, _, width, height = map(float, svg.attrib["viewBox"].split())
        for one in svg.iter(f"{SVG}text"):
            wide = text_width(one.text, float(svg.attrib["font-size"]))
            start = float(one.attrib["x"]) - {"start": 0, "middle": wide / 2, "end": wide}[one.attrib["text-anchor"]]
            assert start >= -1 and start + wide <= width + 1, one.text
            assert 0 < float(one.attrib["y"]) <= height


def test_the_same_groups_give_the_same_picture():
    assert compared(by_district(ONE_APART)).picture == compared(by_district(ONE_APART)).picture


def test_many_groups_that_are_all_apart_are_said_to_be():
    rng = Random(3)
    groups = {f"Ward {at:02}": (60, rng.choice((12, 48))) for at in range(16)}
    findings, cases = with_attribute("ward", groups)
    one = compared(report(findings, cases=cases), "By ward")
    assert "every limit is wider by the same factor (multiplicative)" in one.note
    assert one.title == "No ward stands out"


def test_the_page_has_them_once_and_without_groups_no_such_part():
    assert report_page(by_district(ONE_APART)).count('id="compared"') == 1
    assert 'id="compared"' not in report_page(report())
