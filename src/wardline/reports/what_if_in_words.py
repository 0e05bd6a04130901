"""What a dive would have found under other time limits, as a page of plain text: what `wardline whatif` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from wardline.english import count, number
from wardline.findings import Outcome
from wardline.obligations import ResolvedObligation, Standing, TimeLimit, limit_in_words
from wardline.reports.wording import MADE_UP_SENTENCE, instant_in_words, outcome_words
from wardline.standards import Compared, how_compared
from wardline.time_limits import Calendar

__all__ = ["Change", "ObligationWhatIf", "WhatIf", "what_if_in_words"]

A_QUESTION = (
    "This is a question and not a setting: nothing in the dive was changed, and its report and findings are as "
    "they were. A longer limit makes no child safer; what was done, and when, is the same under any limit."
)
TO_SET = "To set it, write in the force's force.yaml, and make a new dive:"
ASSUMED = (
    "Nobody at the force has confirmed this obligation. These numbers are only for asking questions; they are kept out "
    "of headlines and published pages."
)


@dataclass(frozen=True)
class Change:
    """Occasions that come out otherwise: from what to what, how many, and the first of their cases."""

    before: Outcome
    after: Outcome
    occasions: int
    cases: int
    first_cases: tuple[str, ...]


@dataclass(frozen=True)
class ObligationWhatIf:
    """One obligation under another limit. `item` carries that limit; `limit_before` is the one of the dive."""

    item: ResolvedObligation
    limit_before: TimeLimit
    before: Mapping[Outcome, int]
    after: Mapping[Outcome, int]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class WhatIf:
    """What a dive would have found under other limits. `asked` holds each limit by its obligation, as it was asked."""

    title: str
    as_at: datetime
    zone: str
    is_made_up: bool
    asked: Mapping[str, str]
    obligations: tuple[ObligationWhatIf, ...]


def what_if_in_words(found: WhatIf) -> str:
    """For each obligation the outcomes before and after, what changes and in which cases, and how it would be set."""
    lines = [MADE_UP_SENTENCE, ""] if found.is_made_up else []
    lines.append(f"What if? {found.title}, as at {instant_in_words(found.as_at, Calendar(found.zone))}")
    for one in found.obligations:
        versions = {other.item.version for other in found.obligations if other.item.full_name == one.item.full_name}
        lines += ["", *_of_one(one, says_version=len(versions) > 1)]
    lines += ["", A_QUESTION, "", TO_SET, "", "limits:", *_to_set(found)]
    return "\n".join(lines)


def _of_one(one: ObligationWhatIf, *, says_version: bool) -> Iterator[str]:
    version = f", version {one.item.version}" if says_version else ""
    limit = one.item.obligation.time_limit
    assert limit is not None, "only obligations with a limit are asked about"
    yield f"{one.item.obligation.title} ({one.item.full_name}{version})"
    yield f"  in the dive: {limit_in_words(one.limit_before)}"
    yield f"  what if:     {limit_in_words(limit)}"
    if one.item.standing is Standing.ASSUMED:
        yield f"  {ASSUMED}"
    occasions = sum(one.before.values())
    if not occasions:
        yield "  There is no occasion of it in this dive, so there is nothing to compare."
        return
    yield ""
    yield from _table(one)
    yield ""
    yield from _changes(one, occasions)


def _table(one: ObligationWhatIf) -> Iterator[str]:
    words = outcome_words(one.item.obligation)
    rows = [("", "in the dive", "what if")]
    rows += [(words[outcome], number(one.before[outcome]), number(one.after[outcome])) for outcome in words]
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    for label, before, after in rows:
        yield f"  {label:<{widths[0]}}  {before:>{widths[1]}}  {after:>{widths[2]}}".rstrip()


def _changes(one: ObligationWhatIf, occasions: int) -> Iterator[str]:
    if not one.changes:
        yield f"  None of {count(occasions, 'occasion')} changes."
        return
    words = {outcome: said.lower() for outcome, said in outcome_words(one.item.obligation).items()}
    changed = sum(change.occasions for change in one.changes)
    yield f"  {number(changed)} of {count(occasions, 'occasion')} {'changes' if changed == 1 else 'change'}:"
    yield from (f"    {_change(change, words)}" for change in one.changes)


def _change(change: Change, words: dict[Outcome, str]) -> str:
    further = change.cases - len(change.first_cases)
    cases = ", ".join(change.first_cases) + (f" and {count(further, 'more case')}" if further else "")
    return f"{number(change.occasions)} from {words[change.before]} to {words[change.after]}: {cases}"


def _to_set(found: WhatIf) -> Iterator[str]:
    for name, text in found.asked.items():
        is_looser = any(_is_looser_than_shipped(one) for one in found.obligations if one.item.full_name == name)
        limit = " ".join(text.split())
        yield f"  {name}: " + (f"{{limit: {limit}, reason: why it is looser}}" if is_looser else limit)


def _is_looser_than_shipped(one: ObligationWhatIf) -> bool:
    limit, shipped = one.item.obligation.time_limit, one.item.shipped_limit
    return limit is not None and shipped is not None and how_compared(shipped, limit) is Compared.LOOSER
