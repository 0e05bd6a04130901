"""Every link between pages leads somewhere, every page can be reached, and every picture is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from tests.docs.pages import FENCE, headings, name_of, pages

LINK = re.compile(r"!?\[[^\]]*\]\((?!https?://)([^)\s]+)\)")
PICTURES = ROOT / "docs" / "images"


def links_of(page: Path) -> list[tuple[Path, str]]:
    """The files that a page links to, and the heading in each (or nothing)."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found = []
    for target in LINK.findall(text):
        path, _, anchor = target.partition("#")
        found.append(((page.parent / path).resolve() if path else page, anchor))
    return found


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_leads_somewhere(page):
    gone = [str(path.relative_to(ROOT)) for path, _ in links_of(page) if not path.exists()]
    assert gone == []
    no_heading = [
        f"{name_of(path)}#{anchor}"
        for path, anchor in links_of(page)
        if anchor and path.suffix == ".md" and anchor not in headings(path)
    ]
    assert no_heading == []


def test_every_page_of_the_docs_can_be_reached_from_their_first_page():
    reached, to_read = set(), [ROOT / "docs" / "README.md"]
    while to_read:
        page = to_read.pop()
        if page not in reached:
            reached.add(page)
            to_read += [path for path, _ in links_of(page) if path.suffix == ".md"]
    assert [name_of(page) for page in pages() if "docs" in page.parts and page not in reached] == []


def test_every_picture_is_taken_by_a_browser_test_and_shown_on_a_page():
    pictures = {path.name for path in PICTURES.glob("*")}
    shown = {path.name for page in pages() for path, _ in links_of(page) if path.parent == PICTURES}
    takers = [*(ROOT / "tests" / "browser").glob("*.py"), *(ROOT / "tests" / "workspace" / "browser").glob("*.py")]
    taken = {name for path in takers for name in re.findall(r"[\w-]+\.png", path.read_text(encoding="utf-8"))}
    assert pictures == shown
    assert pictures <= taken
