"""From a figure into its rows, from a row into its case."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline_workspace.cases.actions import record_export
from wardline_workspace.cases.chosen import Chosen, chosen_in
from wardline_workspace.cases.export import FORMS, export_of
from wardline_workspace.cases.forms import FindCase
from wardline_workspace.cases.listing import address, listing
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.dives.parts import parts_for
from wardline_workspace.pages.refusals import not_yours
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.kinds import Did

__all__ = ["find_case", "findings", "take"]

NO_SUCH_CASE = "No finding of this dive is about a case of that number"
MANY_SHOWN = 20


@needs(May.SEE_CASES)
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """The findings of a dive, narrowed and ordered as the address says."""
    added = get_object_or_404(AddedDive, slug=slug)
    index = findings_of(added)
    chosen = chosen_in(request.GET, index.asked)
    if request.META.get("QUERY_STRING", "") != chosen.query():
        return redirect(address(slug, chosen))
    return _list(request, added, chosen, FindCase())


@needs(May.SEE_CASES)
@require_POST
def find_case(request: HttpRequest, slug: str) -> HttpResponse:
    """The findings of the case of a number. What was looked for is written down nowhere."""
    added = get_object_or_404(AddedDive, slug=slug)
    form = FindCase(request.POST)
    if not form.is_valid():
        return _list(request, added, Chosen(), form)
    found = findings_of(added).cases_called(form.cleaned_data["number"])
    record(Did.SEARCHED, by=request.user, about_kind="dive", about=slug, found=len(found))
    if len(found) == 1:
        return redirect(address(slug, Chosen(case=case_code(slug, found[0]))))
    if not found:
        form.add_error("number", NO_SUCH_CASE)
    cases = [
        {"case_id": case_id, "address": address(slug, Chosen(case=case_code(slug, case_id)))}
        for case_id in found[:MANY_SHOWN]
    ]
    return _list(request, added, Chosen(), form, cases=cases)


@needs(May.EXPORT)
@require_POST
def take(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The findings that the address chooses, as a file to take along; only for whoever may see them here."""
    if form not in FORMS:
        raise Http404
    if not may(request.user, May.SEE_CASES):
        return not_yours(request)
    added = get_object_or_404(AddedDive, slug=slug)
    index = findings_of(added)
    chosen = chosen_in(request.GET, index.asked)
    record_export(dive=added, form=form, found=index.how_many(chosen), by=request.user, narrowed=_questions(chosen))
    answer = StreamingHttpResponse(
        export_of(added, index, chosen, form, marking=added.marking or settings.DEPLOYMENT.marking),
        content_type=FORMS[form],
    )
    answer["Content-Disposition"] = f'attachment; filename="findings-{added.slug}.{form}"'
    return answer


def _questions(chosen: Chosen) -> list[str]:
    """By which questions findings were narrowed: never by what was answered."""
    return [name for name, _ in chosen.values] + (["case"] if chosen.case else [])


def _list(request: HttpRequest, added: AddedDive, chosen: Chosen, form: FindCase, **more: Any) -> HttpResponse:
    index = findings_of(added)
    shown = listing(index, chosen, slug=added.slug, few_are_hidden=not settings.DEPLOYMENT.is_force)
    record(
        Did.LOOKED_AT_FINDINGS,
        by=request.user,
        about_kind="dive",
        about=added.slug,
        narrowed=_questions(chosen),
        found=shown.found,
    )
    return render(
        request,
        "cases/findings.html",
        {
            "added": added,
            "listing": shown,
            "form": form,
            "previous": address(added.slug, shown.chosen.on_page(shown.chosen.page - 1)),
            "next": address(added.slug, shown.chosen.on_page(shown.chosen.page + 1)),
            "query": shown.chosen.query(),
            "cleared": address(added.slug, shown.chosen.without_questions()),
            **parts_for(request, added, opened(added)),
            **more,
        },
    )
