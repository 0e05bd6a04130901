"""How many children a dive is about, and how many are in several cases: numbers only."""

from __future__ import annotations

from wardline.english import number
from wardline.measures import ChildrenFound, ChildrenOfCases
from wardline.measures.children_counted import BANDS
from wardline.reports.figures_in_words import as_number, part_in_percent, with_noun
from wardline.reports.headline import Fact
from wardline.reports.page_tables import Column, Table
from wardline.reports.wording import case_type_in_plural

__all__ = ["HOW_COUNTED", "children_by_cases", "children_in_a_sentence", "facts_of_children", "found_of_children"]

OFTEN = 3  # cases; the number from which guidance asks for more
HOW_COUNTED = (
    "A child is counted by the person numbers of one record system. Until person records are linked, the same child "
    "may have one in each system, so children of different kinds of cases are not added up here."
)


def children_in_a_sentence(found: ChildrenOfCases) -> str:
    """`7,936 missing episodes name 3,207 children; 619 of them are in three or more.`"""
    cases = f"{as_number(found.cases)} {_noun(found)}"
    if not found.children:
        is_one = found.cases.value == 1
        return f"{cases} {'names' if is_one else 'name'} no child."
    often = found.with_at_least(OFTEN)
    said = f"{cases} name {with_noun(found.children, 'child', 'children')}"
    said += f"; {as_number(often) if often else 'none'} of them {'is' if often.value == 1 else 'are'} in three or more"
    if found.cases_without_child:
        without = found.cases_without_child
        said += f". {with_noun(without, 'case')} {'names' if without.value == 1 else 'name'} no child"
    return f"{said}."


def facts_of_children(found: ChildrenOfCases) -> tuple[Fact, ...]:
    """How many children, and how many of them in three or more cases."""
    if not found.children:
        return ()
    often = found.with_at_least(OFTEN)
    return (
        Fact(as_number(found.children), f"children in {as_number(found.cases)} {_noun(found)}"),
        Fact(as_number(often), f"of them in three {case_type_in_plural(found.case_type)} or more"),
    )


def children_by_cases(found: ChildrenOfCases) -> Table | None:
    """A row for each number of cases; None where no case names a child."""
    if not found.children:
        return None
    rows = tuple(
        (_band(least, most), as_number(children), part_in_percent(children, found.children), as_number(cases))
        for (least, most), (children, cases) in zip(BANDS, found.by_cases, strict=True)
    )
    plural = case_type_in_plural(found.case_type)
    return Table(
        caption=f"Children, by how many {plural} each is named in",
        columns=(
            Column(plural[:1].upper() + plural[1:]),
            Column("Children", is_number=True),
            Column("Of all children named", is_number=True),
            Column("Cases that name them", is_number=True),
        ),
        rows=rows,
    )


def found_of_children(found: ChildrenFound) -> str:
    """Of how many children anything was recorded late or is without a record."""
    if not found.of_both:
        return "For no child was anything that was owed recorded late or left without a record."
    # Over several systems: until person records are linked, a child whom two systems know is counted in each.
    said = [f"{with_noun(found.children, 'person record')} (the same child may have one in each system)"]
    said = said if found.children else []
    if found.cases_without_child:
        without = found.cases_without_child
        said.append(f"{with_noun(without, 'case')} that {'names' if without.value == 1 else 'name'} no child")
    is_one = found.of_both.value == 1
    return (
        f"Over everything that was owed, {' and '.join(said)} {'has' if is_one else 'have'} at least one step that was "
        "recorded late, or of which no record was found."
    )


def _noun(found: ChildrenOfCases) -> str:
    return found.case_type if found.cases.value == 1 else case_type_in_plural(found.case_type)


def _band(least: int, most: int | None) -> str:
    if most is None:
        return f"{number(least)} or more"
    return number(least) if least == most else f"{number(least)} to {number(most)}"
