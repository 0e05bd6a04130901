import re
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.unit.reports.made_up import ATTEND, finding, respond, tables
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import count_findings
from wardline.measures.waits import OF_WAITS, waits_by_limit
from wardline.reports.wait_picture import BOTTOM, LEFT, NARROW_LETTER, RIGHT, TOP, WIDE_LETTER, wait_picture


def picture(findings, item=ATTEND):
    made = tables(findings, obligations=(item,))
    occasions = made.occasions(occasions_of(item), *OF_WAITS, "counts_as_wait").collect()
    (group,) = waits_by_limit(item, occasions, count_findings(made))
    return wait_picture(item, group, "a")


def drawn(picture):
    return ElementTree.fromstring(str(picture.svg))


def ten():
    return [
        finding(case=f"compact:{at}", wait=wait, outcome="met" if wait <= 15 else "late")
        for at, wait in enumerate([2, 4, 6, 15, 16, 30, 60, 120])
    ] + [finding(outcome="missed") for _ in range(2)]


def test_it_has_a_title_and_a_description_that_name_it():
    svg = drawn(picture(ten()))
    assert svg.attrib["role"] == "img"
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert svg.attrib["aria-labelledby"].split() == [child.attrib["id"] for child in svg[:2]]
    assert svg[1].text == (
        "A curve that rises as more of 10 occasions have a response on record. The dashed line is the "
        "limit of 15 minutes; darker shading lies after it. Half had one within 16 minutes. "
        "Closed without a response on record: 2."
    )


def test_those_without_a_response_keep_the_curve_from_the_top():
    svg = drawn(picture(ten()))
    curve = next(path.attrib["d"] for path in svg.iter("path") if path.attrib["class"] == "curve")
    heights = [float(y) for y in re.findall(r"V([\d.]+)", curve)]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] == round(BOTTOM - 0.8 * (BOTTOM - TOP), 1)
    assert curve.endswith(f"H{RIGHT}")


def test_the_limit_stands_at_its_place_on_the_axis():
    svg = drawn(picture(ten()))
    limit = next(line for line in svg.iter("line") if line.attrib["class"] == "limit")
    tick = next(text for text in svg.iter("text") if text.text == "15 min")
    assert limit.attrib["x1"] == tick.attrib["x"]


def test_before_and_after_the_limit_are_shaded_apart():
    svg = drawn(picture(ten()))
    assert [path.attrib["class"] for path in svg.iter("path")] == ["before", "after", "curve"]


def test_the_table_beside_says_the_same_in_numbers():
    found = picture(ten())
    rows = {row[0]: row[1:] for row in found.table.rows}
    assert rows["5 min"] == ("2", "20%")
    assert rows["15 minutes (limit)"] == ("4", "40%")
    assert rows["1 h"] == ("7", "70%")
    assert rows["Closed without a response on record"] == ("2", "–")
    assert found.facts == ("4 of 10 (40%) recorded in time", "closed without a response on record in 2 of 10")


def test_four_are_too_few_for_a_picture_and_five_are_not():
    assert (picture(ten()[:4]).svg, picture(ten()[:4]).table) == (None, None)
    assert picture(ten()[:4]).facts == ("4 of 4 recorded in time",)
    assert picture(ten()[:5]).svg is not None


def test_where_nobody_responded_there_is_a_flat_curve():
    svg = drawn(picture([finding(outcome="missed") for _ in range(5)]))
    curve = next(path.attrib["d"] for path in svg.iter("path") if path.attrib["class"] == "curve")
    assert curve == f"M48.0 {float(BOTTOM)}H{RIGHT}"


def test_a_limit_that_differs_by_occasion_is_a_band():
    item = respond("review", "A supervisor reviews it", within="2 working days")
    rows = [finding(item, limit="2 working days", wait=600 * (at + 1)) for at in range(5)]
    for at, row in enumerate(rows):
        row["deadline"] = row["triggered_at"].replace(day=3 + at % 2)
    svg = drawn(picture(rows, item))
    assert [path.attrib["class"] for path in svg.iter("path")] == ["before", "between", "after", "curve"]
    assert "time limit: 2 working days" in ["".join(text.itertext()) for text in svg.iter("text")]
    assert "The limit of 2 working days lies between the dashed lines" in next(svg.iter("desc")).text


@pytest.mark.parametrize("within", ["15 minutes", "48 hours", "24 hours", "2 working days", "6 months"])
@pytest.mark.parametrize("letter", [WIDE_LETTER, NARROW_LETTER])
def test_labels_under_the_axis_never_lie_over_each_other(within, letter):
    """Waits from a minute to years draw the ticks together; a narrow screen draws larger letters of fewer labels."""
    item = respond("review", "A supervisor reviews it", within=within)
    rows = [finding(item, limit=within, wait=4**at, outcome="late") for at in range(11)]
    for row in rows:
        row["deadline"] = row["triggered_at"] + timedelta(days=2)
    svg = drawn(picture(rows, item))
    labels = [
        text
        for text in svg.iter("text")
        if text.attrib["y"] == str(BOTTOM + 24) and not (letter == NARROW_LETTER and "minor" in text.attrib["class"])
    ]
    assert len(labels) >= 3
    places = [edges(text, letter) for text in labels]
    assert all(left >= right for (_, right), (left, _) in pairwise(places))
    assert places[0][0] >= LEFT and places[-1][1] <= RIGHT


def edges(text, letter):
    """From where to where a label is drawn."""
    x, width = float(text.attrib["x"]), len(text.text) * letter
    start = {"start": x, "middle": x - width / 2, "end": x - width}[text.attrib["text-anchor"]]
    return start, start + width


def test_the_same_waits_give_the_same_bytes():
    assert picture(ten()).svg == picture(list(reversed(ten()))).svg
