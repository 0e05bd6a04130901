"""Every practice that was considered stands on one page, with what became of it; every shipped obligation is named
there.
"""

import re
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from wardline.obligations import BasisKind
from wardline.standards import find_standard, shipped_standards

PAGE = (ROOT / "docs/reference/standards/what-became-of-each-candidate.md").read_text(encoding="utf-8")
ROWS = [
    pytest.param(*row, id=row[0])
    for row in re.findall(r"^\| ([MOEG]\d\d) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
]
KINDS = {
    standard.full_name(one): one.basis.kind
    for standard in (find_standard(name, relative_to=Path()) for name in shipped_standards())
    for one in standard.obligations
}
NAMED = re.compile(r"`([a-z]+/[a-z-]+/[a-z-]+)`")


def test_every_candidate_stands_there_once():
    expected = [
        f"{letter}{number:02}"
        for letter, last in (("M", 20), ("O", 20), ("E", 11), ("G", 8))
        for number in range(1, last + 1)
    ]
    assert [row.id for row in ROWS] == expected
    assert re.findall(r"^\| ([MOEG]\d\d) \|", PAGE, re.MULTILINE) == expected


@pytest.mark.parametrize(("number", "practice", "became", "why"), ROWS)
def test_each_ended_as_an_obligation_a_measure_or_a_question_for_an_audit(number, practice, became, why):
    named = NAMED.findall(became)
    if named:
        assert ", ".join(f"`{name}`" for name in named) == became
    else:
        assert became == "not judged from records" or became.startswith("measure: ")


@pytest.mark.parametrize(("number", "practice", "became", "why"), ROWS)
def test_a_row_says_where_something_is_assumed(number, practice, became, why):
    is_assumed = any(KINDS[name] is BasisKind.ASSUMED for name in NAMED.findall(became))
    if is_assumed:
        assert re.search(r"assumed|as above|as for", why, re.IGNORECASE)


def test_every_obligation_that_is_named_ships():
    assert [name for name in NAMED.findall(PAGE) if name not in KINDS] == []


def test_every_obligation_that_ships_is_named():
    assert sorted(set(KINDS) - set(NAMED.findall(PAGE))) == []
