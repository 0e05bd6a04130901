"""The YAML itself, and the settings of the force: limits of its own, and what somebody there has confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline.documents import AsWritten, EntryValue, Path_, change_yaml
from wardline_workspace.deployment.described import Place
from wardline_workspace.making import actions
from wardline_workspace.making.cells import CELLS
from wardline_workspace.making.forms import Confirm, Document, SetLimit, Settings
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.said_on_forms import on_form
from wardline_workspace.making.settings_on_page import settings_on_page
from wardline_workspace.making.work_in_files import DIVE, FORCE
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["document", "force_settings"]

TITLES = {DIVE: "The dive file", FORCE: "The force’s settings"}


@needs(May.MAKE_DIVE, place=Place.FORCE)
def document(request: HttpRequest, slug: str, document: str) -> HttpResponse:
    """A document as it is written: what no form shows is changed here. All that is wrong is said at once."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    if work.files.path_of(document) is None:
        raise Http404
    stands = work.files.read(document)
    form = Document(request.POST or None, initial={"text": stands.text, "version": stands.version})
    if form.is_valid() and on_form(
        form,
        lambda: actions.change_document(
            work, document, form.cleaned_data["text"], version=form.cleaned_data["version"], by=request.user
        ),
        field="text",
    ):
        messages.success(request, f"{work.files.shown_as(document)} is written.")
        if document in (DIVE, FORCE):
            return redirect("dive_being_made" if document == DIVE else "settings_of_dive", slug=slug)
        response = redirect("mapping_of_dive", slug=slug, source=document)
        response["Location"] += f"?since={form.cleaned_data['version']}"
        return response
    shown = {
        "work": work,
        "document": document,
        "name": work.files.shown_as(document),
        "heading": TITLES.get(document, f"How {document} is read"),
        "form": form,
        "theirs": getattr(form, "theirs", None),
        "excerpts": [one.where.excerpt() for one in getattr(form, "problems", ()) if one.where and one.where.line],
    }
    return render(request, "making/document.html", shown)


@needs(May.MAKE_DIVE, place=Place.FORCE)
def force_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """The force's settings: its name, limits of its own, what somebody there has confirmed by name and date."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    stands = work.files.read(FORCE)
    found = settings_on_page(work.files, stands)
    sent = request.POST.get("what", "")
    version = {"version": stands.version}
    about = Settings(request.POST if sent == "about" else None, initial=version | found.about, auto_id="about_%s")
    confirm = Confirm(
        request.POST if sent == "confirm" else None,
        initial=version,
        to_confirm=found.to_confirm,
        today=timezone.localdate(),
        auto_id="confirm_%s",
    )
    limit = SetLimit(
        request.POST if sent == "limit" else None, initial=version, limits=found.limits, auto_id="limit_%s"
    )
    if _is_done(request, work, about, confirm, limit):
        messages.success(request, "It is written into force.yaml.")
        return redirect("settings_of_dive", slug=slug)
    forms = [about, confirm, limit]
    shown = CELLS | {
        "work": work,
        "form": next((form for form in forms if form.errors), None),
        "found": found,
        "about": about,
        "confirm": confirm,
        "limit": limit,
        "forms": forms,
        "theirs": next((form.theirs for form in forms if hasattr(form, "theirs")), None),
    }
    return render(request, "making/settings.html", shown)


def _is_done(request: HttpRequest, work: DiveBeingMade, about: Settings, confirm: Confirm, limit: SetLimit) -> bool:
    """Whether the form that was sent is written into the settings."""
    by = request.user
    if about.is_bound and about.is_valid():
        of = about.cleaned_data
        changes: dict[Path_, EntryValue | None] = {("force",): of["force"], ("nation",): of["nation"]}
        return on_form(
            about,
            lambda: actions.change_document(
                work, FORCE, lambda text: change_yaml(text, changes), version=of["version"], by=by
            ),
        )
    if confirm.is_bound and confirm.is_valid():
        said = confirm.cleaned_data
        return on_form(
            confirm,
            lambda: actions.confirm(
                work, said["names"], who=said["who"], on=said["on"], version=said["version"], by=by
            ),
        )
    if limit.is_bound and limit.is_valid():
        own = limit.cleaned_data
        length = AsWritten(own["limit"])
        value: EntryValue = {"limit": length, "reason": own["reason"]} if own["reason"] else length
        return on_form(
            limit,
            lambda: actions.change_document(
                work,
                FORCE,
                lambda text: change_yaml(text, {("limits", own["name"]): value}),
                version=own["version"],
                by=by,
            ),
            field="limit",
        )
    return False
