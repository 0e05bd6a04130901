"""The force's pages about releases: what goes and what stays, signing, handing over, recalling."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline.errors import WardlineError
from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.people.models import Account
from wardline_workspace.releases import actions, forms
from wardline_workspace.releases.columns import columns_that_go
from wardline_workspace.releases.models import HeldCase, Release, Vignette
from wardline_workspace.releases.policies import why_not_destroyed, why_not_recall, why_not_sign
from wardline_workspace.releases.preview import fingerprint_of, preview_of, vignettes_of
from wardline_workspace.releases.received_views import received
from wardline_workspace.releases.rows import TABLES
from wardline_workspace.releases.signing import sign
from wardline_workspace.releases.states import State
from wardline_workspace.releases.where import archive_of
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["archive", "change", "destroyed", "do_not", "notice", "prepare", "recall", "release", "releases"]

FORCE = Place.FORCE


def refused_in(form: django_forms.Form, refused: Refused) -> None:
    """Say beside its field why something was refused, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


def problems_in(form: django_forms.Form, error: WardlineError) -> None:
    """Say above the form what the library found."""
    for problem in error.problems:
        form.add_error(None, f"{problem.what} {problem.remedy}")


def names() -> dict[str, str]:
    """Whose code is whose name."""
    return dict(Account.objects.values_list("public_id", "name"))


@needs(May.SEE_RELEASES)
def releases(request: HttpRequest) -> HttpResponse:
    """What was released, to whom and until when."""
    if not settings.DEPLOYMENT.is_force:
        return received(request)
    shown = {
        "releases": Release.objects.select_related("dive"),
        "dives": AddedDive.objects.filter(is_release=False) if may(request.user, May.PREPARE_RELEASE) else [],
        "held": HeldCase.objects.filter(lifted_at=None).count(),
        "vignettes": Vignette.objects.count(),
        "today": timezone.localdate(),
    }
    return render(request, "releases/releases.html", shown)


@needs(May.PREPARE_RELEASE, place=FORCE)
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare a release of a dive."""
    dive = get_object_or_404(AddedDive, slug=slug, is_release=False)
    form = _terms(request, dive, {"marking": dive.marking or _marking(), "kind": "totals"})
    if form.is_valid():
        try:
            made = actions.prepare(dive=dive, by=request.user, **_given(form))
        except Refused as refused:
            refused_in(form, refused)
        else:
            return redirect("release", number=made.number)
    return render(request, "releases/prepare.html", {"form": form, "dive": dive, "release": None})


@needs(May.PREPARE_RELEASE, place=FORCE)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change the terms of a release that is not signed."""
    found = get_object_or_404(Release.objects.select_related("dive"), number=number)
    begun = {name: getattr(found, name) for name in actions.TERMS} | {"version": found.version}
    form = _terms(request, found.dive, begun | {"recipients": "\n".join(found.recipients)})
    if form.is_valid():
        try:
            actions.change(release=found, version=form.cleaned_data["version"] or 0, by=request.user, **_given(form))
        except Refused as refused:
            refused_in(form, refused)
            theirs = getattr(refused, "theirs", {})
            shown = {"form": form, "dive": found.dive, "release": found, "theirs": theirs}
            return render(request, "releases/prepare.html", shown, status=409)
        return redirect("release", number=number)
    return render(request, "releases/prepare.html", {"form": form, "dive": found.dive, "release": found})


def _terms(request: HttpRequest, dive: AddedDive, begun: dict[str, Any]) -> forms.Terms:
    obligations = opened(dive).obligations
    return forms.Terms(request.POST or None, initial=begun, obligations=obligations)


def _given(form: forms.Terms) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.TERMS}


def _marking() -> str:
    return str(settings.DEPLOYMENT.marking)


