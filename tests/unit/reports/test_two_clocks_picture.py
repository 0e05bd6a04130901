"""The picture of two clocks: what is drawn where, what is said of it, and that it is the same each time."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from wardline.reports.two_clocks_picture import OnTwoClocks, OwedSpan, two_clocks_picture
from wardline.reports.wording import MADE_UP_SENTENCE


def hours(many):
    return None if many is None else timedelta(hours=many)


def event(number, happened, written=None, *, words="something", latest=None):
    return OnTwoClocks(number, words, hours(happened), hours(latest), hours(written))


def drawn(*events, owed=None, is_made_up=False):
    return two_clocks_picture(events, owed, name="a", title="Clocks", start="report", is_made_up=is_made_up)


def dots(svg, radius):
    return [float(x) for x in re.findall(rf'<circle cx="([\d.]+)" cy="[\d.]+" r="{radius}"', svg)]


def said(svg):
    return ElementTree.fromstring(svg).find("{http://www.w3.org/2000/svg}desc").text


def test_each_event_with_a_time_has_a_place_on_each_line_in_order():
    svg = drawn(event(1, 0, 0.1), event(2, 1, 2), event(3, 30, 40))
    assert dots(svg, 5) == sorted(dots(svg, 5)) and len(set(dots(svg, 5))) == 3
    assert len(dots(svg, "4.5")) == 3
    assert all(one < other for one, other in zip(dots(svg, 5), dots(svg, "4.5"), strict=True))


def test_without_a_time_there_is_nothing_to_draw_and_one_among_others_is_said():
    assert drawn(event(1, None, 3)) is None and drawn() is None
    svg = drawn(event(1, 0), event(2, None))
    assert len(dots(svg, 5)) == 1 and "1 without a time is not drawn." in said(svg)


def test_what_happened_before_the_start_stands_at_it():
    assert len(set(dots(drawn(event(1, -5), event(2, 0), event(3, 8)), 5))) == 2


def test_the_scale_reaches_beyond_everything_and_says_how_it_goes():
    svg = drawn(event(1, 0), event(2, 24 * 400, 24 * 401))
    assert ">3 years<" in svg and ">report<" in svg and "each stretch of the scale is longer" in svg
    assert max(dots(svg, 5)) < 950
    assert max(dots(drawn(event(1, 0), event(2, 24 * 365 * 500)), 5)) == 950


def test_what_is_late_is_said_by_words_on_the_bar_and_for_those_who_listen():
    owed = OwedSpan("Police are sent", hours(0), hours(1), hours(2.5))
    svg = drawn(event(1, 0), event(2, 2.5), owed=owed)
    assert ">1 h 30 late<" in svg and "time allowed for “Police are sent”" in svg
    assert "Police are sent: there was 1 hour; it was done 1 hour 30 minutes late." in said(svg)


@pytest.mark.parametrize(("done", "words"), [(None, "no record was found."), (0.5, "it was done in time.")])
def test_without_a_record_and_in_time_too(done, words):
    svg = drawn(event(1, 0), event(2, 40), owed=OwedSpan("Sent", hours(0), hours(1), hours(done)))
    assert words in said(svg)
    assert (">no record<" in svg) == (done is None)


def test_the_entry_that_was_written_up_longest_after_is_pointed_out_once():
    svg = drawn(event(1, 0, 30), event(2, 1, 66), event(3, 2, 2.1))
    assert svg.count("written up 2 d 17 h later") == 1 and "2 written up" in svg
    assert "Event 2 was written up 2 days 17 hours later." in said(svg)
    assert "written up" not in drawn(event(1, 0, 2)).replace("when it was written up", "")


def test_labels_do_not_lie_over_each_other():
    svg = drawn(*(event(number, number / 60, words="risk reviewed by supervisor") for number in range(1, 30)))
    boxes = [
        tuple(map(float, box))
        for box in re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="14"', svg)
    ]
    assert len(boxes) == 29
    labelled = boxes[:7]
    for at, (x, y, width) in enumerate(labelled):
        for other_x, other_y, other_width in labelled[at + 1 :]:
            assert y != other_y or x + width <= other_x or other_x + other_width <= x


def test_a_time_that_is_known_roughly_is_a_stretch():
    svg, exact = drawn(event(1, 0), event(2, 5, latest=29)), drawn(event(1, 0), event(2, 5))
    assert 'stroke-width="6"' in svg and "Thick line: the time is known only roughly." in svg
    assert 'stroke-width="6"' not in exact and "Thick line" not in exact


def test_it_is_the_same_each_time_is_xml_and_holds_no_markup_of_others():
    events = (event(1, 0, 1, words="<b>&"), event(2, 5, 60))
    svg = drawn(*events, is_made_up=True)
    assert svg == drawn(*events, is_made_up=True)
    assert "<b>" not in svg and MADE_UP_SENTENCE in said(svg) and "style=" not in svg
    assert ElementTree.fromstring(svg).attrib["role"] == "img"
