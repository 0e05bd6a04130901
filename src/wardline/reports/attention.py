"""The one thing that most needs attention, in a sentence or two, and the rule by which it was chosen."""

from __future__ import annotations

from wardline.english import quoted
from wardline.findings import Outcome
from wardline.measures import Attention
from wardline.obligations import Never, Record
from wardline.reports.figures_in_words import as_number, as_times, with_noun
from wardline.reports.reports_of_missing import noun_of

__all__ = ["RULE", "attention_in_words"]

RULE = (
    "What most needs attention is chosen from the steps that protect the child and that the force owes: the one with "
    "the most occasions past their deadline for which no record was found or, where there is none, the one most often "
    "recorded late. Where there is no such step, it is chosen in the same way from everything that the force owes; and "
    "where nothing is missing or late, it is the one for which we most often cannot tell. Where two are equal, the "
    "first listed is taken. Assumed limits that nobody has confirmed are left out."
)


def attention_in_words(found: Attention | None) -> str:
    """What it is, and how many of its cases are still open."""
    if found is None:
        return "By the rule stated in the method, nothing in these records stands out."
    title = quoted(found.item.obligation.title)
    many = with_noun(found.many, noun_of(found.item))
    judged = as_number(found.outcomes.judged)
    step = ", a step that protects the child" if found.item.obligation.safeguarding else ""
    match found.outcome:
        case Outcome.LATE:
            return f"{title}{step}: recorded late for {many}, of {judged} that we can judge."
        case Outcome.CANNOT_TELL:
            occasions = as_number(found.outcomes.occasions)
            return f"{title}: for {many}, of {occasions}, the records do not let us tell."
    match found.item.obligation:
        case Never():
            said = f"{title}{step}: recorded as happening {as_times(found.many)}."
        case Record():
            said = f"{title}{step}: not filled in for {many}, of {judged} that we can judge."
        case _:
            said = (
                f"{title}{step}: no record was found for {many} whose deadline has passed, of {judged} that "
                "we can judge."
            )
    return said + _still_open(found)


def _still_open(found: Attention) -> str:
    if not found.still_open:
        return ""
    is_one = found.still_open.value == 1
    cases = "One of these cases is" if is_one else f"{as_number(found.still_open)} of these cases are"
    return f" {cases} still open{', and somebody must look today' if found.item.obligation.safeguarding else ''}."
