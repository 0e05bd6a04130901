"""The pages of a release at the office, at the addresses that a dive's pages have."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened_release
from wardline_workspace.dives.policies import why_not_opened
from wardline_workspace.people.gate import needs
from wardline_workspace.releases.as_a_dive import PagesOfRelease, pages_of_release
from wardline_workspace.releases.release_parts import parts_of_release
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["of_either", "release_vignettes"]

View = Callable[..., HttpResponse]
PAGES = frozenset({"question", "can_we_tell", "obligations", "obligation", "standards", "measures", "claims", "method"})
INSTEAD = {
    "waits": "dive_obligations",
    "standard": "dive_standards",
    "measure": "dive_measures",
    "measure_csv": "dive_measures",
}
"""Pages of a dive of which a release has the same on another page."""


def of_either(view: View, page: str) -> View:
    """A page of a dive, or the same of a release. Who may open it is what the view says."""

    @wraps(view)
    def either(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
        added = get_object_or_404(AddedDive, slug=slug)
        return _of_release(request, added, page, **named) if added.is_release else view(request, slug, **named)

    return either


def _of_release(request: HttpRequest, added: AddedDive, page: str, named: str = "") -> HttpResponse:
    if page == "question":
        record(Did.OPENED_DIVE, by=request.user, about_kind="dive", about=added.slug)
    if why_not_opened(added, today=timezone.localdate()):
        return redirect("received_release", slug=added.slug)
    if page in INSTEAD:
        return redirect(INSTEAD[page], slug=added.slug)
    if page not in PAGES:
        return _page(request, added, "not_in_it", status=404)
    pages = pages_of_release(added)
    return _page(request, added, page, pages=pages, **_one_of(pages, page, named))


def _one_of(pages: PagesOfRelease, page: str, named: str) -> dict[str, Any]:
    if page != "obligation":
        return {}
    one = pages.of(named)
    if one is None:
        raise Http404
    return {"one": one}


def _page(request: HttpRequest, added: AddedDive, page: str, status: int = 200, **shown: Any) -> HttpResponse:
    release = opened_release(added)
    values = {"added": added, "release": release, "about": release.about, **parts_of_release(request, added), **shown}
    return render(request, f"releases/dive_{page}.html", values, status=status)


@needs(May.SEE_FIGURES, place=Place.OFFICE)
def release_vignettes(request: HttpRequest, slug: str) -> HttpResponse:
    """The vignettes that were released."""
    added = get_object_or_404(AddedDive, slug=slug, is_release=True)
    release = opened_release(added)
    if not release.vignettes:
        raise Http404
    record(Did.OPENED_CASE, by=request.user, about_kind="vignettes", about=added.slug)
    return _page(request, added, "vignettes")
