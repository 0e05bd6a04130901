"""The pages of a dive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.errors import WardlineError
from wardline_workspace.dives import actions
from wardline_workspace.dives.forms import AddDive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.dives.parts import parts_for
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["add", "dives", "question"]


@needs(May.SEE_FIGURES, May.SEE_OWN_DUTIES)
def dives(request: HttpRequest) -> HttpResponse:
    """The dives that there are, the newest first."""
    return render(request, "dives/dives.html", {"dives": AddedDive.objects.all()})


@needs(May.ADD_DIVE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a dive folder that lies on this machine."""
    form = AddDive(request.POST or None)
    if form.is_valid():
        try:
            added = actions.add_dive(form.cleaned_data["folder"], by=request.user)
        except Refused as refused:
            form.add_error("folder", refused.reason)
        except WardlineError as error:
            for problem in error.problems:
                form.add_error("folder", f"{problem.what} {problem.remedy}")
        else:
            messages.success(request, "The dive is added. Every file is as its manifest says.")
            return redirect("dive", slug=added.slug)
    return render(request, "dives/add.html", {"form": form})


@needs(May.SEE_FIGURES)
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Question and answer: the first page of a dive."""
    added = get_object_or_404(AddedDive, slug=slug)
    dive = opened(added)
    record(Did.OPENED_DIVE, by=request.user, about_kind="dive", about=added.slug)
    shown = {"added": added, "dive": dive, **parts_for(request, added, dive)}
    return render(request, "dives/question.html", shown)
