"""What the page of a case shows: what it is about, its two clocks, and each finding with what it rests on.

The page is made from values (`CaseShown`), so that the same page shows a case of a force's own dive, by the clock, and
a coded case of a release, by elapsed time: each kind of dive has a module that gives them.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wardline.findings import Outcome
from wardline.obligations import ResolvedObligation, sentence
from wardline.reports.wording import BASIS_WORDS, outcome_words
from wardline_workspace.cases.row_words import OUTCOME_TAGS

__all__ = ["CaseShown", "EventShown", "FindingShown", "finding_shown", "in_groups"]

GROUPS = (
    ("Recorded late, or no record found", (Outcome.LATE, Outcome.MISSED)),
    ("Cannot tell, or not yet due", (Outcome.CANNOT_TELL, Outcome.NOT_YET_DUE)),
    ("As owed, or not owed", (Outcome.MET, Outcome.EXEMPT)),
)


@dataclass(frozen=True)
class EventShown:
    """A line of the table: what, when it happened, when it was written up, how much later, and where."""

    number: int
    words: str
    happened: str
    written: str
    gap: str
    source: str


@dataclass(frozen=True)
class FindingShown:
    """A finding in words: the obligation, the outcome with its tag, how late, why, and what the obligation rests on."""

    item: ResolvedObligation
    outcome: Outcome
    outcome_words: str
    tag: str
    late: str
    why: str
    sentence: str
    basis_kind: str
    source: str
    url: str | None
    note: str | None


@dataclass(frozen=True)
class CaseShown:
    """A case as its page shows it. `facts` are its headline; `aside` is what stands below them; `later` how many
    entries came after the dive looked."""

    heading: str
    caption: str
    facts: tuple[str, ...]
    aside: tuple[str, ...]
    picture: Markup | None
    events: tuple[EventShown, ...]
    findings: tuple[FindingShown, ...]
    later: int


def finding_shown(item: ResolvedObligation, outcome: Outcome, late: str, why: str) -> FindingShown:
    """A finding with the sentence of its obligation and its basis."""
    basis = item.obligation.basis
    published = None if basis.published is None or basis.published.startswith("not dated") else basis.published
    return FindingShown(
        item,
        outcome,
        outcome_words(item.obligation).get(outcome, outcome.value),
        OUTCOME_TAGS.get(outcome.value, "quiet"),
        late,
        why,
        sentence(item.obligation),
        BASIS_WORDS[basis.kind],
        ", ".join(part for part in (f"“{basis.title}”", basis.publisher, published) if part),
        basis.url,
        basis.note,
    )


def in_groups(findings: tuple[FindingShown, ...]) -> list[tuple[str, list[FindingShown]]]:
    """What was late or has no record first, then what cannot be told, then the rest; numbered in that order."""
    grouped = [(heading, [one for one in findings if one.outcome in outcomes]) for heading, outcomes in GROUPS]
    return [(heading, found) for heading, found in grouped if found]
