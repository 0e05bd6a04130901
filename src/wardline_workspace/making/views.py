"""The pages of a dive being made: the list, the steps, what it asks, what the exports can show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.documents import AsWritten, EntryValue, Path_, change_yaml
from wardline.errors import WardlineError
from wardline_workspace.deployment.described import Place
from wardline_workspace.making import actions, removing
from wardline_workspace.making.checked import coverage_of, megabytes_in
from wardline_workspace.making.coverage_on_page import coverage_on_page
from wardline_workspace.making.documents_checked import in_words
from wardline_workspace.making.forms import Begin, Question
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.policies import why_not_remove
from wardline_workspace.making.said_on_forms import on_form
from wardline_workspace.making.steps import problems_of_dive, steps_of
from wardline_workspace.making.work_in_files import DIVE
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["begin", "can_we_tell", "dive_being_made", "making", "question", "remove"]


@needs(May.MAKE_DIVE, place=Place.FORCE)
def making(request: HttpRequest) -> HttpResponse:
    """The dives that are being made, the newest first."""
    works = DiveBeingMade.objects.prefetch_related("runs")
    listed = [(work, max(work.runs.all(), key=lambda one: one.pk, default=None)) for work in works]
    return render(request, "making/making.html", {"works": listed})


@needs(May.MAKE_DIVE, place=Place.FORCE)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a dive: what it asks, from when it looks, which standards."""
    form = Begin(request.POST or None, initial={"is_made_up": settings.DEPLOYMENT.is_demonstration})
    if form.is_valid():
        asked = form.cleaned_data
        work = actions.begin(
            title=asked["title"],
            question=asked["question"],
            as_at=asked["as_at"],
            period=form.period,
            standards=asked["standards"],
            is_made_up=asked["is_made_up"],
            by=request.user,
        )
        return redirect("dive_being_made", slug=work.slug)
    return render(request, "making/begin.html", {"form": form})


@needs(May.MAKE_DIVE, place=Place.FORCE)
def dive_being_made(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps of one dive, each with how far it is."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    shown = {
        "work": work,
        "steps": steps_of(work, work.runs.last()),
        "lacking": problems_of_dive(work.files) if work.files.sources else [],
    }
    return render(request, "making/steps.html", shown)


@needs(May.MAKE_DIVE, place=Place.FORCE)
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """What the dive asks, changed in its dive file."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    stands = work.files.read(DIVE)
    form = Question(request.POST or None, initial=_asked(stands.data) | {"version": stands.version})
    if form.is_valid():
        changes = _changes(form, stands.data if isinstance(stands.data, dict) else {})
        if on_form(
            form,
            lambda: actions.change_document(
                work,
                DIVE,
                lambda text: change_yaml(text, changes),
                version=form.cleaned_data["version"],
                by=request.user,
            ),
        ):
            messages.success(request, "What the dive asks is written into dive.yaml.")
            return redirect("dive_being_made", slug=slug)
    return render(request, "making/question.html", {"work": work, "form": form})


def _asked(data: Any) -> dict[str, Any]:
    said = data if isinstance(data, dict) else {}
    named = said.get("period")
    period: dict[str, Any] = named if isinstance(named, dict) else {}
    return {
        "title": said.get("dive"),
        "question": said.get("question"),
        "as_at": _day(said.get("as at")),
        "period_from": _day(period.get("from")),
        "period_to": _day(period.get("to")),
        "standards": said.get("standards") or [],
        "is_made_up": said.get("made up") == "yes",
    }


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _changes(form: Question, said: dict[str, Any]) -> dict[Path_, EntryValue | None]:
    """What differs from what the dive file says: a time of day and standards of the force's own stay."""
    of, was = form.cleaned_data, _asked(said)
    changes: dict[Path_, EntryValue | None] = {}
    for key, name in (("dive", "title"), ("question", "question")):
        if of[name] != was[name]:
            changes[(key,)] = of[name]
    if of["as_at"] != was["as_at"]:
        changes["as at",] = AsWritten(of["as_at"].isoformat())
    if (of["period_from"], of["period_to"]) != (was["period_from"], was["period_to"]):
        period = form.period
        written: EntryValue = (
            {} if period is None else {"from": AsWritten(period[0].isoformat()), "to": AsWritten(period[1].isoformat())}
        )
        if written or "period" in said:
            changes["period",] = written or None
    offered = {name for name, _ in form.fields["standards"].choices}
    chosen = [*of["standards"], *(one for one in was["standards"] if one not in offered)]
    if sorted(chosen) != sorted(was["standards"]):
        changes["standards",] = chosen
    if of["is_made_up"] != was["is_made_up"]:
        changes["made up",] = AsWritten("yes" if of["is_made_up"] else "no")
    return changes


@needs(May.MAKE_DIVE, place=Place.FORCE)
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove a dive being made, with all that was uploaded for it."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    if request.method == "POST":
        removing.remove(work, by=request.user)
        messages.success(request, "It is removed, with all that was uploaded for it.")
        return redirect("making")
    return render(request, "making/remove.html", {"work": work, "why_not": why_not_remove(work)})


@needs(May.MAKE_DIVE, place=Place.FORCE)
def can_we_tell(request: HttpRequest, slug: str) -> HttpResponse:
    """What the exports are able to show, before any finding."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    shown: dict[str, Any] = {"work": work, "problems": [], "found": None}
    try:
        found = coverage_of(work.files, at_any_length="read" in request.GET)
        if found is not None:
            shown["found"] = coverage_on_page(found)
        else:
            shown["megabytes"] = megabytes_in(work.files.exports(source) for source in work.files.sources)
    except WardlineError as error:
        shown["problems"] = in_words(error.problems)
    return render(request, "making/can_we_tell.html", shown)
