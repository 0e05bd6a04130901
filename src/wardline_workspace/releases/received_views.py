"""The office's pages about releases: what it has and until when, taking in a recall, destroying."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened_release
from wardline_workspace.dives.policies import why_not_opened
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.releases import forms, receiving
from wardline_workspace.releases.models import EndOfRelease
from wardline_workspace.roles import Permission as May

__all__ = ["destroy", "received", "received_release", "take_in_recall"]

OFFICE = Place.OFFICE


def received(request: HttpRequest) -> HttpResponse:
    """The releases that the office has had, the newest first."""
    shown = {"releases": AddedDive.objects.filter(is_release=True), "today": timezone.localdate()}
    return render(request, "releases/received.html", shown)


@needs(May.SEE_RELEASES, place=OFFICE)
def received_release(request: HttpRequest, slug: str) -> HttpResponse:
    """On which terms a release is here, and what became of it."""
    added = get_object_or_404(AddedDive, slug=slug, is_release=True)
    end = EndOfRelease.objects.filter(dive=added).first()
    closed = why_not_opened(added, today=timezone.localdate())
    if added.destroyed_on is not None:
        receiving.remove_files(added)  # what is left where whoever removed it was stopped
    shown = {
        "added": added,
        "end": end,
        "closed": closed,
        "about": None if closed else opened_release(added).about,
        "certificate": receiving.certificate_of(added, end) if added.destroyed_on is not None and end else None,
        "today": timezone.localdate(),
    }
    return render(request, "releases/received_release.html", shown)


@needs(May.ADD_DIVE, place=OFFICE)
def take_in_recall(request: HttpRequest) -> HttpResponse:
    """Take in the notice with which the force recalls a release."""
    form = forms.RecallNotice(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            added = receiving.take_in_recall(notice=form.cleaned_data["notice"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The recall is taken in. Nothing of this release is opened any more.")
            return redirect("received_release", slug=added.slug)
    return render(request, "releases/take_in_recall.html", {"form": form})


@needs(May.ADD_DIVE, place=OFFICE)
def destroy(request: HttpRequest, slug: str) -> HttpResponse:
    """Destroy a release, and certify it."""
    added = get_object_or_404(AddedDive, slug=slug, is_release=True)
    if added.destroyed_on is not None:
        raise Refused("This release was destroyed already.")
    form = forms.Destroyed(request.POST or None)
    if form.is_valid():
        receiving.destroy(added=added, by=request.user, **form.cleaned_data)
        messages.success(request, "The release is destroyed. Hand the certificate to the force.")
        return redirect("received_release", slug=slug)
    words = (
        "Its folder here is removed, and cannot be brought back. Copies that you made elsewhere, and exports, are "
        "yours to destroy first. The trail keeps its hash and that of the certificate."
    )
    shown = {"form": form, "heading": "Destroy this release", "button": "Destroy it", "words": words, "release": None}
    return render(request, "releases/why.html", shown)
