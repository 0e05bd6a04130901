"""Each child once: its cases, and what was found of them over all standards. Pseudonyms, never names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.english import number
from wardline.measures import ChildFound, ChildrenFound, Count
from wardline.obligations import Owner, ResolvedObligation
from wardline.reports.figures_in_words import as_number, number_or_dash, with_noun
from wardline.reports.page_tables import Column, Table, shown_of
from wardline.reports.report import Report
from wardline.reports.wording import OWNER_WORDS

__all__ = ["ORDER", "ChildrenToOpen", "children_to_open_first"]

# Chosen by us so that the page can be printed and read.
MOST_CHILDREN = 50
MOST_CASES_WITHOUT_CHILD = 15
MOST_CASES_NAMED = 3
PSEUDONYM_SHOWN = 12  # characters; enough to tell thousands apart

ORDER = (
    "First come those with an open case that is past the deadline of a step that protects the child, then those with "
    "any open case past a deadline, then those with the most steps that protect the child and have no record, then "
    "those with the most steps of any kind that have no record, then those with the most recorded late. Where these "
    "are equal, the order is by pseudonym."
)
WHERE_ALL_ARE = (
    "in the order stated above. All of them are in tables.ods, on the sheet of children, and each finding is in "
    "findings.parquet."
)


@dataclass(frozen=True)
class ChildrenToOpen:
    """How many children and cases there are to open, in a sentence, and the tables of them."""

    summary: str
    tables: tuple[Table, ...]


def children_to_open_first(report: Report) -> ChildrenToOpen:
    """The children, each once, and after them the cases that name none."""
    found = report.figures.children
    titles = {item.key: _title(report, item) for item in report.obligations}
    tables = (
        _children_table(found.first_with_child[:MOST_CHILDREN], found.children, titles),
        _cases_table(found.first_without_child[:MOST_CASES_WITHOUT_CHILD], found.cases_without_child, titles),
    )
    return ChildrenToOpen(_summary(found), tuple(table for table in tables if table is not None))


def _children_table(shown: Sequence[ChildFound], whole: Count, titles: dict[str, str]) -> Table | None:
    if not whole:
        return None
    rows = tuple(((one.child_id or "")[:PSEUDONYM_SHOWN], *_cells(one, titles)) for one in shown)
    return _table(f"Children: {as_number(whole)}", (Column("Child", is_code=True),), rows, whole)


def _cases_table(shown: Sequence[ChildFound], whole: Count, titles: dict[str, str]) -> Table | None:
    if not whole:
        return None
    rows = tuple(_cells(one, titles) for one in shown)
    return _table(f"Cases that name no child: {as_number(whole)}", (), rows, whole)


def _cells(one: ChildFound, titles: dict[str, str]) -> tuple[str, ...]:
    counts = (one.open, one.protecting, one.missed, one.late)
    return (_cases(one.case_ids), titles.get(one.step, one.step), *map(number_or_dash, counts))


def _table(caption: str, first: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], whole: Count) -> Table:
    return Table(
        caption=caption,
        columns=(
            *first,
            Column("Cases", is_code=True),
            Column("Look first at"),
            Column("Open, past deadline", is_number=True),
            Column("No record: protecting", is_number=True),
            Column("No record: all", is_number=True),
            Column("Late", is_number=True),
        ),
        rows=rows,
        note=shown_of(rows, whole, WHERE_ALL_ARE, joined_by=", "),
    )


def _title(report: Report, item: ResolvedObligation) -> str:
    owner = item.obligation.owed_by
    return report.title_of(item) + ("" if owner is Owner.FORCE else f" (owed by {OWNER_WORDS[owner]})")


def _cases(case_ids: Sequence[str]) -> str:
    more = len(case_ids) - MOST_CASES_NAMED
    return ", ".join(case_ids[:MOST_CASES_NAMED]) + (f" and {number(more)} more" if more > 0 else "")


def _summary(found: ChildrenFound) -> str:
    if not found.of_both:
        return ""
    who = with_noun(found.children, "child", "children")
    without = found.cases_without_child
    if without:
        who += f", and {with_noun(without, 'case')} that {'names' if without.value == 1 else 'name'} no child"
    said = [f"Something was not recorded, or recorded late, for {who}."]
    is_open, protecting = found.with_open_case, found.with_protecting_missed
    if is_open:
        have = f"{as_number(is_open)} {'has' if is_open.value == 1 else 'have'}"
        said.append(f"Of these, {have} an open case past a deadline: somebody must look at it today.")
    if protecting:
        said.append(f"For {as_number(protecting)} no record was found of a step that protects the child.")
    return " ".join(said)
