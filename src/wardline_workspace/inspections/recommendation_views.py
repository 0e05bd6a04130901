"""The office's pages of one recommendation: what it asks, what the body itself does, and whether it is closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline_workspace.deployment.described import Place
from wardline_workspace.inspections import actions, forms
from wardline_workspace.inspections.models import Inspection, Recommendation
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["add", "answer", "closure", "recommendation"]


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a recommendation."""
    found = get_object_or_404(Inspection, slug=slug)
    form = forms.RecommendationForm(request.POST or None, inspection=found)
    if form.is_valid():
        try:
            added = actions.add_recommendation(inspection=found, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The recommendation is written down.")
            return redirect("recommendation", slug=slug, pk=added.pk)
    shown = {"form": form, "heading": "Write down a recommendation", "button": "Write it down", "report": found}
    return render(request, "inspections/form.html", shown)


@needs(May.SEE_INSPECTIONS, place=Place.OFFICE)
def recommendation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One recommendation."""
    return _page(request, _found(slug, pk))


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write what the oversight body itself does about it, or why nothing."""
    found = _found(slug, pk)
    form = forms.AnswerForm(request.POST, auto_id="answer_%s")
    theirs = None
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.answer(recommendation=found, version=given.pop("version"), **given, by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
            theirs = refused.theirs if isinstance(refused, ChangedMeanwhile) else None
        else:
            messages.success(request, "The answer is kept.")
            return redirect("recommendation", slug=slug, pk=pk)
    return _page(request, found, answer_form=form, form=form, theirs=theirs)


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
@require_POST
def closure(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Record that the inspectors closed it."""
    found = _found(slug, pk)
    form = forms.ClosureForm(request.POST, auto_id="closure_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            on = given["closed_by_inspectors_on"]
            actions.record_closure(recommendation=found, version=given["version"], on=on, by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "It is recorded.")
            return redirect("recommendation", slug=slug, pk=pk)
    return _page(request, found, closure_form=form, form=form)


def _found(slug: str, pk: int) -> Recommendation:
    return get_object_or_404(
        Recommendation.objects.select_related("inspection", "concern"), inspection__slug=slug, pk=pk
    )


def _page(request: HttpRequest, found: Recommendation, **sent: object) -> HttpResponse:
    found.refresh_from_db()
    names = ("answer", "answer_words", "answer_published_on", "version")
    answered = {name: getattr(found, name) for name in names}
    closed = {"closed_by_inspectors_on": found.closed_by_inspectors_on, "version": found.version}
    shown = {
        "one": found,
        "report": found.inspection,
        "answer_form": forms.AnswerForm(initial=answered, auto_id="answer_%s"),
        "closure_form": forms.ClosureForm(initial=closed, auto_id="closure_%s"),
        "form": None,
        "theirs": None,
    }
    return render(request, "inspections/recommendation.html", shown | sent)
