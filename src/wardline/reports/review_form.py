"""The form on which a practice lead says of each obligation whether it is right: to type into, or to print.

The OpenDocument text is read back (`standards/reviewing.py`), row by row of its tables. The page is for paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wardline.documents.open_document import open_document, printable
from wardline.obligations import Obligation, sentence
from wardline.reports.page import rendered
from wardline.reports.wording import OWNER_WORDS
from wardline.reports.worked_examples import example_in_words
from wardline.standards import Standard
from wardline.standards.reviewing import FINGERPRINT, FORM_COLUMNS, fingerprint_of

__all__ = ["review_form_as_document", "review_form_as_page"]

TYPE = "application/vnd.oasis.opendocument.text"
HOW = (
    "For each obligation: is this what should happen, and is it theirs to do? Is the time right? Are these all the "
    "good reasons? Would you decide the examples in the same way? Put an x under “right” or under “wrong”, and say why "
    "under “because” where it is wrong. Leave both empty where you cannot say. Please leave the names as they are."
)


@dataclass(frozen=True)
class ObligationInForm:
    """One obligation as the form shows it."""

    title: str
    name: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]


def review_form_as_document(standard: Standard, text: str) -> bytes:
    """The form of a standard whose text this is, as an OpenDocument text to type into."""
    return open_document(TYPE, iter([rendered("review_form.xml", **_shown(standard, text))]))


def review_form_as_page(standard: Standard, text: str) -> str:
    """The same form as a page to print."""
    return rendered("review_form.html", **_shown(standard, text))


def _shown(standard: Standard, text: str) -> dict[str, Any]:
    """What both templates show, by name."""
    return {
        "title": printable(standard.title),
        "about": _about(standard, text),
        "asked": [_asked(standard, one) for one in standard.obligations],
        "how": HOW,
        "columns": FORM_COLUMNS,
    }


def _about(standard: Standard, text: str) -> tuple[tuple[str, str], ...]:
    return ("standard", standard.name), ("version", standard.version), (FINGERPRINT, fingerprint_of(text))


def _asked(standard: Standard, obligation: Obligation) -> ObligationInForm:
    basis, kind = obligation.basis, obligation.basis.kind.value
    source = ", ".join(part for part in (basis.title, basis.publisher, basis.published, basis.url) if part)
    facts = (
        ("Owed by", OWNER_WORDS[obligation.owed_by]),
        (f"Rests on ({kind})", source),
        ("Note", basis.note),
        ("Why it matters", obligation.severity),
        ("What must be recorded", obligation.needs),
        ("How it could be met on paper only", obligation.gaming),
        ("Good reasons why it is not owed", obligation.good_reasons),
        ("Reviewed before", _reviewed(obligation)),
    )
    return ObligationInForm(
        title=printable(obligation.title),
        name=standard.full_name(obligation),
        sentence=sentence(obligation),
        facts=tuple((label, printable(" ".join(said.split()))) for label, said in facts if said),
        examples=tuple(_example(obligation)),
    )


def _reviewed(obligation: Obligation) -> str:
    reviewed = obligation.reviewed
    return "" if reviewed is None else f"{reviewed.by}, {reviewed.on}"


def _example(obligation: Obligation) -> Iterator[str]:
    for example in obligation.examples:
        one = example_in_words(example, obligation)
        happened = "; ".join((*one.about, *one.happened))
        yield printable(f"{one.name} ({happened}; seen from {one.seen_from}): {'; then '.join(one.says)}.")
