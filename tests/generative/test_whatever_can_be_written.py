"""Whatever obligation can be written in a standard reads back as the same, is said in a sentence, and can be drawn."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.generative.obligations_strategies import KINDS, obligations
from wardline import obligations as model
from wardline.obligations import Obligation, occasion_in_words, sentence, where_in_words
from wardline.reports.clock_picture import clock_picture
from wardline.reports.drawing import SIZE, WIDTH, text_width
from wardline.standards import read_obligations, write_obligations

KIND_OF = {one.__name__.lower(): one for one in (model.Respond, model.Precede, model.Never, model.Repeat, model.Record)}
SVG = "{http://www.w3.org/2000/svg}"

written = settings(suppress_health_check=[HealthCheck.too_slow])


@settings(written, max_examples=100)
@given(obligation=obligations())
def test_what_is_written_reads_back_as_the_same_obligation(obligation: Obligation) -> None:
    assert read_obligations(write_obligations([obligation])) == (obligation,)


@settings(written, max_examples=10)
@given(st.lists(obligations(), min_size=2, max_size=3, unique_by=lambda one: one.id))
def test_several_obligations_keep_their_order(several: list[Obligation]) -> None:
    assert read_obligations(write_obligations(several)) == tuple(several)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_every_kind_is_drawn(kind: str) -> None:
    drawn: list[Obligation] = []

    @settings(written, max_examples=100, phases=[Phase.generate])
    @given(obligation=obligations((kind,)))
    def draw(obligation: Obligation) -> None:
        drawn.append(obligation)

    draw()
    assert {type(obligation) for obligation in drawn} == {KIND_OF[kind]}
    for field in fields(KIND_OF[kind]):
        assert any(getattr(one, field.name, None) for one in drawn), field.name


def test_no_kind_is_left_out() -> None:
    assert tuple(KIND_OF) == KINDS
    assert set(KIND_OF.values()) == set(Obligation.__subclasses__())


@settings(written, max_examples=60)
@given(obligation=obligations())
def test_all_that_it_names_is_in_its_sentence(obligation: Obligation) -> None:
    said = sentence(obligation)
    assert said.endswith("owes this.")
    assert all(f"‘{pattern.event.replace('_', ' ')}’" in said for pattern in obligation.patterns())
    assert occasion_in_words(obligation) in said
    assert said.startswith(where_in_words(obligation.only_for))


@settings(written, max_examples=150)
@given(obligation=obligations())
def test_its_clock_can_be_drawn_with_no_text_upon_another_or_off_the_sheet(obligation: Obligation) -> None:
    svg = ElementTree.fromstring(clock_picture(obligation))
    height = float(svg.attrib["viewBox"].split()[3])
    assert svg[0].text and svg[1].text
    boxes = [(text.text, box_of(text)) for text in svg.iter(f"{SVG}text") if text.text]
    off_the_sheet = [
        words for words, (left, top, right, bottom) in boxes if left < 0 or right > WIDTH or top < 0 or bottom > height
    ]
    assert off_the_sheet == []
    assert [(one[0], other[0]) for one, other in combinations(boxes, 2) if upon_each_other(one[1], other[1])] == []
    told = re.sub(r"\s", "", " ".join(text.text or "" for text in svg.iter(f"{SVG}text")))
    assert all(re.sub(r"\s", "", pattern.event.replace("_", " ")) in told for pattern in obligation.patterns())


Box = tuple[float, float, float, float]


def box_of(text: ElementTree.Element) -> Box:
    """The room that a line of text takes: left, top, right, bottom."""
    size = float(text.attrib.get("font-size", SIZE))
    width = text_width(text.text or "", size)
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    left = {"start": x, "middle": x - width / 2, "end": x - width}[text.attrib["text-anchor"]]
    return left, y - 0.74 * size, left + width, y + 0.22 * size


def upon_each_other(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
