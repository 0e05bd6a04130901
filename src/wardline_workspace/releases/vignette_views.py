"""The force's pages about vignettes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.releases import forms, vignettes
from wardline_workspace.releases.holding import case_named, held_of
from wardline_workspace.releases.models import Vignette, VignetteState
from wardline_workspace.releases.policies import INTRUDER
from wardline_workspace.releases.views import names, refused_in
from wardline_workspace.roles import Permission as May

__all__ = ["do_not_clear", "vignette", "vignette_list", "write_vignette"]

FORCE = Place.FORCE


@needs(May.PREPARE_RELEASE, May.CLEAR_VIGNETTE, place=FORCE)
def vignette_list(request: HttpRequest) -> HttpResponse:
    """Every vignette, the newest first."""
    shown = {"vignettes": Vignette.objects.select_related("dive"), "names": names()}
    return render(request, "releases/vignettes.html", shown)


@needs(May.PREPARE_RELEASE, place=FORCE)
def write_vignette(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a vignette, or change one that is not signed."""
    found = None if pk is None else get_object_or_404(Vignette.objects.select_related("dive"), pk=pk)
    form = forms.WriteVignette(request.POST or None, initial=_begun(found))
    if found is not None:
        for name in ("dive", "case"):
            del form.fields[name]
    theirs: dict[str, Any] = {}
    if form.is_valid():
        texts = {name: form.cleaned_data[name] for name in vignettes.TEXTS}
        try:
            if found is None:
                dive = get_object_or_404(AddedDive, slug=form.cleaned_data["dive"])
                case_id = case_named(dive, form.cleaned_data["case"])
                made = vignettes.write(dive=dive, case_id=case_id, by=request.user, **texts)
            else:
                version = form.cleaned_data["version"] or 0
                made = vignettes.change(vignette=found, version=version, by=request.user, **texts)
        except Refused as refused:
            refused_in(form, refused)
            theirs = getattr(refused, "theirs", {})
        else:
            return redirect("vignette", pk=made.pk)
    return render(request, "releases/write_vignette.html", {"form": form, "vignette": found, "theirs": theirs})


def _begun(found: Vignette | None) -> dict[str, Any]:
    if found is None:
        return {}
    begun = {name: getattr(found, name) for name in vignettes.TEXTS} | {"version": found.version}
    return begun | {"is_sexual_offence": "yes" if found.is_sexual_offence else "no"}


@needs(May.PREPARE_RELEASE, May.CLEAR_VIGNETTE, place=FORCE)
def vignette(request: HttpRequest, pk: int) -> HttpResponse:
    """One vignette with the check, and signing it."""
    found = get_object_or_404(Vignette.objects.select_related("dive"), pk=pk)
    form = forms.CheckVignette(request.POST or None, initial={"version": found.version})
    if request.method == "POST":
        if not request.user.may(May.CLEAR_VIGNETTE):
            raise Refused("Your role does not sign vignettes.")
        if form.is_valid():
            try:
                vignettes.sign(
                    vignette=found, version=form.cleaned_data["version"], answers=form.answers, by=request.user
                )
            except ChangedMeanwhile:
                messages.warning(request, "The text changed while you had it open. Read it again before you sign.")
                return redirect("vignette", pk=pk)
            except Refused as refused:
                refused_in(form, refused)
            else:
                messages.success(request, "The vignette is signed. It goes with the next release of coded cases.")
                return redirect("vignette", pk=pk)
    shown = {
        "vignette": found,
        "form": form,
        "names": names(),
        "found": vignettes.found_in(found) if found.state == VignetteState.WRITTEN else (),
        "held": held_of(found.case_id),
        "questions": INTRUDER,
        "is_mine": found.written_by == request.user.public_id,
    }
    return render(request, "releases/vignette.html", shown)


@needs(May.CLEAR_VIGNETTE, place=FORCE)
def do_not_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a vignette is not cleared, and what must change."""
    found = get_object_or_404(Vignette, pk=pk)
    form = forms.Why(request.POST or None, asked="What must change?", required="Enter what must change")
    if form.is_valid():
        vignettes.do_not_clear(vignette=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "It is not cleared. Whoever wrote it sees what must change.")
        return redirect("vignette", pk=pk)
    shown = {"form": form, "heading": "Don’t clear it", "button": "Don’t clear it", "words": "", "release": None}
    return render(request, "releases/why.html", shown)