@needs(May.PREPARE_RELEASE, May.SIGN_RELEASE, place=FORCE)
def release(request: HttpRequest, number: int) -> HttpResponse:
    """One release: before it is signed what goes and what stays, afterwards what became of it."""
    found = get_object_or_404(Release.objects.select_related("dive"), number=number)
    form = forms.Sign(request.POST or None, initial={"seen": fingerprint_of(found)})
    if request.method == "POST":
        if not may(request.user, May.SIGN_RELEASE):
            raise Refused("Your role does not sign releases.")
        if form.is_valid():
            try:
                sign(release=found, fingerprint=form.cleaned_data["seen"], by=request.user)
            except ChangedMeanwhile:
                messages.warning(request, "What goes changed while you had this open. Read it again before you sign.")
                return redirect("release", number=number)
            except Refused as refused:
                refused_in(form, refused)
            except WardlineError as error:
                problems_in(form, error)
            else:
                messages.success(request, f"Release {number} is signed. Take it and hand it over.")
                return redirect("release", number=number)
    shown: dict[str, Any] = {"release": found, "form": form, "names": names(), "today": timezone.localdate()}
    if found.state == State.PREPARED:
        preview = preview_of(found)
        record(Did.LOOKED_AT_RELEASE, by=request.user, about_kind="release", about=number)
        shown |= {
            "preview": preview,
            "columns": columns_that_go(preview.plan),
            "vignettes": vignettes_of(found),
            "why_not_sign": why_not_sign(found, by=request.user, today=timezone.localdate()),
            "tables": tables_of(preview.plan.tables),
        }
        return render(request, "releases/to_sign.html", shown)
    shown |= {"why_not_recall": why_not_recall(found), "why_not_destroyed": why_not_destroyed(found)}
    return render(request, "releases/release.html", shown)


def tables_of(tables: Any) -> list[tuple[str, str, int]]:
    """The tables that can be looked at, the rows of cases first: name in the address, words, how many rows."""
    return [
        (name, words, tables[file].height)
        for name, (file, words) in TABLES.items()
        if file in tables and tables[file].height
    ]


@needs(May.SIGN_RELEASE, place=FORCE)
def do_not(request: HttpRequest, number: int) -> HttpResponse:
    """Say that this is not released, and why."""
    found = get_object_or_404(Release, number=number)
    form = forms.Why(request.POST or None, asked="Why is it not released?", required="Enter why it is not released")
    if form.is_valid():
        actions.decide_not_to(release=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "It is not released.")
        return redirect("release", number=number)
    shown = {"release": found, "form": form, "heading": "Don’t release", "button": "Don’t release", "words": ""}
    return render(request, "releases/why.html", shown)


@needs(May.SIGN_RELEASE, place=FORCE)
def recall(request: HttpRequest, number: int) -> HttpResponse:
    """Recall a release, with the reason."""
    found = get_object_or_404(Release, number=number)
    hint = "The office reads it in the notice. Name nobody."
    form = forms.Why(request.POST or None, asked="Why is it recalled?", required="Enter the reason", hint=hint)
    if form.is_valid():
        actions.recall(release=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "It is recalled. Take the notice and hand it to the office today.")
        return redirect("release", number=number)
    words = "The office is to stop opening it and to destroy it. You hand the notice over: it is not sent by itself."
    shown = {"release": found, "form": form, "heading": "Recall this release", "button": "Recall it", "words": words}
    return render(request, "releases/why.html", shown)


@needs(May.PREPARE_RELEASE, May.SIGN_RELEASE, place=FORCE)
def destroyed(request: HttpRequest, number: int) -> HttpResponse:
    """Record the office's certificate that it destroyed a release."""
    found = get_object_or_404(Release, number=number)
    form = forms.Destroyed(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        actions.record_destruction(
            release=found,
            destroyed_on=given["destroyed_on"],
            certificate=f"{given['certified_by']}: {given['certificate']}",
            by=request.user,
        )
        messages.success(request, "The certificate is recorded.")
        return redirect("release", number=number)
    words = "What the office certified. Its hash goes into the trail."
    heading = "Record that it was destroyed"
    shown = {"release": found, "form": form, "heading": heading, "button": "Record it", "words": words}
    return render(request, "releases/why.html", shown)


@needs(May.PREPARE_RELEASE, May.SIGN_RELEASE, place=FORCE)
@require_POST
def archive(request: HttpRequest, number: int) -> HttpResponseBase:
    """The signed release as one file, to be handed over."""
    found = get_object_or_404(Release.objects.select_related("dive"), number=number)
    if found.state != State.SIGNED:
        raise Refused("Only a signed release can be taken, and not one that was recalled or destroyed.")
    record(Did.TOOK_RELEASE, by=request.user, about_kind="release", about=number, release=found.sha256)
    name = f"{found.dive.slug}-release-{number}.zip"
    return FileResponse(archive_of(number).open("rb"), as_attachment=True, filename=name)


@needs(May.PREPARE_RELEASE, May.SIGN_RELEASE, place=FORCE)
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """The recall notice, to be handed to the office."""
    found = get_object_or_404(Release.objects.select_related("dive"), number=number)
    if found.recalled_at is None:
        raise Http404
    record(Did.TOOK_RELEASE, by=request.user, about_kind="recall", about=number)
    return HttpResponse(
        actions.recall_notice(found),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="recall.json"'},
    )
