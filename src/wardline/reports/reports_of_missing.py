"""Occasions that are reports of a missing child: which they are, their name, and how many children they name."""

from __future__ import annotations

from wardline.measures import HeadlineFigures, OutcomeCounts
from wardline.obligations import Never, ResolvedObligation, Respond
from wardline.reports.figures_in_words import as_number, as_times, with_noun

__all__ = ["children_reported", "is_reports_of_missing", "noun_of", "sent_or_there"]

MISSING_EPISODE = "missing episode"
# Where an obligation of missing episodes is answered by one of these, "police were sent" says it best; by one of those,
# "police arrived". Where either will do, all that is sure is that they were sent.
POLICE_SENT = {"officer_deployed", "officer_sent", "unit_deployed", "police_deployed"}
POLICE_THERE = {"officer_arrived", "unit_arrived", "police_arrived"}


def children_reported(figures: HeadlineFigures, outcomes: OutcomeCounts) -> str:
    """`1,842 children were reported missing 3,757 times in all.`, and in how many reports no child is recorded."""
    children, without = figures.children, figures.without_child
    assert children is not None and without is not None
    often = as_times(outcomes.occasions)
    if not children:
        reports = f"{with_noun(outcomes.occasions, 'report')} that a child is missing"
        if outcomes.occasions.value == 1:
            return f"there was {reports}; the records do not say which child."
        return f"there were {reports}; the records do not say which are of the same child."
    were = "was" if children.value == 1 else "were"
    who = with_noun(children, "child", "children")
    if figures.person_systems > 1:  # until person records are linked, a child whom two systems know is counted in each
        who = f"{with_noun(children, 'person record')} (the same child may have one in each system)"
    # "2 children were reported missing twice" could be four reports.
    in_all = " in all" if children.value > 1 else ""
    said = f"{who} {were} reported missing {often}{in_all}"
    return (
        f"{said}, and {as_number(without)} of these reports {'names' if without.value == 1 else 'name'} no child."
        if without
        else f"{said}."
    )


def is_reports_of_missing(item: ResolvedObligation) -> bool:
    """Whether an occasion is a report that a child is missing, answered by police being sent or arriving."""
    obligation = item.obligation
    return (
        item.case_type == MISSING_EPISODE
        and isinstance(obligation, Respond)
        and not obligation.only_for
        and not obligation.first_only
        and obligation.trigger.nth is None
        and any(pattern.event in POLICE_SENT | POLICE_THERE for pattern in obligation.response)
    )


def sent_or_there(item: ResolvedObligation) -> str:
    """`arriving` where nothing but an arrival answers the report, else `sent`."""
    assert isinstance(item.obligation, Respond), "only a response answers a report"
    there = all(pattern.event in POLICE_THERE for pattern in item.obligation.response)
    return "arriving" if there else "sent"


def noun_of(item: ResolvedObligation) -> str:
    """What an occasion of it is called: a report that a child is missing is a `report`."""
    if isinstance(item.obligation, Never):
        return "case"
    return "report" if is_reports_of_missing(item) else "occasion"
