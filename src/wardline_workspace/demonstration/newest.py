"""The newest dive, and the figure in it that the first ten minutes lead along."""

from __future__ import annotations

from django.urls import reverse

from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.trail.codes import case_code

__all__ = ["FIGURE", "LATE", "newest_dive", "one_child_of", "one_sentence_of"]

FIGURE = "england/missing-children/attend"
LATE = "late"


def newest_dive() -> AddedDive | None:
    """The dive that looks from the latest day."""
    return AddedDive.objects.first()


def one_child_of(dive: AddedDive) -> str | None:
    """The address of the case in which somebody came latest; of any case where none did; None where there is none."""
    index = findings_of(dive)
    of_figure = (("obligation", (FIGURE,)), ("outcome", (LATE,)))
    for chosen in (Chosen(of_figure, sort="late"), Chosen()):
        positions = index.page(chosen, 0, 1)
        for row in index.rows(positions):
            return reverse("case", args=[dive.slug, case_code(dive.slug, str(row["case_id"]))])
    return None


def one_sentence_of(dive: AddedDive) -> str | None:
    """The address of the page of the figure's obligation; of the dive's first where it has no such obligation."""
    obligations = opened(dive).obligations
    for item in sorted(obligations, key=lambda one: one.full_name != FIGURE):
        return reverse("dive_obligation", args=[dive.slug, f"{item.full_name}/{item.version}"])
    return None
