"""The force's pages about held cases."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.releases import forms
from wardline_workspace.releases.holding import case_named, hold, lift
from wardline_workspace.releases.models import HeldCase
from wardline_workspace.releases.policies import why_not_lift
from wardline_workspace.releases.views import names, refused_in
from wardline_workspace.roles import Permission as May

__all__ = ["held_cases", "lift_hold"]


@needs(May.SIGN_RELEASE, place=Place.FORCE)
def held_cases(request: HttpRequest) -> HttpResponse:
    """The cases that are held, and holding another."""
    form = forms.Hold(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            case_id = case_named(get_object_or_404(AddedDive, slug=given["dive"]), given["case"])
            terms = {name: given[name] for name in ("because", "decided_by", "since")}
            hold(case_id=case_id, by=request.user, **terms)
        except Refused as refused:
            refused_in(form, refused)
        else:
            messages.success(request, "The case is held. It is in no release and no vignette.")
            return redirect("held_cases")
    shown = {"form": form, "held": HeldCase.objects.all(), "names": names()}
    return render(request, "releases/held.html", shown)


@needs(May.SIGN_RELEASE, place=Place.FORCE)
def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a held case go, with the reason."""
    held = get_object_or_404(HeldCase, pk=pk)
    if reason := why_not_lift(held):
        raise Refused(reason)
    form = forms.Why(request.POST or None, asked="Why is it no longer held?", required="Enter the reason")
    if form.is_valid():
        lift(held=held, because=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The case is no longer held.")
        return redirect("held_cases")
    words = f"Case {held.case_id}: {held.get_because_display().lower()}, since {held.since.day} {held.since:%B %Y}."
    shown = {"form": form, "heading": "Let a held case go", "button": "Let it go", "words": words, "release": None}
    return render(request, "releases/why.html", shown)
