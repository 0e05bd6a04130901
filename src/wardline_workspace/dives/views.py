"""The list of dives, adding one, and two of them beside each other."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wardline.errors import UsageError, WardlineError
from wardline_workspace.dives import actions
from wardline_workspace.dives.comparing import compared, why_not_compared
from wardline_workspace.dives.forms import AddDive, CompareDives
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.tables_shown import table_shown
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["add", "compare", "dives"]


@needs(May.SEE_FIGURES, May.SEE_OWN_DUTIES)
def dives(request: HttpRequest) -> HttpResponse:
    """The dives that there are, the newest first."""
    return render(request, "dives/dives.html", {"dives": AddedDive.objects.all(), "today": timezone.localdate()})


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
def compare(request: HttpRequest) -> HttpResponse:
    """Two dives beside each other; which ones is in the address, so that it can be sent."""
    all_of_them = list(AddedDive.objects.filter(is_release=False))
    asked = request.GET if {"first", "second"} & set(request.GET) else None
    form = CompareDives(asked, dives=all_of_them)
    shown = {"form": form, "dives": all_of_them, "found": None, "refused": [], "asked": request.GET}
    if form.is_valid():
        first, second = (form.dives[form.cleaned_data[which]] for which in ("first", "second"))
        record(Did.COMPARED_DIVES, by=request.user, about_kind="dive", about=first.slug, beside=second.slug)
        try:
            found = compared(first, second, tuple(dict.fromkeys(request.GET.getlist("leave_out"))))
        except UsageError as error:
            shown["refused"] = why_not_compared(error)
        else:
            shown |= {
                "found": found,
                "both": table_shown(found.dives),
                "differences": table_shown(found.differences),
                "obligations": table_shown(found.obligations),
            }
    return render(request, "dives/compare.html", shown)
