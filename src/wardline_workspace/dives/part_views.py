"""The pages of one dive: each takes its values from `PagesOfDive` and shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.obligations import Owner
from wardline.reports.chart_tables_in_words import chart_csv
from wardline_workspace.dives import pages_in_words
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import pages_of
from wardline_workspace.dives.pages_of_dive import PagesOfDive, Values
from wardline_workspace.dives.parts import parts_for
from wardline_workspace.dives.rows_behind import rows_behind
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = [
    "can_we_tell",
    "children",
    "claims",
    "measure",
    "measure_csv",
    "measures",
    "method",
    "obligation",
    "obligations",
    "question",
    "records",
    "standard",
    "standards",
    "waits",
]

Make = Callable[[PagesOfDive], Values | None]
Found = TypeVar("Found")


def _page(request: HttpRequest, slug: str, template: str, make: Make) -> HttpResponse:
    added = get_object_or_404(AddedDive, slug=slug)
    pages = pages_of(added)
    shown = {
        "added": added,
        "rows_behind": rows_behind(request, added, pages.report.obligations),
        **_or_404(make(pages)),
        **parts_for(request, added),
    }
    return render(request, f"dives/{template}.html", shown)


def _owner_seen(request: HttpRequest) -> Owner | None:
    """Whose duties alone somebody sees; None: everybody's."""
    return None if may(request.user, May.SEE_FIGURES) else Owner.COUNCIL


def _or_404(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found


@needs(May.SEE_FIGURES, May.SEE_OWN_DUTIES)
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Question and answer: the first page of a dive. Whoever sees one body's duties only begins with these."""
    added = get_object_or_404(AddedDive, slug=slug)
    record(Did.OPENED_DIVE, by=request.user, about_kind="dive", about=added.slug)
    if _owner_seen(request) is not None:
        return redirect("dive_obligations", slug=slug)
    return _page(request, slug, "question", pages_in_words.question)


@needs(May.SEE_FIGURES)
def can_we_tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the records can tell: systems, joins, and obligation by obligation."""
    return _page(request, slug, "can_we_tell", pages_in_words.can_we_tell)


@needs(May.SEE_FIGURES, May.SEE_OWN_DUTIES)
def obligations(request: HttpRequest, slug: str) -> HttpResponse:
    """Every obligation, standard by standard, each with its bar."""
    owner = _owner_seen(request)
    return _page(request, slug, "obligations", lambda pages: pages_in_words.obligations(pages, owner))


@needs(May.SEE_FIGURES, May.SEE_OWN_DUTIES)
def obligation(request: HttpRequest, slug: str, named: str) -> HttpResponse:
    """One obligation, named `standard/obligation/version`."""
    owner = _owner_seen(request)
    return _page(request, slug, "obligation", lambda pages: pages_in_words.obligation(pages, named, owner))


@needs(May.SEE_FIGURES)
def standards(request: HttpRequest, slug: str) -> HttpResponse:
    """The standards with their versions, and what the limits rest on."""
    return _page(request, slug, "standards", pages_in_words.standards)


@needs(May.SEE_FIGURES)
def standard(request: HttpRequest, slug: str, named: str) -> HttpResponse:
    """One version of a standard, named `standard/version`."""
    return _page(request, slug, "standard", lambda pages: pages_in_words.standard(pages, named))


@needs(May.SEE_FIGURES, May.SEE_OWN_DUTIES)
def waits(request: HttpRequest, slug: str) -> HttpResponse:
    """How long it took, by standard: `?standard=standard/version` says which."""
    owner, wanted = _owner_seen(request), request.GET.get("standard", "")
    return _page(request, slug, "waits", lambda pages: pages_in_words.waits(pages, wanted, owner))


@needs(May.SEE_FIGURES)
def measures(request: HttpRequest, slug: str) -> HttpResponse:
    """Every measure at a glance."""
    return _page(request, slug, "measures", lambda pages: pages_in_words.measures(pages))


@needs(May.SEE_FIGURES)
def measure(request: HttpRequest, slug: str, named: str) -> HttpResponse:
    """One measure with its control chart."""
    return _page(request, slug, "measure", lambda pages: pages_in_words.measure(pages, named))


@needs(May.EXPORT)
def measure_csv(request: HttpRequest, slug: str, named: str) -> HttpResponse:
    """The figures of a measure's chart, unrounded, as a file."""
    added = get_object_or_404(AddedDive, slug=slug)
    found, _ = _or_404(pages_of(added).measures.get(named))
    text = chart_csv(_or_404(found.chart), is_made_up=added.is_made_up)
    record(Did.EXPORTED, by=request.user, about_kind="dive", about=added.slug, measure=found.measure.name)
    name = found.measure.name.replace("/", "-")
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{added.slug}-{name}.csv"'},
    )


@needs(May.SEE_FIGURES)
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """What is said to be better, and what the records say to it."""
    return _page(request, slug, "claims", lambda pages: pages_in_words.claims(pages))


@needs(May.SEE_FIGURES)
def children(request: HttpRequest, slug: str) -> HttpResponse:
    """How many children, and how many of them again and again."""
    return _page(request, slug, "children", pages_in_words.children)


@needs(May.SEE_FIGURES)
def records(request: HttpRequest, slug: str) -> HttpResponse:
    """What was read, what was rejected, and faults of recording."""
    return _page(request, slug, "records", pages_in_words.records)


@needs(May.SEE_FIGURES)
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """How it was counted, what the words mean, and what it was made from."""
    return _page(request, slug, "method", pages_in_words.method)
