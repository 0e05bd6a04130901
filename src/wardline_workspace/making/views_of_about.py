"""The page about a record system as a whole: what it is called, whose it is, when it was exported, its gaps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.documents import AsWritten, EntryValue, Path_, change_yaml
from wardline.errors import Problem
from wardline_workspace.deployment.described import Place
from wardline_workspace.making import actions
from wardline_workspace.making.forms import AboutSystem, AddGap
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.said_on_forms import on_form
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["about_system"]

KEYS = {"title": "title", "kept_by": "kept by", "taken_at": "taken at"}


@needs(May.MAKE_DIVE, place=Place.FORCE)
def about_system(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """What a mapping says before its tables, and the days on which the system recorded nothing."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    if source not in work.files.sources:
        raise Http404
    stands = work.files.read(source)
    said = stands.data if isinstance(stands.data, dict) else {}
    sent = request.POST.get("what")
    initial = {name: said.get(key) or "" for name, key in KEYS.items()} | {"version": stands.version}
    about = AboutSystem(request.POST if sent == "about" else None, initial=initial, auto_id="about_%s")
    gap = AddGap(request.POST if sent == "gap" else None, initial={"version": stands.version}, auto_id="gap_%s")
    for form, changes in ((about, lambda: _changes(about, said)), (gap, lambda: _with_gap(gap, said))):
        if form.is_bound and form.is_valid() and _is_written(request, work, source, form, changes()):
            messages.success(request, "It is written into the mapping.")
            return redirect("about_system", slug=slug, source=source)
    forms = [about, gap]
    shown = {
        "work": work,
        "source": source,
        "about": about,
        "gap": gap,
        "forms": forms,
        "form": next((form for form in forms if form.errors), None),
        "gaps": [[str(one.get(key) or "") for key in ("from", "to", "note")] for one in _gaps(said)],
        "theirs": next((form.theirs for form in forms if hasattr(form, "theirs")), None),
    }
    return render(request, "making/about_system.html", shown)


def _gaps(said: dict[str, Any]) -> list[dict[str, Any]]:
    found = said.get("gaps")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _changes(form: AboutSystem, said: dict[str, Any]) -> dict[Path_, EntryValue | None]:
    changes: dict[Path_, EntryValue | None] = {}
    for name, key in KEYS.items():
        value = form.cleaned_data[name].strip()
        if value != (said.get(key) or ""):
            changes[(key,)] = (AsWritten(value) if name == "taken_at" else value) if value else None
    return changes


def _with_gap(form: AddGap, said: dict[str, Any]) -> dict[Path_, EntryValue | None]:
    of = form.cleaned_data
    gap: dict[str, EntryValue] = {
        "from": AsWritten(of["first"].isoformat()),
        "to": AsWritten(of["last"].isoformat()),
        **({"note": of["note"]} if of["note"] else {}),
    }
    return {("gaps",): [*_gaps(said), gap]}


def _is_written(
    request: HttpRequest, work: DiveBeingMade, source: str, form: Any, changes: dict[Path_, EntryValue | None]
) -> bool:
    def field_of(problem: Problem) -> str | None:
        # A time that is written as it was typed can only be what is wrong with this form.
        return "taken_at" if isinstance(form, AboutSystem) and ("taken at",) in changes else None

    return on_form(
        form,
        lambda: actions.change_document(
            work, source, lambda text: change_yaml(text, changes), version=form.cleaned_data["version"], by=request.user
        ),
        field_of=field_of,
    )
