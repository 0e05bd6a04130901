"""The figures of a dive, counted once when it is added and kept, so that a page of it is there at once.

What is kept has no case, no child and no row in it: whatever names one is taken out before, so that no page made from
it can show one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wardline.dive import KeptDive, report_contents
from wardline.measures import (
    ChildrenOfCases,
    Figures,
    OutcomesByGroup,
    Share,
    children_of_cases,
    outcomes_by_group,
    shares_of_obligations,
)
from wardline.reports import Report
from wardline_workspace.dives.kept_files import keep, kept

__all__ = ["KeptFigures", "figures_kept", "keep_figures"]


@dataclass(frozen=True)
class KeptFigures:
    """What the pages of a dive are made from."""

    report: Report
    groups: Mapping[str, tuple[OutcomesByGroup, ...]]
    children: tuple[ChildrenOfCases, ...]
    shares: Mapping[str, Share]  # by the key of the obligation, with repeats of one child allowed for


def keep_figures(dive: KeptDive, manifest_sha256: str) -> KeptFigures:
    """Count the figures of a dive, and keep them; they replace what was kept of it before."""
    with dive.readable():
        found = KeptFigures(
            _without_cases(report_contents(dive)),
            outcomes_by_group(dive.tables),
            children_of_cases(dive.tables),
            shares_of_obligations(dive.tables, dive.figures.obligations),
        )
    keep(manifest_sha256, found)
    return found


def figures_kept(manifest_sha256: str) -> KeptFigures | None:
    """What was kept; None where nothing was, where another version wrote it, or where it was not written here."""
    return kept(manifest_sha256, KeptFigures)


def _without_cases(report: Report) -> Report:
    """The report without the cases that it tells of and the children that it lists; every count stays."""
    figures = report.figures
    return replace(report, figures=_counts_only(figures))


def _counts_only(figures: Figures) -> Figures:
    return replace(
        figures,
        told=(),
        to_check=replace(figures.to_check, first=()),
        questions=tuple(replace(one, shown=()) for one in figures.questions),
        children=replace(figures.children, first=()),
    )
