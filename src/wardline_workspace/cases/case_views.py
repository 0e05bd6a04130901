"""One case: why it is opened, and its timeline with each finding explained."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse

from wardline_workspace.cases import actions
from wardline_workspace.cases.case_page import in_groups
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.forms import WhyOpen
from wardline_workspace.cases.listing import address
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.cases.policies import needs_reason, notes_on, reason_given, why_not_open
from wardline_workspace.cases.readers import reader_of
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["case"]


@needs(May.OPEN_TIMELINE)
def case(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A case of a dive, by its code. Where records are identified it is asked first why it is opened."""
    added = get_object_or_404(AddedDive, slug=slug)
    case_id = findings_of(added).case_of(code)
    if case_id is None:
        raise Http404
    if refused := why_not_open(added, case_id):
        raise Refused(refused)
    given = reason_given(added, code, request.user) if needs_reason() else None
    if needs_reason() and given is None:
        return _ask_why(request, added, code, case_id)
    shown = reader_of(added).case(added, case_id)
    if shown is None:
        raise Http404
    actions.record_view(dive=added, code=code, by=request.user)
    return render(
        request,
        "cases/case.html",
        {
            "added": added,
            "case": shown,
            "groups": in_groups(shown.findings),
            "given": given,
            "notes": notes_on(added, case_id),
            "findings": address(slug, Chosen()),
            "all_of_obligation": lambda item: address(slug, Chosen((("obligation", (item.full_name,)),))),
            "obligation_page": lambda item: _page_of(slug, item.full_name, item.version),
            "case_id": case_id,
            "send_risk": _send_risk() if may(request.user, May.RAISE_RISK) else None,
        },
    )


def _ask_why(request: HttpRequest, added: AddedDive, code: str, case_id: str) -> HttpResponse:
    form = WhyOpen(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.give_reason(
            dive=added,
            case=case_id,
            code=code,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            by=request.user,
        )
        return redirect("case", slug=added.slug, code=code)
    shown = {"added": added, "form": form, "findings": address(added.slug, Chosen())}
    return render(request, "cases/why.html", shown)


def _page_of(slug: str, name: str, version: str) -> str | None:
    """The page of an obligation, where there is one."""
    try:
        return reverse("dive_obligation", args=[slug, f"{name}/{version}"])
    except NoReverseMatch:
        return None


def _send_risk() -> str | None:
    """Where it is sent that a child may be at risk now; None where that room is not there."""
    try:
        return reverse("send_risk")
    except NoReverseMatch:
        return None
