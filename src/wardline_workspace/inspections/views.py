"""The office's pages of inspections: the list, one report, and what is written down of it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline_workspace.deployment.described import Place
from wardline_workspace.inspections import actions, forms
from wardline_workspace.inspections.clocks import clocks_of
from wardline_workspace.inspections.models import Concern, Inspection, RecordedEvent, Thread
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = [
    "add",
    "add_concern",
    "change",
    "change_concern",
    "grade",
    "inspection",
    "inspections",
    "record_event",
    "take_back",
    "thread",
]


@needs(May.SEE_INSPECTIONS, place=Place.OFFICE)
def inspections(request: HttpRequest) -> HttpResponse:
    """Every report, with how it stands; and the concerns that came back."""
    reports = list(Inspection.objects.prefetch_related("events", "recommendations", "concerns"))
    clocks = clocks_of(reports, as_at=timezone.now())
    shown = [(one, [clock for clock in clocks.get(one.pk, ()) if clock.is_open and clock.deadline]) for one in reports]
    return render(request, "inspections/inspections.html", {"reports": shown, "threads": _threads()})


def _threads() -> list[tuple[Thread, list[Concern]]]:
    concerns = Concern.objects.select_related("inspection").order_by("inspection__published_on")
    return [(one, list(one.concerns.all())) for one in Thread.objects.prefetch_related(Prefetch("concerns", concerns))]


@needs(May.SEE_INSPECTIONS, place=Place.OFFICE)
def thread(request: HttpRequest, slug: str) -> HttpResponse:
    """One concern through the inspections in which it stood."""
    found = get_object_or_404(Thread, slug=slug)
    concerns = found.concerns.select_related("inspection").prefetch_related("recommendations")
    shown = {"thread": found, "concerns": concerns.order_by("inspection__published_on")}
    return render(request, "inspections/thread.html", shown)


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def add(request: HttpRequest) -> HttpResponse:
    """Write down a report."""
    form = forms.InspectionForm(request.POST or None)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            added = actions.add_inspection(**given, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The report is written down. Its clocks run from the day it was published.")
            return redirect("inspection", slug=added.slug)
    return render(request, "inspections/form.html", _asked(form, "Write down an inspection", "Write it down"))


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct what is written of a report."""
    found = get_object_or_404(Inspection, slug=slug)
    names = ("title", "inspectorate", "other_body", "published_on", "looked_at", "web_address", "version")
    form = forms.InspectionForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    theirs = None
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.change_inspection(inspection=found, version=given.pop("version"), by=request.user, **given)
        except Refused as refused:
            theirs = _refused(form, refused)
        else:
            messages.success(request, "The report is corrected.")
            return redirect("inspection", slug=slug)
    return render(request, "inspections/form.html", _asked(form, "Correct the report", "Keep it", found, theirs))


@needs(May.SEE_INSPECTIONS, place=Place.OFFICE)
def inspection(request: HttpRequest, slug: str) -> HttpResponse:
    """One report: its clocks, grades, concerns and recommendations, and what happened after it."""
    return _page(request, get_object_or_404(Inspection, slug=slug))


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def grade(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down the grade of a topic."""
    found = get_object_or_404(Inspection, slug=slug)
    form = forms.GradeForm(request.POST or None)
    if form.is_valid():
        actions.grade(inspection=found, **form.cleaned_data, by=request.user)
        messages.success(request, f"The grade of “{form.cleaned_data['topic']}” is written down.")
        return redirect("inspection", slug=slug)
    return render(request, "inspections/form.html", _asked(form, "Write down a grade", "Write it down", found))


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def add_concern(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a cause of concern or an area for improvement."""
    found = get_object_or_404(Inspection, slug=slug)
    form = forms.ConcernForm(request.POST or None)
    if form.is_valid():
        given = _concern_of(form)
        given.pop("version")
        try:
            actions.add_concern(inspection=found, **given, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The concern is written down.")
            return redirect("inspection", slug=slug)
    return render(request, "inspections/form.html", _asked(form, "Write down a concern", "Write it down", found))


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def change_concern(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a concern, or join it with the same one of other inspections."""
    concern = get_object_or_404(Concern, inspection__slug=slug, pk=pk)
    names = ("kind", "title", "words", "thread", "version")
    form = forms.ConcernForm(request.POST or None, initial={name: getattr(concern, name) for name in names})
    theirs = None
    if form.is_valid():
        given = _concern_of(form)
        version, kind = given.pop("version"), given.pop("kind")
        try:
            actions.change_concern(concern=concern, version=version, kind=kind.name, **given, by=request.user)
        except Refused as refused:
            theirs = _refused(form, refused)
        else:
            messages.success(request, "The concern is corrected.")
            return redirect("inspection", slug=slug)
    asked = _asked(form, "Correct a concern", "Keep it", concern.inspection, theirs)
    return render(request, "inspections/form.html", asked)


def _concern_of(form: forms.ConcernForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    begun = given.pop("new_thread")
    return given | ({"thread": actions.thread_named(begun)} if begun else {})


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def record_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what happened after the report."""
    found = get_object_or_404(Inspection, slug=slug)
    form = forms.EventForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_event(inspection=found, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "It is recorded, and the clocks are counted anew.")
            return redirect("inspection", slug=slug)
    return render(request, "inspections/form.html", _asked(form, "Record what happened", "Record it", found))


@needs(May.KEEP_INSPECTIONS, place=Place.OFFICE)
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back an entry that was a mistake."""
    event = get_object_or_404(RecordedEvent, inspection__slug=slug, pk=pk)
    form = forms.TakeBackForm(request.POST or None)
    if form.is_valid():
        actions.take_back(event=event, **form.cleaned_data, by=request.user)
        messages.success(request, "The entry is taken back. It stays to be seen, with the reason.")
        return redirect("inspection", slug=slug)
    asked = _asked(form, "Take back an entry", "Take it back", event.inspection)
    return render(request, "inspections/form.html", asked | {"event": event})


def _page(request: HttpRequest, found: Inspection) -> HttpResponse:
    shown = {
        "report": found,
        "clocks": clocks_of([found], as_at=timezone.now()).get(found.pk, []),
        "grades": found.grades.all(),
        "concerns": found.concerns.select_related("thread").prefetch_related("recommendations"),
        "recommendations": found.recommendations.select_related("concern"),
        "events": found.events.all(),
    }
    return render(request, "inspections/inspection.html", shown)


def _asked(
    form: django_forms.Form, heading: str, button: str, report: Inspection | None = None, theirs: Any = None
) -> dict[str, Any]:
    return {"form": form, "heading": heading, "button": button, "report": report, "theirs": theirs}


def _refused(form: django_forms.Form, refused: Refused) -> dict[str, object] | None:
    """Say it on the form; where somebody else was quicker, what they wrote."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
    return refused.theirs if isinstance(refused, ChangedMeanwhile) else None
