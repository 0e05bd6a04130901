"""The pages of the standards that ship: each standard has one, each obligation its drawing, and there is nothing
beside.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.architecture.repository import ROOT
from tools import standard_pages as pages
from wardline.obligations import BasisKind, Reviewed, sentence
from wardline.standards import shipped_standards

EVERY_OBLIGATION = [
    (name, obligation) for name in shipped_standards() for obligation in pages.standard_called(name).obligations
]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section_of(name: str, obligation) -> str:
    """What a page says of one obligation."""
    after = text_of(pages.page_of(name)).split(f"\n`{name}/{obligation.id}`\n")
    assert len(after) == 2, f"{name}/{obligation.id} stands {len(after) - 1} times on its page"
    return after[1].split("\n## ")[0]


def an_obligation():
    return EVERY_OBLIGATION[0][1]


def test_every_standard_that_ships_is_on_the_list_and_has_its_page():
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", text_of(pages.FOLDER / "README.md")))
    for name in shipped_standards():
        assert pages.page_of(name).exists()
        assert pages.page_of(name).name in listed


@pytest.mark.parametrize(("name", "obligation"), EVERY_OBLIGATION, ids=lambda it: it if isinstance(it, str) else it.id)
def test_every_obligation_is_told_in_full_and_drawn(name, obligation):
    told = section_of(name, obligation)
    assert pages.plain(sentence(obligation)) in told
    for text in (obligation.severity, obligation.needs, obligation.gaming, obligation.good_reasons):
        assert pages.plain(text) in told
    assert f"]({pages.address(obligation.basis.url)})" in told
    rows = [line for line in told.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(obligation.examples)
    assert f"(clocks/{pages.drawing_of(name, obligation).name})" in told


@pytest.mark.parametrize(("name", "obligation"), EVERY_OBLIGATION, ids=lambda it: it if isinstance(it, str) else it.id)
def test_every_drawing_says_in_its_text_what_the_sentence_says(name, obligation):
    svg = ElementTree.fromstring(text_of(pages.drawing_of(name, obligation)))
    title, text = svg[0].text, svg[1].text
    assert " ".join(obligation.title.split()) in " ".join((title or "").split())
    assert sentence(obligation) in (text or "")


def test_no_page_and_no_drawing_is_left_of_what_ships_no_more():
    assert pages.strays() == []


def test_a_drawing_of_an_obligation_that_is_gone_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "FOLDER", tmp_path)
    monkeypatch.setattr(pages, "CLOCKS", tmp_path / "clocks")
    gone = tmp_path / "clocks" / "england-missing-children-gone.svg"
    gone.parent.mkdir()
    gone.write_text("<svg/>", encoding="utf-8")
    (tmp_path / "what-became-of-each-candidate.md").write_text("# Kept", encoding="utf-8")
    assert pages.strays() == [gone]


def test_what_is_assumed_says_that_it_is_off_until_it_is_confirmed():
    for name, obligation in EVERY_OBLIGATION:
        is_off = "off until somebody confirms it" in section_of(name, obligation)
        assert is_off == obligation.basis.kind.is_to_be_confirmed, f"{name}/{obligation.id}"
        is_theirs = "**Another force's policy: off" in section_of(name, obligation)
        assert is_theirs == (obligation.basis.kind is BasisKind.ANOTHER_FORCES_POLICY), f"{name}/{obligation.id}"


def test_a_page_says_what_earlier_versions_said_otherwise():
    told = text_of(pages.page_of("england/missing-children")).split("## Before: version 2025.2\n")[1]
    assert "In force from 1 January 2017 to 31 March 2025" in told
    assert "missing-children/2025.2.yaml" in told
    assert "low: 8 hours" in told and told.count("\n- *") == 1


def test_who_reviewed_an_obligation_is_named_by_role():
    assert pages.reviewed(replace(an_obligation(), reviewed=None)) == "*Not yet reviewed by anybody.*"
    reviewed = replace(an_obligation(), reviewed=Reviewed("a detective inspector", "2025-06-02"))
    assert pages.reviewed(reviewed) == "*Reviewed by a detective inspector, on 2 June 2025.*"


def test_no_event_is_written_with_an_underscore_where_people_read():
    for name in shipped_standards():
        without_names = re.sub(r"`[^`]*`|\]\([^)]*\)", "", text_of(pages.page_of(name)))
        assert re.findall(r"\w+_\w+", without_names.replace("write_docs.py", "")) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [("2024-07", "July 2024"), ("2025-01-10", "10 January 2025"), ("not dated on its page", "not dated on its page")],
)
def test_when_something_was_published_is_said_in_words(written, said):
    assert pages.published(written) == said


def test_a_text_is_shown_and_not_read_as_markdown():
    assert pages.plain("a|b *c*\n <d> [e]") == r"a\|b \*c\* \<d\> \[e\]"
    assert pages.plain("see `first_grading`, and a ` alone_") == r"see `first_grading`, and a \` alone\_"


def test_an_address_cannot_end_its_link():
    assert pages.address("https://example.org/a(b) c") == "https://example.org/a%28b%29%20c"


def test_the_list_says_how_many_are_assumed():
    for line in text_of(pages.FOLDER / "README.md").splitlines():
        if match := re.match(
            r"\| \[.*\]\((?P<page>[\w-]+)\.md\) \|.*\| (?P<all>\d+) \| (?P<assumed>\d+|none) \|", line
        ):
            told = text_of(pages.FOLDER / f"{match['page']}.md")
            off = told.count(": off until somebody confirms it.**")
            assert off == int(match["assumed"].replace("none", "0"))
            assert len(re.findall(r"^!\[", told, re.MULTILINE)) == int(match["all"])


def test_the_pages_stand_where_the_reference_links_to():
    assert "(standards/README.md)" in text_of(ROOT / "docs" / "reference" / "README.md")
