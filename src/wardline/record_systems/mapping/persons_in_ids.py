"""A person's number as a part of a case id: where that is, how it is hidden, and where it can only be refused.

One crime with several children has a case for each of them, which some exports name by the crime's number and the
person's. A case id stands in findings, pages and lists in clear, and a person's number does not: so that part of the
id is made a pseudonym, the one that the person has too. A case id that is a person's number alone is taken for what it
says, the number of a case; and an attribute that would hold a person's number is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from wardline.errors import Problem, ProblemKind
from wardline.record_systems.mapping.cells import CaseId
from wardline.record_systems.mapping.kinds_of_table import CaseTable, MappedTable, PersonTable
from wardline.record_systems.mapping.mapping import Mapping

__all__ = ["persons_as_attributes", "with_persons_hidden"]


def with_persons_hidden(mappings: Sequence[Mapping], pseudonym: Callable[[str, str], str]) -> list[Mapping]:
    """The mappings, each case id of which hides what names a person in it.

    `pseudonym` makes one of a record system's short name and the person's number in it. Which part of a system's case
    ids that is, its own tables say; tables of other systems that name its cases hide the same part.
    """
    parts = {mapping.system: _person_parts(mapping) for mapping in mappings}

    def hidden(mapping: Mapping, case_id: CaseId) -> CaseId:
        system = case_id.of or mapping.system
        of_person = frozenset() if case_id.matching is not None else parts.get(system, frozenset())
        hide = partial(pseudonym, system)
        return replace(case_id, hide=tuple(hide if at in of_person else None for at in range(len(case_id.columns))))

    def of_table(mapping: Mapping, table: MappedTable) -> MappedTable:
        case_id = table.names_its_case
        if case_id is None:
            return table
        changed: Any = {"case_id": hidden(mapping, case_id)}
        return replace(table, **changed)

    return [replace(one, tables=tuple(of_table(one, table) for table in one.tables)) for one in mappings]


def persons_as_attributes(mapping: Mapping) -> Iterator[Problem]:
    """A problem for each attribute that would hold a person's number in clear."""
    persons = _person_columns(mapping)
    for _, attribute, path in mapping.attributes_with_places():
        # Where values are listed it is no longer the number that is kept.
        if attribute.column in persons and not attribute.values:
            yield mapping.document.problem(
                ProblemKind.WRONG_VALUE,
                path,
                f"The column `{attribute.column}` has the person's number, which would be kept as it is, as "
                f"`{attribute.name}`.",
                "Take this attribute out: `person` keeps the number, as a pseudonym.",
                of_key=True,
            )


def _person_parts(mapping: Mapping) -> frozenset[int]:
    """Which columns of this system's case ids, by their place, hold a person's number beside another part."""
    persons = _person_columns(mapping)
    return frozenset(
        at
        for case_id in mapping.case_ids()
        if case_id.of in (None, mapping.system) and case_id.matching is None and len(case_id.columns) > 1
        for at, column in enumerate(case_id.columns)
        if column in persons
    )


def _person_columns(mapping: Mapping) -> set[str]:
    """The columns that hold a person's number, or a part of one."""
    found: set[str] = set()
    for table in mapping.tables:
        if isinstance(table, CaseTable):
            found.update(table.person)
        if isinstance(table, PersonTable):
            found.update(table.person_id)
    return found
