"""The children to open first: the list to check today, each child once. Pseudonyms, never names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.english import number
from wardline.measures import ChildListed
from wardline.obligations import Owner
from wardline.reports.figures_in_words import as_number, with_noun
from wardline.reports.lists_in_words import risk_in_words
from wardline.reports.page_tables import Column, Table, shown_of
from wardline.reports.report import Report
from wardline.reports.wording import OWNER_WORDS, duration_short

__all__ = ["ORDER", "ChildrenToOpen", "children_to_open_first"]

MOST_CASES_NAMED = 3
PSEUDONYM_SHOWN = 12  # characters; enough to tell thousands apart

ORDER = (
    "First come open cases of children who are recorded as still missing or still at risk, then other open cases, then "
    "cases closed in the last seven days without a record of a step that protects the child. Among these a step that "
    "protects the child comes first, then the more dangerous grade, then what is overdue longest."
)
WHERE_ALL_ARE = (
    "in the order stated above. All of them are in the list of children to check today, and in the spreadsheet."
)


@dataclass(frozen=True)
class ChildrenToOpen:
    """How many children and cases there are to open, in a sentence, and the table of the first of them."""

    summary: str
    table: Table | None


def children_to_open_first(report: Report) -> ChildrenToOpen:
    """The first children of the list to check today, and the cases among them that name none."""
    listed = report.figures.to_check
    return ChildrenToOpen(_summary(report), _table(report, listed.first) if listed.first else None)


def _table(report: Report, first: Sequence[ChildListed]) -> Table:
    listed = report.figures.to_check
    rows = tuple(
        (
            (one.child_id or "–")[:PSEUDONYM_SHOWN],
            _cases(one.case_ids),
            one.title + ("" if one.owed_by == Owner.FORCE.value else f" (owed by {OWNER_WORDS[Owner(one.owed_by)]})"),
            "open" if one.is_open else "closed",
            risk_in_words(one.is_at_risk, is_open=one.is_open) or "–",
            one.grade or "–",
            "–" if one.overdue is None else duration_short(one.overdue),
            as_number(one.occasions),
        )
        for one in first
    )
    return Table(
        caption=f"To check today, each child once: {as_number(listed.of_both)}",
        columns=(
            Column("Child", is_code=True),
            Column("Cases", is_code=True),
            Column("Look first at"),
            Column("Case"),
            Column("Still missing or at risk"),
            Column("Grade"),
            Column("Overdue by", is_number=True),
            Column("Things owed", is_number=True),
        ),
        rows=rows,
        note=shown_of(rows, listed.of_both, WHERE_ALL_ARE, joined_by=", "),
    )


def _cases(case_ids: Sequence[str]) -> str:
    more = len(case_ids) - MOST_CASES_NAMED
    return ", ".join(case_ids[:MOST_CASES_NAMED]) + (f" and {number(more)} more" if more > 0 else "")


def _summary(report: Report) -> str:
    listed = report.figures.to_check
    if not listed.cases:
        return ""
    children, without = listed.children, listed.cases_without_child
    who = [with_noun(children, "child", "children")] if children else []
    if without:
        who.append(f"{with_noun(without, 'case')} that {'names' if without.value == 1 else 'name'} no child")
    return (
        f"{' and '.join(who)} must be looked at today: the deadline for something that was owed has passed, and there "
        "is no record of it; or the case was closed in the last seven days, and no record of a step that protects the "
        "child is found."
    )
