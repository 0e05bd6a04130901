"""What a list of findings can be narrowed by: each question with its choices, in the words that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardline.findings import OUTCOME_WORDS, Outcome, Reason
from wardline.obligations import ResolvedObligation, Standing
from wardline.reports.wording import SHORT_REASON_WORDS
from wardline_workspace.cases.listed_findings import NOT_RECORDED

__all__ = ["SORTS", "Narrowing", "month_in_words", "narrowings"]

GRADES = ("high", "medium", "low", "no apparent risk")  # most dangerous first; others follow by name
NOT_RECORDED_WORDS = "Not recorded"
STANDINGS = {
    Standing.BINDING.value: "Binding",
    Standing.ASKED.value: "Asked by the oversight body",
    Standing.ASSUMED.value: "Assumed, not confirmed",
}
TIMES = {"night": "Night, 10pm to 4am", "rest": "Rest of the day", NOT_RECORDED: NOT_RECORDED_WORDS}
YES_NO = {"yes": "Yes", "no": "No", NOT_RECORDED: NOT_RECORDED_WORDS}
JUDGED = {"yes": "Can be judged", "no": "Not in a share"}
SORTS = {"month": "newest first", "wait": "longest wait first", "late": "most late first", "case": "by case"}
"""The ways to order a list; the first one is taken where an address names none."""


@dataclass(frozen=True)
class Narrowing:
    """One question: its name in an address, its title, its choices (value and words), and how it is asked.

    `is_listed`: one is chosen from a list; else several may be ticked.
    """

    name: str
    title: str
    choices: tuple[tuple[str, str], ...]
    is_listed: bool = False

    def words(self, value: str) -> str:
        """The words of a choice."""
        return dict(self.choices)[value]


def narrowings(values: Mapping[str, Sequence[str]], obligations: Sequence[ResolvedObligation]) -> tuple[Narrowing, ...]:
    """The questions that tell something apart in a dive. `values` are those that its findings have, by question."""
    titles = {item.full_name: item.obligation.title for item in obligations}
    reasons = {reason.value: _capital(words) for reason, words in SHORT_REASON_WORDS.items()}
    asked = (
        Narrowing("obligation", "Obligation", _known(values["obligation"], titles), is_listed=True),
        Narrowing(
            "outcome", "Outcome", _known(values["outcome"], {o.value: _capital(OUTCOME_WORDS[o]) for o in Outcome})
        ),
        Narrowing("judged", "In a share", _known(values["judged"], JUDGED)),
        Narrowing(
            "reason", "Cannot tell because", _known(values["reason"], {r.value: reasons[r.value] for r in Reason})
        ),
        Narrowing("grade", "First risk grade", _by_name(values["grade"], first=GRADES)),
        Narrowing("time", "Time of day it began", _known(values["time"], TIMES)),
        Narrowing("district", "District", _by_name(values["district"])),
        Narrowing("care", "In care", _known(values["care"], YES_NO)),
        Narrowing("month", "Month", _months(values["month"]), is_listed=True),
        Narrowing("standing", "Standing", _known(values["standing"], STANDINGS)),
    )
    return tuple(one for one in asked if _tells_apart(one))


def _tells_apart(one: Narrowing) -> bool:
    """Whether there is something to choose: what is not recorded of any finding is no question."""
    return any(value != NOT_RECORDED for value, _ in one.choices)


def _known(values: Sequence[str], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The values that there are, in the order of the words; one that has no words keeps its own."""
    others = {value: _capital(value) for value in sorted(values) if value and value not in words}
    return tuple((value, text) for value, text in {**words, **others}.items() if value in values)


def _by_name(values: Sequence[str], first: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    named = sorted(value for value in values if value != NOT_RECORDED)
    ordered = [*(value for value in first if value in named), *(value for value in named if value not in first)]
    last = [(NOT_RECORDED, NOT_RECORDED_WORDS)] if NOT_RECORDED in values else []
    return (*((value, _capital(value)) for value in ordered), *last)


def _months(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    newest = sorted((value for value in values if value != NOT_RECORDED), reverse=True)
    last = [(NOT_RECORDED, NOT_RECORDED_WORDS)] if NOT_RECORDED in values else []
    return (*((value, month_in_words(value)) for value in newest), *last)


def month_in_words(value: str) -> str:
    """`March 2025` of `2025-03`; of several months that a release joined, `February 2025 to March 2025`."""
    if value == NOT_RECORDED:
        return NOT_RECORDED_WORDS
    return " to ".join(f"{date.fromisoformat(f'{one}-01'):%B %Y}" for one in value.split(" to "))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
