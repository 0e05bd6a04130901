"""The rules of meaning: each has a page of the specification, and whoever cites one by its number finds it."""

from __future__ import annotations

import re

import pytest

from tests.architecture.repository import ROOT
from tests.docs.pages import headings

MEANING = ROOT / "docs" / "reference" / "meaning.md"
RULE = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
SPECIFIED = re.compile(r"^By example[^\n]*\]\(specification\.md#([\w-]+)\)", re.MULTILINE)
# `rule 4`, `rules 2 and 12`, `rules 8, 9 and 11`, `rule 5.10` (the tenth item of rule 5), wherever they are cited.
CITED = re.compile(r"\b[Rr]ules? (\d+(?:\.\d+)?(?:(?:, | and )\d+(?:\.\d+)?)*)")
CITING = ("src", "tests", "tools", "specification", "docs")
ELSEWHERE = {"tests/docs/test_meaning.py"}


def rules() -> dict[int, str]:
    """The text of each rule by its number."""
    text = MEANING.read_text(encoding="utf-8").split("\n## Laws\n")[0]
    found = RULE.split(text)
    return {int(number): body for number, body in zip(found[1::3], found[3::3], strict=True)}


def numbers_cited() -> list[tuple[str, str]]:
    """Where a rule is cited by its number, and the number."""
    found = []
    for folder in CITING:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix not in (".py", ".md") or name in ELSEWHERE or path == MEANING:
                continue
            for listed in CITED.findall(path.read_text(encoding="utf-8")):
                found += [(name, number) for number in re.findall(r"\d+(?:\.\d+)?", listed)]
    return found


def test_rules_are_numbered_from_one():
    assert list(rules()) == list(range(1, len(rules()) + 1))


@pytest.mark.parametrize("number", rules())
def test_each_rule_has_a_page_of_the_specification(number):
    pages = SPECIFIED.findall(rules()[number])
    assert pages, f"rule {number} names no page of the specification"
    for page in pages:
        assert (ROOT / "specification" / f"{page}.md").exists()


def test_each_page_of_the_specification_is_named():
    named = set(re.findall(r"\(specification\.md#([\w-]+)\)", MEANING.read_text(encoding="utf-8")))
    assert named == {path.stem for path in (ROOT / "specification").glob("*.md")} - {"README"}


def test_every_number_that_is_cited_is_that_of_a_rule():
    items = {number: len(re.findall(r"^\d+\. ", body, re.MULTILINE)) for number, body in rules().items()}
    cited, wrong = numbers_cited(), []
    assert len(cited) > len(items), "the pattern finds no citation any more"
    for where, number in cited:
        rule, _, item = number.partition(".")
        if int(rule) not in items or (item and not 1 <= int(item) <= items[int(rule)]):
            wrong.append((where, number))
    assert wrong == []


def test_nobody_cites_a_document_that_does_not_ship():
    pattern = re.compile(r"\bdesign (?:sections?|rules?) \d", re.IGNORECASE)
    citing = [
        path.relative_to(ROOT).as_posix()
        for folder in CITING
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".md", ".yaml", ".sh") and pattern.search(path.read_text("utf-8", "replace"))
    ]
    assert citing == []


def test_the_page_is_found_from_the_contents_of_the_reference():
    for page in ("docs/README.md", "docs/reference/README.md"):
        assert "meaning.md)" in (ROOT / page).read_text(encoding="utf-8")
    assert "laws" in headings(MEANING)
