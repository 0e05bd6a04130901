"""The drawings of the clocks as a browser shows them, on a telephone and on paper: no text upon another or off its
sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tools.standard_pages import CLOCKS
from wardline.reports.drawing import text_width

PHONE = 375  # as wide as a telephone, in the browser's points
LEAST_LETTERS = 12  # in the same; smaller ones are hard to read there
DRAWINGS = sorted(CLOCKS.glob("*.svg"))

# Each text with its box; what is drawn only roughly (a point here or there) does not count.
MEASURE = """() => [...document.querySelectorAll('svg')].map(svg => {
  const sheet = svg.getBoundingClientRect()
  const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect(),
    text.getBBox().width, parseFloat(getComputedStyle(text).fontSize)])
  const off = boxes.filter(([, box]) => box.left < sheet.left || box.right > sheet.right || box.bottom > sheet.bottom)
  const upon = boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
    .map(([other]) => [one, other]))
  return {off: off.map(([words]) => words), upon, scale: sheet.width / svg.viewBox.baseVal.width,
    texts: boxes.map(([words, , width, size]) => [words, width, size])}
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    page.set_content(
        "<style>body { margin: 16px } svg { display: block; max-width: 100%; height: auto }</style>"
        + "".join(path.read_text(encoding="utf-8") for path in DRAWINGS)
    )
    yield page
    page.close()


# The second is wider than any font that the drawings ask for.
@pytest.mark.parametrize("font", ["Arial, Helvetica, sans-serif", "DejaVu Sans"])
def test_no_text_stands_upon_another_or_off_its_sheet(page: Page, font: str) -> None:
    page.add_style_tag(content=f"svg {{ font-family: {font} }}")
    measured = page.evaluate(MEASURE)
    assert len(measured) == len(DRAWINGS) > 0
    by_drawing = {path.name: (one["off"], one["upon"]) for path, one in zip(DRAWINGS, measured, strict=True)}
    assert {name: found for name, found in by_drawing.items() if found != ([], [])} == {}


def test_letters_on_a_telephone_are_large_enough(page: Page) -> None:
    for drawing in page.evaluate(MEASURE):
        sizes = [size * drawing["scale"] for words, _, size in drawing["texts"] if not words.isdigit()]
        assert min(sizes) >= LEAST_LETTERS


def test_texts_are_no_wider_than_they_were_taken_to_be(page: Page) -> None:
    found = [
        words
        for drawing in page.evaluate(MEASURE)
        for words, width, size in drawing["texts"]
        if width > text_width(words, size) * 1.01
    ]
    assert found == []
