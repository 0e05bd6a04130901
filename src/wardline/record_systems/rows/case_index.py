"""Which cases the rows of a table belong to: their own system's by id, another's by what both hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.record_systems.mapping.cells import AttributeType, CaseId
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.rows.rejects import RejectReason

__all__ = ["CaseIndex", "check_joins", "wanted_attributes"]

CASE_OF_ROW = pl.Schema({"row": pl.Int64(), "case_id": pl.String()})


@dataclass
class CaseIndex:
    """All cases that are known, by id and by the attributes that some table matches.

    With `alone`, a mapping is looked at by itself: every row that names another system's case is taken to match.
    """

    alone: bool = False
    ids: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"case_id": pl.String()}))
    by_attribute: dict[tuple[str, str], pl.DataFrame] = field(default_factory=dict)

    def cases_of(self, rows: pl.DataFrame, case_id: CaseId, system: str) -> pl.DataFrame:
        """The cases that each of some rows (`row`, `id`) belongs to: `row`, `case_id`, in that order."""
        of = case_id.of or system
        if case_id.matching is None or (self.alone and of != system):
            named = rows.select("row", (pl.lit(f"{of}:") + pl.col("id")).alias("case_id"))
            if self.alone and of != system:
                return named
            return named.join(self.ids, on="case_id", how="semi", maintain_order="left")
        matching = self.by_attribute[of, case_id.matching]
        return rows.select("row", "id").join(matching, on="id").select("row", "case_id").sort("row", "case_id")

    @staticmethod
    def reason(case_id: CaseId, system: str) -> RejectReason:
        """Why a row without a case is rejected."""
        return RejectReason.NO_CASE if case_id.of in (None, system) else RejectReason.NOT_MATCHED


def wanted_attributes(mappings: Sequence[Mapping]) -> set[tuple[str, str]]:
    """The (system, attribute) pairs by which some table finds its cases."""
    return {
        (case_id.of or mapping.system, case_id.matching)
        for mapping in mappings
        for case_id in mapping.case_ids()
        if case_id.matching is not None
    }


def check_joins(mappings: Sequence[Mapping]) -> None:
    """See that mappings fit together. Raises DocumentError with all the problems, each where its mapping says so."""
    found = [*_same_names(mappings), *_unknown_systems(mappings), *_two_types(mappings)]
    Problems(DocumentError, found).tell()


def _same_names(mappings: Sequence[Mapping]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for mapping in mappings:
        if mapping.system in seen:
            problems.append(
                mapping.document.problem(
                    ProblemKind.WRONG_VALUE,
                    ("record system",),
                    f"Two sources are called `{mapping.system}`.",
                    "Give each record system a name of its own.",
                )
            )
        seen.add(mapping.system)
    return problems


def _unknown_systems(mappings: Sequence[Mapping]) -> list[Problem]:
    by_name = {mapping.system: mapping for mapping in mappings}
    problems = []
    for mapping in mappings:
        for table in mapping.tables:
            case_id = table.names_its_case
            if case_id is None or case_id.of is None:
                continue
            of, path = case_id.of, (*table.path, "case id")
            other = by_name.get(of)
            if other is None:
                problems.append(
                    mapping.document.problem(
                        ProblemKind.UNKNOWN_NAME,
                        (*path, "of"),
                        f"No source is called `{of}`.{did_you_mean(of, by_name)}",
                        f"The sources are: {', '.join(sorted(by_name))}.",
                    )
                )
                continue
            if case_id.matching is None:
                continue
            known = {attribute.name: attribute for each in other.case_tables() for attribute in each.attributes}
            if case_id.matching not in known:
                problems.append(
                    mapping.document.problem(
                        ProblemKind.UNKNOWN_NAME,
                        (*path, "matching"),
                        f"The cases of `{case_id.of}` have no attribute `{case_id.matching}`."
                        f"{did_you_mean(case_id.matching, known)}",
                        "Name one that its mapping gives them under `attributes`, or leave `matching` out: "
                        "the case's own id is then matched.",
                    )
                )
            elif known[case_id.matching].type is not AttributeType.TEXT:
                problems.append(
                    mapping.document.problem(
                        ProblemKind.WRONG_VALUE,
                        (*path, "matching"),
                        f"`{case_id.matching}` is a {known[case_id.matching].type.value}, and only texts are matched.",
                        f"Leave out its `type` in the mapping of `{case_id.of}`.",
                    )
                )
    return problems


def _two_types(mappings: Sequence[Mapping]) -> list[Problem]:
    """A column of ours has one type over all systems. (Within a mapping, reading it has seen to that.)"""
    first: dict[tuple[str, str], tuple[AttributeType, str]] = {}
    problems = []
    for mapping in mappings:
        for kind, attribute, path in mapping.attributes_with_places():
            known, system = first.setdefault((kind, attribute.name), (attribute.type, mapping.system))
            if known is not attribute.type:
                problems.append(
                    mapping.document.problem(
                        ProblemKind.WRONG_VALUE,
                        path,
                        f"`{attribute.name}` is a {attribute.type.value} here and a {known.value} in `{system}`.",
                        "Give both the same `type`, or one of them another name.",
                        of_key=True,
                    )
                )
    return problems
