"""A published set of obligations, and what looks like a slip in one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from wardline.events.notation import noted_events
from wardline.obligations import EventPattern, MostDangerousFirst, Obligation, named_by

__all__ = ["Standard", "remarks"]

NEAR = 0.88  # `child_fond` is near `child_found`; `interview_offered` is not near `interview_done`
NEAR_WORD = 0.75  # `fuond` is near `found`; `linked` is not near `declined`, however long the words before it


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A set of obligations with a title, a version and dates in force (local days, both included; `to` None: open).

    `name` is how it is called in files and commands (`england/missing-children`). `not_judged_from_records` says, in
    words, what only somebody who reads the case files can judge. A child is at risk until one of `at_risk_until` is
    recorded; where there is none, until the case is closed.
    """

    name: str
    title: str
    version: str
    in_force_from: date
    in_force_to: date | None = None
    case_type: str
    obligations: tuple[Obligation, ...]
    not_judged_from_records: tuple[str, ...] = ()
    at_risk_until: tuple[EventPattern, ...] = ()
    most_dangerous_first: MostDangerousFirst | None = None

    def full_name(self, obligation: Obligation) -> str:
        """`standard/obligation`, as elsewhere an obligation is named in full."""
        return f"{self.name}/{obligation.id}"


def remarks(standard: Standard) -> tuple[str, ...]:
    """What looks like a slip in a standard but is not certain to be one, so that it is said and not refused.

    Event names that stand in one place only and are spelt nearly as another, each with the name that may be meant.
    Names that differ by a whole word, as `meeting_held` and `meeting_asked`, are two names and no slip.
    """
    uses = Counter(name for obligation in standard.obligations for name in named_by([obligation]).events)
    in_examples = {
        event.event
        for obligation in standard.obligations
        for example in obligation.examples
        for event in noted_events(example.events)
    }
    once = [name for name in (*uses, *sorted(in_examples - set(uses))) if uses[name] <= 1]
    return tuple(
        f"`{name}` is used in one place only. Did you mean `{near[0]}`?"
        for name in once
        if (
            near := get_close_matches(name, [other for other in uses if _could_be_meant(name, other)], n=1, cutoff=NEAR)
        )
    )


def _could_be_meant(name: str, other: str) -> bool:
    """Whether no word of one name is quite another word than its fellow in the other, or stands in one of them
    alone.
    """
    words, others = name.split("_"), other.split("_")
    if len(words) != len(others):
        return not set(words) <= set(others) and not set(others) <= set(words)
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return bool(differing) and all(SequenceMatcher(None, *pair).ratio() >= NEAR_WORD for pair in differing)
