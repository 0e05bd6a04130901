"""The rows of a release that is not signed, as the office will see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wardline.dive.releasing.plan_of_release import (
    CAN_TELL_TABLE,
    CLAIMS_TABLE,
    CODED_CASES,
    CODED_EVENTS,
    CODED_FINDINGS,
    COVERAGE_TABLE,
    FIGURES_TABLE,
    RELEASED_MEASURES,
)
from wardline.obligations import name_in_words
from wardline.reports.wording import date_in_words
from wardline_workspace.deployment.described import Place
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.releases.models import Release
from wardline_workspace.releases.preview import preview_of
from wardline_workspace.releases.states import State
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["TABLES", "rows"]

TABLES = {
    "cases": (CODED_CASES, "coded cases"),
    "events": (CODED_EVENTS, "events of these cases"),
    "findings": (CODED_FINDINGS, "findings of these cases"),
    "figures": (FIGURES_TABLE, "figures by obligation and by group"),
    "measures": (RELEASED_MEASURES, "figures of measures"),
    "claims": (CLAIMS_TABLE, "claims"),
    "can-tell": (CAN_TELL_TABLE, "what the records can tell"),
    "coverage": (COVERAGE_TABLE, "record systems"),
}
ON_A_PAGE = 50


@dataclass(frozen=True)
class _Rows:
    """A frame that is cut page by page."""

    frame: pl.DataFrame

    def __len__(self) -> int:
        return self.frame.height

    def __getitem__(self, part: slice) -> list[list[str]]:
        return [[_cell(one) for one in row] for row in self.frame[part].iter_rows()]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return date_in_words(value) if hasattr(value, "year") else str(value)


def _columns(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for name, kind in frame.schema.items():
        words = name_in_words(name)
        yield {"title": f"{words[:1].upper()}{words[1:]}", "number": kind.is_numeric()}


@needs(May.PREPARE_RELEASE, May.SIGN_RELEASE, place=Place.FORCE)
def rows(request: HttpRequest, number: int, table: str) -> HttpResponse:
    """Every row of one table of the release."""
    found = get_object_or_404(Release.objects.select_related("dive"), number=number)
    if found.state != State.PREPARED:
        raise Refused("This release is decided. What went is in its folder, as it was signed.")
    tables = preview_of(found).plan.tables
    file, words = TABLES.get(table, ("", ""))
    if file not in tables:
        raise Http404
    frame = tables[file]
    page: Page[Any] = Paginator(_Rows(frame), ON_A_PAGE).get_page(request.GET.get("page"))
    record(Did.LOOKED_AT_RELEASE, by=request.user, about_kind="release", about=number, table=table, rows=frame.height)
    others = [(name, told) for name, (other, told) in TABLES.items() if other in tables]
    shown = {"release": found, "words": words, "here": table, "others": others, "many": frame.height, "page": page}
    return render(request, "releases/rows.html", shown | {"columns": list(_columns(frame)), "rows": list(page)})
